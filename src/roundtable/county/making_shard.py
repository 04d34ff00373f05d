"""One shard from its people to what is sent of it: what each of the processes does."""

from __future__ import annotations

from dataclasses import dataclass

import pyarrow as pa

from roundtable.county.comparison.tally import Tally, tally
from roundtable.county.effects.planted import Planted, plant
from roundtable.county.happenings.happen import happen
from roundtable.county.places.county_map import CountyMap, county_map
from roundtable.county.plan import CountyPlan, Shard
from roundtable.county.population.populate import populate
from roundtable.county.sends.case import Case
from roundtable.county.sends.people_known import know
from roundtable.county.sends.planned_files import SentTable
from roundtable.county.sends.shard_sent import ShardSent, send_shard


@dataclass(frozen=True)
class _County:
    """What every shard of a county shares."""

    plan: CountyPlan
    tables: tuple[SentTable, ...]
    county_map: CountyMap
    planted: Planted


@dataclass(frozen=True)
class ShardMade:
    """A shard: all that is sent of it, its truth among that, and what the comparison needs of it."""

    sent: ShardSent
    tally: Tally


#: What this process works on; set once, when it begins.
_county: list[_County] = []


def begin_worker(plan: CountyPlan, tables: tuple[SentTable, ...]) -> None:
    """Make this process ready for the shards of a county."""
    # The processes share the machine's cores: each has one thread.
    pa.set_cpu_count(1)
    pa.set_io_thread_count(1)
    known = county_map(plan)
    _county[:] = [_County(plan, tables, known, plant(plan, known))]


def made_shard(shard: Shard) -> ShardMade:
    """Make one shard; `begin_worker` has been called in this process."""
    (county,) = _county
    population = populate(county.plan, shard, county.county_map)
    happened = happen(county.plan, shard, county.county_map, population, county.planted)
    case = Case(
        county.plan, shard.number, county.county_map, know(population), happened.tables, happened.roles
    )
    sent = send_shard(case, county.tables)
    whole = ShardSent(sent.pieces, {**sent.truth, **population.tables, **happened.truth})
    return ShardMade(whole, tally(county.plan, shard, population, happened))
