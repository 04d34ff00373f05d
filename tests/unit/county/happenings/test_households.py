"""Happenings fit the people, homes and households that they happen to."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest

from roundtable.county.happenings.lives_of import lives_of
from roundtable.county.happenings.school import terms
from roundtable.county.happenings.tables import TABLES
from tests.county_made import made
from tests.factories_county import TODAY

COUNTY = made()
SHARD, PEOPLE = COUNTY.people[0]
FOUND = COUNTY.happened[0]
LIVES = lives_of(COUNTY.plan, PEOPLE)


def days(table: pa.Table) -> np.ndarray:
    found: np.ndarray = table["at"].cast(pa.int64()).to_numpy() // 86_400
    return found


@pytest.mark.parametrize(
    "name", ["ambulance", "concern_call", "domestic_abuse", "crisis_contact", "safeguarding_adult", "missing"]
)
def test_what_happens_at_home_happens_where_the_person_lives_that_day(name: str) -> None:
    table = FOUND.tables[name].filter(pc.is_valid(FOUND.tables[name]["address"]))
    person = LIVES.place_of(table["person"].to_numpy())
    where = LIVES.where(person, days(table))
    assert len(table) > 5
    assert np.array_equal(LIVES.places.ids[where.address], table["address"].to_numpy())
    assert not where.away.any()


@pytest.mark.parametrize("name", sorted(TABLES))
def test_nothing_happens_to_people_who_are_not_there(name: str) -> None:
    table = FOUND.tables[name].filter(pc.is_valid(FOUND.tables[name]["person"]))
    person = LIVES.place_of(table["person"].to_numpy())
    assert np.all(person >= 0)
    assert np.all(days(table) >= LIVES.start[person])
    assert np.all(days(table) < LIVES.end[person])


def test_children_are_part_of_abuse_in_the_home_they_live_in() -> None:
    roles, table = FOUND.roles, FOUND.tables["domestic_abuse"]
    mine = roles.filter(
        pc.and_(pc.equal(roles["role"], "child"), pc.is_in(roles["event"], table["event"].combine_chunks()))
    )
    rows = {row["event"]: row for row in table.select(["event", "person", "at", "children"]).to_pylist()}
    counted: dict[int, int] = {}
    for event, child in zip(mine["event"].to_pylist(), mine["person"].to_pylist(), strict=True):
        day = np.array([int(rows[event]["at"].timestamp()) // 86_400])
        both = [LIVES.place_of(np.array([one])) for one in (child, rows[event]["person"])]
        homes = [LIVES.where(one, day).household[0] for one in both]
        assert homes[0] == homes[1] >= 0
        assert LIVES.age_on(both[0], day)[0] < 18
        counted[event] = counted.get(event, 0) + 1
    assert counted
    assert all(row["children"] == counted.get(event, 0) for event, row in rows.items())


def test_falls_are_of_people_aged_65_and_over() -> None:
    table = FOUND.tables["fall"]
    person = LIVES.place_of(table["person"].to_numpy())
    assert LIVES.age_on(person, days(table)).min() >= 64


def test_rent_is_owed_by_social_tenants_only() -> None:
    social = PEOPLE.addresses.filter(pc.equal(PEOPLE.addresses["tenure"], "social"))["address"]
    owed = FOUND.tables["rent_arrears"]["address"]
    assert pc.all(pc.is_in(owed, social.combine_chunks())).as_py()


def test_a_tenancy_owes_once_a_month_end() -> None:
    table = FOUND.tables["rent_arrears"]
    pairs = list(zip(table["tenancy"].to_pylist(), table["at"].to_pylist(), strict=True))
    assert len(set(pairs)) == len(pairs)


def test_pupils_are_of_school_age_and_miss_no_more_than_there_is() -> None:
    table = FOUND.tables["school_term"]
    age = LIVES.age_on(LIVES.place_of(table["person"].to_numpy()), days(table))
    assert age.min() >= 4
    assert age.max() <= 16
    assert pc.all(pc.less_equal(table["sessions_missed"], table["sessions_possible"])).as_py()
    assert pc.sum(table["suspensions"]).as_py() == len(FOUND.tables["exclusion"])


def test_the_terms_are_those_that_are_over() -> None:
    known = terms(TODAY, 5)
    assert known[-1].name == "2026-summer"
    assert len(known) == 14
    assert all(one.first < one.last for one in known)


def test_more_befalls_the_poor_and_the_frail() -> None:
    traits = pa.concat_tables([who.traits for _, who in COUNTY.people])
    for name, trait, table in (
        ("person", "poverty", "rent_arrears"),
        ("person", "frailty", "safeguarding_adult"),
        ("person", "mental_ill_health", "crisis_contact"),
        ("person", "violence", "domestic_abuse"),
    ):
        rank = dict(zip(traits["person"].to_pylist(), traits[trait].to_pylist(), strict=True))
        mean = np.mean([rank[one] for one in COUNTY.table(table)[name].to_pylist()])
        assert mean > 0.6, (table, trait)


def test_a_few_people_suffer_much_of_what_is_unequal() -> None:
    for name, most in (("missing", 0.6), ("crisis_contact", 0.6), ("domestic_abuse", 0.5)):
        counts = np.sort([row["counts"] for row in pc.value_counts(COUNTY.table(name)["person"]).to_pylist()])
        top = counts[::-1][: max(1, len(counts) // 10)].sum() / counts.sum()
        assert 0.2 < top < most + 0.3, (name, top)
