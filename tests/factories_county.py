"""A plain made-up population and map for tests of what happens in the county: quick, and with no life in it.

People live in one household at one address for all ten years; ages, traits and partners are spread evenly.
It has what the happenings need and none of the niceties of `county.population`.
"""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pyarrow as pa

from roundtable.county.places.county_map import AREAS, CountyMap
from roundtable.county.plan import SHARD_AREAS, CountyPlan, Shard
from roundtable.county.population.tables import SCHEMAS, Population

TODAY = date(2026, 9, 30)


def plan(people: int = 3_000, seed: int = 1, today: date = TODAY) -> CountyPlan:
    """A plan of a small county."""
    return CountyPlan(people, seed, today)


def plain_map(of: CountyPlan) -> CountyMap:
    """A map of areas in a row, two kilometres apart, whose deciles run from 1 to 10 and begin again."""
    size = SHARD_AREAS * len(of.shards)
    number = np.arange(size)
    columns = {
        "area": [f"SYN{one:05d}" for one in number],
        "name": [f"Scarborough {one:03d} (synthetic)" for one in number],
        "settlement": ["Scarborough"] * size,
        "district": ["Scarborough"] * size,
        "kind": ["coast"] * size,
        "people": np.full(size, of.people // size, np.int32),
        "decile": (1 + number * 3 % 10).astype(np.int8),
        "rural": [False] * size,
        "coastal": [True] * size,
        "longitude": -1.0 + 0.03 * number,
        "latitude": np.full(size, 54.2),
    }
    outlines = tuple(np.array([[0.0, 0.0], [1.0, 0.0], [1.0, 1.0]]) for _ in number)
    return CountyMap(pa.table(columns, schema=AREAS), outlines, np.full(size, 0.8))


def plain_people(of: CountyPlan, shard: Shard, county_map: CountyMap) -> Population:
    """The shard's people: households of two grown partners and, in half of them, two children."""
    rng = np.random.default_rng([of.seed, shard.number])
    people = _people(of, shard, rng)
    given = {
        **people,
        "addresses": _addresses(shard, county_map, rng, _homes(shard)),
        "names": _names(shard),
    }
    empty = {name: schema.empty_table() for name, schema in SCHEMAS.items()}
    return Population(**{**empty, **given})


def _homes(shard: Shard) -> np.ndarray:
    """The household of each person: three to a household on average, two of four and one of two in turn."""
    return np.arange(shard.people) // 3


def _names(shard: Shard) -> pa.Table:
    ids = shard.first_id + np.arange(shard.people)
    size = shard.people
    columns = {
        "person": ids,
        "from_day": [date(1900, 1, 1)] * size,
        "given": ["Ada"] * size,
        "surname": [f"Test{one}" for one in range(size)],
        "reason": ["birth"] * size,
    }
    return _table("names", columns)


def _people(of: CountyPlan, shard: Shard, rng: np.random.Generator) -> dict[str, pa.Table]:
    size, number = shard.people, np.arange(shard.people)
    ids, home = shard.first_id + number, shard.first_id + _homes(shard)
    part = number % 3
    family = _homes(shard) % 2 == 0
    grown = np.where(family, 25 + _homes(shard) * 7 % 25, 20 + _homes(shard) * 11 % 75)
    age = np.where(part < 2, grown, np.where(family, number * 5 % 18, grown - 3))
    born = [
        of.today - timedelta(days=int(one) * 365 + int(day))
        for one, day in zip(age, number % 365, strict=True)
    ]
    begins = np.maximum(np.array(born, "datetime64[D]"), np.datetime64(of.begins))
    sex = np.where(part == 1, "M", np.where(part == 0, "F", np.where(number % 2 == 0, "F", "M")))
    persons = {
        "person": ids,
        "born": born,
        "sex": sex.tolist(),
        "tradition": ["english"] * size,
        "nhs_number": [f"999{one % 10**7:07d}" for one in ids],
        "in_from": begins,
    }
    stays = {
        "person": ids,
        "address": home,
        "household": home,
        "from_day": begins,
        "kind": ["home"] * size,
    }
    homes = np.unique(home)
    households = {
        "household": homes,
        "address": homes,
        "kind": ["couple"] * len(homes),
        "from_day": [of.begins] * len(homes),
    }
    whole = number[part == 1]
    pairs = np.concatenate([whole, whole - 1]), np.concatenate([whole - 1, whole])
    relations = {
        "person": ids[pairs[0]],
        "other": ids[pairs[1]],
        "kind": ["partner"] * len(pairs[0]),
        "from_day": [of.begins] * len(pairs[0]),
    }
    traits = {"person": ids} | {
        name: rng.random(size).astype(np.float32)
        for name in ("frailty", "mental_ill_health", "substance", "poverty", "violence", "care")
    }
    given = {
        "persons": persons,
        "stays": stays,
        "households": households,
        "relations": relations,
        "traits": traits,
    }
    return {name: _table(name, columns) for name, columns in given.items()}


def _table(name: str, columns: dict[str, object]) -> pa.Table:
    """A table of the population's; a column that is not given is null throughout."""
    size = len(next(iter(columns.values())))  # type: ignore[arg-type]
    whole = {one.name: columns.get(one.name, pa.nulls(size, one.type)) for one in SCHEMAS[name]}
    return pa.table(whole, schema=SCHEMAS[name])


def _addresses(shard: Shard, county_map: CountyMap, rng: np.random.Generator, home: np.ndarray) -> pa.Table:
    size = int(home.max()) + 1
    number = np.arange(size)
    area = shard.areas[0] + number % SHARD_AREAS
    areas = county_map.areas
    columns = {
        "address": shard.first_id + number,
        "uprn": [f"999{one:09d}" for one in shard.first_id + number],
        "line": [f"{one // 30 % 20 + 1} Row {one // SHARD_AREAS // 20} Street" for one in number],
        "town": ["Scarborough"] * size,
        "postcode": ["ZY12 3AB"] * size,
        "longitude": areas["longitude"].to_numpy()[area] + rng.uniform(-0.01, 0.01, size),
        "latitude": areas["latitude"].to_numpy()[area] + rng.uniform(-0.006, 0.006, size),
        "area": areas["area"].take(pa.array(area)),
        "decile": areas["decile"].take(pa.array(area)),
        "rural": [False] * size,
        "kind": ["house"] * size,
        "tenure": np.array(["owned", "private", "social"])[number % 7 % 3].tolist(),
    }
    return _table("addresses", columns)
