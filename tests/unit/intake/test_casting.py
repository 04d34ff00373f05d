"""From text to canonical rows: what fits comes out typed, what does not goes into quarantine."""

from __future__ import annotations

import json
from datetime import UTC, date
from decimal import Decimal
from typing import Any

import pytest

from roundtable.partnership.model.contract import Dataset
from tests.factories_intake import (
    DropOff,
    column,
    contract,
    crime_columns,
    crimes,
    csv_rows,
    people,
    table,
)


def taken(drop_off: DropOff, *rows: str, dataset: Dataset | None = None, header: str | None = None) -> None:
    """Deliver rows of crimes, or of another table of one's own."""
    made = dataset or crimes(quarantineLimit=1)
    drop_off.agree(made)
    content = csv_rows(*rows) if header is None else csv_rows(*rows, header=header)
    drop_off.deliver(made.id, "2024-01.csv", content)
    receipt = drop_off.receive_one()
    assert receipt.rows_received == len(rows) == receipt.rows_kept + receipt.rows_quarantined, str(receipt)


def test_a_row_becomes_an_event(drop_off: DropOff) -> None:
    taken(drop_off, "a,2024-02,-1.0827,53.9583,Burglary,free text")
    (row,) = drop_off.rows("event")
    assert row == {
        "event_id": "2024-01/1",
        "dataset": "crimes",
        "source_table": "street",
        "source_id": "a",
        "code": "Burglary",
        "scheme": "test-codes",
        "occurred_from": date(2024, 2, 1),
        "occurred_to": date(2024, 2, 29),
        "recorded_at": None,
        "longitude": Decimal("-1.082700"),
        "latitude": Decimal("53.958300"),
        "address_id": None,
        "area_id": None,
        "status": "allegation",
        "delivery_id": drop_off.receive_one().delivery_id,
    }


def test_what_is_empty_is_null(drop_off: DropOff) -> None:
    taken(drop_off, ",2024-02,,,Burglary,")
    (row,) = drop_off.rows("event")
    assert (row["source_id"], row["longitude"], row["latitude"]) == (None, None, None)


@pytest.mark.parametrize(
    ("row", "columns", "rule", "reason"),
    [
        ("a,,-1,54,Burglary,x", "month", "required", "month is missing"),
        ("a,Feb 24,-1,54,Burglary,x", "month", "date-format", "month is not written as yyyy-MM"),
        (
            "a,2024-13,-1,54,Burglary,x",
            "month",
            "date-impossible",
            "month is written as yyyy-MM, but there is no such time",
        ),
        ("a,2024-02,west,54,Burglary,x", "east", "number", "east is not a number"),
        ("a,2024-02,nan,54,Burglary,x", "east", "number", "east is not a number"),
        ("a,2024-02,1_0,54,Burglary,x", "east", "number", "east is not a number"),
        ("a,2024-02,456789,54,Burglary,x", "east", "coordinate-range", "east is not between -180 and 180"),
        ("a,2024-02,-1,91,Burglary,x", "north", "coordinate-range", "north is not between -90 and 90"),
        ("a,2024-02,,54,Burglary,x", "east, north", "coordinate-half", "only one of east and north is there"),
        ("a,2024-02,-1,54,burglary,x", "kind", "code", "kind is not one of the contract's codes"),
        ("a,2024-02,-1,54,,x", "kind", "required", "kind is missing"),
        ("a,2024-02,-1,54", "", "columns", "the row has 4 values and the header has 6 columns"),
        ("a,2024-02,-1,54,Burglary,x,y", "", "columns", "the row has 7 values and the header has 6 columns"),
        ('a,2024-02,-1,54,Burglary,"x" y', "", "quotes", "text follows the quote that closes a value"),
        (
            "a,24,west,54,Fraud,x",
            "month, east, kind",
            "date-format, number, code",
            "month is not written as yyyy-MM; east is not a number; kind is not one of the contract's codes",
        ),
    ],
)
def test_a_row_that_does_not_fit(drop_off: DropOff, row: str, columns: str, rule: str, reason: str) -> None:
    taken(drop_off, "ok,2024-02,,,Robbery,x", row)
    (bad,) = drop_off.rows("quarantine")
    assert (bad["file"], bad["line"]) == ("2024-01.csv", 3)
    assert (bad["column"], bad["rule"], bad["reason"]) == (columns, rule, reason)
    assert [event["source_id"] for event in drop_off.rows("event")] == ["ok"]
    told = (
        dict(zip(("id", "month", "east", "north", "kind"), row.split(","), strict=False)) if columns else {}
    )
    assert json.loads(bad["row"]) == told


