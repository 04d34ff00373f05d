"""People come to live in the county: the founders of its first day, and the households that move in later."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from roundtable.county.population import founding
from roundtable.county.population.founding import CHILD, ELDER, HEAD, LAST_CHILD, PARTNER
from roundtable.county.population.leanings import lean
from roundtable.county.population.life import Life
from roundtable.county.population.lives import (
    FEMALE,
    MALE,
    NOBODY,
    PRIVATE,
    SHARED,
    STUDENT,
    Who,
)
from roundtable.county.population.rates import OLDEST, by_age, rate, times
from roundtable.county.population.traditions import tradition_shares

#: Days in a year, for turning ages into birthdays.
YEAR = 365.25


def move_in(
    life: Life,
    wanted: founding.Households,
    day: npt.NDArray[np.integer],
    address: npt.NDArray[np.integer] | None = None,
) -> Who:
    """People for these households, each moving in on its day, at an address or at one that stands empty.

    Households for which no address stands empty do not come. Returns the people, household by household.
    """
    rows = np.arange(len(wanted))
    ages = wanted.ages
    here, place = np.nonzero(ages != founding.NOBODY)
    who = life.people.add(len(here))
    people = life.people
    table = np.full(ages.shape, NOBODY, dtype=np.int64)
    table[here, place] = who
    ahead = (ages[here, place] + life.rng.random(len(who))) * YEAR
    people.born[who] = day[here] - ahead.astype(np.int32) - 1
    people.came[who] = people.since[who] = np.maximum(day[here], people.born[who])
    _sexes(life, wanted, table, who)
    _traditions(life, table, here, who)
    lean(life, who, here)
    _parents(life, wanted, table)
    _couples(life, wanted, table, day)
    came = _house(life, wanted, table[:, HEAD], rows, address)
    people.home[who] = came[here]
    lost = who[came[here] == NOBODY]
    if len(lost):
        # They were never here: the day they came is the day they left, and the tables leave them out.
        people.left[lost] = people.came[lost]
    return who


def _sexes(life: Life, wanted: founding.Households, table: npt.NDArray[np.int64], who: Who) -> None:
    people, rng = life.people, life.rng
    people.sex[who] = np.where(rng.random(len(who)) < rate("men_of_others"), MALE, FEMALE)
    people.sex[table[:, HEAD]] = np.where(wanted.man == 1, MALE, FEMALE)
    couple = _couple_rows(wanted, table)
    same = rng.random(len(couple)) < rate("couples_of_one_sex")
    people.sex[table[couple, PARTNER]] = np.where((wanted.man[couple] == 1) ^ same, FEMALE, MALE)
    elders = table[table[:, ELDER] != NOBODY, ELDER]
    people.sex[elders] = np.where(rng.random(len(elders)) < rate("women_of_elders"), FEMALE, MALE)


def _traditions(life: Life, table: npt.NDArray[np.int64], here: npt.NDArray[np.int64], who: Who) -> None:
    """A household has one naming tradition; some partners bring another; children have the father's."""
    shares = tradition_shares()
    people, rng = life.people, life.rng
    of_household = rng.choice(len(shares), len(table), p=shares)
    people.tradition[who] = of_household[here]
    partners = table[table[:, PARTNER] != NOBODY, PARTNER]
    other = partners[rng.random(len(partners)) < rate("mixed_couples")]
    people.tradition[other] = rng.choice(len(shares), len(other), p=shares)


