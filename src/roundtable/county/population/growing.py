"""Deaths and births, and children whom nobody is left with."""

from __future__ import annotations

import numpy as np

from roundtable.county.population.arriving import YEAR, set_parent
from roundtable.county.population.leanings import draw_traits
from roundtable.county.population.life import Life
from roundtable.county.population.lives import (
    FEMALE,
    FRAILTY,
    HOME,
    HOUSEHOLD_FATE,
    HOUSEHOLD_POVERTY,
    MALE,
    NOBODY,
    NOWHERE,
    PRIVATE,
    STAY,
)
from roundtable.county.population.rates import by_age, rate, steeper, times
from roundtable.county.population.tables import StayKind

#: Days after a birth before the next can follow.
_AFTER_A_BIRTH = 400
#: Days within which the next child mostly follows; and more days than anybody lives.
_SOON, _NEVER_BORE = 5 * 365, 100_000
_GROWN = 18 * YEAR


def deaths(life: Life) -> None:
    """People die, the frail and those in care homes more often than others of their age."""
    people, count = life.people, life.people.count
    age = people.age_on(life.start)
    risk = np.where(people.sex[:count] == MALE, by_age("mortality", "M")[age], by_age("mortality", "F")[age])
    frail = steeper(times("mortality_slope"), people.leaning[:count, FRAILTY])
    in_care = people.stay[:count] == STAY[StayKind.CARE_HOME]
    who = life.struck(risk * frail * np.where(in_care, times("care_home_deaths"), 1.0), life.free())
    life.take(who)
    life.die(who, life.days(len(who)))


def births(life: Life) -> None:
    """Children are born, now and then two at once, and live where their mother does."""
    people, count, rng = life.people, life.people.count, life.rng
    free = life.free() & (people.sex[:count] == FEMALE) & (people.home[:count] != NOWHERE)
    free &= (people.stay[:count] != STAY[StayKind.CARE_HOME]) & (people.stay[:count] != STAY[StayKind.HOSTEL])
    since = life.start - _last_birth(life)
    free &= since > _AFTER_A_BIRTH
    partner = people.partner[:count] != NOBODY
    often = np.where(partner, rate("births_with_partner"), rate("births_without_partner"))
    later = np.where(since < _SOON, rate("births_soon_after"), rate("births_long_after"))
    often = often * np.where(since < _NEVER_BORE, later, 1.0)
    mothers = life.struck(by_age("fertility", "F")[people.age_on(life.start)] * often, free)
    life.take(mothers)
    day = life.days(len(mothers))
    twins = np.flatnonzero(rng.random(len(mothers)) < rate("twins"))
    of = np.concatenate([np.arange(len(mothers)), twins])
    child = people.add(len(of))
    mother = mothers[of]
    people.born[child] = people.came[child] = people.since[child] = day[of]
    people.sex[child] = np.where(rng.random(len(child)) < rate("boys"), MALE, FEMALE)
    people.home[child], people.stay[child] = people.home[mother], people.stay[mother]
    set_parent(life, child, mother)
    other = people.partner[mother].astype(np.int64)
    man = (other != NOBODY) & (people.sex[other] == MALE)
    set_parent(life, child[man], other[man])
    named = np.where(people.father[child] != NOBODY, people.father[child], mother)
    people.tradition[child] = people.tradition[named]
    first, second = child[twins], child[len(mothers) :]
    people.twin[first], people.twin[second] = second, first
    leaning = people.leaning[mother].astype(np.float64)
    draw_traits(life, child, leaning[:, HOUSEHOLD_FATE], leaning[:, HOUSEHOLD_POVERTY])


def _last_birth(life: Life) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """The day each woman last gave birth; long ago where she has not."""
    people, count = life.people, life.people.count
    last = np.full(count, -1_000_000, dtype=np.int64)
    child = np.flatnonzero(people.mother[:count] != NOBODY)
    np.maximum.at(last, people.mother[child], people.born[child])
    return last


def orphans(life: Life) -> None:
    """Children in a home where no grown person is left go to a family, on the half-year's last day."""
    people, count = life.people, life.people.count
    home, here = people.home[:count], people.resident() & (people.home[:count] != NOWHERE)
    grown = people.born[:count] <= life.end - _GROWN
    cared = np.zeros(life.homes.count, dtype=np.bool_)
    cared[home[here & grown]] = True
    left = np.flatnonzero(here & ~grown & ~cared[home])
    left = left[people.since[left] < life.end - 1]
    if not len(left):
        return
    families = np.flatnonzero(
        here
        & grown
        & (people.partner[:count] != NOBODY)
        & (people.stay[:count] == HOME)
        & (life.homes.groups()[home] == PRIVATE)
        & (people.born[:count] > life.end - 60 * YEAR)
    )
    if not len(families):
        families = np.flatnonzero(here & grown & (people.stay[:count] == HOME))
    if not len(families):
        life.leave(left, np.full(len(left), life.end - 1, dtype=np.int32))
        return
    # Brothers and sisters stay together.
    _, family = np.unique(home[left], return_inverse=True)
    taken_in = home[life.rng.choice(families, int(family.max()) + 1)]
    life.settle(left, taken_in[family], np.full(len(left), life.end - 1, dtype=np.int32))
