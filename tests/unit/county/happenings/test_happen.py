"""What every table of happenings promises, on a small plain population."""

from dataclasses import replace
from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest

from roundtable.county.effects.planted import plant
from roundtable.county.happenings.happen import Happenings, happen
from roundtable.county.happenings.tables import ROLES, TABLES
from roundtable.data.content_hash import content_hash
from tests.factories_county import plain_map, plain_people, plan

PLAN = plan(6_000)
MAP = plain_map(PLAN)
PLANTED = plant(PLAN, MAP)


def made(number: int = 0) -> Happenings:
    shard = PLAN.shards[number]
    return happen(PLAN, shard, MAP, plain_people(PLAN, shard, MAP), PLANTED)


FIRST = made()


def hashes(found: Happenings) -> dict[str, str]:
    tables = {**found.tables, "roles": found.roles, **found.truth}
    return {name: content_hash(table) for name, table in tables.items()}


def test_every_table_is_there_and_of_its_shape() -> None:
    assert list(FIRST.tables) == list(TABLES)
    for name, table in FIRST.tables.items():
        assert table.schema.equals(TABLES[name].schema), name
        for column in TABLES[name].columns:
            assert column.nullable or table[column.name].null_count == 0, (name, column.name)


@pytest.mark.parametrize("name", sorted(TABLES))
def test_something_of_every_kind_happens(name: str) -> None:
    assert len(FIRST.tables[name]) > 0


def test_codes_are_those_of_the_lists() -> None:
    for name, table in FIRST.tables.items():
        for column in TABLES[name].columns:
            if column.codes:
                found = set(pc.unique(table[column.name].drop_null()).to_pylist())
                assert found <= set(column.codes), (name, column.name)


def test_events_are_numbered_once_and_in_order_of_time() -> None:
    numbers = [table["event"].to_numpy() for table in FIRST.tables.values()]
    together = np.concatenate(numbers)
    assert len(np.unique(together)) == len(together)
    for name, table in FIRST.tables.items():
        assert np.all(np.diff(table["event"].to_numpy()) > 0), name
        assert np.all(np.diff(table["at"].cast(pa.int64()).to_numpy()) >= 0), name


def test_nothing_happens_before_the_years_or_after_today_and_nothing_is_recorded_early() -> None:
    end = (PLAN.last_day + 1) * 86_400
    for name, table in FIRST.tables.items():
        at = table["at"].cast(pa.int64()).to_numpy()
        assert at.min() >= PLAN.first_day * 86_400, name
        assert at.max() < end, name
        assert np.all(table["recorded"].cast(pa.int64()).to_numpy() >= at), name
        until = table["until"].drop_null().cast(pa.int32()).to_numpy()
        assert len(until) == 0 or until.max() <= PLAN.last_day, name


def test_parts_are_taken_by_people_of_the_shard_in_events_of_the_tables() -> None:
    assert FIRST.roles.schema.equals(ROLES)
    ids = plain_people(PLAN, PLAN.shards[0], MAP).persons["person"]
    assert pc.all(pc.is_in(FIRST.roles["person"], ids.combine_chunks())).as_py()
    allowed = {
        (event, role)
        for name, table in FIRST.tables.items()
        for event in table["event"].to_pylist()
        for role in TABLES[name].roles
    }
    taken = list(zip(FIRST.roles["event"].to_pylist(), FIRST.roles["role"].to_pylist(), strict=True))
    assert set(taken) <= allowed


def test_whoever_a_row_is_about_has_a_part_in_it() -> None:
    parts = set(zip(FIRST.roles["event"].to_pylist(), FIRST.roles["person"].to_pylist(), strict=True))
    for name, table in FIRST.tables.items():
        about = table.filter(pc.is_valid(table["person"]))
        pairs = zip(about["event"].to_pylist(), about["person"].to_pylist(), strict=True)
        assert set(pairs) <= parts, name


def test_rows_name_events_of_the_tables_that_they_mean() -> None:
    for name, column, other in (
        ("domestic_abuse", "crime", "crime"),
        ("marac", "incident", "domestic_abuse"),
        ("youth_justice", "crime", "crime"),
        ("probation", "crime", "crime"),
        ("hospital_admission", "attendance", "ed_attendance"),
        ("rent_arrears", "spell", "rent_arrears"),
        ("child_in_need", "case", "child_in_need"),
    ):
        named = FIRST.tables[name][column].drop_null()
        known = FIRST.tables[other]["event"].combine_chunks()
        assert len(named) > 0, name
        assert pc.all(pc.is_in(named, known)).as_py(), name


def test_the_same_shard_is_the_same_alone_first_and_last() -> None:
    alone = hashes(made(1))
    made(0)
    assert hashes(made(1)) == alone
    assert hashes(made(0)) == hashes(FIRST)


def test_another_seed_makes_other_things_happen() -> None:
    other = replace(PLAN, seed=2)
    found = happen(other, other.shards[0], MAP, plain_people(PLAN, PLAN.shards[0], MAP), plant(other, MAP))
    changed = [name for name, one in hashes(found).items() if hashes(FIRST)[name] != one]
    assert set(TABLES) <= set(changed)


def test_a_county_of_a_few_people_works_too() -> None:
    few = plan(7)
    small = plain_map(few)
    found = happen(few, few.shards[0], small, plain_people(few, few.shards[0], small), plant(few, small))
    assert list(found.tables) == list(TABLES)


def test_today_may_be_a_leap_day() -> None:
    leap = plan(600, today=date(2028, 2, 29))
    small = plain_map(leap)
    found = happen(leap, leap.shards[0], small, plain_people(leap, leap.shards[0], small), plant(leap, small))
    assert len(found.tables["ambulance"]) > 0
