"""What is written down about a shard while its happenings are drawn, one family of kinds after another.

The chronicle hands each family its own random stream, the rates of each need, and numbers for its events; it
keeps the tables, who took what part, and the truth that no agency knows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa

from roundtable.county.effects.planted import Planted
from roundtable.county.happenings.area_risks import AreaRisks
from roundtable.county.happenings.drawing import NONE, Drawn, drawn_in
from roundtable.county.happenings.figures import clocks
from roundtable.county.happenings.lives import DAY_SECONDS, Flags, Floats, Ints, Lives, spans
from roundtable.county.happenings.needs import Need, needs
from roundtable.county.happenings.shapes import DAY, Shape
from roundtable.county.happenings.tables import ROLES
from roundtable.county.plan import Shard, stream


@dataclass
class Chronicle:
    """A shard's happenings in the making."""

    shard: Shard
    lives: Lives
    planted: Planted
    area_risks: AreaRisks
    tables: dict[str, pa.Table] = field(default_factory=dict)
    rates: dict[str, Floats] = field(default_factory=dict)
    home_rates: dict[str, Floats] = field(default_factory=dict)
    _roles: list[tuple[Ints, Ints, str]] = field(default_factory=list)
    _truth: dict[str, list[pa.Table]] = field(default_factory=dict)
    _next: int = 0

    def rng(self, topic: str) -> np.random.Generator:
        """The stream of one topic in this shard."""
        return stream(self.lives.plan, self.shard.number, f"happenings {topic}")

    def numbers(self, size: int) -> Ints:
        """Numbers for that many events, rising."""
        first = self.shard.first_id + self._next
        self._next += size
        return np.arange(first, first + size)

    def next_numbers(self, size: int) -> Ints:
        """The numbers that the next events will get, so that rows of a table can name each other."""
        first = self.shard.first_id + self._next
        return np.arange(first, first + size)

    # Rates and what is drawn from them.

    def need(self, name: str, rng: np.random.Generator) -> Floats:
        """The true yearly rate of a need of people, by person and year of the plan; kept for the truth."""
        need, lives = needs()[name], self.lives
        who = np.arange(lives.size)
        found = need.multiplier(lives, who, lives.ages, lives.deciles) * (need.rate / need.mean)
        found *= need.own(rng, lives.size)[:, None]
        # Whoever lives nowhere has the risk of nowhere in particular.
        found *= np.append(self.area_risks.at_homes(need), 1.0)[lives.areas]
        self.rates[name] = found
        return found

    def home_need(self, name: str, rng: np.random.Generator) -> Floats:
        """The same of households: by household and year, from its eldest and its address."""
        need = needs()[name]
        who, ages, deciles, _, counted = self.homes(need)
        found = need.multiplier(self.lives, who, ages, deciles) * (need.rate / need.mean)
        found *= need.own(rng, len(who))[:, None] * counted[:, None]
        area = self.lives.places.area[np.maximum(self.lives.households.address, 0)]
        found *= self.area_risks.at_homes(need)[area][:, None]
        self.home_rates[name] = found
        return found

    def homes(self, need: Need) -> tuple[Ints, Ints, Ints, Floats, Flags]:
        """Of every household: its eldest, its ages and deciles by year, its years, and whether it counts."""
        lives, homes = self.lives, self.lives.households
        who = np.maximum(homes.eldest, 0)
        first, days = self.home_spans
        ages = lives.age_on(who[:, None], first + days // 2)
        place = np.maximum(homes.address, 0)
        deciles = np.repeat(lives.places.decile[place][:, None], days.shape[1], axis=1)
        counted = homes.private & (homes.address >= 0)
        if need.of == "social tenancies":
            counted &= lives.places.social[place]
        if need.of == "households with children":
            counted &= self.with_children
        return who, ages, deciles, days / 365.25, counted

    @property
    def home_spans(self) -> tuple[Ints, Ints]:
        """By household and year: its first day in that year, and its days."""
        homes = self.lives.households
        return spans(homes.start, homes.end, self.lives.years)

    @property
    def with_children(self) -> Flags:
        """Households in which a child lives on the household's middle day."""
        lives, homes = self.lives, self.lives.households
        day = (homes.start + homes.end) // 2
        home, person = lives.members(np.arange(len(homes.ids)), day)
        found = np.zeros(len(homes.ids), bool)
        found[home[lives.age_on(person, day[home]) < 18]] = True
        return found

    def happen(self, rng: np.random.Generator, rates: Floats, clock: str) -> Drawn:
        """Draw what happens to people at yearly rates by person and year: a Poisson process for each.

        Whatever would happen while the person is away from the county does not.
        """
        first, days = self.lives.spans
        drawn = drawn_in(rng, rates, first, days, clocks()[clock])
        return drawn.kept(~self.lives.where(drawn.unit, drawn.day).away)

    def happen_at_homes(self, rng: np.random.Generator, rates: Floats, clock: str) -> Drawn:
        """Draw what happens to households at yearly rates by household and year."""
        first, days = self.home_spans
        return drawn_in(rng, rates, first, days, clocks()[clock])

    def person_years_of_areas(self) -> Floats:
        """Years lived in each area of the shard."""
        lives = self.lives
        area = np.where(lives.stays.address >= 0, lives.places.area[lives.stays.address], -1)
        start = np.maximum(lives.stays.start, lives.plan.first_day)
        days = np.maximum(np.minimum(lives.stays.end, lives.plan.last_day + 1) - start, 0)
        known = area >= 0
        return np.bincount(area[known], days[known], len(lives.places.areas)) / 365.25

    # What is written down.

    def put(
        self,
        shape: Shape,
        columns: Mapping[str, object],
        roles: Sequence[tuple[str, Ints]] = (),
        keep: Flags | None = None,
    ) -> Ints:
        """Write a table down. Rows are put in order of time and numbered.

        Args:
            shape: the table's shape.
            columns: every column but `event` and `person`: arrays by the names of the shape. In columns of
                numbers, days and instants that may be null, -1 is null. `person` is given as places.
            roles: for each role, the places of the people who have it, by row; -1 is nobody.
            keep: which rows to write; all of them if not given.

        Returns:
            The event number of each row, in the order in which the rows were given; -1 where not written.
        """
        at = np.asarray(columns["at"], np.int64)
        order = np.argsort(at, kind="stable")
        order = order if keep is None else order[keep[order]]
        given = {**columns, "person": self.person_ids(np.asarray(columns["person"], np.int64))}
        numbers = self.numbers(len(order))
        arrays = [numbers_or(given, name, shape, order, numbers) for name in shape.schema.names]
        self.tables[shape.name] = pa.Table.from_arrays(arrays, schema=shape.schema)
        events = np.full(len(at), NONE)
        events[order] = numbers
        for role, people in roles:
            self.take_part(events, people, role)
        return events

    def take_part(self, events: Ints, people: Ints, role: str) -> None:
        """People take part in events; -1 is nobody."""
        known = (people >= 0) & (events >= 0)
        self._roles.append((events[known], self.lives.ids[people[known]], role))

    def roles(self) -> pa.Table:
        """Who took what part, in order of event, role and person."""
        tables = [
            pa.Table.from_arrays([events, people, pa.repeat(role, len(events))], schema=ROLES)
            for events, people, role in self._roles
        ]
        if not tables:
            return ROLES.empty_table()
        joined = pa.concat_tables(tables)
        return joined.sort_by([(name, "ascending") for name in ("event", "role", "person")]).combine_chunks()

    def reveal(self, name: str, table: pa.Table) -> None:
        """Write down something that no agency knows."""
        self._truth.setdefault(name, []).append(table)

    def truth(self) -> dict[str, pa.Table]:
        """Everything revealed, by table."""
        return {name: pa.concat_tables(tables).combine_chunks() for name, tables in self._truth.items()}

    def until(self, start: Ints, days: Floats | Ints) -> Ints:
        """The last day of what begins at an instant and lasts so many days; -1 where it goes on today."""
        until = start // DAY_SECONDS + np.asarray(days).astype(np.int64)
        return np.where(until > self.lives.plan.last_day, NONE, until)

    def there(self, person: Ints, at: Ints) -> Flags:
        """Whether someone is in the county at an instant, which is no later than today."""
        day = at // DAY_SECONDS
        known = np.maximum(person, 0)
        return (day < self.lives.end[known]) & (day >= self.lives.start[known]) & (person >= 0)

    def person_ids(self, people: Ints) -> Ints:
        """The ids of people by their places; -1 stays."""
        return np.where(people >= 0, self.lives.ids[np.maximum(people, 0)], NONE)

    def address_ids(self, addresses: Ints) -> Ints:
        """The ids of addresses by their places; -1 stays."""
        ids = self.lives.places.ids
        return np.where(addresses >= 0, ids[np.maximum(addresses, 0)], NONE)

    def area_codes(self, areas: Ints) -> pa.Array:
        """The codes of areas by their places; -1 is null."""
        codes = pa.array([*self.lives.places.areas, None], pa.string())
        return codes.take(pa.array(np.where(areas >= 0, areas, len(codes) - 1)))


def numbers_or(
    columns: Mapping[str, object], name: str, shape: Shape, order: Ints, numbers: Ints
) -> pa.Array:
    """One column of a table, in the table's order and type."""
    if name == "event":
        return pa.array(numbers)
    column, given = shape.column(name), columns[name]
    if isinstance(given, pa.Array):
        return given.take(pa.array(order)).cast(column.type)
    values = np.asarray(given)[order]
    if column.nullable and values.dtype.kind == "i":
        null = values == NONE
        values = values.astype(np.int32) if column.type == DAY else values
        return pa.array(values, mask=null).cast(column.type)
    if column.type == DAY:
        values = values.astype(np.int32)
    return pa.array(values).cast(column.type)
