"""The people of the county's first day, and how long they have lived where they do."""

from __future__ import annotations

import numpy as np

from roundtable.county.places.dwellings import CARE_HOME, HOSTEL, REFUGE, SITE, TENURES
from roundtable.county.plan import CountyPlan, Shard
from roundtable.county.population import founding
from roundtable.county.population.arriving import YEAR, move_in, set_parent
from roundtable.county.population.leanings import lean
from roundtable.county.population.life import Life
from roundtable.county.population.lives import (
    COMMUNAL,
    FEMALE,
    MALE,
    NO_FIXED_ADDRESS,
    NOBODY,
    STAY,
    Who,
)
from roundtable.county.population.rates import OLDEST, by_age, rate, times
from roundtable.county.population.sites import institution
from roundtable.county.population.tables import StayKind
from roundtable.county.population.traditions import tradition_shares


def people_at_first(plan: CountyPlan, shard: Shard) -> int:
    """How many live in the shard on the first day, from which it grows to its people of today."""
    return max(1, round(shard.people * (1 - rate("growth") * plan.years)))


def found(life: Life, plan: CountyPlan, shard: Shard, wanted: founding.Floats, students: float) -> None:
    """The people of the first day."""
    rng, first = life.rng, plan.first_day
    life.begin_half_year(first, first + 1)
    people = people_at_first(plan, shard)
    communal = _communal(life, first)
    houses = round(people * students / times("students_a_house"))
    life_students = founding.student_houses(rng, houses)
    ages = _at_first(wanted, plan.years)
    rest = max(1, people - len(communal) - int(life_students.sizes.sum()))
    pool = founding.candidates(rng, max(60, int(rest * 1.1)), ages)
    families = founding.fitted(rng, pool, rest, ages)
    for households in (life_students, families):
        day = np.full(len(households), first, dtype=np.int64)
        who = move_in(life, households, day)
        _settled_before(life, who, first)
    _on_sites(life, first, ages)
    _local_parents(life)


def _settled_before(life: Life, who: Who, first: int) -> None:
    """Founders have lived where they live for a time: a gamma of years, less for tenants."""
    people, rng = life.people, life.rng
    home = people.home[who]
    housed = home != NOBODY
    who, home = who[housed], home[housed]
    tenure = life.stock.tenure[life.homes.addresses()[home]]
    scale = np.array([times(f"lived_here_{name}") for name in TENURES])
    years = rng.gamma(times("lived_here_shape"), 1.0, life.homes.count)[home] * scale[tenure]
    since = np.maximum(first - 1 - (years * YEAR).astype(np.int64), people.born[who])
    people.since[who] = people.came[who] = since


def _communal(life: Life, first: int) -> Who:
    """Who is in a care home, a hostel or without an address on the first day."""
    people, rng = life.people, life.rng
    everyone = []
    for address in np.flatnonzero(np.isin(life.stock.kind, [CARE_HOME, HOSTEL, REFUGE])):
        kind = int(life.stock.kind[address])
        (home,) = life.homes.add(np.array([address]), COMMUNAL)
        beds = institution(kind).people_at_first
        who = people.add(beds)
        low, high = (70, 100) if kind == CARE_HOME else (18, 60)
        age = rng.triangular(low, 0.6 * high + 0.4 * low, high, beds)
        people.born[who] = first - (age * YEAR).astype(np.int64)
        women = rate("women_in_care_homes") if kind == CARE_HOME else rate("women_in_hostels")
        people.sex[who] = np.where(rng.random(beds) < women, FEMALE, MALE)
        people.home[who], people.stay[who] = (
            home,
            STAY[StayKind.CARE_HOME if kind == CARE_HOME else StayKind.HOSTEL],
        )
        people.since[who] = (
            first
            - 1
            - (rng.exponential(times("communal_before"), beds) * YEAR).astype(np.int64).clip(0, 3000)
        )
        everyone.append(who)
    everybody = len(life.stock) / rate("addresses")
    street = people.add(rng.poisson(rate("homeless_at_first") * everybody))
    people.born[street] = first - (rng.triangular(18, 34, 64, len(street)) * YEAR).astype(np.int64)
    people.sex[street] = np.where(rng.random(len(street)) < rate("women_homeless_at_first"), FEMALE, MALE)
    people.stay[street], people.since[street] = NO_FIXED_ADDRESS, first - rng.integers(1, 300, len(street))
    who = np.concatenate([*everyone, street])
    people.came[who] = people.since[who]
    people.tradition[who] = rng.choice(len(tradition_shares()), len(who), p=tradition_shares())
    lean(life, who, np.arange(len(who)))
    return who


