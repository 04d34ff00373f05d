"""Where everybody was from when to when: main stays, children's other homes, second homes; the households."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from roundtable.county.places.dwellings import CARE_HOME, HOSTEL, OWNED, REFUGE, SITE
from roundtable.county.population.columns import days, ids, table, words_of
from roundtable.county.population.life import Life
from roundtable.county.population.lives import HOME, NEVER, NOBODY, NOWHERE, PRIVATE, SHARED, STAY, STUDENT
from roundtable.county.population.rates import rate
from roundtable.county.population.tables import HOUSEHOLDS, STAYS, HouseholdKind, StayKind

Rows = npt.NDArray[np.int64]
#: The rows of an array of stays.
PERSON, HOUSEHOLD, FROM, TO, KIND = range(5)
_YEAR = 365.25
#: Wider than any day number, so that a person and a day make one number.
_WIDE = 4_000_000
_KINDS = {kind: code for code, kind in enumerate(HouseholdKind)}


@dataclass(frozen=True)
class Spells:
    """Couples from when to when, each both ways, sorted by the first and then by day."""

    one: Rows
    other: Rows
    start: Rows
    end: Rows
    married: Rows

    def partner_on(self, who: Rows, day: Rows) -> Rows:
        """Whose partner each of these is on a day; -1 where nobody's."""
        place = np.searchsorted(self.one * _WIDE + self.start, who * _WIDE + day, side="right") - 1
        found = np.maximum(place, 0)
        if not len(self.one):
            return np.full(len(who), NOBODY, dtype=np.int64)
        holds = (place >= 0) & (self.one[found] == who) & (self.end[found] > day)
        return np.where(holds, self.other[found], NOBODY)


def main_stays(life: Life) -> Rows:
    """All main stays, sorted by person and day; `TO` is `NEVER` where it goes on."""
    past = life.diary.of("stays", 5)
    people = life.people
    here = np.flatnonzero(people.living())
    now = np.stack(
        [here, people.home[here], people.since[here], np.full(len(here), NEVER), people.stay[here]]
    ).astype(np.int64)
    # A stay that was never begun is that of a household for which there was no room.
    everyone = np.concatenate([past, now], axis=1)
    everyone = everyone[:, everyone[FROM] < everyone[TO]]
    return everyone[:, np.lexsort((everyone[FROM], everyone[PERSON]))]


def unions(life: Life) -> Spells:
    """All couples there ever were."""
    people = life.people
    one, other, start, end, married = life.diary.of("unions", 6)[:5]
    now = np.flatnonzero((people.partner[: people.count] != NOBODY) & people.living())
    one, other = np.concatenate([one, other, now]), np.concatenate([other, one, people.partner[now]])
    start = np.concatenate([start, start, people.union_from[now]])
    end = np.concatenate([end, end, np.full(len(now), NEVER)])
    married = np.concatenate([married, married, people.married_on[now]])
    order = np.lexsort((start, one))
    return Spells(*(column[order].astype(np.int64) for column in (one, other, start, end, married)))


def meeting(stays: Rows, who: Rows, start: Rows, end: Rows) -> tuple[Rows, Rows]:
    """The stays of these people that overlap a time: for each the place in `who`, and in the stays."""
    first = np.searchsorted(stays[PERSON], who, side="left")
    count = np.searchsorted(stays[PERSON], who, side="right") - first
    which = np.repeat(np.arange(len(who)), count)
    within = np.arange(len(which)) - np.repeat(np.cumsum(count) - count, count)
    row = first[which] + within
    overlap = (stays[FROM][row] < end[which]) & (stays[TO][row] > start[which])
    return which[overlap], row[overlap]


def custody_stays(life: Life, stays: Rows) -> Rows:
    """A child's stays with the parent it mainly does not live with, as that parent moves."""
    people = life.people
    child, parent, start, end = life.diary.of("custody", 4)
    for end_of in (people.died, people.left, people.adopted):
        end = np.minimum(end, end_of[child])
    end = np.where(end >= life.end, NEVER, end)
    which, row = meeting(stays, parent, start, end)
    start = np.maximum(start[which], stays[FROM][row])
    end = np.minimum(end[which], stays[TO][row])
    household = stays[HOUSEHOLD][row]
    second = np.stack([child[which], household, start, end, np.full(len(row), STAY[StayKind.SHARED_CUSTODY])])
    second = second[:, (household != NOWHERE) & (start < end) & (stays[KIND][row] == HOME)]
    # While the child mainly lives there, or elsewhere than at a home, it has no second home there.
    which, row = meeting(stays, second[PERSON], second[FROM], second[TO])
    clash = (stays[HOUSEHOLD][row] == second[HOUSEHOLD][which]) | (stays[KIND][row] != HOME)
    wrong = np.zeros(second.shape[1], dtype=np.bool_)
    wrong[which[clash]] = True
    second = second[:, ~wrong]
    order = np.lexsort((second[FROM], second[PERSON]))
    second = second[:, order]
    # Two entries of one child may overlap after a second parting: the first ends where the later begins.
    same = (second[PERSON][1:] == second[PERSON][:-1]) & (second[TO][:-1] > second[FROM][1:])
    second[TO, :-1] = np.where(same, second[FROM][1:], second[TO][:-1])
    return second[:, second[FROM] < second[TO]]


