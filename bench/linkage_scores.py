"""How clusters compare with the truth: pairs inside clusters, and B-cubed.

Pairs: precision is the share of the pairs put together that are one person, recall the share of one person's
pairs that are put together, over all pairs of records and not those alone that blocking reached. B-cubed
(Bagga and Baldwin 1998) averages both over records, so that a large cluster does not count by its square.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
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
