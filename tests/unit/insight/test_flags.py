"""Flags on properties: what sharing them is worth, and the list for the visiting teams."""

from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from roundtable.data.tables import LAKE_TABLES
from roundtable.insight.flags.agreed import flags_agreed
from roundtable.insight.flags.overlap import FlagsValue, flag_overlap, flags_value
from roundtable.insight.flags.visits_wanted import Flag, VisitList, visits_wanted
from roundtable.partnership.loading import load_partnership
from roundtable.partnership.new_folder import Starter, new_folder

DAY = date(2026, 11, 23)


def _flags(*rows: tuple[str, str, str, str]) -> pa.Table:
    """Rows of address, agency, kind and dataset."""
    return pa.Table.from_pylist(
        [
            {
                "address_id": address,
                "agency": agency,
                "kind": kind,
                "dataset": dataset,
                "flag": f"flag {number}",
                "first_on": date(2026, 1, 1),
                "last_on": date(2026, 1, 1 + number),
                "records": 1,
            }
            for number, (address, agency, kind, dataset) in enumerate(rows)
        ],
        schema=LAKE_TABLES["property_flags"].schema,
    )


def _addresses(*ids: str, **fields: Any) -> pa.Table:
    rows = [
        {
            "address_id": one,
            "dataset": "gazetteer",
            "source_table": "addresses",
            "uprn": f"99900000000{number}",
            "address": f"{number} High Street",
            "postcode": "ZY1 1AA",
            "kind": "house",
            "delivery_id": "d",
        }
        | fields
        for number, one in enumerate(ids)
    ]
    return pa.Table.from_pylist(rows, schema=LAKE_TABLES["address_record"].schema)


FOUR = _flags(
    ("both", "council", "flag", "care"),
    ("both", "trust", "flag", "falls"),
    ("three", "council", "flag", "care"),
    ("three", "trust", "flag", "falls"),
    ("three", "fire", "flag", "visits"),
    ("seen", "council", "flag", "care"),
    ("seen", "trust", "flag", "falls"),
    ("seen", "fire", "visit", "visits"),
    ("own", "fire", "flag", "visits"),
)


def test_what_sharing_finds_beside_what_the_visitor_knows_alone() -> None:
    value = flags_value(flag_overlap(FOUR), ["fire"])

    assert value == FlagsValue(alone=2, together=2, unknown_to_visitor=1, visited=1)


def test_without_any_flag_there_is_nothing_to_find() -> None:
    assert flags_value(flag_overlap(_flags()), ["fire"]) == FlagsValue(0, 0, 0, 0)


def test_the_list_has_the_homes_of_several_services_that_nobody_visited_most_flagged_first() -> None:
    found = visits_wanted(FOUR, _addresses("own", "both", "seen", "three"))

    assert [(home.address, home.services) for home in found.homes] == [
        ("3 High Street", 3),
        ("1 High Street", 2),
    ]
    assert found.not_in_gazetteer == 0


def test_a_home_that_is_in_no_gazetteer_or_under_seal_is_counted_and_not_listed() -> None:
    found = visits_wanted(FOUR, _addresses("three"))

    assert [home.services for home in found.homes] == [3]
    assert found.not_in_gazetteer == 1


def test_the_list_tells_whose_flag_it_is_and_never_what_lies_behind_it() -> None:
    (home,) = visits_wanted(
        _flags(
            ("home", "trust", "flag", "falls"),
            ("home", "trust", "flag", "falls"),
            ("home", "council", "flag", "care"),
        ),
        _addresses("home"),
    ).homes

    assert home.flags == (
        Flag("council", "care", date(2026, 1, 3)),
        Flag("trust", "falls", date(2026, 1, 2)),
    )
    assert "flag 1" not in repr(home)


def test_an_address_that_the_gazetteer_leaves_empty_is_still_a_home() -> None:
    found = visits_wanted(FOUR, _addresses("both", address=None, postcode=None, kind=None))

    assert [(home.uprn, home.address) for home in found.homes] == [("999000000000", "")]


def test_nothing_is_wanted_of_nothing() -> None:
    assert visits_wanted(_flags(), _addresses()) == VisitList((), 0)


@pytest.mark.parametrize(
    ("file", "old", "new", "kept"),
    [
        ("falls-admissions", "createdBy: trust", "createdBy: null", False),
        ("falls-admissions", "canonical: event\n", "canonical: null\n", False),
        ("falls-admissions", "canonical: code\n", "canonical: null\n", False),
        ("falls-admissions", "holdsDays: 730", "holdsDays: 9999999", True),
    ],
)
def test_a_flag_is_somebodys_and_of_a_row_that_has_a_place(
    tmp_path: Path, file: str, old: str, new: str, kept: bool
) -> None:
    new_folder(tmp_path / "flags", "Three services", DAY, Starter.PROPERTY_FLAGS)
    path = tmp_path / "flags" / "datasets" / f"{file}.yaml"
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    text = text.replace(old, new).replace("      steward: trust-frailty-lead\n", "")
    path.write_text(text, encoding="utf-8")

    flags = flags_agreed(load_partnership(tmp_path / "flags"))

    assert any(row["dataset"] == file for row in flags) is kept
