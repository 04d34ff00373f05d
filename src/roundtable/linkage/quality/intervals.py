"""Intervals for shares of records that come in clusters: a person's records stand and fall together."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from roundtable.linkage.quality.links import Floats

#: The 97.5 % point of the normal distribution.
Z = 1.959964


@dataclass(frozen=True)
class Clusters:
    """The records of one person in one group are a cluster.

    Attributes:
        of_record: the cluster of each record, from nought.
        group: the group of each cluster.
        groups: how many groups there are.
    """

    of_record: NDArray[np.int64]
    group: NDArray[np.int64]
    groups: int


def clusters_of(group: NDArray[np.int64], person: NDArray[np.int32], groups: int) -> Clusters:
    """The clusters of records of which the group and the person are known."""
    width = int(person.max(initial=0)) + 1
    cluster, row = np.unique(group * width + person, return_inverse=True)
    return Clusters(row.astype(np.int64), cluster // width, groups)


@dataclass(frozen=True)
class Shares:
    """Of each group the mean, its 95 % interval, and how it came about.

    Attributes:
        mean: the mean; nought where there is no record.
        low: the lower end.
        high: the upper end.
        effect: by how much the clusters widen the variance; one where people have one record each.
        people: how many people the records are of.
    """

    mean: Floats
    low: Floats
    high: Floats
    effect: Floats
    people: NDArray[np.int64]


def shares(value: Floats, counts: NDArray[np.bool_], clusters: Clusters) -> Shares:
    """The mean of each group.

    The variance is that of a ratio of totals over people (Cochran 1977, Sampling Techniques, 6.4). The
    interval is Wilson's (1927) with the number of records that would be as telling if they were
    independent (Kish 1965): it stays within nought and one, and is honest where every value is alike.

    Args:
        value: of each record, from nought to one.
        counts: whether each record counts.
        clusters: which records are one person's, and of which group.
    """
    row, groups = clusters.of_record[counts], clusters.groups
    size = np.bincount(row, minlength=len(clusters.group)).astype(np.float64)
    total = np.bincount(row, value[counts], len(clusters.group))
    records = np.bincount(clusters.group, size, groups)
    divisor = np.maximum(records, 1.0)
    mean = np.bincount(clusters.group, total, groups) / divisor
    rest = total - mean[clusters.group] * size
    people = np.bincount(clusters.group[size > 0], minlength=groups)
    variance = np.bincount(clusters.group, rest**2, groups) / divisor**2
    variance *= people / np.maximum(people - 1.0, 1.0)
    spread = mean * (1.0 - mean)
    varies = variance > 0
    telling = np.where(varies, spread / np.where(varies, variance, 1.0), people)
    low, high = wilson(mean, np.clip(telling, 1.0, divisor))
    alone = np.where(spread > 0, spread, 1.0) / divisor
    effect = np.where(spread > 0, variance / alone, 1.0)
    return Shares(mean, low, high, np.maximum(effect, 1.0), people)


def wilson(mean: Floats, number: Floats) -> tuple[Floats, Floats]:
    """Wilson's interval of a share of so many."""
    middle = (mean + Z**2 / (2 * number)) / (1 + Z**2 / number)
    half = Z / (1 + Z**2 / number) * np.sqrt(mean * (1 - mean) / number + Z**2 / (4 * number**2))
    return np.clip(middle - half, 0.0, 1.0), np.clip(middle + half, 0.0, 1.0)


def ratio(
    mine: Floats, my_records: Floats, theirs: Floats, their_records: Floats, effect: float
) -> tuple[float, float, float] | None:
    """A group's share against the rest's, layer by layer: the ratio of Mantel and Haenszel, and its interval.

    The variance is that of Greenland and Robins (1985), times the design effect. Layers (datasets) in which
    one side has no records say nothing. None where no layer has both, or neither side has anything.

    Args:
        mine: the group's total in each layer.
        my_records: its records there.
        theirs: the rest's total.
        their_records: its records.
        effect: by how much clusters widen the variance.
    """
    both = (my_records > 0) & (their_records > 0)
    one, number, other, rest = mine[both], my_records[both], theirs[both], their_records[both]
    if not len(one) or one.sum() + other.sum() <= 0:
        return None
    if one.sum() <= 0 or other.sum() <= 0:
        # Haldane's half a case on either side, so that nothing at all against something has a ratio too.
        share = 0.5 * number / number.sum(), 0.5 * rest / rest.sum()
        one, other = one + share[0], other + share[1]
    every = number + rest
    above, below = float((one * rest / every).sum()), float((other * number / every).sum())
    cases = one + other
    variance = float(((cases * number * rest - one * other * every) / every**2).sum()) / (above * below)
    half = Z * np.sqrt(max(variance, 0.0) * effect)
    found = above / below
    return found, float(found * np.exp(-half)), float(found * np.exp(half))