def test_the_line_counts_lines_and_the_id_counts_records(drop_off: DropOff) -> None:
    taken(
        drop_off,
        'a,2024-02,,,Burglary,"two\nlines"',
        "b,bad,,,Burglary,x",
        'c,2024-02,,,Burglary,"x" y',
        "d,2024-02,,,Robbery,",
        "e,bad,,,Burglary,x",
    )
    assert [row["line"] for row in drop_off.rows("quarantine")] == [4, 5, 7]
    assert [row["event_id"] for row in drop_off.rows("event")] == ["2024-01/1", "2024-01/4"]


def test_rows_stay_in_order_where_the_engine_works_a_list_of_codes_out_with_a_join(drop_off: DropOff) -> None:
    """DuckDB turns a list of codes into a join, whose threads answer in turns, here in two pieces."""
    codes = [f"kind {number}" for number in range(12)]
    made = contract(
        "crimes",
        table(
            "street",
            [
                column("id", "source_id"),
                column(
                    "month", "occurred_from", logicalType="date", logicalTypeOptions={"format": "yyyy-MM"}
                ),
                column("kind", "code", codes=codes),
            ],
            canonical="event",
            scheme="s",
            quarantineLimit=1,
        ),
    )
    rows = [f"{n:080},2024-02,kind {99 if n % 977 == 0 else n % 12}" for n in range(120_000)]
    taken(drop_off, *rows, dataset=made, header="id,month,kind")
    bad = [n for n in range(120_000) if n % 977 == 0]
    assert [row["line"] for row in drop_off.rows("quarantine")] == [n + 2 for n in bad]
    kept = [n for n in range(120_000) if n % 977]
    assert [int(row["source_id"]) for row in drop_off.rows("event")] == kept


def _timed(**options: Any) -> dict[str, Any]:
    return column("noted", "recorded_at", logicalType="timestamp", logicalTypeOptions=options)


def _events(*more: dict[str, Any], **terms: Any) -> Dataset:
    day = column("day", "occurred_from", logicalType="date", logicalTypeOptions={"format": "dd/MM/yyyy"})
    base: dict[str, Any] = {"canonical": "event", "scheme": "s", "quarantineLimit": 1}
    return contract("crimes", table("street", [day, column("kind", "code"), *more], **base | terms))


@pytest.mark.parametrize(
    ("options", "value", "hour"),
    [
        ({}, "2024-07-01 10:30:00", 10),
        ({"defaultTimezone": "Europe/London"}, "2024-07-01 10:30:00", 9),
        ({"defaultTimezone": "Europe/London"}, "2024-01-01 10:30:00", 10),
        ({"format": "yyyy-MM-dd'T'HH:mm:ssXXX"}, "2024-07-01T10:30:00+02:00", 8),
        ({"format": "yyyy-MM-dd'T'HH:mm:ssXXX"}, "2024-07-01T10:30:00Z", 10),
    ],
)
def test_when_it_was_recorded_is_kept_in_utc(
    drop_off: DropOff, options: dict[str, Any], value: str, hour: int
) -> None:
    taken(drop_off, f"01/07/2024,x,{value}", dataset=_events(_timed(**options)), header="day,kind,noted")
    (row,) = drop_off.rows("event")
    assert row["recorded_at"].astimezone(UTC).hour == hour


def test_a_day_is_one_day_and_an_end_may_be_given(drop_off: DropOff) -> None:
    ended = column("until", "occurred_to", logicalType="date", logicalTypeOptions={"format": "yyyy-MM"})
    rows = ["01/07/2024,x,", "01/07/2024,x,2024-08", "01/07/2024,x,2024-06"]
    taken(drop_off, *rows, dataset=_events(ended), header="day,kind,until")
    days = [(row["occurred_from"], row["occurred_to"]) for row in drop_off.rows("event")]
    assert days == [(date(2024, 7, 1), date(2024, 7, 1)), (date(2024, 7, 1), date(2024, 8, 31))]
    (bad,) = drop_off.rows("quarantine")
    assert (bad["rule"], bad["reason"]) == ("date-order", "until is before day")


def test_the_status_is_the_rows_or_the_contracts(drop_off: DropOff) -> None:
    rows = ["01/07/2024,x,opinion", "01/07/2024,x,", "01/07/2024,x,rumour"]
    dataset = _events(column("sure", "status"), status="fact")
    taken(drop_off, *rows, dataset=dataset, header="day,kind,sure")
    assert [row["status"] for row in drop_off.rows("event")] == ["opinion", "fact"]
    assert [row["rule"] for row in drop_off.rows("quarantine")] == ["status"]


