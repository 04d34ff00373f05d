"""What is learnt from all records: days and numbers of nobody, series of numbers, and that it can be kept."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest

from roundtable.linkage.cleaning.cleaned import Cleaned, clean, cleaned
from roundtable.linkage.cleaning.usual import SEPARATOR, Usual
from tests.factories_records import many_records

LETTERS = "bcdfghklmnprstvw"
SURNAMES = [f"{one}a{two}ley" for one in LETTERS for two in LETTERS]
NUMBER = "9990448256"


def _people(count: int, **more: Any) -> list[dict[str, Any]]:
    """People with different surnames, born on days that are spread over thirty years."""
    chance = np.random.default_rng(1)
    days = np.datetime64("1960-01-01") + chance.integers(0, 30 * 365, count)
    return [
        {"given_name": "Ann", "surname": SURNAMES[place % len(SURNAMES)], "date_of_birth": str(day), **more}
        for place, day in enumerate(days)
    ]


def _cleaned(*groups: Iterable[dict[str, Any]]) -> Cleaned:
    return cleaned(many_records(row for group in groups for row in group))


def _born(found: Cleaned, day: str) -> int:
    return int(pc.sum(pc.equal(found.table["date_of_birth"], day)).as_py() or 0)


def test_a_day_that_a_form_puts_in_is_nobodys() -> None:
    placed = [row | {"date_of_birth": "1977-03-03"} for row in _people(60)]
    found = _cleaned(_people(3000), placed)
    assert _born(found, "19770303") == 0
    told = {(row["column"], row["rule"]): row["records"] for row in found.told.to_pylist()}
    assert told["date_of_birth", "nobodys-day"] >= 60


def test_a_day_is_nobodys_in_its_own_dataset_alone() -> None:
    placed = [row | {"date_of_birth": "1977-03-03"} for row in _people(60)]
    elsewhere = [row | {"dataset": "clinic"} for row in _people(3000)]
    there = {"dataset": "clinic", "surname": "Hill", "date_of_birth": "1977-03-03"}
    assert _born(_cleaned(_people(3000), placed, elsewhere, [there]), "19770303") >= 1


def test_many_records_of_one_person_do_not_make_a_day_nobodys() -> None:
    often = [{"given_name": "Ann", "surname": "Hill", "date_of_birth": "1977-03-03"}] * 300
    slips = [{"given_name": "Ann", "surname": f"Hil{x}", "date_of_birth": "1977-03-03"} for x in LETTERS]
    assert _born(_cleaned(_people(3000), often, slips), "19770303") >= 316


def test_the_first_of_january_of_a_known_year_stays() -> None:
    years = range(1960, 1990)
    first = [row | {"date_of_birth": f"{year}-01-01"} for year in years for row in _people(40)]
    found = _cleaned(_people(3000), first)
    assert all(_born(found, f"{year}0101") >= 40 for year in years)


def test_a_number_of_too_many_people_is_nobodys() -> None:
    shared = _people(40, nhs_number=NUMBER)
    found = _cleaned(shared, [{"given_name": "Ann", "surname": "Hill", "nhs_number": "999 041 9973"}])
    assert pc.unique(found.table["nhs_number"].drop_null()).to_pylist() == ["9990419973"]
    assert f"nhs_number{SEPARATOR}{NUMBER}" in found.usual.nobodys_numbers
    told = {row["rule"]: row["records"] for row in found.told.to_pylist() if row["column"] == "nhs_number"}
    assert told == {"nobodys-number": 40}


def test_a_family_may_share_a_number_by_mistake() -> None:
    assert _cleaned(_people(5, nhs_number=NUMBER)).table["nhs_number"].null_count == 0


def _numbered(dataset: str, agency: str, shift: int = 0) -> list[dict[str, Any]]:
    people = _people(60, dataset=dataset, agency=agency)
    return [row | {"source_person_id": f"N{place + shift}"} for place, row in enumerate(people)]


def test_datasets_of_an_agency_that_number_people_in_one_series_have_one_register() -> None:
    found = _cleaned(_numbered("crimes", "police"), _numbered("abuse", "police"))
    assert found.usual.registers == {"abuse": "abuse", "crimes": "abuse"}
    assert found.table["source_person"].null_count == 120
    assert pc.count_distinct(found.table["other_number"]).as_py() == 60
    assert f"abuse{SEPARATOR}N0" in found.table["other_number"].to_pylist()


@pytest.mark.parametrize(
    "other",
    [
        _numbered("cases", "council"),
        [
            row | {"surname": f"X{row['surname']}", "date_of_birth": None}
            for row in _numbered("abuse", "police")
        ],
        _numbered("abuse", "police", 50),
    ],
    ids=["another agency", "other people", "few in common"],
)
def test_numbers_that_are_alike_by_chance_make_no_register(other: list[dict[str, Any]]) -> None:
    found = _cleaned(_numbered("crimes", "police"), other)
    assert found.usual.registers == {}
    assert found.table["other_number"].null_count == 120
    assert f"crimes{SEPARATOR}N0" in found.table["source_person"].to_pylist()


def test_registers_join_through_a_third() -> None:
    three = (_numbered(name, "police") for name in ("crimes", "abuse", "missing"))
    assert _cleaned(*three).usual.registers == dict.fromkeys(("crimes", "abuse", "missing"), "abuse")


def test_an_account_of_a_home_is_no_persons_number() -> None:
    homes = [
        {"dataset": "tax", "given_name": name, "surname": "Hill", "source_person_id": f"A{home}"}
        for home in range(60)
        for name in ("Ann", "Bob")
    ]
    found = _cleaned(homes)
    assert found.usual.accounts == {"tax"}
    assert found.table["source_person"].null_count == 120


def test_what_was_learnt_can_be_kept() -> None:
    learnt = _cleaned(
        _numbered("crimes", "police"), _numbered("abuse", "police"), _people(40, nhs_number=NUMBER)
    ).usual
    assert learnt.nobodys_numbers and learnt.registers and learnt.leaning and learnt.alone
    again = Usual.from_json(learnt.to_json())
    assert again.to_json() == learnt.to_json()
    assert (again.registers, again.nobodys_numbers, again.alone) == (
        learnt.registers,
        learnt.nobodys_numbers,
        learnt.alone,
    )


def test_a_few_records_are_cleaned_as_among_all_with_what_all_showed() -> None:
    everybody = many_records(
        [*_numbered("crimes", "police"), *_numbered("abuse", "police"), *_people(40, nhs_number=NUMBER)]
    )
    whole = cleaned(everybody)
    part = clean(everybody.slice(100, 30), Usual.from_json(whole.usual.to_json()))
    wanted = whole.table.filter(pc.is_in(whole.table["record_id"], part["record_id"]))
    assert part.equals(wanted)


def test_nobody_is_learnt_from_no_records() -> None:
    found = cleaned(many_records([]))
    assert found.usual == Usual()
    assert found.table.num_rows == 0 and found.told.num_rows == 0
    assert isinstance(found.table, pa.Table)
