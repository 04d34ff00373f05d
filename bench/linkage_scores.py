"""How clusters compare with the truth: pairs inside clusters, and B-cubed.

Pairs: precision is the share of the pairs put together that are one person, recall the share of one person's
pairs that are put together, over all pairs of records and not those alone that blocking reached. B-cubed
(Bagga and Baldwin 1998) averages both over records, so that a large cluster does not count by its square.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from numpy.typing import NDArray

Labels = NDArray[np.int64]


class Scores(NamedTuple):
    """The figures."""

    precision: float
    recall: float
    f1: float
    b3: float


def scores(found: Labels, truth: Labels) -> Scores:
    """Compare.

    Args:
        found: the cluster of each record.
        truth: the person of each record, in the same order.
    """
    both, both_sizes = _sizes(found.astype(np.int64) * (int(truth.max(initial=0)) + 1) + truth)
    found_group, found_sizes = _sizes(found)
    truth_group, truth_sizes = _sizes(truth)
    together = _pairs(both_sizes)
    precision = _share(together, _pairs(found_sizes))
    recall = _share(together, _pairs(truth_sizes))
    inside = both_sizes[both].astype(float)
    b3_precision = float(np.mean(inside / found_sizes[found_group]))
    b3_recall = float(np.mean(inside / truth_sizes[truth_group]))
    return Scores(precision, recall, _harmonic(precision, recall), _harmonic(b3_precision, b3_recall))


def _sizes(labels: Labels) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The group of each record, counted from 0, and how many records each group has."""
    _, group, size = np.unique(labels, return_inverse=True, return_counts=True)
    return group.astype(np.int64), size.astype(np.int64)


def _pairs(sizes: NDArray[np.int64]) -> int:
    return int((sizes * (sizes - 1) // 2).sum())


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0


def _harmonic(first: float, second: float) -> float:
    return 2 * first * second / (first + second) if first + second else 0.0


def judged(found: Labels, cleaned: pa.Table, truth: Path) -> dict[str, Any]:
    """All figures of a county: of every record, and of those that name somebody and their date of birth.

    Args:
        found: the cluster of each record.
        cleaned: the records, cleaned; in the same order.
        truth: a Parquet file with the `person` and the `home` of each `record_id`.
    """
    known = pq.read_table(truth)
    place = pc.index_in(cleaned["record_id"], value_set=known["record_id"].combine_chunks())
    person, home = (
        pc.fill_null(known[name].cast(pa.int64()).take(place), -1).to_numpy().astype(np.int64)
        for name in ("person", "home")
    )
    named = pc.or_(pc.is_valid(cleaned["given"]), pc.is_valid(cleaned["surname"]))
    named = pc.and_(named, pc.is_valid(cleaned["date_of_birth"])).to_numpy()
    figures: dict[str, Any] = {}
    for which, rows in (("", person >= 0), ("named_", (person >= 0) & named)):
        told = scores(found[rows], person[rows])._asdict()
        told["mates"] = mates(found[rows], person[rows], home[rows])
        figures |= {which + name: value for name, value in told.items()}
        figures[which + "records"] = int(rows.sum())
    return figures


def mates(found: Labels, person: Labels, home: Labels) -> float:
    """The share of joined pairs of records that are two people of one home."""
    there = home >= 0
    joined = _together(found[there], home[there]) - _together(found[there], home[there], person[there])
    return joined / max(1, _together(found))


def _together(*labels: Labels) -> int:
    """How many pairs of records are alike in all of the labels."""
    sizes = np.unique(np.stack(labels), axis=1, return_counts=True)[1].astype(np.int64)
    return _pairs(sizes)
