"""Couples find each other, marry, and part; their children stay with one of them, or have two homes."""

from __future__ import annotations

import numpy as np

from roundtable.county.population.arriving import YEAR
from roundtable.county.population.life import Life
from roundtable.county.population.lives import (
    FEMALE,
    MALE,
    NOBODY,
    NOWHERE,
    PRIVATE,
    VIOLENCE,
    Flags,
    Who,
)
from roundtable.county.population.rates import by_age, rate, steeper, times
from roundtable.county.population.settling import (
    Places,
    dependants,
    in_a_home,
    mothers_home,
    move_with_children,
    rooms,
    with_a_parent,
)
from roundtable.county.population.tables import ProtectionKind

#: Kinds of protection as the diary codes them: their place in `ProtectionKind`.
PROTECTION = {kind: code for code, kind in enumerate(ProtectionKind)}
#: Years by which those who find each other may be apart in age.
_APART = 12


def unions(life: Life) -> None:
    """Single people move in together: at the home of one of them, or at a new one."""
    people, count, rng = life.people, life.people.count, life.rng
    single = life.free() & in_a_home(life) & (people.partner[:count] == NOBODY)
    alone = np.flatnonzero(single)
    _, whose = dependants(life, alone)
    risk = by_age("union")[people.age_on(life.start)]
    risk[np.unique(alone[whose])] *= rate("union_of_parents")
    found = life.struck(risk, single)
    found = life.one_a_household(found)
    side = (people.sex[found] == MALE) ^ (rng.random(len(found)) < rate("couples_of_one_sex"))
    men, women = found[side], found[~side]
    men = men[np.argsort(people.born[men], kind="stable")]
    women = women[np.argsort(people.born[women], kind="stable")]
    pairs = min(len(men), len(women))
    if not pairs:
        return
    # Of the more numerous, every so many-th, so that the ages of both run alike.
    men = men[np.linspace(0, len(men) - 1, pairs).astype(np.int64)]
    women = women[np.linspace(0, len(women) - 1, pairs).astype(np.int64)]
    fit = _may_pair(life, men, women)
    men, women = men[fit], women[fit]
    life.take(np.concatenate([men, women]))
    _live_together(life, men, women)


def _may_pair(life: Life, one: Who, other: Who) -> Flags:
    """Whether two are near in age and no kin."""
    people = life.people
    kin = (people.mother[one] == people.mother[other]) & (people.mother[one] != NOBODY)
    kin |= (people.father[one] == people.father[other]) & (people.father[one] != NOBODY)
    for child, parent in ((one, other), (other, one)):
        for column in (people.mother, people.father, people.adopter):
            kin |= column[child] == parent
    near = np.abs(people.born[one].astype(np.int64) - people.born[other]) < _APART * YEAR
    return np.asarray(near & ~kin)


def _live_together(life: Life, one: Who, other: Who) -> None:
    people, rng = life.people, life.rng
    day = life.days(len(one))
    parental = with_a_parent(life)
    own = ~parental & (life.homes.groups()[people.home[: people.count]] == PRIVATE)
    to_other = own[other] & (~own[one] | (rng.random(len(one)) < 0.5))
    to_one = own[one] & ~to_other
    for guest, host, which in ((one, other, to_other), (other, one, to_one)):
        move_with_children(life, guest[which], people.home[host[which]], day[which])
        life.pair(guest[which], host[which], day[which])
    new = np.flatnonzero(~to_other & ~to_one)
    _, home = life.new_homes(one[new])
    new = new[: len(home)]
    both = np.concatenate([one[new], other[new]])
    move_with_children(life, both, np.concatenate([home, home]), np.concatenate([day[new], day[new]]))
    life.pair(one[new], other[new], day[new])


def marriages(life: Life) -> None:
    """Couples who live together marry."""
    people, count = life.people, life.people.count
    woman = (people.sex[:count] == FEMALE) | (people.partner[:count] > np.arange(count))
    woman &= (people.partner[:count] != NOBODY) & ~people.married[:count]
    woman &= people.union_from[:count] < life.start - 180
    who = life.struck(by_age("marriage", "F")[people.age_on(life.start)], life.free() & woman)
    who = life.one_a_household(who)
    partner = people.partner[who]
    # Two women of one couple, or a partner who is away, marry another time.
    who = who[life.free()[partner] & ~np.isin(partner, who)]
    life.take(who)
    life.take(people.partner[who].astype(np.int64))
    life.marry(who, life.days(len(who)))


