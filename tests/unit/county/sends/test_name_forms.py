"""What becomes of names that forms are not made for: parts, particles, other spellings, newborn children."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest

from roundtable.county.places.county_map import county_map
from roundtable.county.plan import CountyPlan
from roundtable.county.population.populate import populate
from roundtable.county.sends.habits import habits_of
from roundtable.county.sends.identities import Identities
from roundtable.county.sends.name_forms import (
    first_part,
    has_particle,
    is_compound,
    last_part,
    other_spelling,
    particle_joined,
    parts_joined,
    shapes_of,
    without_particle,
)
from roundtable.county.sends.people_known import People, know, texts
from roundtable.county.sends.quirks import Chance, Quirks
from tests.unit.county.sends.test_identities import NOUGHT

PLAN = CountyPlan(5_000, 5, date(2026, 11, 23))


@pytest.fixture(scope="module")
def people() -> People:
    return know(populate(PLAN, PLAN.shards[0], county_map(PLAN)))


@pytest.mark.parametrize(
    ("surname", "without", "joined"),
    [
        ("Al-Masri", "Masri", "Almasri"),
        ("van der Berg", "Berg", "Vanderberg"),
        ("O'Neill", "Neill", "Oneill"),
        ("De Luca", "Luca", "Deluca"),
        ("Stone", "Stone", "Stone"),
        ("Vance", "Vance", "Vance"),
    ],
)
def test_particles(surname: str, without: str, joined: str) -> None:
    assert without_particle(surname, 0) == without
    assert particle_joined(surname, 0) == joined
    assert has_particle(surname) == (without != surname)


@pytest.mark.parametrize(
    ("surname", "first", "last", "joined"),
    [
        ("García López", "García", "López", "Garcíalópez"),
        ("Hill-Ward", "Hill", "Ward", "Hillward"),
        ("Al-Masri", "Al-Masri", "Al-Masri", "Al-Masri"),
        ("Smith", "Smith", "Smith", "Smith"),
    ],
)
def test_surnames_of_two_parts(surname: str, first: str, last: str, joined: str) -> None:
    assert (first_part(surname, 0), last_part(surname, 0), parts_joined(surname, 0)) == (first, last, joined)
    assert is_compound(surname) == (first != surname)


def test_other_spellings_follow_the_seed() -> None:
    assert {other_spelling("Mohammed", seed) for seed in range(9)} >= {"Muhammad", "Mohamed"}
    assert other_spelling("Mohammed", 1) == other_spelling("Mohammed", 1) != "Mohammed"
    assert other_spelling("Smith", 3) == "Smith"


def test_shapes_are_told_apart() -> None:
    shapes = shapes_of(
        pa.array(["José", "Ann", "Omar", None]), pa.array(["Gil Ruiz", "de Vries", "Key", None])
    )
    assert shapes.accented.tolist() == [True, False, False, False]
    assert shapes.compound.tolist() == [True, False, False, False]
    assert shapes.particle.tolist() == [False, True, False, False]
    assert shapes.varied.tolist() == [False, False, True, False]


def _identities(people: People, who: np.ndarray, on: np.ndarray, **changed: str) -> Identities:
    plain = habits_of("children-care")
    habits = replace(plain, values={**plain.values, **NOUGHT, "hyphen": "keep", **changed})
    quirks = Quirks(habits, Chance(PLAN, 0, "a test"), len(who))
    return Identities(people, quirks, who, np.arange(len(who)), who, on)


def _text(identities: Identities, field: str) -> list[str | None]:
    found = identities.field(f"person.{field}")
    assert isinstance(found, pa.Array)
    return list(found.to_pylist())


def test_newborn_children_are_babies_and_twins_until_they_are_named(people: People) -> None:
    who = np.flatnonzero((people.born > np.datetime64(PLAN.begins)) & (people.mothers >= 0))
    always = {"baby_named": "1", "baby_days": "1000000"}
    birth = _identities(people, who, people.born[who], **always)
    given = np.array(_text(birth, "given_name"))
    twins = people.twins[who] >= 0
    assert (given[~twins] == "Baby").all()
    assert set(given[twins]) <= {"Twin 1", "Twin 2"}
    assert _text(birth, "middle_names") == [None] * len(who)
    # The two of a pair have different numbers, and the mother's surname of that day.
    pairs = [(one, int(people.twins[one])) for one in who.tolist() if one < people.twins[one]]
    place = {one: at for at, one in enumerate(who.tolist())}
    both = [(given[place[one]], given[place[other]]) for one, other in pairs if other in place]
    assert both and all(pair == ("Twin 1", "Twin 2") for pair in both)
    rows = people.names.on(people.mothers[who], people.born[who])
    assert _text(birth, "surname") == texts(people.tables.names["surname"]).take(pa.array(rows)).to_pylist()
    named = _identities(people, who, people.born[who] + 90, baby_named="1", baby_days="0")
    assert "Baby" not in _text(named, "given_name")


def test_young_children_are_reached_by_a_parent_s_telephone(people: People) -> None:
    today = np.datetime64(PLAN.today)
    young = today - people.born < np.timedelta64(12 * 365, "D")
    who = np.flatnonzero(young & (people.mothers >= 0) & np.isnat(people.died))
    on = np.full(len(who), today)
    children = _text(_identities(people, who, on, parents_phone="1"), "phone")
    mothers = _text(_identities(people, people.mothers[who], on), "phone")
    told = [(child, mother) for child, mother in zip(children, mothers, strict=True) if mother]
    assert len(told) > 100
    assert all(child == mother for child, mother in told)
    grown = np.flatnonzero(today - people.born > np.timedelta64(14 * 366, "D"))
    on = np.full(len(grown), today)
    assert _text(_identities(people, grown, on, parents_phone="1"), "phone") == _text(
        _identities(people, grown, on), "phone"
    )


def test_marks_are_left_out(people: People) -> None:
    who = np.arange(len(people))
    on = np.full(len(who), np.datetime64(PLAN.today))
    kept, dropped = (
        pa.array(_text(_identities(people, who, on, accents_dropped=share), "surname")) for share in "01"
    )
    marked = pc.invert(pc.string_is_ascii(kept))
    assert pc.sum(marked).as_py() > 30
    assert pc.sum(pc.invert(pc.string_is_ascii(dropped))).as_py() == 0


def test_women_s_former_surnames_are_kept_for_months(people: People) -> None:
    table = people.tables.names
    rows = np.flatnonzero(pc.equal(table["reason"], "marriage").to_numpy(zero_copy_only=False))
    who = people.positions(table["person"])[rows]
    days = np.asarray(table["from_day"].to_numpy()).astype("datetime64[D]")[rows] + 60
    at_once, late = (
        pa.array(_text(_identities(people, who, days, names_behind_days=behind), "surname"))
        for behind in ("0", "365")
    )
    share = pc.mean(pc.cast(pc.not_equal(at_once, late), pa.int8())).as_py()
    # With a mean of a year, 85 in 100 have not entered it after two months.
    assert len(rows) > 100
    assert share > 0.7
