"""Average linkage of small components, each on a square of sums, by chains of nearest neighbours.

Nearest-neighbour chains (Murtagh 1983, The Computer Journal 26:4, 354-359) come to the same groups as merging
the nearest two again and again: a mean of two means is never above the larger of them, so two groups that are
each other's nearest can be merged at once, and a group whose best mean is under the floor is finished. Ties
are broken by the lowest position of the nearer group, and of the farther one where that ties too; a merged
group is then never nearer to a third than the nearer of its two halves, and the order is strict.

A component of n profiles takes time and memory in proportion to n squared.
"""

# numba infers the types of what it compiles.
# ruff: noqa: ANN001, ANN201, ANN202, D417
# mypy: disable-error-code="no-untyped-def"
from __future__ import annotations

import numpy as np
from numba import njit

from roundtable.linkage.clustering.constraints import UNKNOWN


@njit(cache=True)
def _differ(codes, one, other):
    """Whether two groups have different codes of one kind."""
    for kind in range(codes.shape[0]):
        mine, theirs = codes[kind, one], codes[kind, other]
        if mine != UNKNOWN and theirs != UNKNOWN and mine != theirs:
            return True
    return False


@njit(cache=True)
def _nearest(top, count, live, size, sums, barred, codes):
    """The nearest group to `top` that it may be with, the lowest on a tie, and the mean between the two."""
    best, nearest = -1.0, -1
    for other in range(count):
        if not live[other] or other == top or barred[top, other]:
            continue
        mean = sums[top, other] / (size[top] * size[other])
        if mean > best and not _differ(codes, top, other):
            best, nearest = mean, other
    return best, nearest


@njit(cache=True)
def _merge(keep, gone, count, live, size, sums, barred, codes):
    size[keep] += size[gone]
    live[gone] = False
    for other in range(count):
        sums[keep, other] += sums[gone, other]
        sums[other, keep] = sums[keep, other]
        barred[keep, other] |= barred[gone, other]
        barred[other, keep] = barred[keep, other]
    for kind in range(codes.shape[0]):
        codes[kind, keep] = max(codes[kind, keep], codes[kind, gone])


@njit(cache=True)
def _one(count, floor, size, sums, barred, codes, kept, went, heights, found):
    """Merges of one component, written from place `found` on; the number of merges then."""
    live = np.ones(count, np.bool_)
    chain = np.empty(count, np.int64)
    length, first = 0, 0
    while True:
        if length == 0:
            while first < count and not live[first]:
                first += 1
            if first == count:
                return found
            chain[0] = first
            length = 1
        top = chain[length - 1]
        best, nearest = _nearest(top, count, live, size, sums, barred, codes)
        if nearest < 0 or best < floor:
            live[top] = False
            length -= 1
        elif length > 1 and nearest == chain[length - 2]:
            length -= 2
            keep, gone = min(top, nearest), max(top, nearest)
            _merge(keep, gone, count, live, size, sums, barred, codes)
            kept[found], went[found], heights[found] = keep, gone, best
            found += 1
        else:
            chain[length] = nearest
            length += 1


@njit(cache=True)
def _fill(square, barred, start, left, right, sums, apart_left, apart_right):
    """Lay out one component's pairs on the squares."""
    for pair in range(len(left)):
        one, other = left[pair] - start, right[pair] - start
        square[one, other] = sums[pair]
        square[other, one] = sums[pair]
    for pair in range(len(apart_left)):
        one, other = apart_left[pair] - start, apart_right[pair] - start
        barred[one, other] = True
        barred[other, one] = True


@njit(cache=True)
def by_squares(
    starts, pairs_from, apart_from, left, right, sums, apart_left, apart_right, sizes, codes, floor
):
    """Merges of every component: the lower and the higher lowest position of each two, and the mean between.

    Args:
        starts: where each component's nodes begin, and the end; its nodes stand in order.
        pairs_from, apart_from: likewise of the pairs and of those known to be apart, by component.
        left, right, sums: pairs of nodes, each once.
        apart_left, apart_right: pairs that are known to be apart.
        sizes, codes: of each node.
        floor: the least mean at which two are merged, in the unit of `sums`.
    """
    total, largest = starts[-1], np.max(np.diff(starts))
    kept, gone = np.empty(total, np.int64), np.empty(total, np.int64)
    heights = np.empty(total, np.float64)
    square = np.zeros((largest, largest), np.int64)
    barred = np.zeros((largest, largest), np.bool_)
    found = 0
    for number in range(len(starts) - 1):
        start, end = starts[number], starts[number + 1]
        count = end - start
        square[:count, :count] = 0
        barred[:count, :count] = False
        pairs = slice(pairs_from[number], pairs_from[number + 1])
        apart = slice(apart_from[number], apart_from[number + 1])
        _fill(
            square,
            barred,
            start,
            left[pairs],
            right[pairs],
            sums[pairs],
            apart_left[apart],
            apart_right[apart],
        )
        before, size = found, sizes[start:end].copy()
        found = _one(
            count, floor, size, square, barred, codes[:, start:end].copy(), kept, gone, heights, found
        )
        kept[before:found] += start
        gone[before:found] += start
    return kept[:found], gone[:found], heights[:found]
