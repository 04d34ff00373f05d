"""Which addresses are communal: care homes, hostels, refuges, halls. Who lives there is no household.

The gazetteer's own word counts first. Without it, more people and more surnames in one year than a family
has; and where no record has a day, twice as many people in all.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import NDArray

from roundtable.linkage.households.codes import Codes, runs, together
from roundtable.linkage.households.limits import Limits
from roundtable.linkage.households.sightings import NO_DAY, Sightings

_YEAR = 365
REGISTER, MANY, NOT = 1, 2, 0
#: What each number says in the table; nothing for an address that is not communal.
WHY = (None, "register", "many")


@dataclass(frozen=True)
class Crowds:
    """Of each address how many people, and why it is communal if it is.

    Attributes:
        people: everybody who was ever seen there.
        most: the most people seen there within one year; all of them, where no record has a day.
        surnames: the most surnames within one year, likewise.
        why: `NOT`, `REGISTER` or `MANY`.
    """

    people: NDArray[np.int64]
    most: NDArray[np.int64]
    surnames: NDArray[np.int64]
    why: NDArray[np.int8]

    @property
    def communal(self) -> NDArray[np.bool_]:
        """Whether each is."""
        found: NDArray[np.bool_] = self.why != NOT
        return found


def crowds_of(seen: Sightings, registered: NDArray[np.bool_], limits: Limits) -> Crowds:
    """Count who is seen at each address, and judge it.

    Args:
        seen: the sightings, guesses by kinship left out.
        registered: whether the gazetteer says that an address is communal.
        limits: from when on it is.
    """
    count = len(registered)
    placed = seen.only(np.flatnonzero(seen.place >= 0))
    people, most = _counts(placed, placed.person, count)
    named = placed.only(placed.surname >= 0)
    every_surname, surnames = _counts(named, named.surname, count)
    dated = np.zeros(count, dtype=np.bool_)
    dated[placed.place[placed.day != NO_DAY]] = True
    bound = np.where(dated, limits.communal_people, limits.communal_records_undated)
    most, surnames = np.where(dated, most, people), np.where(dated, surnames, every_surname)
    many = (most > bound) & (surnames > limits.communal_surnames)
    why = np.where(registered, REGISTER, np.where(many, MANY, NOT)).astype(np.int8)
    return Crowds(people, most, surnames, why)


def _counts(seen: Sightings, who: Codes, count: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """How many different ones each address has in all, and at most within one year."""
    pairs = np.unique(together(seen.place, who))
    every = np.bincount(pairs // (int(who.max(initial=0)) + 1), minlength=count)
    dated = seen.day != NO_DAY
    place, day, one = seen.place[dated], seen.day[dated], who[dated]
    order = np.lexsort((one, day, place))
    place, day, one = place[order], day[order], one[order]
    starts = runs(place)
    most = np.zeros(count, dtype=np.int64)
    if len(place):
        most[place[starts[:-1]]] = _most_in_a_year(starts, day, one, int(one.max()) + 1, _YEAR)
    return every, most


@njit(cache=True)
def _most_in_a_year(starts, day, who, width, year):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
    """A window moves over the days of each address; how often each one stands in it is kept up."""
    most = np.zeros(len(starts) - 1, np.int64)
    inside = np.zeros(width, np.int32)
    for one in range(len(starts) - 1):
        first, different = starts[one], 0
        for row in range(starts[one], starts[one + 1]):
            different += inside[who[row]] == 0
            inside[who[row]] += 1
            while day[row] - day[first] >= year:
                inside[who[first]] -= 1
                different -= inside[who[first]] == 0
                first += 1
            most[one] = max(most[one], different)
        for row in range(first, starts[one + 1]):
            inside[who[row]] = 0
    return most
