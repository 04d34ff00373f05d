"""A county of 30,000 people of seed 1, made once for all tests of what happens in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

import pyarrow as pa

from roundtable.county.comparison.tally import Tally, tally
from roundtable.county.effects.planted import Planted, plant
from roundtable.county.happenings.happen import Happenings, happen
from roundtable.county.places.county_map import CountyMap, county_map
from roundtable.county.plan import CountyPlan, Shard
from roundtable.county.population.populate import populate
from roundtable.county.population.tables import Population

PLAN = CountyPlan(30_000, 1, date(2026, 9, 30))


@dataclass(frozen=True)
class MadeCounty:
    """A county and all that happens in it."""

    plan: CountyPlan
    county_map: CountyMap
    planted: Planted
    people: tuple[tuple[Shard, Population], ...]
    happened: tuple[Happenings, ...]
    tallies: tuple[Tally, ...]

    def table(self, name: str) -> pa.Table:
        """A table of happenings of the whole county."""
        return pa.concat_tables([one.tables[name] for one in self.happened])

    def truth(self, name: str) -> pa.Table:
        """A table of the truth of the whole county."""
        return pa.concat_tables([one.truth[name] for one in self.happened])

    def roles(self) -> pa.Table:
        """Who took what part, in the whole county."""
        return pa.concat_tables([one.roles for one in self.happened])


@cache
def made() -> MadeCounty:
    """The county, made on first use."""
    known = county_map(PLAN)
    planted = plant(PLAN, known)
    people = tuple((shard, populate(PLAN, shard, known)) for shard in PLAN.shards)
    happened = tuple(happen(PLAN, shard, known, who, planted) for shard, who in people)
    tallies = tuple(
        tally(PLAN, shard, who, what) for (shard, who), what in zip(people, happened, strict=True)
    )
    return MadeCounty(PLAN, known, planted, people, happened, tallies)
