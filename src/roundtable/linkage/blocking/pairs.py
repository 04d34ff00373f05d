"""Candidate pairs: profiles that have a key in common, each pair once, and never from a block too large.

A block is all profiles with one key. A block of k profiles holds k(k-1)/2 pairs, so one value that everybody
has (a hostel's telephone, "unknown" as a name) could cost more than all else together. Such a block is left
out and told; its profiles can still meet under another key.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import NDArray

Positions = NDArray[np.int32]
Keys = NDArray[np.uint64]

#: No key: a profile without one of the parts is in no block of that type.
NONE = np.uint64(0)
#: Slots of the sieve that finds which old keys a night's new profiles might share (a power of two).
_SLOTS = 1 << 22


@dataclass(frozen=True)
class LeftOut:
    """A block that was too large: the type of its key, how many profiles, and one of them to look at."""

    key: str
    size: int
    example: int


@dataclass(frozen=True)
class Blocked:
    """Candidate pairs by positions, sorted; `left` stands before `right` in each."""

    left: Positions
    right: Positions
    left_out: tuple[LeftOut, ...] = ()

    def __len__(self) -> int:
        return len(self.left)


def candidate_pairs(keys: Mapping[str, Keys], cap: int) -> Blocked:
    """Every two profiles with a key in common.

    Args:
        keys: for each type of key, one key a profile; `NONE` where it has none. Types whose names are alike
            up to a `#` are one family: the two first and the two last words of a name, say, may meet.
        cap: the most profiles that a block may have.
    """
    return _gathered(keys, cap, 0)


def candidates_of_new(keys: Mapping[str, Keys], first_new: int, cap: int) -> Blocked:
    """The same for a night: only pairs of which one profile or both stand at `first_new` or after.

    What is a block, and which are too large, is judged over all profiles, so that a night and a whole run
    agree.
    """
    return _gathered(keys, cap, first_new)


def _gathered(keys: Mapping[str, Keys], cap: int, first_new: int) -> Blocked:
    if cap < 2:
        raise ValueError("a block has two profiles or more")
    found: list[NDArray[np.int64]] = []
    left_out: list[LeftOut] = []
    for family, columns in _families(keys):
        key, profile = _sorted_keys(columns, first_new)
        starts, ends = _blocks(key)
        sizes = ends - starts
        for block in np.flatnonzero(sizes > cap):
            left_out.append(LeftOut(family, int(sizes[block]), int(profile[starts[block]])))
        kept = (sizes > 1) & (sizes <= cap)
        found.append(_pairs_of_blocks(starts[kept], ends[kept], profile, first_new))
    pairs = _distinct(found)
    told = sorted(left_out, key=lambda block: (-block.size, block.key, block.example))
    return Blocked((pairs >> 32).astype(np.int32), (pairs & 0xFFFFFFFF).astype(np.int32), tuple(told))


def _families(keys: Mapping[str, Keys]) -> Iterator[tuple[str, list[Keys]]]:
    families: dict[str, list[Keys]] = {}
    for name, column in keys.items():
        families.setdefault(name.partition("#")[0], []).append(column)
    yield from families.items()


def _sorted_keys(columns: list[Keys], first_new: int) -> tuple[Keys, Positions]:
    """The keys of a family in order, with their profiles; on a night only those a new profile may have."""
    sieve = _sieve(columns, first_new) if first_new else None
    keys, profiles = [], []
    for column in columns:
        present = _present(column, sieve)
        keys.append(column[present])
        profiles.append(present)
    key, profile = np.concatenate(keys), np.concatenate(profiles)
    order = np.argsort(key)
    return key[order], profile[order]


def _sieve(columns: list[Keys], first_new: int) -> NDArray[np.bool_]:
    sieve = np.zeros(_SLOTS, np.bool_)
    for column in columns:
        sieve[column[first_new:] & np.uint64(_SLOTS - 1)] = True
    return sieve


def _present(column: Keys, sieve: NDArray[np.bool_] | None) -> Positions:
    there = column != NONE
    if sieve is not None:
        there &= sieve[column & np.uint64(_SLOTS - 1)]
    return np.flatnonzero(there).astype(np.int32)


def _blocks(key: Keys) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Where each run of equal keys starts and ends."""
    if not len(key):
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    starts = np.concatenate(([0], np.flatnonzero(key[1:] != key[:-1]) + 1))
    return starts, np.append(starts[1:], len(key))


@njit(cache=True)
def _pairs_of_blocks(starts, ends, profile, first_new):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
    """Each pair of each block as one number, the left position in its upper half; doubles stay."""
    count = 0
    for block in range(len(starts)):
        size = ends[block] - starts[block]
        count += size * (size - 1) // 2
    pairs = np.empty(count, np.int64)
    filled = 0
    for block in range(len(starts)):
        for first in range(starts[block], ends[block]):
            for second in range(first + 1, ends[block]):
                left = np.int64(min(profile[first], profile[second]))
                right = np.int64(max(profile[first], profile[second]))
                if left != right and right >= first_new:
                    pairs[filled] = (left << 32) | right
                    filled += 1
    return pairs[:filled].copy()


def _distinct(found: list[NDArray[np.int64]]) -> NDArray[np.int64]:
    """The pairs of all families, sorted, each once."""
    if not found:
        return np.zeros(0, np.int64)
    pairs = np.concatenate(found)
    found.clear()
    pairs.sort()
    return pairs[np.append(True, pairs[1:] != pairs[:-1])] if len(pairs) else pairs
