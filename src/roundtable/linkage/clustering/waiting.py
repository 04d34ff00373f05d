"""Pairs of groups waiting to be merged, the nearest foremost: a heap whose pairs can be found and moved."""

# numba infers the types of what it compiles.
# ruff: noqa: ANN001, ANN201, ANN202
# mypy: disable-error-code="no-untyped-def"
from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray


class Waiting(NamedTuple):
    """A heap of slots.

    Attributes:
        heap: the slots that wait, foremost first; only the first `length[0]` count.
        length: one number.
        where: the place of each slot in the heap, -1 where it does not wait.
        mean, low, high: what each slot waits under: the mean, then the lower and the higher of the lowest
            positions of its two groups. The largest mean is foremost, the lowest positions on a tie.
    """

    heap: NDArray[np.int64]
    length: NDArray[np.int64]
    where: NDArray[np.int64]
    mean: NDArray[np.float64]
    low: NDArray[np.int64]
    high: NDArray[np.int64]


@njit(cache=True)
def nobody_waiting(slots):
    """A heap with room for so many slots."""
    return Waiting(
        np.empty(slots, np.int64),
        np.zeros(1, np.int64),
        np.full(slots, -1, np.int64),
        np.zeros(slots, np.float64),
        np.zeros(slots, np.int64),
        np.zeros(slots, np.int64),
    )


@njit(cache=True)
def _before(waiting, one, other):
    if waiting.mean[one] != waiting.mean[other]:
        return waiting.mean[one] > waiting.mean[other]
    if waiting.low[one] != waiting.low[other]:
        return waiting.low[one] < waiting.low[other]
    return waiting.high[one] < waiting.high[other]


@njit(cache=True)
def _put(waiting, slot, place):
    waiting.heap[place] = slot
    waiting.where[slot] = place


@njit(cache=True)
def _rise(waiting, place):
    slot = waiting.heap[place]
    while place > 0:
        above = (place - 1) >> 1
        if not _before(waiting, slot, waiting.heap[above]):
            break
        _put(waiting, waiting.heap[above], place)
        place = above
    _put(waiting, slot, place)


@njit(cache=True)
def _sink(waiting, place):
    slot, length = waiting.heap[place], waiting.length[0]
    while True:
        below = 2 * place + 1
        if below >= length:
            break
        if below + 1 < length and _before(waiting, waiting.heap[below + 1], waiting.heap[below]):
            below += 1
        if not _before(waiting, waiting.heap[below], slot):
            break
        _put(waiting, waiting.heap[below], place)
        place = below
    _put(waiting, slot, place)


@njit(cache=True)
def wait(waiting, slot, mean, low, high):
    """Let the slot wait under these, whether or not it waited already."""
    waiting.mean[slot], waiting.low[slot], waiting.high[slot] = mean, low, high
    if waiting.where[slot] < 0:
        _put(waiting, slot, waiting.length[0])
        waiting.length[0] += 1
    _rise(waiting, waiting.where[slot])
    _sink(waiting, waiting.where[slot])


@njit(cache=True)
def leave(waiting, slot):
    """Take the slot out, if it waits."""
    place = waiting.where[slot]
    if place < 0:
        return
    waiting.where[slot] = -1
    waiting.length[0] -= 1
    last = waiting.length[0]
    if place < last:
        moved = waiting.heap[last]
        _put(waiting, moved, place)
        _rise(waiting, place)
        _sink(waiting, waiting.where[moved])
