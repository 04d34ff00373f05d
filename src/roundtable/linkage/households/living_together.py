"""Who of those at one address lives together: times that overlap make a household.

A record speaks for a while after its day, longer towards people of the same surname. So a family whose
members are seen in different years is one, and the next family at the address, with another name and years
later, is another. Once others live there, those of the household before them have left.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import NDArray

from roundtable.linkage.households.codes import NONE, Codes, runs
from roundtable.linkage.households.limits import Limits
from roundtable.linkage.households.sightings import NO_DAY
from roundtable.linkage.households.spells import NEVER, Spells

#: Why a time in a household ends, or does not.
CURRENT, MOVED, STALE, FOLLOWED, UNDATED = 0, 1, 2, 3, 4
WHY = ("current", "moved", "stale", "followed", "undated")


@dataclass(frozen=True)
class Together:
    """One line for each spell.

    Attributes:
        household: its household, counted from nought by address and first day; -1 at a communal address.
        to: the day by which the time ended; `NEVER` while it goes on, `NO_DAY` where none is known.
        why: what that rests on, as in `WHY`.
    """

    household: NDArray[np.int64]
    to: Codes
    why: NDArray[np.int8]


def living_together(spells: Spells, communal: NDArray[np.bool_], limits: Limits) -> Together:
    """Put the spells of each address that is not communal into households.

    Args:
        spells: the spells.
        communal: whether each address is.
        limits: how long a record speaks for somebody.
    """
    kept = np.flatnonzero(~communal[spells.place]) if len(spells) else np.empty(0, np.int64)
    order = kept[np.lexsort((spells.person[kept], spells.last[kept], spells.first[kept], spells.place[kept]))]
    group, followed = _groups(
        runs(spells.place[order]),
        spells.first[order],
        spells.last[order],
        spells.left[order],
        spells.surname[order],
        limits.hold_same_surname,
        limits.hold_other_surname,
        NO_DAY,
        NEVER,
    )
    household = np.full(len(spells), NONE, dtype=np.int64)
    # A group is called by its first row; rows are by address and first day, and so are the numbers.
    household[order] = np.unique(group, return_inverse=True)[1]
    left, ends = spells.left, np.full(len(spells), NEVER, dtype=np.int32)
    ends[order] = followed
    to = np.minimum(left, ends)
    why = np.where(spells.stale & (left <= ends), STALE, np.where(left <= ends, MOVED, FOLLOWED))
    undated = spells.first == NO_DAY
    why = np.where(to == NEVER, CURRENT, why)
    return Together(
        household,
        np.where(undated, NO_DAY, to).astype(np.int32),
        np.where(undated, UNDATED, why).astype(np.int8),
    )


@njit(cache=True)
def _groups(starts, first, last, left, surname, long, short, no_day, never):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
    """The group of each row, called by its first row, and the day by which newcomers had followed it."""
    parent = np.arange(len(first))
    followed = np.full(len(first), never, np.int32)
    newest = np.full(len(first), no_day, np.int32)
    for place in range(len(starts) - 1):
        start, end = starts[place], starts[place + 1]
        dated = start
        while dated < end and first[dated] == no_day:
            dated += 1
        for row in range(dated, end):
            for earlier in range(dated, row):
                hold = long if surname[row] >= 0 and surname[row] == surname[earlier] else short
                reach = min(left[earlier], max(last[earlier], first[earlier]) + hold)
                if first[row] < reach:
                    _join(parent, earlier, row)
        for row in range(start, dated):
            _join_undated(parent, start, dated, end, row, last, surname)
        _follow(parent, dated, end, first, last, followed, newest, never)
    for row in range(len(parent)):
        parent[row] = _root(parent, row)
    return parent, followed


@njit(cache=True)
def _join_undated(parent, start, dated, end, row, last, surname):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
    """An undated spell is of the newest dated people of its surname, else of the newest, else of its like."""
    best, best_same = -1, False
    for other in range(dated, end):
        same = surname[other] >= 0 and surname[other] == surname[row]
        if best < 0 or (same and not best_same) or (same == best_same and last[other] > last[best]):
            best, best_same = other, same
    if best < 0:
        best = start
    _join(parent, row, best)


@njit(cache=True)
def _follow(parent, dated, end, first, last, followed, newest, never):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
    """The first day of the next group that begins after the last day of one."""
    for row in range(dated, end):
        root = _root(parent, row)
        newest[root] = max(newest[root], last[row])
    for row in range(dated, end):
        root = _root(parent, row)
        for other in range(dated, end):
            if first[other] > newest[root] and _root(parent, other) != root:
                followed[row] = min(followed[row], first[other])


@njit(cache=True)
def _root(parent, row):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
    while parent[row] != row:
        parent[row] = parent[parent[row]]
        row = parent[row]
    return row


@njit(cache=True)
def _join(parent, one, other):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
    first, second = _root(parent, one), _root(parent, other)
    parent[max(first, second)] = min(first, second)
