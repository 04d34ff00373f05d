"""A shard as producers see it: its people, what happened to them, and chance."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from roundtable.county.places.county_map import CountyMap
from roundtable.county.plan import CountyPlan, stream
from roundtable.county.sends.drawn import Days, Drawn, Integers, Value
from roundtable.county.sends.people_known import People, days, flags, instants, integers, places, texts


@dataclass(frozen=True)
class Happened:
    """One table of happenings, by column.

    Attributes:
        table: the table.
        people: the shard's people.
    """

    table: pa.Table
    people: People

    def __len__(self) -> int:
        return len(self.table)

    def text(self, name: str) -> pa.Array:
        """A column of text."""
        return texts(self.table[name])

    def numbers(self, name: str) -> Integers:
        """A column of whole numbers; -1 for null."""
        return integers(self.table[name])

    def shares(self, name: str) -> NDArray[np.float64]:
        """A column of decimals."""
        return np.asarray(self.table[name].to_numpy(zero_copy_only=False), dtype=np.float64)

    def flags(self, name: str) -> NDArray[np.bool_]:
        """A column of yes and no."""
        return flags(self.table[name])

    def days(self, name: str) -> Days:
        """A column of days; `NaT` for null."""
        return days(self.table[name])

    def instants(self, name: str) -> Days:
        """A column of instants; `NaT` for null."""
        return instants(self.table[name])

    @cached_property
    def events(self) -> Integers:
        """The numbers of the happenings, in order."""
        return self.numbers("event")

    @cached_property
    def recorded(self) -> Days:
        """When the agency wrote each down."""
        return self.instants("recorded")

    @cached_property
    def who(self) -> Integers:
        """The position of the person that each is about; -1 where it is about nobody."""
        return self.people.positions(self.numbers("person"))

    @cached_property
    def place(self) -> Integers:
        """The position of the address that each happened at; -1 where it was at none."""
        return places(integers(self.people.tables.addresses["address"]), self.numbers("address"))

    def kept(self, which: NDArray[np.bool_]) -> Happened:
        """Some of the rows."""
        return Happened(self.table.filter(pa.array(which)), self.people)

    def drawn(self, values: Mapping[str, Value], **more: object) -> Drawn:
        """A record for each row, with values of its own."""
        whole = {
            "recorded": self.recorded,
            "who": self.who,
            "place": self.place,
            "events": self.events,
            **more,
        }
        return Drawn(values=values, **whole)  # type: ignore[arg-type]


@dataclass(frozen=True)
class Part:
    """Who took part in what: for each part the row of its happening, the person's position and the role."""

    row: Integers
    who: Integers
    role: pa.Array


@dataclass
class Case:
    """A shard as producers see it.

    Attributes:
        plan: the county that is wanted.
        shard: the shard's number.
        county_map: the county's areas.
        people: the shard's people.
        tables: what happened to them, by kind.
        roles: who took which part.
    """

    plan: CountyPlan
    shard: int
    county_map: CountyMap
    people: People
    tables: Mapping[str, pa.Table]
    roles: pa.Table
    _kinds: dict[str, Happened] = field(default_factory=dict)

    def of(self, kind: str) -> Happened:
        """The happenings of a kind."""
        if kind not in self._kinds:
            self._kinds[kind] = Happened(self.tables[kind], self.people)
        return self._kinds[kind]

    def parts(self, happened: Happened) -> Part:
        """Everybody's part in some happenings, in order of the happening."""
        rows = places(happened.events, self._role_events)
        mine = np.flatnonzero(rows >= 0)
        order = mine[np.argsort(rows[mine], kind="stable")]
        who = self.people.positions(self._role_people[order])
        return Part(rows[order], who, self._role_names.take(pa.array(order)))

    def first(self, happened: Happened, *roles: str) -> Integers:
        """The first person of each happening in one of these roles, by position; -1 where there is none."""
        part = self.parts(happened)
        wanted = np.asarray(pc.is_in(part.role, pa.array(roles)).to_numpy(zero_copy_only=False))
        found = np.full(len(happened), -1)
        # Written from the last to the first, so that the first stands.
        found[part.row[wanted][::-1]] = part.who[wanted][::-1]
        return found

    def chance(self, topic: str) -> np.random.Generator:
        """A random stream of a producer's own."""
        return stream(self.plan, self.shard, f"producer {topic}")

    @property
    def today(self) -> Any:
        """The county's day."""
        return np.datetime64(self.plan.today, "D")

    @cached_property
    def _role_events(self) -> Integers:
        return integers(self.roles["event"])

    @cached_property
    def _role_people(self) -> Integers:
        return integers(self.roles["person"])

    @cached_property
    def _role_names(self) -> pa.Array:
        return texts(self.roles["role"])
