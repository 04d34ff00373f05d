"""The same plan gives the same people, in whatever order and process; another seed gives others."""

import subprocess
import sys

import numpy as np
import pytest

from roundtable.county.places.county_map import county_map
from roundtable.county.plan import CountyPlan, stream
from roundtable.county.population import course
from roundtable.county.population import populate as populating
from roundtable.county.population.populate import populate
from roundtable.county.population.tables import SCHEMAS, Population
from roundtable.data.content_hash import content_hash
from tests.factories_population import TODAY, made

_SCRIPT = """
from datetime import date
from roundtable.county.places.county_map import county_map
from roundtable.county.plan import CountyPlan, stream
from roundtable.county.population import course
from roundtable.county.population import populate as populating
from roundtable.county.population.populate import populate
from roundtable.data.content_hash import content_hash
plan = CountyPlan({people}, {seed}, date({today.year}, {today.month}, {today.day}))
population = populate(plan, plan.shards[{shard}], county_map(plan))
print({{name: content_hash(table) for name, table in population.tables.items()}})
"""


def _hashes(population: Population) -> dict[str, str]:
    return {name: content_hash(table) for name, table in population.tables.items()}


def test_shards_are_the_same_in_any_order_and_in_another_process() -> None:
    plan = CountyPlan(5_400, 21, TODAY)
    drawn = county_map(plan)
    forwards = [_hashes(populate(plan, shard, drawn)) for shard in plan.shards]
    backwards = [_hashes(populate(plan, shard, drawn)) for shard in reversed(plan.shards)]
    assert forwards == backwards[::-1]
    script = _SCRIPT.format(people=5_400, seed=21, today=TODAY, shard=1)
    elsewhere = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONHASHSEED": "77"},
    )
    assert elsewhere.stdout.strip() == str(forwards[1])


def test_another_seed_makes_other_people() -> None:
    plans = [CountyPlan(400, seed, TODAY) for seed in (1, 2)]
    first, second = (_hashes(populate(plan, plan.shards[0], county_map(plan))) for plan in plans)
    assert {name for name in SCHEMAS if first[name] != second[name]} == set(SCHEMAS) - {
        name for name in SCHEMAS if first[name] == second[name] == content_hash(SCHEMAS[name].empty_table())
    }


def test_no_two_shards_of_a_county_are_alike() -> None:
    """Where they have the same number of people in the same kind of place, too."""
    (_, _, first), (_, _, second) = (made(10_000, 11, shard) for shard in (0, 1))
    for table, column in (("persons", "born"), ("names", "given"), ("addresses", "line")):
        one, other = (getattr(population, table)[column].to_pylist()[:500] for population in (first, second))
        assert sum(a == b for a, b in zip(one, other, strict=True)) < 50, column


def test_a_shard_draws_from_its_own_streams_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: set[tuple[int | None, str]] = set()

    def noted(of: CountyPlan, shard: int | None, topic: str) -> np.random.Generator:
        drawn.add((shard, topic))
        return stream(of, shard, topic)

    for module in (course, populating):
        monkeypatch.setattr(module, "stream", noted)
    plan = CountyPlan(5_003, 2, TODAY)
    populate(plan, plan.shards[1], county_map(plan))
    assert {shard for shard, _ in drawn} == {1}
    assert {topic for _, topic in drawn} >= {"life", "names", "addresses", "numbers"}
