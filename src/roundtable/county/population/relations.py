"""Who is whose partner, parent, twin and carer, from when to when."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from roundtable.county.population.columns import days, ids, table, words_of
from roundtable.county.population.life import Life
from roundtable.county.population.lives import CARE, FEMALE, NEVER, NOBODY, NOWHERE
from roundtable.county.population.rates import rate, times
from roundtable.county.population.stays import Rows, Spells
from roundtable.county.population.tables import RELATIONS, RelationKind

_KINDS = {kind: code for code, kind in enumerate(RelationKind)}
_YEAR = 365.25
Column = npt.NDArray[np.integer]
#: Ages at which someone cares for a person who is not of the family.
_FRIENDS = (40, 78)


def relations_table(
    life: Life, rng: np.random.Generator, who: Rows, couples: Spells, ended_by_death: Rows, first_id: int
) -> pa.Table:
    """All relations among these people in the form of `tables.RELATIONS`.

    `ended_by_death` are the ends of couples that were deaths: for each of the two its number and the day as
    one number, as `stays.Spells.partner_on` joins them.
    """
    blocks = [*_partners(couples, ended_by_death), *_families(life), _carers(life, rng)]
    one, other, kind, start, end, married = np.concatenate([np.stack(block) for block in blocks], axis=1)
    died = life.people.died
    end = np.minimum(end, np.minimum(died[one], died[other]))
    known = np.zeros(life.people.count, dtype=np.bool_)
    known[who] = True
    keep = (start < end) & known[one] & known[other]
    one, other, kind, start, end, married = (
        column[keep] for column in (one, other, kind, start, end, married)
    )
    return table(
        {
            "person": ids(one, first_id),
            "other": ids(other, first_id),
            "kind": words_of(kind, tuple(RelationKind)),
            "from_day": days(start),
            "to_day": days(end),
            "married": days(married),
        },
        RELATIONS,
        other,
        start,
        kind,
        one,
    )


def _block(
    one: Column,
    other: Column,
    kind: RelationKind,
    start: Column,
    end: Column | int,
    married: Column | int = NEVER,
) -> list[Rows]:
    """Relations of one kind, column by column."""
    columns = np.broadcast_arrays(one, other, _KINDS[kind], start, end, married)
    return [np.asarray(column, dtype=np.int64) for column in columns]


def _partners(couples: Spells, ended_by_death: Rows) -> list[list[Rows]]:
    over = couples.end < NEVER
    wide = 4_000_000
    over &= ~np.isin(couples.one * wide + couples.end, ended_by_death)
    return [
        _block(couples.one, couples.other, RelationKind.PARTNER, couples.start, couples.end, couples.married),
        _block(couples.one[over], couples.other[over], RelationKind.EX_PARTNER, couples.end[over], NEVER),
    ]


def _families(life: Life) -> list[list[Rows]]:
    people, count = life.people, life.people.count
    blocks = []
    for column in (people.mother, people.father):
        child = np.flatnonzero(column[:count] != NOBODY)
        parent = column[child].astype(np.int64)
        blocks.append(_block(parent, child, RelationKind.PARENT, people.born[child], people.adopted[child]))
    child = np.flatnonzero(people.adopter[:count] != NOBODY)
    adopter = people.adopter[child].astype(np.int64)
    partner = people.partner[adopter].astype(np.int64)
    with_partner = (partner != NOBODY) & (people.union_from[adopter] <= people.adopted[child])
    for who, which in ((adopter, np.ones(len(child), np.bool_)), (partner, with_partner)):
        blocks.append(
            _block(who[which], child[which], RelationKind.PARENT, people.adopted[child[which]], NEVER)
        )
    twin = np.flatnonzero(people.twin[:count] != NOBODY)
    blocks.append(_block(twin, people.twin[twin], RelationKind.TWIN, people.born[twin], NEVER))
    return blocks


def _carers(life: Life, rng: np.random.Generator) -> list[Rows]:
    """Those who need most care have a carer each: a partner, a child (sooner a daughter), or someone else."""
    people, count = life.people, life.people.count
    last = life.end - 1
    age = (last - people.born[:count]) / _YEAR
    here = people.resident() & (people.home[:count] != NOWHERE)
    need = people.leaning[:count, CARE] + times("care_need_a_year") * np.maximum(age - 75, -30)
    grown = int((here & (age >= 18)).sum())
    cared = np.flatnonzero(here & (age >= 5))
    cared = cared[np.argsort(-need[cared], kind="stable")][: round(grown * rate("carers"))]
    carer = np.full(len(cared), NOBODY, dtype=np.int64)
    partner = people.partner[cared].astype(np.int64)
    with_partner = (
        (partner != NOBODY)
        & (people.home[partner] == people.home[cared])
        & (rng.random(len(cared)) < rate("partner_cares"))
    )
    carer[with_partner] = partner[with_partner]
    child = _a_child(life, rng, cared, here & (age >= 18))
    use = (carer == NOBODY) & (child != NOBODY) & (rng.random(len(cared)) < rate("child_cares"))
    carer[use] = child[use]
    mother = np.where(age[cared] < 30, people.mother[cared], NOBODY).astype(np.int64)
    at_home = (mother != NOBODY) & here[mother] & (carer == NOBODY)
    carer[at_home] = mother[at_home]
    friends = np.flatnonzero(here & (age >= _FRIENDS[0]) & (age < _FRIENDS[1]))
    left = np.flatnonzero(carer == NOBODY)
    if len(friends):
        carer[left] = rng.choice(friends, len(left))
    fit = (carer != NOBODY) & (carer != cared)
    carer, cared = carer[fit], cared[fit]
    latest = np.maximum(
        np.maximum(people.came[carer], people.came[cared]), people.born[carer] + int(16 * _YEAR)
    )
    start = np.minimum(
        np.maximum(
            last
            - (rng.gamma(times("caring_shape"), times("caring_scale"), len(carer)) * _YEAR).astype(np.int64),
            latest,
        ),
        last - 1,
    )
    return _block(carer, cared, RelationKind.CARER, start, NEVER)


def _a_child(life: Life, rng: np.random.Generator, parents: Rows, fit: npt.NDArray[np.bool_]) -> Rows:
    """One of the fitting children of each, a daughter rather than a son; -1 where there is none."""
    people, count = life.people, life.people.count
    child = np.flatnonzero(fit)
    chosen = np.full(count, NOBODY, dtype=np.int64)
    liking = rng.random(len(child)) + times("daughters_care") * (people.sex[child] == FEMALE)
    child = child[np.argsort(liking, kind="stable")]
    for column in (people.father, people.mother):
        known = child[column[child] != NOBODY]
        # Of several entries for one parent the last, and best liked, stays.
        chosen[column[known]] = known
    return np.asarray(chosen[parents])