def _on_sites(life: Life, first: int, ages: founding.Floats) -> None:
    """Families on the travellers' site: several households at one address."""
    sites = np.flatnonzero(life.stock.kind == SITE)
    if not len(sites):
        return
    pool = founding.candidates(life.rng, 400, np.where(np.arange(OLDEST + 1) < 60, ages, ages * 0.3))
    family = np.flatnonzero((pool.kind == founding.COUPLE_WITH_CHILDREN) | (pool.kind == founding.COUPLE))
    chosen = pool.chosen(family[: institution(SITE).beds])
    day = np.full(len(chosen), first, dtype=np.int64)
    who = move_in(life, chosen, day, np.full(len(chosen), sites[0]))
    life.people.stay[who] = STAY[StayKind.SITE]
    _settled_before(life, who, first)


def _local_parents(life: Life) -> None:
    """Some of the founders' parents live in the shard too: a mother of fitting age and the same tradition."""
    people, rng = life.people, life.rng
    count = people.count
    grown = people.living() & (people.mother[:count] == NOBODY) & (people.father[:count] == NOBODY)
    age = people.age_on(life.start)
    children = np.flatnonzero(grown & (age >= 19) & (age < 72) & (rng.random(count) < rate("local_parents")))
    women = np.flatnonzero(people.living() & (people.sex[:count] == FEMALE) & (age >= 38))
    if not len(women):
        return
    women = women[np.argsort(people.born[women], kind="stable")]
    wished = people.born[children] - (
        np.clip(rng.normal(times("mothers_age"), times("mothers_age_spread"), len(children)), 17, 43) * YEAR
    ).astype(np.int64)
    place = np.searchsorted(people.born[women], wished) + rng.integers(-3, 4, len(children))
    mother = women[np.clip(place, 0, len(women) - 1)]
    fit = (people.tradition[mother] == people.tradition[children]) & (
        people.home[mother] != people.home[children]
    )
    # No couple may become brother and sister.
    fit &= people.partner[children] == NOBODY
    fit |= (people.sex[children] == MALE) & (people.tradition[mother] == people.tradition[children])
    fit &= people.home[mother] != people.home[children]
    children, mother = children[fit], mother[fit]
    _spaced(life, children, mother)
    linked = children[people.mother[children] != NOBODY]
    father = people.partner[people.mother[linked]].astype(np.int64)
    man = (father != NOBODY) & (people.sex[father] == MALE)
    set_parent(life, linked[man], father[man])


def _spaced(life: Life, children: Who, mother: Who) -> None:
    """Give these children their mothers, but for those born within nine months of another child of hers."""
    people = life.people
    known = np.flatnonzero(people.mother[: people.count] != NOBODY)
    child = np.concatenate([known, children])
    parent = np.concatenate([people.mother[known].astype(np.int64), mother])
    new = np.concatenate([np.zeros(len(known), np.bool_), np.ones(len(children), np.bool_)])
    order = np.lexsort((new, people.born[child], parent))
    child, parent, new = child[order], parent[order], new[order]
    near = (parent[1:] == parent[:-1]) & (np.diff(people.born[child]) < 300)
    close = np.zeros(len(child), dtype=np.bool_)
    close[1:] |= near
    close[:-1] |= near
    keep = new & ~close
    set_parent(life, child[keep], parent[keep])


def _at_first(ages: founding.Floats, years: int) -> founding.Floats:
    """The ages to begin with, from which the wanted ones grow: those so many years older, and the dead."""
    mortality = (by_age("mortality", "F") + by_age("mortality", "M")) / 2
    alive = np.concatenate([[1.0], np.cumprod(1 - mortality)[:-1]])
    later = np.minimum(np.arange(OLDEST + 1) + years, OLDEST)
    grown = ages[later] * alive / alive[later]
    # Of the very old none would be left: these are as many as they always are.
    old = np.arange(OLDEST + 1) > 88 - years
    grown[old] = rate("very_old_at_first") * ages[old]
    # What the young of today's age were is made up of who leaves for a university and who comes to one.
    smooth = np.arange(5, 16)
    grown[smooth] = grown[smooth].mean()
    return np.asarray(grown / grown.sum())
