"""Pairs that no key brought together, and that a third record does: friends of friends, to be scored too.

Where A is like B and B is like C, blocking may have missed A and C (a mistyped birth date here, a married
name there). Average linkage counts a pair that was never scored as no likeness at all, so the pair deserves a
look. Only likely pairs carry (a weight above `above`), so that strangers are not brought together by chains.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

Positions = NDArray[np.int32]

#: A record with more likely neighbours than this brings nobody together: it is a placeholder, not a person.
HUB = 256


def closure(
    count: int,
    left: Positions,
    right: Positions,
    weight: NDArray[np.float64],
    above: float = 1.0,
    limit: int = 50_000_000,
    since: int = 0,
) -> tuple[Positions, Positions]:
    """Pairs that were not scored, and whose records have a likely neighbour in common; sorted.

    Args:
        count: how many profiles there are.
        left: of every scored pair, the first position.
        right: of every scored pair, the second.
        weight: of every scored pair, the weight.
        above: a neighbour is likely where the weight is above this.
        limit: the most pairs to answer with; those beyond are not looked for, from the last positions down.
        since: only pairs of which the second position is at `since` or after.
    """
    likely = weight > above
    starts, others = _neighbours(count, left[likely], right[likely])
    scored_starts, scored = _neighbours(count, left, right)
    first, second = _unscored(starts, others, scored_starts, scored, HUB, limit, since)
    order = np.lexsort((second, first))
    return first[order], second[order]


def _neighbours(count: int, left: Positions, right: Positions) -> tuple[NDArray[np.int64], Positions]:
    """Of each profile the profiles it stands in a pair with: where its list starts, and the lists."""
    here, there = np.concatenate((left, right)), np.concatenate((right, left))
    starts = np.zeros(count + 1, np.int64)
    np.cumsum(np.bincount(here, minlength=count), out=starts[1:])
    return starts, _placed(starts, here, there)


@njit(cache=True)
def _placed(starts, here, there):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
    free = starts[:-1].copy()
    lists = np.empty(len(there), np.int32)
    for pair in range(len(here)):
        lists[free[here[pair]]] = there[pair]
        free[here[pair]] += 1
    return lists


@njit(cache=True)
def _unscored(starts, others, scored_starts, scored, hub, limit, since):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
    """Of each profile, the neighbours of its neighbours that it was not scored with, later ones only."""
    count = len(starts) - 1
    seen = np.full(count, -1, np.int32)
    room = 1024
    first, second = np.empty(room, np.int32), np.empty(room, np.int32)
    filled = 0
    for profile in range(count):
        if starts[profile] == starts[profile + 1]:
            continue
        seen[profile] = profile
        for place in range(scored_starts[profile], scored_starts[profile + 1]):
            seen[scored[place]] = profile
        for place in range(starts[profile], starts[profile + 1]):
            between = others[place]
            if starts[between + 1] - starts[between] > hub:
                continue
            for further in range(starts[between], starts[between + 1]):
                other = others[further]
                if other < profile or other < since or seen[other] == profile:
                    continue
                seen[other] = profile
                if filled == limit:
                    return first[:filled], second[:filled]
                if filled == room:
                    room *= 2
                    wider, longer = np.empty(room, np.int32), np.empty(room, np.int32)
                    wider[:filled], longer[:filled] = first, second
                    first, second = wider, longer
                first[filled], second[filled] = profile, other
                filled += 1
    return first[:filled], second[:filled]
