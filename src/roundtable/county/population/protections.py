"""Whose address, former name or former number must not come out: what a partnership ought to have sealed."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from roundtable.county.population.columns import days, ids, table, words_of
from roundtable.county.population.couples import PROTECTION
from roundtable.county.population.life import Life
from roundtable.county.population.lives import NEVER, NOWHERE, STAY
from roundtable.county.population.name_changes import NewIdentities
from roundtable.county.population.rates import rate
from roundtable.county.population.stays import FROM, HOUSEHOLD, KIND, PERSON, TO, Rows, meeting
from roundtable.county.population.tables import PROTECTIONS, ProtectionKind, StayKind

#: Kinds that protect where someone lives; the others protect who someone was.
_OF_PLACES = (ProtectionKind.ADDRESS, ProtectionKind.WITNESS)
_YEAR = 365.25


def protections_table(
    life: Life,
    rng: np.random.Generator,
    stays: Rows,
    recognised: NewIdentities,
    first_day: int,
    first_id: int,
) -> pa.Table:
    """All protections in the form of `tables.PROTECTIONS`: those of a place once for each address."""
    people = life.people
    noted = life.diary.of("protections", 4)
    witnesses = _witnesses(life, rng, first_day)
    of_sex = np.stack(
        [
            recognised.who,
            np.full(len(recognised.who), PROTECTION[ProtectionKind.GENDER_RECOGNITION]),
            recognised.day,
            np.full(len(recognised.who), NEVER),
        ]
    )
    who, kind, start, end = np.concatenate([noted, witnesses, of_sex], axis=1)
    end = np.minimum(end, np.where(end > life.end, NEVER, end))
    end = np.where(end > life.end, NEVER, end)
    end = np.minimum(end, people.died[who])
    of_place = np.isin(kind, [PROTECTION[found] for found in _OF_PLACES])
    which, row = meeting(stays, who[of_place], start[of_place], end[of_place])
    housed = stays[HOUSEHOLD][row] != NOWHERE
    which, row = which[housed], row[housed]
    address = life.homes.addresses()[stays[HOUSEHOLD][row]]
    placed = np.stack(
        [
            who[of_place][which],
            address,
            kind[of_place][which],
            np.maximum(start[of_place][which], stays[FROM][row]),
            np.minimum(end[of_place][which], stays[TO][row]),
        ]
    )
    rest = ~of_place
    nowhere = np.full(int(rest.sum()), NOWHERE)
    others = np.stack([who[rest], nowhere, kind[rest], start[rest], end[rest]])
    rows = np.concatenate([placed, others, _in_refuges(life, stays)], axis=1)
    rows = rows[:, rows[3] < rows[4]]
    return table(
        {
            "person": ids(rows[0], first_id),
            "address": ids(rows[1], first_id),
            "kind": words_of(rows[2], tuple(ProtectionKind)),
            "from_day": days(rows[3]),
            "to_day": days(rows[4]),
        },
        PROTECTIONS,
        rows[2],
        rows[3],
        rows[0],
    )


def _in_refuges(life: Life, stays: Rows) -> Rows:
    """Whoever is in a refuge, children born there too, for as long as the stay lasts."""
    there = stays[:, stays[KIND] == STAY[StayKind.REFUGE]]
    address = life.homes.addresses()[there[HOUSEHOLD]]
    kind = np.full(there.shape[1], PROTECTION[ProtectionKind.REFUGE])
    return np.stack([there[PERSON], address, kind, there[FROM], there[TO]])


def _witnesses(life: Life, rng: np.random.Generator, first_day: int) -> Rows:
    """People who live protected as witnesses, from a day of the years on."""
    people, count = life.people, life.people.count
    years = (life.end - first_day) / _YEAR
    day = rng.integers(first_day, life.end, count)
    fit = people.living() & (people.came[:count] < day) & (day - people.born[:count] > 18 * _YEAR)
    who = np.flatnonzero(fit & (rng.random(count) < rate("witness") * years))
    return np.stack(
        [who, np.full(len(who), PROTECTION[ProtectionKind.WITNESS]), day[who], np.full(len(who), NEVER)]
    )
