"""Populations made once for many tests, and their columns as plain numbers."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from roundtable.county.places.county_map import CountyMap, county_map
from roundtable.county.plan import CountyPlan
from roundtable.county.population.populate import populate
from roundtable.county.population.tables import MAIN_STAYS, Population

TODAY = date(2026, 11, 23)
#: A day number that stands for null.
NEVER = 2_000_000

Numbers = np.ndarray[tuple[int], np.dtype[np.int64]]


@cache
def made(people: int = 5_000, seed: int = 4, shard: int = 0) -> tuple[CountyPlan, CountyMap, Population]:
    """A plan, its map and one shard's people."""
    plan = CountyPlan(people, seed, TODAY)
    drawn = county_map(plan)
    return plan, drawn, populate(plan, plan.shards[shard], drawn)


def days(table: pa.Table, column: str) -> Numbers:
    """A column of dates as day numbers, `NEVER` where it is null."""
    numbers = table[column].combine_chunks().cast(pa.int32())
    return np.asarray(pc.fill_null(numbers, NEVER).to_numpy(), dtype=np.int64)


def numbers(table: pa.Table, column: str) -> Numbers:
    """A column of ids, -1 where it is null."""
    return np.asarray(pc.fill_null(table[column].combine_chunks(), -1).to_numpy())


def texts(table: pa.Table, column: str) -> np.ndarray[tuple[int], np.dtype[Any]]:
    """A column of texts, None where it is null."""
    return np.array(table[column].to_pylist(), dtype=object)


def main_stays(population: Population) -> pa.Table:
    """The stays of which everyone has one at a time, by person and day."""
    stays = population.stays
    main = stays.filter(pc.is_in(stays["kind"], value_set=pa.array([str(kind) for kind in MAIN_STAYS])))
    return main.sort_by([("person", "ascending"), ("from_day", "ascending")])


def of_kind(table: pa.Table, *kinds: str) -> pa.Table:
    """The rows of these kinds."""
    return table.filter(pc.is_in(table["kind"], value_set=pa.array([str(kind) for kind in kinds])))
