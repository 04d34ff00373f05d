"""How the links of a run are spread, kept so that the next run can be held against it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from roundtable.data.linked_tables import LINK_SHAPE, without_purpose
from roundtable.linkage.quality.links import Floats, Links
from roundtable.linkage.schemas import IDENTITY

#: Where bands of weight begin, in bits; below the first is a band of its own.
WEIGHTS = (0, 2, 4, 6, 8, 10, 15, 20, 30)
#: Where bands of records to a person begin.
RECORDS = (1, 2, 3, 4, 5, 10, 20, 50, 100)
WEIGHT, RECORDS_PER_PERSON, FILLED = "weight", "records_per_person", "filled"
#: Columns that are filled wherever the one is that they are made of.
_DERIVED = ("given_root", "name_tokens", "outward")
#: The band of `filled` that every other one of it is a share of.
ALL = "records"


def shape_of(links: Links, weight: Floats) -> pa.Table:
    """The table `link_shape` without its purpose.

    Args:
        links: the records as they were linked.
        weight: of each kept pair, in bits.
    """
    rows = [
        *_banded(WEIGHT, weight, WEIGHTS, _weight_titles()),
        *_banded(RECORDS_PER_PERSON, links.records_of_person, RECORDS, _record_titles()),
        *_filled(links.cleaned),
    ]
    return pa.Table.from_pylist(rows, schema=without_purpose(LINK_SHAPE)).sort_by(
        [("measure", "ascending"), ("band", "ascending")]
    )


def _banded(
    measure: str, values: NDArray[Any], edges: Sequence[int], titles: Sequence[str]
) -> Iterator[dict[str, Any]]:
    band = np.searchsorted(edges, values, side="right")
    counts = np.bincount(band, minlength=len(edges) + 1)
    offset = len(edges) + 1 - len(titles)
    for place, title in enumerate(titles):
        yield _row(measure, place + 1, title, int(counts[place + offset]))


def _weight_titles() -> list[str]:
    between = [f"{low} to {high}" for low, high in pairwise(WEIGHTS)]
    return [f"under {WEIGHTS[0]}", *between, f"{WEIGHTS[-1]} and more"]


def _record_titles() -> list[str]:
    ends = [high - 1 for high in RECORDS[1:]]
    between = [str(low) if low == end else f"{low} to {end}" for low, end in zip(RECORDS, ends, strict=False)]
    return [*between, f"{RECORDS[-1]} and more"]


def _filled(cleaned: pa.Table) -> Iterator[dict[str, Any]]:
    yield _row(FILLED, 1, ALL, cleaned.num_rows)
    for place, name in enumerate((name for name in IDENTITY.names if name not in _DERIVED), start=2):
        column = cleaned[name]
        yield _row(FILLED, place, name, column.length() - column.null_count)


def _row(measure: str, band: int, title: str, number: int) -> dict[str, Any]:
    return {"measure": measure, "band": band, "title": title, "number": number}
