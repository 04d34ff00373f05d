"""How many of the pairs within people the model expects to be right, by the way in which they were joined.

A pair's own probability undervalues it inside a person. Two records of one person may have little to
compare, or a slip each, while both are plainly like a third. When two groups are merged, either all pairs
between them are of one person or, where the groups are pure, none is: so they are worth one thing together,
and it is not the mean of what they are worth alone. Here it is the mean, over the profiles of the *smaller*
group, of the probability of each one's best pair with the larger: each profile that comes in has to find at
least one that it is like. One chance likeness between two groups of ten is worth a tenth then, and one
record that is like a single of ten others is worth that likeness.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from roundtable.linkage.clustering.constraints import Positions
from roundtable.linkage.clustering.merge_tree import MergeTree

Labels = NDArray[np.int32]
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Worth:
    """What is within people at one stop.

    Attributes:
        stop: the stop.
        labels: the group of each profile.
        within: how many pairs of profiles are within a group.
        right: how many of them are expected to be right.
        alone: the same where each scored pair is judged by its own probability alone.
        between: what scored pairs between groups are worth, by their own probabilities.
    """

    stop: float
    labels: Labels
    within: int
    right: float
    alone: float
    between: float


def worths(
    tree: MergeTree, left: Positions, right: Positions, probability: Floats, stops: Iterable[float]
) -> list[Worth]:
    """What pairs are worth at each stop, from the highest down.

    Between one stop and the next lower, two groups may come together through a third, with no scored pair
    between them: those pairs are within, and worth nothing. What is decided or certain is worth one a pair.
    """
    labels = tree.cut(1.0)
    expected = float(pairs_within(labels))
    inside = labels[left] == labels[right]
    everything = float(probability.sum())
    found = []
    for stop in sorted(stops, reverse=True):
        joined = tree.cut(stop)
        new = ~inside & (joined[left] == joined[right])
        expected += _joined(labels, left[new], right[new], probability[new])
        inside |= new
        alone = float(probability[inside].sum())
        found.append(Worth(stop, joined, pairs_within(joined), expected, alone, max(0.0, everything - alone)))
        labels = joined
    return found


def pairs_within(labels: Labels) -> int:
    """How many pairs of profiles are in one group."""
    size = np.bincount(labels).astype(np.int64)
    return int((size * (size - 1) // 2).sum())


def _joined(labels: Labels, left: Positions, right: Positions, probability: Floats) -> float:
    """What all pairs between groups are worth that scored pairs brought together."""
    count = len(labels)
    size = np.bincount(labels, minlength=count).astype(np.int64)
    one, other = labels[left].astype(np.int64), labels[right].astype(np.int64)
    turned = one > other
    names, where = np.unique(np.minimum(one, other) * count + np.maximum(one, other), return_inverse=True)
    first, second = size[names // max(1, count)], size[names % max(1, count)]
    of_first = _best(where, np.where(turned, right, left), probability, len(names), count) / first
    of_second = _best(where, np.where(turned, left, right), probability, len(names), count) / second
    worth = np.where(first < second, of_first, of_second)
    worth = np.where(first == second, np.minimum(of_first, of_second), worth)
    return float((worth * first * second).sum())


def _best(two: NDArray[np.int64], profile: Positions, probability: Floats, groups: int, count: int) -> Floats:
    """By two groups, the probabilities of the best pairs of one group's profiles, added up."""
    names, where = np.unique(two * count + profile, return_inverse=True)
    best = np.zeros(len(names))
    np.maximum.at(best, where, probability)
    return np.bincount(names // max(1, count), best, groups).astype(np.float64)
