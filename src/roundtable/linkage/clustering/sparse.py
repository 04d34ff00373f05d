"""Average linkage of large components, on their pairs alone, the nearest two first.

The same groups as on a square. Pairs of groups wait under the mean that they had when they were last looked
at. A mean only falls as groups grow, so nothing waits under too low a mean: the foremost is worked out again
when its turn comes, and merged if it still stands or sent back. Of two groups that merge, the one with fewer
neighbours is moved to the other, so that each pair is moved log n times at most.

Memory is in proportion to the pairs, E. Each time that a pair of groups is looked at again the groups have
grown, and it is dropped as soon as its mean is under the floor: there are E / floor looks at most, each in
log E steps, for the middle of a star with 100,000 arms as well. A group of s profiles takes pairs worth
`floor` times s squared halved, so none is larger than the root of 2E / floor.
"""

# numba infers the types of what it compiles.
# ruff: noqa: ANN001, ANN201, ANN202, D417
# mypy: disable-error-code="no-untyped-def"
from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit, types
from numba.typed import Dict
from numpy.typing import NDArray

from roundtable.linkage.clustering.constraints import UNKNOWN


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
def _wait(waiting, slot, mean, low, high):
    """Let the slot wait under these, whether or not it waited already."""
    waiting.mean[slot], waiting.low[slot], waiting.high[slot] = mean, low, high
    if waiting.where[slot] < 0:
        _put(waiting, slot, waiting.length[0])
        waiting.length[0] += 1
    _rise(waiting, waiting.where[slot])
    _sink(waiting, waiting.where[slot])


@njit(cache=True)
def _leave(waiting, slot):
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


class Slots(NamedTuple):
    """Two groups with something between them are a slot; its two ends stand in the lists of its two groups.

    Attributes:
        group: the group at each end; the ends of slot s are 2s and 2s + 1.
        following: the next end in the list of the same group, -1 at its end.
        total: the sum of the probabilities between the two groups.
        barred: whether the two may never be together.
        dead: whether it has gone into another slot or its two groups are one.
    """

    group: NDArray[np.int64]
    following: NDArray[np.int64]
    total: NDArray[np.int64]
    barred: NDArray[np.bool_]
    dead: NDArray[np.bool_]


class Groups(NamedTuple):
    """Of each group, its first end, how many slots it has, its size, its lowest position and its codes."""

    first: NDArray[np.int64]
    neighbours: NDArray[np.int64]
    size: NDArray[np.int64]
    lowest: NDArray[np.int64]
    codes: NDArray[np.int32]


@njit(cache=True)
def _differ(codes, one, other):
    """As on a square. What is compiled is kept by file, and would not see an edit in another."""
    for kind in range(codes.shape[0]):
        mine, theirs = codes[kind, one], codes[kind, other]
        if mine != UNKNOWN and theirs != UNKNOWN and mine != theirs:
            return True
    return False


@njit(cache=True)
def _name(one, other):
    """One number for two groups."""
    return (types.int64(min(one, other)) << 32) | types.int64(max(one, other))


@njit(cache=True)
def _hang(slots, groups, end, group):
    slots.group[end] = group
    slots.following[end] = groups.first[group]
    groups.first[group] = end
    groups.neighbours[group] += 1


@njit(cache=True)
def _slot(slots, groups, of_two, one, other):
    """The slot of two groups, made if there is none; slots are numbered as they are made."""
    name = _name(one, other)
    if name in of_two:
        return of_two[name]
    slot = len(of_two)
    of_two[name] = slot
    _hang(slots, groups, 2 * slot, one)
    _hang(slots, groups, 2 * slot + 1, other)
    return slot


@njit(cache=True)
def _standing(slots, groups, slot):
    """The mean between the two groups of a slot, and their lowest positions, the lower first."""
    one, other = slots.group[2 * slot], slots.group[2 * slot + 1]
    mean = slots.total[slot] / (groups.size[one] * groups.size[other])
    low, high = groups.lowest[one], groups.lowest[other]
    return mean, min(low, high), max(low, high)


@njit(cache=True)
def _send(slots, groups, waiting, slot, floor):
    """Let a slot wait under its mean as it stands, unless what it waits under is no lower."""
    mean, low, high = _standing(slots, groups, slot)
    if slots.barred[slot] or mean < floor:
        _leave(waiting, slot)
    elif waiting.where[slot] < 0 or mean >= waiting.mean[slot]:
        _wait(waiting, slot, mean, low, high)


