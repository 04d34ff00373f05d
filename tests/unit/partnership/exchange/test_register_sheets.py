"""The sheets that follow from the model, and what may stand in their cells."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from pydantic import Field

from roundtable.partnership.exchange.registers import sheets
from roundtable.partnership.exchange.registers.cells import Unreadable, from_cell, same, to_cell
from roundtable.partnership.exchange.registers.read_me import read_me_rows, told_of
from roundtable.partnership.exchange.registers.sheets import Column, Form, all_sheets, children_of
from roundtable.partnership.file_kinds import MODELS, FileKind
from roundtable.partnership.model.agency import Agency
from roundtable.partnership.model.strict import Strict, Text

REGISTERS = {
    *("Agencies", "Posts", "Agency skills", "Agency capacity", "Agency priorities", "Scenarios", "Factors"),
    *("Links", "Risks", "Needs", "Journey", "Datasets", "Columns", "Consumers", "Agreements", "Parties"),
    *("Grants", "Services", "Effects", "Improvements", "Requirements", "Meetings", "Decisions", "Actions"),
    *("Outcomes", "Glossary"),
}


def _column(sheet: str, header: str) -> Column:
    found = next(one for one in all_sheets() if one.title == sheet)
    return next(column for column in found.columns if column.header == header)


def test_every_register_has_a_sheet_of_its_own_that_a_workbook_can_name() -> None:
    titles = [sheet.title for sheet in all_sheets()]
    assert set(titles) >= REGISTERS
    assert len({title.lower() for title in titles}) == len(titles)
    assert all(len(title) <= 31 for title in titles)


def test_a_field_that_is_added_to_the_model_appears_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    class Office(Strict):
        town: Text

    class LargerAgency(Agency):
        motto: Text | None = Field(default=None, description="What it says of itself.")
        offices: tuple[Office, ...] = ()

    monkeypatch.setitem(MODELS, FileKind.AGENCY, (LargerAgency,))
    found = sheets.all_sheets.__wrapped__()
    agencies = next(sheet for sheet in found if sheet.title == "Agencies")
    assert "motto" in agencies.headers
    (offices,) = (sheet for sheet in found if sheet.title == "Agency offices")
    assert offices.headers == ("in agency", "no", "town")


def test_no_two_columns_of_a_sheet_bear_one_name() -> None:
    for sheet in all_sheets():
        assert len(set(sheet.headers)) == len(sheet.headers), sheet.title


def test_the_rows_of_a_list_name_the_rows_above_them() -> None:
    votes = next(sheet for sheet in all_sheets() if sheet.title == "Link votes")
    assert votes.headers == ("in scenario", "in link", "no", "by", "on", "answer")
    assert [sheet.title for sheet in children_of(votes.ancestors[-1])] == ["Link disputes", "Link votes"]


def test_roundtables_own_terms_of_a_contract_are_columns() -> None:
    assert _column("Datasets", "roundtable.createdBy").form is Form.ONE
    assert _column("Columns", "roundtable.codes").form is Form.LIST
    assert _column("Datasets", "servers").form is Form.JSON


def test_a_closed_set_offers_its_values_and_an_open_one_does_not() -> None:
    assert _column("Links", "sign").closed == ("positive", "negative", "none", "unknown", "complex")
    assert _column("Agencies", "public_authority").closed == ("true", "false", "unknown")
    assert _column("Agency capacity", "supply").closed == ()


def test_the_note_of_a_column_says_what_may_stand_in_it() -> None:
    assert told_of(_column("Posts", "kind")).startswith("One of: sro, siro")
    assert "The id of: agency." in told_of(_column("Scenarios", "lead"))
    assert told_of(_column("Agencies", "to")).endswith("May be left empty.")


def test_the_read_me_names_every_sheet() -> None:
    assert {sheet.title for sheet in all_sheets()} <= {row[0] for row in read_me_rows()}


@pytest.mark.parametrize(
    ("sheet", "header", "value", "cell"),
    [
        ("Agency capacity", "supply", "unknown", "unknown"),
        ("Agency capacity", "supply", 12.5, 12.5),
        ("Agency capacity", "period", "2026", "2026"),
        ("Agencies", "public_authority", False, "false"),
        ("Agencies", "to", "2023-03-31", date(2023, 3, 31)),
        ("Scenarios", "rung", 3, 3),
        ("Agencies", "duties", ["a", "b"], "a | b"),
        ("Links", "evidence", ["one | two", "a\\|b", "c\\"], "one \\| two | a\\\\\\|b | c\\"),
        ("Service levels", "value", "7", '"7"'),
        ("Service levels", "value", 7, 7),
        ("Tables", "roundtable.delimiter", "\t", '"\\t"'),
        ("Datasets", "price", {"priceAmount": 1}, '{"priceAmount": 1}'),
    ],
)
def test_a_value_stands_in_its_cell_and_comes_back(
    sheet: str, header: str, value: object, cell: object
) -> None:
    column = _column(sheet, header)
    assert to_cell(value, column) == cell
    back = from_cell(to_cell(value, column), column)
    assert back == value
    assert type(back) is type(value)


@pytest.mark.parametrize(
    ("sheet", "header", "typed", "value"),
    [
        ("Agencies", "public_authority", "TRUE", True),
        ("Agencies", "to", datetime(2023, 3, 31), "2023-03-31"),
        ("Agencies", "to", "2023-03-31", "2023-03-31"),
        ("Agency capacity", "supply", "12", 12),
        ("Agency capacity", "period", 2026, "2026"),
        ("Agencies", "name", 7.0, "7"),
        ("Agencies", "name", "   ", None),
    ],
)
def test_what_a_spreadsheet_makes_of_a_cell_is_understood(
    sheet: str, header: str, typed: object, value: object
) -> None:
    assert from_cell(typed, _column(sheet, header)) == value  # type: ignore[arg-type]


def test_a_day_that_a_spreadsheet_made_of_a_period_is_told() -> None:
    with pytest.raises(Unreadable, match="2026-11-01 stands where text should be"):
        from_cell(datetime(2026, 11, 1), _column("Agency capacity", "period"))


def test_json_that_is_none_is_told() -> None:
    with pytest.raises(Unreadable, match="JSON"):
        from_cell("{price", _column("Datasets", "price"))


def test_two_ways_to_write_the_same_are_the_same() -> None:
    assert same(1.0, 1) and same(date(2026, 1, 2), "2026-01-02") and same(None, " ")
    assert not same("true", "false")
