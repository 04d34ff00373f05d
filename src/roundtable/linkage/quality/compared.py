"""One way to part the records, measured: rows of `link_quality`, each part beside the rest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from roundtable.data.linked_tables import LINK_QUALITY, without_purpose
from roundtable.linkage.quality.intervals import Clusters, clusters_of, ratio, shares
from roundtable.linkage.quality.links import Links
from roundtable.linkage.quality.measures import Measured

MILLION = 1_000_000
WHOLE = "all"
#: The part of the records that do not say which part they are of.
NOT_SAID = "not_said"


@dataclass(frozen=True)
class Breakdown:
    """Records in parts.

    Attributes:
        name: what they are parted by.
        part: the number of each record's part, from nought.
        parts: what each part is called.
        within: the layer of each record in which parts are compared, from nought; one layer compares plainly.
    """

    name: str
    part: NDArray[np.int64]
    parts: Sequence[str]
    within: NDArray[np.int64]


def compared(links: Links, measures: Iterable[Measured], breakdown: Breakdown) -> list[dict[str, Any]]:
    """The rows of every measure and part; a part without a record that counts has none."""
    clusters = clusters_of(breakdown.part, links.person, len(breakdown.parts))
    return [row for one in measures for row in _rows(one, breakdown, clusters)]


def quality_table(rows: Iterable[dict[str, Any]]) -> pa.Table:
    """Rows as the table `link_quality` without its purpose, sorted."""
    made = pa.Table.from_pylist(list(rows), schema=without_purpose(LINK_QUALITY))
    return made.sort_by([(name, "ascending") for name in ("breakdown", "part", "measure")])


def whole(records: int) -> Breakdown:
    """All the records as one part."""
    none = np.zeros(records, dtype=np.int64)
    return Breakdown(WHOLE, none, (WHOLE,), none)


def _rows(measured: Measured, breakdown: Breakdown, clusters: Clusters) -> Iterator[dict[str, Any]]:
    kept = measured.counts
    found = shares(measured.value, kept, clusters)
    count, layer = len(breakdown.parts), breakdown.within[kept]
    layers = int(layer.max(initial=0)) + 1
    cell = breakdown.part[kept] * layers + layer
    totals = np.bincount(cell, measured.value[kept], count * layers).reshape(count, layers)
    records = np.bincount(cell, minlength=count * layers).reshape(count, layers).astype(np.float64)
    # Records that do not say are in nobody's rest: what they lack is what links.
    told = [place for place, name in enumerate(breakdown.parts) if name != NOT_SAID]
    for place, name in enumerate(breakdown.parts):
        number = int(records[place].sum())
        if not number:
            continue
        rest = [other for other in told if other != place]
        against = ratio(
            totals[place],
            records[place],
            totals[rest].sum(axis=0),
            records[rest].sum(axis=0),
            float(found.effect[place]),
        )
        ratios = (None, None, None) if against is None else tuple(map(_ppm, against))
        yield {
            "breakdown": breakdown.name,
            "part": name,
            "measure": measured.measure.value,
            "records": number,
            "people": int(found.people[place]),
            "value_ppm": _ppm(found.mean[place]),
            "low_ppm": _ppm(found.low[place]),
            "high_ppm": _ppm(found.high[place]),
            **dict(zip(("ratio_ppm", "ratio_low_ppm", "ratio_high_ppm"), ratios, strict=True)),
        }


def _ppm(value: float) -> int:
    return round(float(value) * MILLION)
