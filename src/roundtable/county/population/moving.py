"""People move: out of the parents' home, to universities and prisons and back, house, and away for good."""

from __future__ import annotations

import numpy as np

from roundtable.county.places.dwellings import OWNED, SITE
from roundtable.county.places.dwellings import PRIVATE as RENTED
from roundtable.county.population.arriving import YEAR
from roundtable.county.population.life import Life
from roundtable.county.population.lives import (
    AWAY,
    MALE,
    NOBODY,
    NOWHERE,
    PRIVATE,
    SHARED,
    STUDENT,
    SUBSTANCE,
    VIOLENCE,
    Flags,
    Who,
)
from roundtable.county.population.rates import by_age, rate, times
from roundtable.county.population.settling import (
    dependants,
    in_a_home,
    mothers_home,
    to_a_new_home,
    to_a_shared_house,
    with_a_parent,
)

_GROWN = 18 * YEAR


def leaving_home(life: Life) -> None:
    """The young leave their parents' home."""
    people, rng = life.people, life.rng
    count = people.count
    age = people.age_on(life.start)
    at_home = life.free() & in_a_home(life) & with_a_parent(life) & (people.partner[:count] == NOBODY)
    who = life.one_a_household(life.struck(by_age("leaving_home")[age], at_home & (age >= 18)))
    _, whose = dependants(life, who)
    parent = np.zeros(len(who), dtype=np.bool_)
    parent[whose] = True
    study = (age[who] <= 19) & ~parent & (rng.random(len(who)) < rate("university"))
    lot = rng.random(len(who))
    home = ~study & ((lot < rate("leaver_to_home")) | parent)
    shared = ~study & ~home & (lot < rate("leaver_to_home") + rate("leaver_to_room"))
    far = ~study & ~home & ~shared
    life.take(who[study | far])
    life.unsettle(who[study], life.days(int(study.sum())), AWAY)
    life.leave(who[far], life.days(int(far.sum())))
    to_a_new_home(life, who[home])
    to_a_shared_house(life, who[shared])


def away(life: Life) -> None:
    """Those who are away come back or settle elsewhere; a few men go to prison."""
    people = life.people
    count = people.count
    gone = people.living() & (people.stay[:count] == AWAY)
    gone[: len(life.taken)] &= ~life.taken
    gone &= life.start - people.since[:count] > 270
    for_good = life.struck(np.full(count, rate("stay_away")), gone)
    life.take(for_good)
    life.leave(for_good, life.days(len(for_good)))
    gone[for_good] = False
    back = life.struck(np.full(count, rate("return")), gone)
    _come_back(life, back)
    age = people.age_on(life.start)
    risk = rate("prison") * np.exp(
        people.leaning[:count, SUBSTANCE]
        + times("prison_violence") * people.leaning[:count, VIOLENCE]
        - times("prison_centre")
    )
    men = life.free() & (people.sex[:count] == MALE) & (age >= 18) & (age <= 50)
    men &= (people.home[:count] != NOWHERE) & ~_only_parent(life)
    who = life.one_a_household(life.struck(risk, men))
    life.take(who)
    life.unsettle(who, life.days(len(who)), AWAY)


def _come_back(life: Life, who: Who) -> None:
    """Home to the partner, to the mother, or to a home of one's own; whoever finds none stays away."""
    people = life.people
    partner = people.partner[who].astype(np.int64)
    waiting = (partner != NOBODY) & life.free()[partner] & in_a_home(life)[partner]
    home = np.where(waiting, people.home[partner], NOWHERE).astype(np.int64)
    life.take(partner[waiting])
    single = np.flatnonzero(partner == NOBODY)
    home[single] = mothers_home(life, who[single], rate("back_to_mother"))
    found = home != NOWHERE
    life.take(who[found])
    life.settle(who[found], home[found], life.days(int(found.sum())))
    to_a_new_home(life, who[(home == NOWHERE) & (partner == NOBODY)])


def _only_parent(life: Life) -> Flags:
    """Who has children at home and no partner there."""
    people, count = life.people, life.people.count
    single = np.flatnonzero(people.resident() & (people.partner[:count] == NOBODY))
    _, whose = dependants(life, single)
    only = np.zeros(count, dtype=np.bool_)
    only[single[whose]] = True
    return only


