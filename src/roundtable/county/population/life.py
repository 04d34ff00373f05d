"""A shard's life as it stands on a day, and the few moves of which every event is made."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from roundtable.county.places.dwellings import CARE_HOME, SHARED_HOUSE, Dwellings
from roundtable.county.population.diary import Diary
from roundtable.county.population.lives import (
    AWAY,
    COMMUNAL,
    MALE,
    NEVER,
    NO_FIXED_ADDRESS,
    NOBODY,
    NOWHERE,
    POVERTY,
    PRIVATE,
    Days,
    Flags,
    Households,
    People,
    Who,
    dwellings_score,
    stay_kind_at,
)
from roundtable.county.population.rates import times


@dataclass
class Life:
    """The state that the phases of a half-year change, each in its turn.

    In a half-year a person, and every member of a private household, has one event at most: `taken` and
    `busy` hold who has had one. So the days of a half-year's events can be drawn freely and never contradict
    each other.
    """

    rng: np.random.Generator
    stock: Dwellings
    people: People
    homes: Households = field(default_factory=Households)
    diary: Diary = field(default_factory=Diary)
    #: The first day of the half-year, and the day after its last.
    start: int = 0
    end: int = 0
    taken: Flags = field(default_factory=lambda: np.zeros(0, np.bool_))
    busy: Flags = field(default_factory=lambda: np.zeros(0, np.bool_))
    #: Addresses that are taken, and among them those that nobody ever lives at all year.
    held: Flags = field(default_factory=lambda: np.zeros(0, np.bool_))
    unlived: Flags = field(default_factory=lambda: np.zeros(0, np.bool_))
    score: npt.NDArray[np.float64] = field(default_factory=lambda: np.zeros(0))

    def __post_init__(self) -> None:
        self.score = dwellings_score(self.stock)
        self.held = np.zeros(len(self.stock), dtype=np.bool_)
        self.unlived = self.held.copy()

    def begin_half_year(self, start: int, end: int) -> None:
        """Turn to the next half-year: nobody has had an event, and what stands empty can be moved into."""
        self.start, self.end = start, end
        self.taken = np.zeros(self.people.count, dtype=np.bool_)
        self.busy = np.zeros(self.homes.count, dtype=np.bool_)
        self.held = self.occupied()

    @property
    def years(self) -> float:
        """How much of a year the half-year is."""
        return (self.end - self.start) / 365.25

    def occupied(self) -> Flags:
        """Which addresses someone lives at. Institutions and sites count as held: none moves in there."""
        held = (self.stock.kind >= CARE_HOME) | self.unlived
        home = self.people.home[: self.people.count]
        here = home[self.people.resident() & (home != NOWHERE)]
        held[self.homes.addresses()[here]] = True
        return np.asarray(held)

    def free(self) -> Flags:
        """Who lives in the county and may still have an event in this half-year."""
        people, count = self.people, self.people.count
        free = people.resident()
        free[: len(self.taken)] &= ~self.taken
        # Whoever was added in this half-year has had an event: being born, or coming.
        free[len(self.taken) :] = False
        home = people.home[:count]
        settled = home != NOWHERE
        busy = np.zeros(self.homes.count, dtype=np.bool_)
        busy[: len(self.busy)] = self.busy
        busy[len(self.busy) :] = True
        free[settled] &= ~busy[home[settled]]
        return free

    def struck(self, risk: npt.NDArray[np.floating], among: Flags) -> Who:
        """Those to whom something happens in this half-year that has a yearly rate of `risk` for each."""
        chance = 1 - np.exp(-risk * self.years)
        return np.flatnonzero(among & (self.rng.random(len(among)) < chance))

    def days(self, count: int) -> Days:
        """A day of the half-year for each; its last is left for mending."""
        return self.rng.integers(self.start, self.end - 1, count).astype(np.int32)

    def take(self, who: Who) -> None:
        """Note that these had their event, and with them their private households."""
        who = who[who < len(self.taken)]
        self.taken[who] = True
        home = self.people.home[who]
        home = home[(home != NOWHERE) & (home < len(self.busy))]
        self.busy[home[self.homes.groups()[home] != COMMUNAL]] = True

    def one_a_household(self, who: Who) -> Who:
        """The first of these in each household, in a random order, so that no two share one."""
        who = self.rng.permutation(who)
        _, first = np.unique(self.people.home[who], return_index=True)
        return np.asarray(np.sort(who[first]))

    def members(self, households: npt.NDArray[np.integer]) -> tuple[Who, npt.NDArray[np.int64]]:
        """Everyone in these households, and for each the place of its household in the list."""
        place = np.full(self.homes.count, NOWHERE, dtype=np.int64)
        place[households] = np.arange(len(households))
        home = self.people.home[: self.people.count]
        who = np.flatnonzero((home != NOWHERE) & self.people.resident())
        at = place[home[who]]
        return who[at != NOWHERE], at[at != NOWHERE]

    def settle(self, who: Who, household: npt.NDArray[np.integer], day: npt.NDArray[np.integer]) -> None:
        """People move to households on a day: their old stay ends, the new one begins."""
        self._end_stays(who, day)
        people = self.people
        people.home[who] = household
        people.stay[who] = stay_kind_at(self.stock.kind[self.homes.addresses()[household]])
        people.since[who] = day

    def unsettle(self, who: Who, day: npt.NDArray[np.integer], stay: int) -> None:
        """People leave their household for no address of the county: `AWAY` or `NO_FIXED_ADDRESS`."""
        self._end_stays(who, day)
        self.people.home[who], self.people.stay[who], self.people.since[who] = NOWHERE, stay, day

    def leave(self, who: Who, day: npt.NDArray[np.integer]) -> None:
        """People leave the county for good; couples that do not leave together are over."""
        self._end_stays(who, day)
        people = self.people
        partner = people.partner[who]
        together = np.isin(partner, who)
        self.part(who[(partner != NOBODY) & ~together], day[(partner != NOBODY) & ~together])
        people.left[who], people.home[who] = day, NOWHERE

    def die(self, who: Who, day: npt.NDArray[np.integer]) -> None:
        """People die; whoever was their partner is one no more."""
        self._end_stays(who, day)
        self.part(
            who[self.people.partner[who] != NOBODY], day[self.people.partner[who] != NOBODY], by_death=True
        )
        self.people.died[who], self.people.home[who] = day, NOWHERE

    def pair(self, one: Who, other: Who, day: npt.NDArray[np.integer]) -> None:
        """Couples begin."""
        people = self.people
        people.partner[one], people.partner[other] = other, one
        people.union_from[one] = people.union_from[other] = day
        people.married[one] = people.married[other] = False
        people.married_on[one] = people.married_on[other] = NEVER

    def part(self, who: Who, day: npt.NDArray[np.integer], *, by_death: bool = False) -> None:
        """The couples of these end."""
        people = self.people
        other = people.partner[who].astype(np.int64)
        # A couple of whom both are named is one couple.
        keep = ~(np.isin(other, who) & (other < who))
        who, other, day = who[keep], other[keep], day[keep]
        began, married_on = people.union_from[who], people.married_on[who]
        self.diary.note("unions", who, other, began, day, married_on, int(by_death))
        for side in (who, other):
            people.partner[side], people.married[side] = NOBODY, False
            people.married_on[side] = people.union_from[side] = NEVER

    def marry(self, who: Who, day: npt.NDArray[np.integer]) -> None:
        """Couples marry, each named by one of the two."""
        people = self.people
        other = people.partner[who]
        for side in (who, other):
            people.married[side], people.married_on[side] = True, day
        man_first = people.sex[who] == MALE
        self.diary.note("marriages", np.where(man_first, other, who), np.where(man_first, who, other), day)

    def vacant(self, wealth: npt.NDArray[np.floating], *, shared: bool = False) -> npt.NDArray[np.int64]:
        """An empty address for each, the better-off at the better; fewer where too few stand empty.

        The addresses are held from now on.
        """
        is_shared = self.stock.kind == SHARED_HOUSE
        empty = np.flatnonzero(~self.held & (is_shared if shared else ~is_shared))
        count = min(len(wealth), len(empty))
        chosen = self.rng.choice(empty, count, replace=False, shuffle=False) if count else empty[:0]
        wishes = wealth[:count] + self.rng.normal(0, times("home_luck"), count)
        address = np.empty(count, dtype=np.int64)
        address[np.argsort(wishes, kind="stable")] = chosen[np.argsort(self.score[chosen], kind="stable")]
        self.held[address] = True
        return address

    def wealth(self, who: Who) -> npt.NDArray[np.float64]:
        """How well an address each can get: the less poor and, up to old age, the older."""
        age = (self.start - self.people.born[who]) / 365.25
        return np.asarray(
            times("wealth_of_age") * np.clip((age - 42) / 22, -1.2, 0.9) - self.people.leaning[who, POVERTY]
        )

    def new_homes(self, who: Who, *, shared: bool = False, group: int = PRIVATE) -> tuple[Who, Who]:
        """A household at an empty address for each, as far as there are any: who has one, and which."""
        address = self.vacant(self.wealth(who), shared=shared)
        return who[: len(address)], self.homes.add(address, group)

    def _end_stays(self, who: Who, day: npt.NDArray[np.integer]) -> None:
        people = self.people
        self.diary.note("stays", who, people.home[who], people.since[who], day, people.stay[who])


__all__ = ["AWAY", "NO_FIXED_ADDRESS", "Life"]
