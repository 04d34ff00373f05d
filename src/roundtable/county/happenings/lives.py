"""A shard's people as arrays: who is in the county when, how old, where, and with whom.

Time is cut into the years of the plan, counted back from the day after today. People are numbered by their
place in `ids`, addresses by their place in `Places.ids`; -1 is nobody or nowhere. Days are day numbers from
1 January 1970, instants are seconds from then.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from roundtable.county.happenings.places_of import Places
from roundtable.county.plan import CountyPlan
from roundtable.county.population.tables import RelationKind

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

DAY_SECONDS = 86_400
_NO_END = 2**40
_WIDTH = 2**20


@dataclass(frozen=True)
class Stays:
    """Main stays in order of person and first day."""

    person: Ints
    start: Ints
    end: Ints
    address: Ints
    household: Ints
    away: Flags

    @cached_property
    def key(self) -> Ints:
        """Sorts by person, then first day."""
        return self.person * _WIDTH + self.start


@dataclass(frozen=True)
class Where:
    """Where people are on a day, by the question's own order; -1 is nowhere."""

    address: Ints
    household: Ints
    away: Flags


@dataclass(frozen=True)
class Households:
    """The shard's households: who is the eldest, where, from when to when."""

    ids: Ints
    address: Ints
    kind: NDArray[np.object_]
    start: Ints
    end: Ints
    eldest: Ints
    private: Flags


