"""Records as a whole: one row each, in order, with what could not be used counted."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pyarrow as pa
import pytest

from roundtable.errors import StoreUnusable
from roundtable.linkage.cleaning.cleaned import clean, cleaned
from roundtable.linkage.cleaning.nhs_numbers import check_digit_holds
from roundtable.linkage.cleaning.told import CLEANING_TOLD
from roundtable.linkage.schemas import CLEANED
from tests.factories_records import many_records, records


def _one(**row: Any) -> dict[str, Any]:
    found: dict[str, Any] = clean(records(row)).to_pylist()[0]
    return found


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        ({"date_of_birth": "1987-05-04"}, {"date_of_birth": "19870504"}),
        ({"date_of_birth": "1900-01-01"}, {"date_of_birth": None}),
        ({"nhs_number": "999 044 8256"}, {"nhs_number": "9990448256"}),
        ({"nhs_number": "9990448257"}, {"nhs_number": None}),
        ({"phone": "+44 7700 900123"}, {"mobile": "07700900123", "landline": None}),
        ({"phone": "0044 1632 960123"}, {"mobile": None, "landline": "01632960123"}),
        ({"email": "A.B@Example.ORG "}, {"email": "a.b@example.org"}),
        ({"postcode": "zy1 2eh"}, {"postcode": "ZY12EH", "outward": "ZY1"}),
        ({"postcode": "ZY1 EH"}, {"postcode": None, "outward": "ZY1"}),
        ({"postcode": "ZZ99 3VZ"}, {"postcode": None, "outward": None}),
        ({"postcode": "ZY12 OEH"}, {"postcode": "ZY120EH", "outward": "ZY12"}),
        ({"address": "Flat 2, 10 Hill Rd, York"}, {"address_key": "flat 2 10 hill road"}),
        ({"address": "10 HILL ROAD"}, {"address_key": "10 hill road"}),
        ({"address": "NFA"}, {"address_key": None}),
        ({"source_person_id": " n12"}, {"source_person": "calls␟N12", "other_number": None}),
        ({"source_person_id": "0000"}, {"source_person": None}),
        ({"address_id": "x1"}, {"address_id": "x1"}),
    ],
)
def test_values_come_out_in_their_columns(sent: dict[str, str], expected: dict[str, Any]) -> None:
    found = _one(**sent)
    assert {name: found[name] for name in expected} == expected


def test_a_date_may_be_a_date() -> None:
    rows = records({}, {}).set_column(
        records({}).schema.get_field_index("date_of_birth"),
        "date_of_birth",
        pa.array([datetime(1987, 5, 4), None], pa.date32()),
    )
    assert clean(rows)["date_of_birth"].to_pylist() == ["19870504", None]


def test_days_beyond_the_calendars_of_python_are_nothing() -> None:
    field = records({}).schema.get_field_index("date_of_birth")
    rows = records({}).set_column(field, "date_of_birth", pa.array([3_000_000], pa.int32()).cast(pa.date32()))
    assert clean(rows)["date_of_birth"].to_pylist() == [None]


def test_columns_that_are_not_there_are_null() -> None:
    part = many_records([{"surname": "Hill"}]).select(
        ["record_id", "dataset", "source_table", "agency", "surname"]
    )
    found = clean(part)
    assert found.schema.equals(CLEANED)
    assert found["surname"].to_pylist() == ["hill"]


def test_an_event_goes_through() -> None:
    rows = records({}, {}).append_column("event_id", pa.array(["e1", None]))
    assert clean(rows)["event_id"].to_pylist() == ["e1", None]


def test_further_columns_are_folded_and_stand_last() -> None:
    rows = records({}).append_column("birth_place", pa.array(["Saint-Étienne"]))
    found = cleaned(rows, further=("birth_place",)).table
    assert found.column_names[-1] == "birth_place"
    assert found["birth_place"].to_pylist() == ["saint etienne"]


def test_the_version_that_was_recorded_last_stays() -> None:
    early, late = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 2, 1, tzinfo=UTC)
    rows = records(
        {"record_id": "b", "surname": "New", "recorded_at": late},
        {"record_id": "a", "surname": "Other"},
        {"record_id": "b", "surname": "Old", "recorded_at": early},
        {"record_id": "b", "surname": "Older"},
    )
    found = cleaned(rows)
    assert found.table.select(["record_id", "surname"]).to_pylist() == [
        {"record_id": "a", "surname": "other"},
        {"record_id": "b", "surname": "new"},
    ]
    told = {"dataset": "calls", "column": "record_id", "rule": "sent-twice", "tells": "mended", "records": 2}
    assert told in found.told.to_pylist()


def test_of_versions_without_a_time_the_last_by_row_id_stays_in_any_order() -> None:
    rows = records({"record_id": "b", "surname": "One"}, {"record_id": "b", "surname": "Two"})
    assert clean(rows)["surname"].to_pylist() == ["two"]
    assert clean(rows.take([1, 0]))["surname"].to_pylist() == ["two"]


def test_one_record_id_in_two_tables_is_told_in_words() -> None:
    rows = records({"record_id": "b", "dataset": "calls"}, {"record_id": "b", "dataset": "clinic"})
    with pytest.raises(StoreUnusable, match="stands in two tables: dataset 'calls' and 'clinic'"):
        clean(rows)


def test_what_cannot_be_used_is_counted_by_dataset_and_rule() -> None:
    rows = many_records(
        [
            *[{"nhs_number": "9990448257"}] * 3,
            {"dataset": "clinic", "nhs_number": "9990448257", "surname": "Sm1th"},
            {"dataset": "clinic", "postcode": "nowhere", "given_name": "Unknown"},
            {"dataset": "clinic", "given_name": "Мария"},
        ]
    )
    told = cleaned(rows).told
    assert told.schema.equals(CLEANING_TOLD)
    assert [tuple(row.values()) for row in told.to_pylist()] == [
        ("calls", "nhs_number", "nhs-check-figure", "refused", 3),
        ("clinic", "given_name", "fold-letters", "refused", 1),
        ("clinic", "given_name", "not-a-given-name", "refused", 1),
        ("clinic", "nhs_number", "nhs-check-figure", "refused", 1),
        ("clinic", "postcode", "postcode-whole", "refused", 1),
        ("clinic", "surname", "letters-for-figures", "mended", 1),
    ]


def test_one_check_digit_in_eleven_holds_by_chance() -> None:
    holds = [
        check_digit_holds(f"{999_000_000 + number:09}{last}") for number in range(200) for last in range(10)
    ]
    # Each nine figures have one last figure, but for those of which it would be ten.
    assert sum(holds) == sum(any(holds[at : at + 10]) for at in range(0, 2000, 10))
    assert 0.08 < sum(holds) / 2000 < 0.10
