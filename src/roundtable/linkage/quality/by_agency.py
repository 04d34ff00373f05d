"""How well each agency's and each dataset's records are linked, beside all the others."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np

from roundtable.linkage.quality.compared import Breakdown, compared, whole
from roundtable.linkage.quality.links import Links
from roundtable.linkage.quality.measures import Measured


def by_agency(links: Links, measures: Iterable[Measured]) -> list[dict[str, Any]]:
    """Rows of `link_quality`: of everything, of each agency and of each dataset."""
    taken = tuple(measures)
    rows = compared(links, taken, whole(links.cleaned.num_rows))
    for column in ("agency", "dataset"):
        codes, names = links.codes(column)
        one_layer = np.zeros(len(codes), dtype=np.int64)
        rows += compared(links, taken, Breakdown(column, codes.astype(np.int64), names, one_layer))
    return rows
