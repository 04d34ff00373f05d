"""Groups of people whose records go wrong more often than others', and how many times as often.

Errors do not fall on everybody alike, and linkage is to be judged group by group. Which person belongs to
which group is in the truth folder (`person_groups`); how many times as often which habit shows stands in
`reference/group_rates.csv`, apart for front-line typing and for registers (the habit `typing`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from roundtable.county.population.tables import StayKind
from roundtable.county.population.traditions import ChildrensSurname, NameOrder, traditions
from roundtable.county.reference_table import reference_rows
from roundtable.county.sends.people_known import People, integers, texts

Flags = NDArray[np.bool_]
Times = NDArray[np.float64]
#: However many groups somebody belongs to, no more than this share of registrations shows a habit.
MOST = 0.97
_EVERY = "any"
_HOME_TRADITIONS = frozenset({"british", "irish", "scottish", "welsh"})
_YOUNG = np.timedelta64(3652, "D")
PERSON_GROUPS = pa.schema(
    [pa.field("person", pa.int64(), nullable=False), pa.field("group", pa.string(), nullable=False)]
)


class Group(StrEnum):
    """A group of people; a person belongs to any number of them."""

    #: Named in a tradition from outside Great Britain and Ireland.
    OTHER_NAME = "other_name"
    #: Named in a tradition that says the surname first.
    SURNAME_FIRST = "surname_first"
    #: Named in a tradition of two surnames, the father's and the mother's.
    DOUBLE_SURNAME = "double_surname"
    #: Has borne a surname of two parts, of whatever tradition.
    COMPOUND_NAME = "compound_name"
    #: Has borne a surname with a particle.
    PARTICLE_NAME = "particle_name"
    #: Has borne a name with marks on its letters.
    ACCENTED_NAME = "accented_name"
    #: Has borne a name that has several spellings in Latin letters.
    TRANSLITERATED_NAME = "transliterated_name"
    #: Has been without a fixed address in the county's years.
    NO_FIXED_ADDRESS = "no_fixed_address"
    WOMAN = "woman"
    #: Under ten years old on the county's day: first registered as a baby or a small child.
    YOUNG_CHILD = "young_child"
    #: Is or was a twin of somebody in the county.
    TWIN = "twin"


@dataclass(frozen=True)
class Groups:
    """Who of a shard belongs to which group.

    Attributes:
        members: for each group whether each person, by position, belongs to it.
    """

    members: Mapping[Group, Flags]
    _times: dict[tuple[str, str], Times | None] = field(default_factory=dict)

    def times(self, typing: str, habit: str) -> Times | None:
        """How many times as often a habit shows, for each person; None where for all as often.

        Args:
            typing: how the sender enters people: the habit `typing`.
            habit: the habit.
        """
        key = typing, habit
        if key not in self._times:
            self._times[key] = self._found(typing, habit)
        return self._times[key]

    def table(self, persons: NDArray[np.int64]) -> pa.Table:
        """A row for each person and group of it, in order of the persons, by their ids."""
        rows = [(np.flatnonzero(mine), str(group)) for group, mine in self.members.items()]
        who = np.concatenate([found for found, _ in rows])
        words = np.repeat(np.arange(len(rows)), [len(found) for found, _ in rows])
        order = np.lexsort((words, who))
        names = pa.array([name for _, name in rows]).take(pa.array(words[order]))
        return pa.Table.from_arrays([pa.array(persons[who[order]]), names], schema=PERSON_GROUPS)

    def _found(self, typing: str, habit: str) -> Times | None:
        rates = [rate for rate in group_rates() if rate.habit == habit and rate.typing in (typing, _EVERY)]
        if not rates:
            return None
        whole = np.ones(len(next(iter(self.members.values()))))
        for rate in rates:
            whole[self.members[rate.group]] *= rate.times
        return whole


@dataclass(frozen=True)
class GroupRate:
    """How many times as often a habit shows in a group, with one way of typing or `any`."""

    group: Group
    typing: str
    habit: str
    times: float


@cache
def group_rates() -> tuple[GroupRate, ...]:
    """Every row of `group_rates.csv`."""
    return tuple(
        GroupRate(Group(row["group"]), row["typing"], row["habit"], float(row["times"]))
        for row in reference_rows("sends", "group_rates")
    )


def groups_of(people: People, today: np.datetime64) -> Groups:
    """Who of a shard belongs to which group.

    Args:
        people: the shard's people.
        today: the county's day.
    """
    tables, shapes = people.tables, people.name_shapes
    bearers = people.positions(tables.names["person"])
    tradition = texts(tables.persons["tradition"])
    kinds = tables.stays["kind"].to_pylist()
    homeless = np.array([kind == StayKind.NO_FIXED_ADDRESS for kind in kinds], dtype=np.bool_)
    sexes = np.asarray(texts(tables.persons["sex"]).to_numpy(zero_copy_only=False))
    count = len(people)

    def ever(positions: NDArray[np.int64], which: Flags) -> Flags:
        found = np.zeros(count, dtype=np.bool_)
        found[positions[which & (positions >= 0)]] = True
        return found

    return Groups(
        {
            Group.OTHER_NAME: _of(tradition, _other()),
            Group.SURNAME_FIRST: _of(tradition, _surname_first()),
            Group.DOUBLE_SURNAME: _of(tradition, _double()),
            Group.COMPOUND_NAME: ever(bearers, shapes.compound),
            Group.PARTICLE_NAME: ever(bearers, shapes.particle),
            Group.ACCENTED_NAME: ever(bearers, shapes.accented),
            Group.TRANSLITERATED_NAME: ever(bearers, shapes.varied),
            Group.NO_FIXED_ADDRESS: ever(people.positions(integers(tables.stays["person"])), homeless),
            Group.WOMAN: sexes == "F",
            Group.YOUNG_CHILD: np.asarray(today - people.born < _YOUNG),
            Group.TWIN: people.twins >= 0,
        }
    )


def _of(tradition: pa.Array, wanted: frozenset[str]) -> Flags:
    coded = tradition.dictionary_encode()
    known = [word in wanted for word in coded.dictionary.to_pylist()]
    found = pa.array(known, pa.bool_()).take(coded.indices).to_numpy(zero_copy_only=False)
    return np.asarray(found, dtype=np.bool_)


def _other() -> frozenset[str]:
    return frozenset(one.name for one in traditions()) - _HOME_TRADITIONS


def _surname_first() -> frozenset[str]:
    return frozenset(one.name for one in traditions() if one.order is NameOrder.SURNAME_FIRST)


def _double() -> frozenset[str]:
    both = (ChildrensSurname.FATHER_MOTHER, ChildrensSurname.MOTHER_FATHER)
    return frozenset(one.name for one in traditions() if one.children in both)