@njit(cache=True)
def _move(slots, groups, waiting, of_two, end, into, floor):
    """Hang an end of a group that is gone to the group that it went into."""
    slot, third = end >> 1, slots.group[end ^ 1]
    del of_two[_name(slots.group[end], third)]
    name = _name(into, third)
    if name not in of_two:
        of_two[name] = slot
        _hang(slots, groups, end, into)
        return
    stays = of_two[name]
    slots.total[stays] += slots.total[slot]
    slots.barred[stays] |= slots.barred[slot]
    slots.dead[slot] = True
    groups.neighbours[third] -= 1
    _leave(waiting, slot)
    _send(slots, groups, waiting, stays, floor)


@njit(cache=True)
def _merge(slots, groups, waiting, of_two, slot, low, floor):
    one, other = slots.group[2 * slot], slots.group[2 * slot + 1]
    _leave(waiting, slot)
    slots.dead[slot] = True
    del of_two[_name(one, other)]
    groups.neighbours[one] -= 1
    groups.neighbours[other] -= 1
    into, gone = (one, other) if groups.neighbours[one] >= groups.neighbours[other] else (other, one)
    groups.size[into] += groups.size[gone]
    groups.lowest[into] = low
    for kind in range(groups.codes.shape[0]):
        groups.codes[kind, into] = max(groups.codes[kind, into], groups.codes[kind, gone])
    end = groups.first[gone]
    while end >= 0:
        following = slots.following[end]
        if not slots.dead[end >> 1]:
            _move(slots, groups, waiting, of_two, end, into, floor)
        end = following


@njit(cache=True)
def _slots_of(left, right, sums, apart_left, apart_right, groups, of_two):
    room = len(left) + len(apart_left)
    slots = Slots(
        np.empty(2 * room, np.int64),
        np.full(2 * room, -1, np.int64),
        np.zeros(room, np.int64),
        np.zeros(room, np.bool_),
        np.zeros(room, np.bool_),
    )
    for pair in range(len(left)):
        slots.total[_slot(slots, groups, of_two, left[pair], right[pair])] = sums[pair]
    for pair in range(len(apart_left)):
        slots.barred[_slot(slots, groups, of_two, apart_left[pair], apart_right[pair])] = True
    return slots


@njit(cache=True)
def by_pairs(left, right, sums, apart_left, apart_right, sizes, codes, floor):
    """Merges: the lower and the higher lowest position of each two, and the mean between them.

    Args:
        left, right, sums: pairs of nodes, each once; nodes are numbered in order of position.
        apart_left, apart_right: pairs that are known to be apart.
        sizes, codes: of each node.
        floor: the least mean at which two are merged, in the unit of `sums`.
    """
    nodes = len(sizes)
    groups = Groups(
        np.full(nodes, -1, np.int64), np.zeros(nodes, np.int64), sizes.copy(), np.arange(nodes), codes.copy()
    )
    of_two = Dict.empty(key_type=types.int64, value_type=types.int64)
    slots = _slots_of(left, right, sums, apart_left, apart_right, groups, of_two)
    number = np.zeros((3, len(slots.total)), np.int64)
    nowhere = np.full(len(slots.total), -1, np.int64)
    waiting = Waiting(number[0], np.zeros(1, np.int64), nowhere, np.zeros(len(nowhere)), number[1], number[2])
    for slot in range(len(of_two)):
        _send(slots, groups, waiting, slot, floor)
    kept, gone = np.empty(nodes, np.int64), np.empty(nodes, np.int64)
    heights = np.empty(nodes, np.float64)
    found = 0
    while waiting.length[0] > 0:
        slot = waiting.heap[0]
        mean, low, high = _standing(slots, groups, slot)
        if mean < floor:
            _leave(waiting, slot)
        elif _differ(groups.codes, slots.group[2 * slot], slots.group[2 * slot + 1]):
            slots.barred[slot] = True
            _leave(waiting, slot)
        elif mean != waiting.mean[slot] or low != waiting.low[slot] or high != waiting.high[slot]:
            _wait(waiting, slot, mean, low, high)
        else:
            kept[found], gone[found], heights[found] = low, high, mean
            found += 1
            _merge(slots, groups, waiting, of_two, slot, low, floor)
    return kept[:found], gone[:found], heights[:found]