@dataclass(frozen=True)
class Lives:
    """The people of a shard.

    Attributes:
        plan: the county's plan.
        ids: their ids, rising.
        born, start, end: day numbers: of birth, of the first day in the county, of the day after the last.
        male: whether the sex on record is M.
        traits: each latent trait by name, 0 to 1.
        years: day numbers at which the years of the plan begin, and the day after today.
        stays: where they mainly lived.
        places: the addresses, streets and areas.
        households: who lived together.
        relations: the population's table of that name.
        protections: protected addresses: whose, from which day, and until which.
    """

    plan: CountyPlan
    ids: Ints
    born: Ints
    start: Ints
    end: Ints
    male: Flags
    traits: dict[str, Floats]
    years: Ints
    stays: Stays
    places: Places
    households: Households
    relations: pa.Table
    protections: tuple[Ints, Ints, Ints]

    @property
    def size(self) -> int:
        """How many people."""
        return len(self.ids)

    @cached_property
    def spans(self) -> tuple[Ints, Ints]:
        """By person and year: the first day in the county in that year, and the days there."""
        return spans(self.start, self.end, self.years)

    @cached_property
    def exposure(self) -> Floats:
        """Years in the county, by person and year of the plan."""
        return self.spans[1] / 365.25

    @cached_property
    def middle(self) -> Ints:
        """By person and year: the middle day of its time in the county."""
        first, days = self.spans
        return first + days // 2

    @cached_property
    def ages(self) -> Ints:
        """Age in whole years, by person and year of the plan; negative before birth."""
        return (self.middle - self.born[:, None]) * 100 // 36_525

    @cached_property
    def deciles(self) -> Ints:
        """Deprivation decile of where they live, by person and year; 5 where that is nowhere."""
        person = np.repeat(np.arange(self.size), len(self.years) - 1)
        address = self.where(person, self.middle.ravel()).address
        found = np.where(address >= 0, self.places.decile[address], 5)
        return found.reshape(self.size, -1)

    @cached_property
    def areas(self) -> Ints:
        """The place of the area where they live among the shard's, by person and year; -1 for nowhere."""
        person = np.repeat(np.arange(self.size), len(self.years) - 1)
        address = self.where(person, self.middle.ravel()).address
        found = np.where(address >= 0, self.places.area[address], -1)
        return found.reshape(self.size, -1)

    def age_on(self, person: Ints, day: Ints) -> Ints:
        """Age in whole years on a day."""
        return (day - self.born[person]) * 100 // 36_525

    def where(self, person: Ints, day: Ints) -> Where:
        """Where people mainly live on a day."""
        stays = self.stays
        at = np.searchsorted(stays.key, person * _WIDTH + day, side="right") - 1
        here = (at >= 0) & (stays.person[at] == person) & (day < stays.end[at]) & (day >= stays.start[at])
        return Where(
            np.where(here, stays.address[at], -1),
            np.where(here, stays.household[at], -1),
            ~here | stays.away[at],
        )

    @cached_property
    def _by_household(self) -> tuple[Ints, Ints, Ints]:
        stays = self.stays
        order = np.argsort(stays.household, kind="stable")
        order = order[np.searchsorted(stays.household[order], 0) :]
        first = np.searchsorted(stays.household[order], np.arange(len(self.households.ids)), side="left")
        last = np.searchsorted(stays.household[order], np.arange(len(self.households.ids)), side="right")
        return order, first, last

    def members(self, household: Ints, day: Ints) -> tuple[Ints, Ints]:
        """Who lives in households on a day: pairs of the question's place and a person, in order."""
        order, first, last = self._by_household
        known = household >= 0
        number = np.where(known, last[household] - first[household], 0)
        question = np.repeat(np.arange(len(household)), number)
        offset = np.arange(len(question)) - np.repeat(np.cumsum(number) - number, number)
        stay = order[np.repeat(np.where(known, first[household], 0), number) + offset]
        when = day[question]
        here = (self.stays.start[stay] <= when) & (when < self.stays.end[stay])
        return question[here], self.stays.person[stay[here]]

    def eldest_at_home(self, household: Ints, day: Ints) -> Ints:
        """The eldest who lives in each household on a day; -1 where nobody does."""
        row, person = self.members(household, day)
        found = np.full(len(household), -1)
        order = np.argsort(-self.born[person], kind="stable")
        found[row[order]] = person[order]
        return found

    @cached_property
    def partners(self) -> tuple[Ints, Ints, Ints]:
        """By person: the latest partner (or -1), and the days between which it was one."""
        kinds = self.relations["kind"].to_numpy(zero_copy_only=False)
        chosen = np.isin(kinds, [RelationKind.PARTNER, RelationKind.EX_PARTNER])
        person = self.place_of(self.relations["person"].to_numpy()[chosen])
        other = self.place_of(self.relations["other"].to_numpy()[chosen])
        start = days_of(self.relations["from_day"])[chosen]
        still = kinds[chosen] == RelationKind.PARTNER
        end = np.where(still, ends_of(self.relations["to_day"])[chosen], start)
        order = np.lexsort((start, person))
        found = (np.full(self.size, -1), np.zeros(self.size, np.int64), np.zeros(self.size, np.int64))
        for array, values in zip(found, (other, start, end), strict=True):
            array[person[order]] = values[order]
        return found

    def protected(self, person: Ints, day: Ints) -> Flags:
        """Whether a person's address is protected on a day."""
        who, start, end = self.protections
        found = np.zeros(len(person), bool)
        order = np.argsort(person, kind="stable")
        for one, first, last in zip(who, start, end, strict=True):
            low, high = np.searchsorted(person[order], [one, one + 1])
            mine = order[low:high]
            found[mine] |= (first <= day[mine]) & (day[mine] < last)
        return found

    def place_of(self, ids: Ints) -> Ints:
        """The places of people in `ids`; -1 for who is not of the shard."""
        at = np.clip(np.searchsorted(self.ids, ids), 0, max(0, self.size - 1))
        return np.where(self.ids[at] == ids, at, -1)


def spans(start: Ints, end: Ints, years: Ints) -> tuple[Ints, Ints]:
    """The part of each year that lies between a start and an end: its first day, and how many days."""
    first = np.clip(start[:, None], years[:-1], years[1:])
    last = np.clip(end[:, None], years[:-1], years[1:])
    return first, np.maximum(last - first, 0)


def days_of(column: pa.ChunkedArray) -> Ints:
    """Day numbers of a column of days."""
    found: Ints = column.cast(pa.int32()).fill_null(0).to_numpy().astype(np.int64)
    return found


def ends_of(column: pa.ChunkedArray) -> Ints:
    """Day numbers of a column of days on which something ended; far ahead where it has not."""
    nulls = column.is_null().to_numpy()
    return np.where(nulls, _NO_END, days_of(column))


def looked_up(ids: Ints, wanted: Ints) -> Ints:
    """The places of wanted ids among rising ids; -1 where there is none."""
    if len(ids) == 0:
        return np.full(len(wanted), -1, np.int64)
    at = np.clip(np.searchsorted(ids, wanted), 0, len(ids) - 1)
    return np.where(ids[at] == wanted, at, -1)
