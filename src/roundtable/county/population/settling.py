"""Where people go when they move: with which children, to an empty home, a shared house, their mother."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from roundtable.county.population.arriving import YEAR
from roundtable.county.population.life import Life
from roundtable.county.population.lives import HOME, NOBODY, NOWHERE, SHARED, STAY, Flags, Who
from roundtable.county.population.tables import StayKind

#: Most people in a shared house.
_FULL = 5
_GROWN = 18 * YEAR

Places = npt.NDArray[np.int64]


def dependants(life: Life, who: Who) -> tuple[Who, Places]:
    """The children under 18 who live with one of these whose they are, and that one's place in the list."""
    people, count = life.people, life.people.count
    place = np.full(count, NOBODY, dtype=np.int64)
    place[who] = np.arange(len(who))
    child = np.flatnonzero(people.resident() & (people.born[:count] > life.start - _GROWN))
    whose = np.full(len(child), NOBODY, dtype=np.int64)
    for column in (people.adopter, people.father, people.mother):
        parent = column[child].astype(np.int64)
        at = np.where(parent != NOBODY, place[parent], NOBODY)
        same = (at != NOBODY) & (people.home[parent] == people.home[child]) & (people.home[child] != NOWHERE)
        whose[same] = at[same]
    mine = (whose != NOBODY) & (place[child] == NOBODY)
    return child[mine], whose[mine]


def in_a_home(life: Life) -> Flags:
    """Who lives in a home or on a site, as against an institution, the street or elsewhere."""
    stay = life.people.stay[: life.people.count]
    return np.asarray((stay == HOME) | (stay == STAY[StayKind.SITE]))


def with_a_parent(life: Life) -> Flags:
    """Who lives with its mother or father."""
    people, count = life.people, life.people.count
    home = people.home[:count]
    found = np.zeros(count, dtype=np.bool_)
    for column in (people.mother, people.father, people.adopter):
        parent = column[:count]
        found |= (parent != NOBODY) & (home[parent] == home) & (people.stay[parent] == people.stay[:count])
    return np.asarray(found & (home != NOBODY))


def move_with_children(life: Life, who: Who, home: Places, day: npt.NDArray[np.int32]) -> Who:
    """Move people, and the children who live with them, to households; returns the children."""
    children, whose = dependants(life, who)
    life.settle(
        np.concatenate([who, children]),
        np.concatenate([home, home[whose]]),
        np.concatenate([day, day[whose]]),
    )
    return children


def to_a_new_home(life: Life, who: Who) -> Who:
    """People and the children with them move to an empty home, as far as there are any; returns who did."""
    who, home = life.new_homes(who)
    life.take(who)
    move_with_children(life, who, home, life.days(len(who)))
    return who


def rooms(life: Life) -> Places:
    """The shared houses that have room for another, in a random order."""
    people = life.people
    home = people.home[: people.count]
    here = people.resident() & (home != NOWHERE)
    size = np.bincount(home[here], minlength=life.homes.count)
    return life.rng.permutation(np.flatnonzero((life.homes.groups() == SHARED) & (size > 0) & (size < _FULL)))


def to_a_shared_house(life: Life, who: Who) -> None:
    """People move to a house with room, or found one."""
    room = rooms(life)[: len(who)]
    joining = who[: len(room)]
    life.take(who)
    life.settle(joining, room, life.days(len(joining)))
    founders, home = life.new_homes(who[len(room) :], shared=True, group=SHARED)
    life.settle(founders, home, life.days(len(founders)))


def mothers_home(life: Life, who: Who, share: float) -> Places:
    """The household of each one's mother, for a share of those who have one in the county; -1 for the others.

    Nothing else happens to the mothers in this half-year.
    """
    people = life.people
    mother = people.mother[who].astype(np.int64)
    there = (mother != NOBODY) & life.free()[mother] & in_a_home(life)[mother]
    there &= (people.home[mother] != people.home[who]) & (life.rng.random(len(who)) < share)
    home = np.where(there, people.home[mother], NOWHERE).astype(np.int64)
    # One guest a home.
    _, first = np.unique(home, return_index=True)
    found = np.full(len(who), NOWHERE, dtype=np.int64)
    found[first] = home[first]
    life.take(mother[found != NOWHERE])
    return found