def separations(life: Life) -> None:
    """Couples part: one of them finds another home, with the children or without."""
    people, count, rng = life.people, life.people.count, life.rng
    partner = people.partner[:count]
    couple = (partner != NOBODY) & (people.home[partner] == people.home[:count]) & in_a_home(life)
    couple &= (people.sex[:count] == FEMALE) | (partner > np.arange(count))
    age = people.age_on(life.start)
    risk = np.where(
        people.married[:count],
        by_age("separation_married", "F")[age],
        by_age("separation_unmarried", "F")[age],
    )
    who = life.struck(risk, life.free() & couple)
    who = life.one_a_household(who)
    who = who[~np.isin(people.partner[who], who)]
    fled = rng.random(len(who)) < rate("protected_address") * steeper(
        times("fleeing_slope"), people.leaning[who, VIOLENCE]
    )
    stays = (rng.random(len(who)) < rate("man_leaves")) & ~fled
    other = people.partner[who].astype(np.int64)
    leaver, keeper = np.where(stays, other, who), np.where(stays, who, other)
    # The children go with whoever leaves if it is the mother, mostly; a few stay with a father.
    with_leaver = (people.sex[leaver] == FEMALE) ^ (rng.random(len(leaver)) > rate("children_with_mother"))
    with_leaver |= fled
    life.take(leaver)
    home = _next_home(life, leaver, alone=~with_leaver)
    found = home != NOWHERE
    leaver, keeper, home = leaver[found], keeper[found], home[found]
    with_leaver, fled = with_leaver[found], fled[found]
    day = life.days(len(leaver))
    _share_custody(life, leaver, keeper, with_leaver, fled, day)
    life.part(leaver, day)
    children, whose = dependants(life, leaver)
    go = with_leaver[whose]
    children, whose = children[go], whose[go]
    life.settle(
        np.concatenate([leaver, children]),
        np.concatenate([home, home[whose]]),
        np.concatenate([day, day[whose]]),
    )
    hidden = np.concatenate([leaver[fled], children[fled[whose]]])
    since = np.concatenate([day[fled], day[whose][fled[whose]]])
    life.diary.note("protections", hidden, PROTECTION[ProtectionKind.ADDRESS], since, since + 5 * 365)


def _next_home(life: Life, leaver: Who, *, alone: Flags) -> Places:
    """Where each goes: alone to the mother or to a room, else to an empty home; -1 where there is none."""
    home = np.full(len(leaver), NOWHERE, dtype=np.int64)
    home[alone] = mothers_home(life, leaver[alone], rate("back_to_mother"))
    share = np.flatnonzero(alone & (home == NOWHERE) & (life.rng.random(len(leaver)) < rate("to_a_room")))
    room = rooms(life)[: len(share)]
    home[share[: len(room)]] = room
    rest = np.flatnonzero(home == NOWHERE)
    _, new = life.new_homes(leaver[rest])
    home[rest[: len(new)]] = new
    return home


def _share_custody(
    life: Life,
    leaver: Who,
    keeper: Who,
    with_leaver: Flags,
    fled: Flags,
    day: np.ndarray[tuple[int], np.dtype[np.int32]],
) -> None:
    """Some of the children of both have a second home with the parent they do not mainly live with."""
    people = life.people
    children, whose = dependants(life, leaver)
    both = (people.mother[children] == keeper[whose]) | (people.father[children] == keeper[whose])
    shared = both & ~fled[whose] & (life.rng.random(len(children)) < rate("shared_custody"))
    shared &= people.born[children] < day[whose]
    children, whose = children[shared], whose[shared]
    second = np.where(with_leaver[whose], keeper[whose], leaver[whose])
    grown = people.born[children] + int(16 * YEAR)
    until = np.maximum(grown, day[whose] + 1)
    life.diary.note("custody", children, second, day[whose], until)
