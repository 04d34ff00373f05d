"""One record is cleaned as everybody's are, and what is made of a column is told in full."""

from __future__ import annotations

from typing import Any

import pytest

from roundtable.linkage.cleaning.cleaned import clean, cleaned
from roundtable.linkage.cleaning.usual import Usual
from roundtable.linkage.lookup.clean_one import clean_one
from roundtable.linkage.lookup.reach import MADE_OF
from roundtable.linkage.schemas import IDENTITY
from tests.factories_records import TEXTS, many_records
from tests.unit.linkage.lookup.village import villagers

_HARD: list[dict[str, str]] = [
    {"given_name": "Robert (Bob)", "surname": "Marl née Grubstone", "sex": "1"},
    {"given_name": "Baby of Tamsin", "surname": "O’Tarn", "date_of_birth": "01/01/1900"},
    {"full_name": "FEATHERBY, Mirabel Anne", "title": "Mrs", "phone": "+44 (0)7700 900123 ext 4"},
    {"full_name": "Mr Osric de Marl aka Oz", "postcode": "ZYI OAB", "address": "c/o Flat 2, 7 St Johns St"},
    {"given_name": "UNKNOWN", "surname": "  ", "nhs_number": "999 000 0018", "email": "Q@EXAMPLE.ORG "},
    {"given_name": "Sian Mair", "middle_names": "Anne", "known_as": "Annie", "postcode": "ZY1"},
    {
        "given_name": "T0m",
        "former_surname": "Smith-Vale",
        "phone": "01632 960123",
        "nhs_number": "1234567890",
    },
    {"given_name": "", "surname": "", "title": "", "full_name": "Osric (Oz) de Marl née Vale"},
    {"full_name": "", "date_of_birth": "2001-02-30", "source_person_id": "N 12"},
]


@pytest.fixture(scope="module")
def sent() -> list[dict[str, Any]]:
    return [*_HARD, *villagers(150, seed=11)]


def test_one_record_is_cleaned_as_a_table_of_them_is(sent: list[dict[str, Any]]) -> None:
    table = many_records(sent)
    every = cleaned(table)
    expected = {row["record_id"]: row for row in every.table.to_pylist()}
    for row in table.to_pylist():
        made = clean_one(row, every.usual)
        assert made == {name: expected[row["record_id"]][name] for name in IDENTITY.names}


def test_what_is_nobodys_for_everybody_is_nobodys_for_one() -> None:
    usual = Usual(
        nobodys_days=frozenset({"calls\x1f19800101"}),
        nobodys_numbers=frozenset({"nhs_number\x1f9990000018", "email\x1fnone@example.org"}),
        registers={"calls": "police"},
        accounts=frozenset({"tax"}),
    )
    said = {
        "date_of_birth": "1980-01-01",
        "nhs_number": "9990000018",
        "email": "none@example.org",
        "source_person_id": "n1",
    }
    for dataset in ("calls", "tax", "visits"):
        row = {"dataset": dataset, **said}
        told = clean(many_records([row]), usual).to_pylist()[0]
        assert clean_one(row, usual) == {name: told[name] for name in IDENTITY.names}


@pytest.mark.parametrize("column", [name for name in TEXTS if name != "address_id"] + ["date_of_birth"])
def test_nothing_is_made_of_a_column_beyond_what_is_told(column: str, sent: list[dict[str, Any]]) -> None:
    usual, changed = Usual(registers={"cases": "council"}), set()
    for row in sent:
        if row.get(column) is not None:
            with_it, without = clean_one(row, usual), clean_one({**row, column: None}, usual)
            changed |= {name for name in with_it if with_it[name] != without[name]}
    told = MADE_OF["uprn" if column == "address_id" else column]
    assert changed, "nothing in the records has this column: the test shows nothing"
    assert changed <= told