def _couple_rows(wanted: founding.Households, table: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    couple = (wanted.kind == founding.COUPLE) | (wanted.kind == founding.COUPLE_WITH_CHILDREN)
    return np.flatnonzero(couple & (table[:, PARTNER] != NOBODY))


def _parents(life: Life, wanted: founding.Households, table: npt.NDArray[np.int64]) -> None:
    people, rng = life.people, life.rng
    families = np.flatnonzero(
        (wanted.kind == founding.COUPLE_WITH_CHILDREN) | (wanted.kind == founding.LONE_PARENT)
    )
    two = families[(table[families, CHILD] != NOBODY) & (table[families, CHILD + 1] != NOBODY)]
    # The first birth or the second may have been one of twins.
    twins = two[rng.random(len(two)) < 2 * rate("twins")]
    one, other = table[twins, CHILD], table[twins, CHILD + 1]
    people.born[other], people.came[other] = people.born[one], people.came[one]
    people.since[other] = people.since[one]
    people.twin[one], people.twin[other] = other, one
    pairs = [(CHILD + step, parent) for step in range(LAST_CHILD - CHILD + 1) for parent in (HEAD, PARTNER)]
    for place, parent in [*pairs, (HEAD, ELDER)]:
        child, grown = table[families, place], table[families, parent]
        there = (child != NOBODY) & (grown != NOBODY)
        set_parent(life, child[there], grown[there])
    # The children's tradition is that of the parent whose name they have.
    kids = table[families, CHILD : LAST_CHILD + 1]
    kids = kids[kids != NOBODY]
    named = np.where(people.father[kids] != NOBODY, people.father[kids], people.mother[kids])
    known = named != NOBODY
    people.tradition[kids[known]] = people.tradition[named[known]]


def set_parent(life: Life, child: Who, parent: Who) -> None:
    """Make people the parents by birth of others, where they are between 15 and 50 years older."""
    people = life.people
    years = (people.born[child] - people.born[parent]) / YEAR
    fits = (years >= 15.1) & (years <= 49.9)
    child, parent = child[fits], parent[fits]
    woman = people.sex[parent] == FEMALE
    first = woman & (people.mother[child] == NOBODY)
    people.mother[child[first]] = parent[first]
    people.father[child[~woman]] = parent[~woman]


def _couples(
    life: Life, wanted: founding.Households, table: npt.NDArray[np.int64], day: npt.NDArray[np.integer]
) -> None:
    people, rng = life.people, life.rng
    rows = _couple_rows(wanted, table)
    one, other = table[rows, HEAD], table[rows, PARTNER]
    grown = np.maximum(people.born[one], people.born[other]) + int(18 * YEAR)
    together = np.minimum(
        day[rows] - grown,
        (rng.gamma(times("together_shape"), times("together_scale"), len(rows)) + times("together_least"))
        * YEAR,
    )
    eldest = table[rows, CHILD]
    first = np.where(eldest != NOBODY, people.born[eldest] - 200, day[rows])
    began = np.minimum(np.maximum(np.minimum(day[rows] - together, first), grown - 366), day[rows] - 2)
    life.pair(one, other, began.astype(np.int32))
    younger = ((day[rows] - np.maximum(people.born[one], people.born[other])) / YEAR).astype(np.int64)
    married = rng.random(len(rows)) < by_age("married_couples")[np.clip(younger, 0, OLDEST)]
    wed = began + (rng.random(len(rows)) ** 2 * (day[rows] - began)).astype(np.int64)
    life.marry(one[married], wed[married].astype(np.int32))


def _house(
    life: Life,
    wanted: founding.Households,
    head: Who,
    rows: npt.NDArray[np.int64],
    address: npt.NDArray[np.integer] | None,
) -> npt.NDArray[np.int64]:
    """The household each becomes, -1 where no address was to be had."""
    became = np.full(len(rows), NOBODY, dtype=np.int64)
    if address is not None:
        became[rows] = life.homes.add(address, PRIVATE)
        return became
    for kind, group in ((founding.SHARED, SHARED), (founding.STUDENT, STUDENT)):
        of_kind = rows[wanted.kind == kind]
        found = life.vacant(np.zeros(len(of_kind)), shared=True)
        became[of_kind[: len(found)]] = life.homes.add(found, group)
        # Where the shared houses are full, they take an ordinary one.
        over = of_kind[len(found) :]
        found = life.vacant(life.wealth(head[over]))
        became[over[: len(found)]] = life.homes.add(found, group)
    rest = rows[(wanted.kind != founding.SHARED) & (wanted.kind != founding.STUDENT)]
    wealth = life.wealth(head[rest]) + times("wealth_of_families") * (wanted.sizes[rest] >= 3)
    found = life.vacant(wealth)
    became[rest[: len(found)]] = life.homes.add(found, PRIVATE)
    return became