def second_homes(life: Life, rng: np.random.Generator, stays: Rows) -> tuple[Rows, Rows]:
    """Couples and single people who own another home in the county: their stays there, and the addresses."""
    people = life.people
    addresses = life.homes.addresses()
    now = stays[:, (stays[TO] == NEVER) & (stays[KIND] == HOME)]
    owned = life.stock.tenure[addresses[now[HOUSEHOLD]]] == OWNED
    grown = people.born[now[PERSON]] < life.end - 35 * _YEAR
    private = life.homes.groups()[now[HOUSEHOLD]] == PRIVATE
    now = now[:, owned & grown & private]
    _, head = np.unique(now[HOUSEHOLD], return_index=True)
    lucky = now[:, head[rng.random(len(head)) < rate("second_homes")]]
    empty = rng.permutation(np.flatnonzero(life.unlived))[: lucky.shape[1]]
    lucky = lucky[:, : len(empty)]
    grown_with = np.isin(now[HOUSEHOLD], lucky[HOUSEHOLD])
    owners = now[:, grown_with]
    place = np.searchsorted(lucky[HOUSEHOLD], owners[HOUSEHOLD])
    bought = life.end - 1 - rng.integers(60, 3_000, max(1, lucky.shape[1]))
    since = np.maximum(bought[place], owners[FROM]) if owners.shape[1] else owners[FROM]
    owned_stays = np.stack(
        [
            owners[PERSON],
            owners[HOUSEHOLD],
            since,
            np.full(len(since), NEVER),
            np.full(len(since), STAY[StayKind.SECOND_HOME]),
        ]
    )
    return owned_stays, empty[place]


def stays_table(
    life: Life, main: Rows, custody: Rows, second: Rows, second_address: Rows, first_id: int
) -> pa.Table:
    """All stays in the form of `tables.STAYS`."""
    rows = np.concatenate([main, custody, second], axis=1)
    addresses = life.homes.addresses()
    housed = rows[HOUSEHOLD] != NOWHERE
    address = np.where(housed, addresses[np.maximum(rows[HOUSEHOLD], 0)], NOWHERE)
    is_second = rows[KIND] == STAY[StayKind.SECOND_HOME]
    address[is_second] = second_address
    return table(
        {
            "person": ids(rows[PERSON], first_id),
            "address": ids(address, first_id),
            "household": ids(np.where(is_second, NOWHERE, rows[HOUSEHOLD]), first_id),
            "from_day": days(rows[FROM]),
            "to_day": days(rows[TO]),
            "kind": words_of(rows[KIND], tuple(StayKind)),
        },
        STAYS,
        rows[KIND],
        rows[FROM],
        rows[PERSON],
    )


def households_table(life: Life, main: Rows, couples: Spells, first_id: int) -> pa.Table:
    """The households in the form of `tables.HOUSEHOLDS`; each lasts as long as anyone lives in it."""
    main = main[:, main[HOUSEHOLD] != NOWHERE]
    count = life.homes.count
    start = np.full(count, NEVER, dtype=np.int64)
    end = np.zeros(count, dtype=np.int64)
    np.minimum.at(start, main[HOUSEHOLD], main[FROM])
    np.maximum.at(end, main[HOUSEHOLD], main[TO])
    kinds = _kinds(life, main, couples, end)
    lived = np.flatnonzero(start != NEVER)
    return pa.table(
        {
            "household": ids(lived, first_id),
            "address": ids(life.homes.addresses()[lived], first_id),
            "kind": words_of(kinds[lived], tuple(HouseholdKind)),
            "from_day": days(start[lived]),
            "to_day": days(end[lived]),
        },
        schema=HOUSEHOLDS,
    )


def _kinds(life: Life, main: Rows, couples: Spells, end: Rows) -> npt.NDArray[np.int64]:
    """What each household was made of on its last day, or is today."""
    people, count = life.people, life.homes.count
    last = main[:, main[TO] == end[main[HOUSEHOLD]]]
    who, home = last[PERSON], last[HOUSEHOLD]
    keys = np.sort(who * count + home)

    def lives_here(other: Rows) -> npt.NDArray[np.bool_]:
        key = np.where(other != NOBODY, other * count + home, -1)
        place = np.minimum(np.searchsorted(keys, key), len(keys) - 1)
        return np.asarray(keys[place] == key)

    partner = couples.partner_on(who, np.minimum(last[TO], life.end) - 1)
    child = np.zeros(len(who), dtype=np.bool_)
    for column in (people.mother, people.father, people.adopter):
        child |= lives_here(column[who].astype(np.int64))
    size = np.bincount(home, minlength=count)
    couple = np.bincount(home[lives_here(partner)], minlength=count) > 0
    children = np.bincount(home[child], minlength=count) > 0
    kinds = np.where(
        couple,
        np.where(children, _KINDS[HouseholdKind.COUPLE_WITH_CHILDREN], _KINDS[HouseholdKind.COUPLE]),
        np.where(children, _KINDS[HouseholdKind.LONE_PARENT], _KINDS[HouseholdKind.OTHER]),
    )
    kinds[size == 1] = _KINDS[HouseholdKind.ONE_PERSON]
    groups, place = life.homes.groups(), life.stock.kind[life.homes.addresses()]
    kinds[groups == SHARED], kinds[groups == STUDENT] = (
        _KINDS[HouseholdKind.SHARED],
        _KINDS[HouseholdKind.STUDENT],
    )
    for code, kind in (
        (CARE_HOME, HouseholdKind.CARE_HOME),
        (HOSTEL, HouseholdKind.HOSTEL),
        (REFUGE, HouseholdKind.REFUGE),
    ):
        kinds[place == code] = _KINDS[kind]
    return kinds


__all__ = [
    "SITE",
    "Spells",
    "custody_stays",
    "households_table",
    "main_stays",
    "meeting",
    "second_homes",
    "stays_table",
    "unions",
]