@pytest.mark.parametrize(
    ("column_of_contract", "value", "rule"),
    [
        (column("extra", logicalType="integer", required=True), "1.5", "whole-number"),
        (column("extra", logicalType="integer", required=True), "9223372036854775808", "whole-number"),
        (column("extra", logicalType="integer", required=True), "-5", ""),
        (column("extra", logicalType="number", required=True), "1e999", "number"),
        (column("extra", logicalType="number", required=True), "-.5e-3", ""),
        (column("extra", logicalType="boolean", required=True), "yes", "boolean"),
        (column("extra", logicalType="boolean", required=True), "TRUE", ""),
        (column("extra", logicalType="date", required=True), "2024-02-30", "date-impossible"),
        (column("extra", required=True, logicalTypeOptions={"maxLength": 3}), "four", "length"),
        (column("extra", required=True, logicalTypeOptions={"minLength": 3}), "ab", "length"),
        (column("extra", required=True, logicalTypeOptions={"maxLength": 3}), "\u00e9\u00e9\u00e9", ""),
        (
            column("extra", logicalType="integer", required=True, logicalTypeOptions={"maximum": 4}),
            "5",
            "range",
        ),
        (
            column("extra", logicalType="number", required=True, logicalTypeOptions={"minimum": 0}),
            "-0.1",
            "range",
        ),
        (column("extra"), "anything", ""),
    ],
)
def test_what_the_contract_says_of_a_column_is_seen_to(
    drop_off: DropOff, column_of_contract: dict[str, Any], value: str, rule: str
) -> None:
    dataset = _events(column_of_contract)
    taken(drop_off, f"01/07/2024,x,{value}", dataset=dataset, header="day,kind,extra")
    assert [row["rule"] for row in drop_off.rows("quarantine")] == ([rule] if rule else [])


def test_figures_of_areas(drop_off: DropOff) -> None:
    taken(
        drop_off,
        "W1,1645.0",
        "W2,12",
        "W3,-4",
        "W4,1.5",
        "W5,",
        dataset=people(quarantineLimit=1),
        header="code,people",
    )
    rows = [
        (row["area_kind"], row["area_id"], row["as_of"], row["people"])
        for row in drop_off.rows("area_population")
    ]
    assert rows == [("ward", "W1", date(2020, 6, 30), 1645), ("ward", "W2", date(2020, 6, 30), 12)]
    assert [row["rule"] for row in drop_off.rows("quarantine")] == [
        "whole-number",
        "whole-number",
        "required",
    ]


def test_a_key_that_comes_again_cannot_be_trusted(drop_off: DropOff) -> None:
    rows = ["W1,5", "W2,6", "W1,7", "W3,bad", "W3,8"]
    taken(drop_off, *rows, dataset=people(quarantineLimit=1), header="code,people")
    assert [row["area_id"] for row in drop_off.rows("area_population")] == ["W2", "W3"]
    bad = [(row["line"], row["rule"], row["reason"]) for row in drop_off.rows("quarantine")]
    again = "other rows have the same code, and which is right cannot be known"
    assert bad == [(2, "key-again", again), (4, "key-again", again), (5, "number", "people is not a number")]


def test_a_key_of_two_columns(drop_off: DropOff) -> None:
    parts = [column("a", "source_id", primaryKey=True), column("b", primaryKey=True)]
    rows = ["01/07/2024,x,1,2", "01/07/2024,x,12,", "01/07/2024,x,1,22", "01/07/2024,x,1,2"]
    taken(drop_off, *rows, dataset=_events(*parts), header="day,kind,a,b")
    assert [row["line"] for row in drop_off.rows("quarantine")] == [2, 5]


def test_an_index_has_a_row_for_each_measure_that_is_there(drop_off: DropOff) -> None:
    columns = [
        column("code", "area_id", primaryKey=True),
        column("decile", "value:imd_decile", logicalType="number"),
        column("rank", "value:imd_rank", logicalType="number"),
        column("other"),
    ]
    terms = {
        "canonical": "area_deprivation",
        "areaKind": "lsoa11",
        "asOf": "2019-09-26",
        "quarantineLimit": 1,
    }
    dataset = contract("imd", table("imd", columns, **terms))
    rows = ["E1,9.0,29199.0,", "E2,,7,", "E3,x,8,"]
    taken(drop_off, *rows, dataset=dataset, header="code,decile,rank,other")
    found = [(row["area_id"], row["measure"], row["value"]) for row in drop_off.rows("area_deprivation")]
    assert found == [("E1", "imd_decile", 9), ("E1", "imd_rank", 29199), ("E2", "imd_rank", 7)]
    assert [row["rule"] for row in drop_off.rows("quarantine")] == ["number"]


def test_what_followed_an_event(drop_off: DropOff) -> None:
    columns = [column("id", "source_id"), crime_columns()[1], column("result", "result")]
    dataset = contract("crimes", table("outcomes", columns, canonical="event_result", quarantineLimit=1))
    taken(drop_off, "a,2024-01,Charged", ",2024-01,Charged", dataset=dataset, header="id,month,result")
    (row,) = drop_off.rows("event_result")
    del row["delivery_id"]
    assert row == {
        "dataset": "crimes",
        "source_table": "outcomes",
        "source_id": "a",
        "result": "Charged",
        "occurred_from": date(2024, 1, 1),
        "event_result_id": "2024-01/1",
    }
    assert [row["reason"] for row in drop_off.rows("quarantine")] == ["id is missing"]