def heads(life: Life, among: Flags) -> Who:
    """The eldest of each household whose members are all among these."""
    people, count = life.people, life.people.count
    home = people.home[:count]
    here = np.flatnonzero(people.resident() & (home != NOWHERE))
    blocked = np.zeros(life.homes.count, dtype=np.bool_)
    blocked[home[here[~among[here]]]] = True
    here = here[~blocked[home[here]]]
    eldest = here[np.lexsort((people.born[here], home[here]))]
    _, first = np.unique(home[eldest], return_index=True)
    return np.asarray(eldest[first])


def moves(life: Life) -> None:
    """Private households move house in the county; people leave shared houses."""
    people = life.people
    head = heads(life, life.free() & in_a_home(life))
    head = head[life.homes.groups()[people.home[head]] == PRIVATE]
    kind = life.stock.kind[life.homes.addresses()[people.home[head]]]
    head = head[kind != SITE]
    risk = np.zeros(people.count)
    risk[head] = _by_tenure(life, head, "move") * _restlessness(life, head)
    chosen = np.zeros(people.count, dtype=np.bool_)
    chosen[head] = True
    movers = life.struck(risk, chosen)
    movers, new = life.new_homes(movers)
    who, place = life.members(people.home[movers])
    life.take(movers)
    day = life.days(len(movers))
    life.settle(who, new[place], day[place])
    _leave_shared(life)


def _leave_shared(life: Life) -> None:
    people, count, rng = life.people, life.people.count, life.rng
    home = people.home[:count]
    grown = people.born[:count] <= life.start - _GROWN
    free = life.free() & (home != NOWHERE) & in_a_home(life) & grown
    shared = free & (life.homes.groups()[home] == SHARED)
    who = life.struck(np.full(count, rate("leave_shared")), shared)
    _, whose = dependants(life, who)
    far = rng.random(len(who)) < rate("shared_go_far")
    far[whose] = False
    life.take(who[far])
    life.leave(who[far], life.days(int(far.sum())))
    to_a_new_home(life, who[~far])
    students = life.free() & (home != NOWHERE) & (life.homes.groups()[home] == STUDENT)
    gone = life.struck(np.full(count, rate("leave_student")), students)
    _, whose = dependants(life, gone)
    alone = np.ones(len(gone), dtype=np.bool_)
    alone[whose] = False
    life.take(gone[alone])
    life.leave(gone[alone], life.days(int(alone.sum())))
    to_a_new_home(life, gone[~alone])


def departures(life: Life, surplus: int | None = None) -> None:
    """Households leave the county for good: by the rates, or at random until so many people are fewer."""
    people = life.people
    head = heads(life, life.free() & in_a_home(life))
    private = life.homes.groups()[people.home[head]] == PRIVATE
    if surplus is None:
        head = head[private]
        risk = np.zeros(people.count)
        risk[head] = _by_tenure(life, head, "leave") * _restlessness(life, head)
        chosen = np.zeros(people.count, dtype=np.bool_)
        chosen[head] = True
        gone = life.struck(risk, chosen)
    else:
        head = life.rng.permutation(head)
        _, place = life.members(people.home[head])
        sizes = np.bincount(place, minlength=len(head))
        gone = head[: int(np.searchsorted(np.cumsum(sizes), surplus)) + 1]
    who, place = life.members(people.home[gone])
    life.take(gone)
    day = life.days(len(gone))
    life.leave(who, day[place])


def _by_tenure(life: Life, head: Who, what: str) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    tenure = life.stock.tenure[life.homes.addresses()[life.people.home[head]]]
    owned, rented, social = (rate(f"{what}_{name}") for name in ("owned", "private", "social"))
    return np.asarray(np.where(tenure == OWNED, owned, np.where(tenure == RENTED, rented, social)))


def _restlessness(life: Life, head: Who) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """The young move more often and the old less, with a mean of about one."""
    age = (life.start - life.people.born[head]) / YEAR
    return np.asarray(
        np.clip(
            times("restless_at_birth") - age / times("restless_years"),
            times("restless_least"),
            times("restless_most"),
        )
    )
