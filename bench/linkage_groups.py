"""How well different people are linked, truly and as the house expects it without the truth.

    python -m bench.linkage_groups RECORDS.parquet TRUTH.parquet GROUPS.parquet

RECORDS is the table `person_record`, TRUTH has `record_id` and `person`, GROUPS the county's `person_groups`.
Each group is shown beside everybody else: B-cubed precision and recall of its records, by the truth, and what
was expected of the same records. The truth is used for the figures alone.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from numpy.typing import NDArray

from roundtable.linkage.cleaning.cleaned import cleaned
from roundtable.linkage.evidence.settings import shipped
from roundtable.linkage.linking.whole import Whole, link_whole
from roundtable.linkage.quality.links import Links, calibrated
from roundtable.linkage.quality.measures import Measure, measures_of

Numbers = NDArray[np.int64]
Floats = NDArray[np.float64]


def links_of(whole: Whole) -> Links:
    """The records as they were linked, for measuring."""
    weighed = whole.weighed
    people = np.unique(whole.labels, return_inverse=True)[1].astype(np.int32)
    worth = calibrated(weighed.weight, whole.chosen.calibration)
    return Links(
        whole.cleaned.table,
        whole.profiles.of_record,
        people,
        whole.profiles.unlinkable,
        weighed.left,
        weighed.right,
        worth,
    )


def by_record(found: Numbers, truth: Numbers) -> tuple[Floats, Floats]:
    """B-cubed precision and recall of each record (Bagga and Baldwin 1998)."""
    both = _sizes(np.unique(np.stack([found, truth]), axis=1, return_inverse=True)[1].ravel())
    return both / _sizes(found), both / _sizes(truth)


def _sizes(labels: Numbers) -> Floats:
    _, group, size = np.unique(labels, return_inverse=True, return_counts=True)
    return np.asarray(size[group], dtype=np.float64)


def by_group(records: Path, truth: Path, groups: Path) -> None:
    """Link the records and print each group beside everybody else."""
    whole = link_whole(cleaned(pq.read_table(records)), shipped("uk"))
    links = links_of(whole)
    known = pq.read_table(truth)
    place = pc.index_in(whole.cleaned.table["record_id"], known["record_id"])
    person = pc.fill_null(known["person"].cast(pa.int64()).take(place), -1).to_numpy().astype(np.int64)
    told = person >= 0
    precision, recall = by_record(links.person.astype(np.int64)[told], person[told])
    expected = {one.measure: one for one in measures_of(links)}
    print(f"{'group':22} {'records':>8}   {'precision':>19}   {'recall':>19}")
    print(f"{'':22} {'':>8}   {'true':>9} {'expected':>9}   {'true':>9} {'expected':>9}")
    for name, mine in _groups(pq.read_table(groups), person[told]):
        for label, which in ((name, mine), ("  everybody else", ~mine)):
            figures = [
                figure
                for measure, true in ((Measure.PRECISION, precision), (Measure.RECALL, recall))
                for figure in _figures(
                    expected[measure].counts[told], expected[measure].value[told], true, which
                )
            ]
            print(
                f"{label:22} {int(which.sum()):8}   "
                + "   ".join(_pair(*figures[at : at + 2]) for at in (0, 2))
            )


def _groups(table: pa.Table, person: Numbers) -> list[tuple[str, NDArray[np.bool_]]]:
    names = sorted(set(table["group"].to_pylist()))
    return [
        (name, np.isin(person, table.filter(pc.equal(table["group"], name))["person"].to_numpy()))
        for name in names
    ]


def _figures(
    counts: NDArray[np.bool_], value: Floats, true: Floats, which: NDArray[np.bool_]
) -> tuple[float, float]:
    kept = counts & which
    return float(true[kept].mean()), float(value[kept].mean())


def _pair(true: float, expected: float) -> str:
    return f"{true:9.4f} {expected:9.4f}"


if __name__ == "__main__":
    if len(sys.argv) != 4:
        raise SystemExit(__doc__)
    by_group(*map(Path, sys.argv[1:]))
