"""The times that a person was at an address, out of single sightings.

Somebody who is seen at an address again and again is there from the first day to the last. Seen elsewhere in
between, they are at both at once (shared custody, a second home, a carer's bed), unless half a year and more
lies between: then they left and came back. They have left by the day on which they are first seen elsewhere
after the last day here; an address that they were seen at all along is no such elsewhere.

An old address that one agency never corrected is stale: other agencies that once had it followed the person
to the new one, and this one alone goes on with the old. What stands then ends where the new one begins.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import NDArray

from roundtable.linkage.households.codes import NONE, Codes, picked, runs, together
from roundtable.linkage.households.limits import Limits
from roundtable.linkage.households.sightings import NO_DAY, Sightings

#: The day of what has not come: after every day there is.
NEVER = np.iinfo(np.int32).max
#: Somebody with more spells than this is no single person: nothing is said of where they left from.
MOST_SPELLS = 64


@dataclass(frozen=True)
class Spells:
    """One line for each time that a person was at an address, by person, address and first day.

    Attributes:
        person: who.
        place: where.
        number: which of their times there, counted from 1.
        first: the first day seen, or `NO_DAY`.
        last: the last, or `NO_DAY`.
        left: the day by which they had left, or `NEVER`.
        stale: whether that is because the address is stale.
        records: how many records say so.
        undated: how many of those have no day.
        basis: the best of what puts them there.
        surname: the surname that most of the records have; -1 where none has one.
        agencies: which agencies say so, as lists one after the other.
        agencies_from: where each list starts, and after them the length of all.
    """

    person: Codes
    place: Codes
    number: Codes
    first: Codes
    last: Codes
    left: Codes
    stale: NDArray[np.bool_]
    records: NDArray[np.int64]
    undated: NDArray[np.int64]
    basis: NDArray[np.int8]
    surname: Codes
    agencies: Codes
    agencies_from: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.person)


def spells_of(seen: Sightings, zones: Codes, limits: Limits) -> Spells:
    """Work the spells out.

    Args:
        seen: the sightings. Those that say a postcode alone show that somebody was elsewhere, and come to no
            spell of their own.
        zones: the postcode of each address.
        limits: after how long an absence somebody has come back.
    """
    places = len(zones)
    at = np.where(seen.place >= 0, seen.place, places + seen.zone).astype(np.int32)
    order = np.lexsort((seen.agency, at, seen.day, seen.person))
    person, place, day, agency = (one[order] for one in (seen.person, at, seen.day, seen.agency))
    spell = _numbered(person, place, day, _again(person, place, agency), limits.return_gap)
    count = int(spell.max(initial=-1)) + 1
    # Where an undated record is the only one of its spell the day stays NO_DAY.
    first = np.full(count, NEVER, dtype=np.int32)
    last = np.full(count, NO_DAY, dtype=np.int32)
    dated = day != NO_DAY
    np.minimum.at(first, spell[dated], day[dated])
    np.maximum.at(last, spell[dated], day[dated])
    first[first == NEVER] = NO_DAY
    whose, where = np.empty(count, dtype=np.int32), np.empty(count, dtype=np.int32)
    whose[spell], where[spell] = person, place
    vague = where >= places
    zone = np.where(vague, where - places, picked(zones, np.where(vague, NONE, where)))
    left = np.full(count, NEVER, dtype=np.int32)
    stale = np.zeros(count, dtype=np.bool_)
    _leave(runs(person), spell, day, agency, first, last, zone, vague, left, stale, MOST_SPELLS, NO_DAY)
    told = np.unique(together(spell, agency))
    width = int(agency.max(initial=0)) + 1
    every = Spells(
        person=whose,
        place=where,
        number=np.zeros(count, dtype=np.int32),
        first=first,
        last=last,
        left=left,
        stale=stale,
        records=np.bincount(spell, minlength=count),
        undated=np.bincount(spell[~dated], minlength=count),
        basis=_best(spell, seen.basis[order], count),
        surname=_usual(spell, seen.surname[order], count),
        agencies=(told % width).astype(np.int32),
        agencies_from=np.searchsorted(told // width, np.arange(count + 1)).astype(np.int64),
    )
    return _in_order(every, places)


def _again(person: Codes, place: Codes, agency: Codes) -> NDArray[np.bool_]:
    """Whether each sighting says what its agency's last one of the person said, for sightings by day.

    An agency that says the same again may never have asked: it shows nobody's return.
    """
    order = np.lexsort((np.arange(len(person)), agency, person))
    who, where, says = person[order], place[order], agency[order]
    again = np.zeros(len(order), dtype=np.bool_)
    again[order[1:]] = (who[1:] == who[:-1]) & (says[1:] == says[:-1]) & (where[1:] == where[:-1])
    return again


def _numbered(
    person: Codes, place: Codes, day: Codes, again: NDArray[np.bool_], gap: int
) -> NDArray[np.int64]:
    """Which spell each sighting is of, for sightings by person and day.

    A sighting begins a new spell where the one before it at the address is longer ago than the gap,
    sightings elsewhere lie between, and its agency does not merely say the same again. Undated ones are of
    the first spell.
    """
    order = np.lexsort((day, place, person))
    who, where, when = person[order], place[order], day[order].astype(np.int64)
    same = (who[1:] == who[:-1]) & (where[1:] == where[:-1])
    between = np.diff(order) > 1
    long = (when[:-1] != NO_DAY) & (np.diff(when) > gap)
    back = same & between & long & ~again[order[1:]]
    starts = np.concatenate(([True], ~same | back)) if len(order) else np.empty(0, np.bool_)
    spell = np.empty(len(order), dtype=np.int64)
    spell[order] = np.cumsum(starts) - 1
    return spell


def _best(spell: NDArray[np.int64], basis: NDArray[np.int8], count: int) -> NDArray[np.int8]:
    found = np.full(count, np.iinfo(np.int8).max, dtype=np.int8)
    np.minimum.at(found, spell, basis)
    return found


def _usual(spell: NDArray[np.int64], surname: Codes, count: int) -> Codes:
    """The surname that most records of a spell have; of equals the first by number."""
    named = surname >= 0
    pairs, votes = np.unique(together(spell[named], surname[named]), return_counts=True)
    width = int(surname[named].max(initial=0)) + 1
    found = np.full(count, NONE, dtype=np.int32)
    order = np.lexsort((-pairs, votes))
    found[(pairs // width)[order]] = (pairs % width)[order]
    return found


def _in_order(every: Spells, places: int) -> Spells:
    """By person, address and day, numbered, without those that are of a postcode alone."""
    order = np.lexsort((every.first, every.place, every.person))
    order = order[every.place[order] < places]
    pair = together(every.person[order], every.place[order])
    starts = runs(pair)
    number = np.arange(len(order)) - np.repeat(starts[:-1], np.diff(starts)) + 1
    lengths = np.diff(every.agencies_from)[order]
    offsets = np.concatenate(([0], np.cumsum(lengths))).astype(np.int64)
    within = np.arange(int(offsets[-1])) - np.repeat(offsets[:-1], lengths)
    agencies = every.agencies[np.repeat(every.agencies_from[:-1][order], lengths) + within]
    listed = {"number", "agencies", "agencies_from"}
    kept = {name: getattr(every, name)[order] for name in every.__dataclass_fields__ if name not in listed}
    return Spells(number=number.astype(np.int32), agencies=agencies, agencies_from=offsets, **kept)


@njit(cache=True)
def _leave(people, spell, day, agency, first, last, zone, vague, left, stale, most, no_day):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
    """Spells of one person have neighbouring numbers, and their sightings stand by day."""
    marked = np.zeros(agency.max() + 1 if len(agency) else 1, np.bool_)
    for who in range(len(people) - 1):
        start, end = people[who], people[who + 1]
        low, high = spell[start], spell[start]
        for row in range(start, end):
            low, high = min(low, spell[row]), max(high, spell[row])
        if low == high or high - low >= most:
            continue
        for old in range(low, high + 1):
            for new in range(low, high + 1):
                if new == old or last[old] == no_day or last[new] == no_day:
                    continue
                if zone[old] == zone[new] and (vague[old] or vague[new]):
                    continue
                if first[new] > last[old]:
                    left[old] = min(left[old], first[new])
                elif first[new] > first[old] and _not_followed(
                    start, end, spell, day, agency, old, new, first[new], marked
                ):
                    left[old] = min(left[old], first[new])
                    stale[old] = True


@njit(cache=True)
def _not_followed(start, end, spell, day, agency, old, new, moved, marked):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
    """Whether one agency alone goes on with an old address that others have left for a new one.

    It never had the new one; another, which had the old one before, has the new one since.
    """
    late, lone, followed = -1, True, False
    for row in range(start, end):
        if spell[row] == old and day[row] >= moved:
            lone = lone and (late < 0 or late == agency[row])
            late = agency[row]
        elif spell[row] == old:
            marked[agency[row]] = True
    for row in range(start, end):
        if spell[row] == new:
            lone = lone and agency[row] != late
            followed = followed or marked[agency[row]]
    for row in range(start, end):
        marked[agency[row]] = False
    return late >= 0 and lone and followed
