"""People enter and leave care homes, hostels and refuges, and lose their homes; children are adopted."""

from __future__ import annotations

import numpy as np

from roundtable.county.places.dwellings import CARE_HOME, HOSTEL, REFUGE
from roundtable.county.population.arriving import YEAR
from roundtable.county.population.couples import PROTECTION
from roundtable.county.population.life import Life
from roundtable.county.population.lives import (
    CARE,
    FEMALE,
    HOME,
    NO_FIXED_ADDRESS,
    NOBODY,
    NOWHERE,
    POVERTY,
    PRIVATE,
    STAY,
    SUBSTANCE,
    VIOLENCE,
    Who,
)
from roundtable.county.population.rates import by_age, rate, steeper, times
from roundtable.county.population.settling import dependants, in_a_home, to_a_new_home
from roundtable.county.population.sites import institution
from roundtable.county.population.tables import ProtectionKind, StayKind

#: How long an address stays protected after a refuge, in days. Assumed.
_AFTER_A_REFUGE = 5 * 365


def free_beds(life: Life, kind: int) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """The communal households of a kind, each as often as it has a bed free, in a random order."""
    addresses = life.homes.addresses()
    houses = np.flatnonzero(life.stock.kind[addresses] == kind)
    home = life.people.home[: life.people.count]
    there = life.people.resident() & (home != NOWHERE)
    full = np.bincount(home[there], minlength=life.homes.count)[houses]
    return life.rng.permutation(np.repeat(houses, np.maximum(institution(kind).beds - full, 0)))


def care_homes(life: Life) -> None:
    """The old and needy move to a care home, sooner where they live alone."""
    people, count = life.people, life.people.count
    home = people.home[:count]
    sizes = np.bincount(home[people.resident() & (home != NOWHERE)], minlength=life.homes.count)
    alone = np.where(home != NOWHERE, sizes[home] == 1, False)
    risk = by_age("care_home")[people.age_on(life.start)] * np.where(
        alone, times("care_home_alone"), times("care_home_not_alone")
    )
    risk = risk * steeper(times("care_home_slope"), people.leaning[:count, CARE])
    who = life.one_a_household(life.struck(risk, life.free() & (people.stay[:count] == HOME)))
    beds = free_beds(life, CARE_HOME)
    who = life.rng.permutation(who)[: len(beds)]
    life.take(who)
    life.settle(who, beds[: len(who)], life.days(len(who)))


def homelessness(life: Life) -> None:
    """People lose their home, go to a hostel or have no address, and in time find a home or go elsewhere."""
    people, count, rng = life.people, life.people.count, life.rng
    stay = people.stay[:count]
    for kind, name in ((STAY[StayKind.HOSTEL], "hostel_exit"), (NO_FIXED_ADDRESS, "homeless_exit")):
        out = life.struck(np.full(count, rate(name)), life.free() & (stay == kind))
        finds = rng.random(len(out)) < rate("find_a_home")
        to_a_new_home(life, out[finds])
        life.take(out[~finds])
        life.leave(out[~finds], life.days(int((~finds).sum())))
    age = people.age_on(life.start)
    single = life.free() & in_a_home(life) & (people.partner[:count] == NOBODY) & (age >= 18) & (age < 65)
    lean = people.leaning[:count, SUBSTANCE] + people.leaning[:count, POVERTY]
    risk = rate("homeless") * np.exp(times("homeless_slope") * lean - times("homeless_centre"))
    who = life.one_a_household(life.struck(risk, single))
    _, whose = dependants(life, who)
    parent = np.zeros(len(who), dtype=np.bool_)
    parent[whose] = True
    who = life.rng.permutation(who[~parent])
    beds = free_beds(life, HOSTEL)
    sheltered = min(int(rng.binomial(len(who), rate("hostel_first"))), len(beds))
    life.take(who)
    life.settle(who[:sheltered], beds[:sheltered], life.days(sheltered))
    life.unsettle(who[sheltered:], life.days(len(who) - sheltered), NO_FIXED_ADDRESS)


def refuges(life: Life) -> None:
    """Women flee to a refuge with their children, and later live at an address that must not be known."""
    people, count = life.people, life.people.count
    in_refuge = life.free() & (people.stay[:count] == STAY[StayKind.REFUGE])
    grown = people.born[:count] <= life.start - 18 * YEAR
    out = life.struck(np.full(count, rate("refuge_exit")), in_refuge & grown)
    left = to_a_new_home(life, out)
    children, _ = dependants(life, left)
    _protect(life, np.concatenate([left, children]))
    beds = free_beds(life, REFUGE)
    if not len(beds):
        return
    age = people.age_on(life.start)
    partner = people.partner[:count]
    at_risk = life.free() & in_a_home(life) & (people.sex[:count] == FEMALE) & (age >= 18) & (age < 60)
    at_risk &= (partner != NOBODY) & (people.home[partner] == people.home[:count])
    risk = rate("refuge") * steeper(times("fleeing_slope"), people.leaning[:count, VIOLENCE])
    who = life.one_a_household(life.struck(risk, at_risk))
    life.rng.shuffle(who)
    children, whose = dependants(life, who)
    needed = np.cumsum(1 + np.bincount(whose, minlength=len(who)))
    flee = int(np.searchsorted(needed, len(beds), side="right"))
    who, children, whose = who[:flee], children[whose < flee], whose[whose < flee]
    life.take(who)
    day = life.days(len(who))
    life.part(who, day)
    everyone, days = np.concatenate([who, children]), np.concatenate([day, day[whose]])
    life.settle(everyone, np.full(len(everyone), beds[0]), days)


def _protect(life: Life, who: Who) -> None:
    """Protect where these live since their last move."""
    since = life.people.since[who].astype(np.int64)
    kind = PROTECTION[ProtectionKind.ADDRESS]
    life.diary.note("protections", who, kind, since, since + _AFTER_A_REFUGE)


def adoptions(life: Life) -> None:
    """Small children get new parents, a new home, a new name and a new number."""
    people, count, rng = life.people, life.people.count, life.rng
    home = people.home[:count]
    free = life.free() & (people.stay[:count] == HOME)
    free &= life.homes.groups()[np.maximum(home, 0)] == PRIVATE
    young = free & (people.born[:count] > life.start - 7 * YEAR) & (people.adopter[:count] == NOBODY)
    children = life.one_a_household(life.struck(np.full(count, rate("adoption")), young))
    age = people.age_on(life.start)
    partner = people.partner[:count]
    adopters = free & (people.sex[:count] == FEMALE) & (age >= 28) & (age < 48) & (partner != NOBODY)
    adopters &= free[partner] & (people.home[partner] == home)
    willing = rng.permutation(life.one_a_household(np.flatnonzero(adopters)))[: len(children)]
    children = children[: len(willing)]
    fit = (home[willing] != home[children]) & (people.twin[children] == NOBODY)
    children, willing = children[fit], willing[fit]
    life.take(np.concatenate([children, willing]))
    day = life.days(len(children))
    life.settle(children, home[willing], day)
    people.adopted[children], people.adopter[children] = day, willing
    life.diary.note("adoptions", children, willing, day)
    life.diary.note("protections", children, PROTECTION[ProtectionKind.ADOPTION], day, 1_000_000)
