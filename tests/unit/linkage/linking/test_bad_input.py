"""What agencies send when it goes wrong: said clearly, bounded, and never one giant person."""

from __future__ import annotations

import resource
from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any

import pyarrow as pa
import pytest

from roundtable.linkage.linking.run import link
from tests.unit.linkage.linking.sent import SCHEMA, asked, people_in, record, sent, town, truth_of
from tests.unit.linkage.linking.test_run import NOTHING

PEOPLE = 60
_IDENTITY = ("given_name", "surname", "date_of_birth", "sex", "postcode", "uprn", "address_id")


def _told(made: Mapping[str, pa.Table], kind: str) -> list[tuple[str, int | None]]:
    return [(row["told"], row["number"]) for row in made["link_told"].to_pylist() if row["kind"] == kind]


def test_a_source_without_anything_to_tell_people_by_is_linked_to_nothing_and_told() -> None:
    empty = [record(number, 3, **dict.fromkeys(_IDENTITY)) for number in range(40)]
    made = link(asked(sent(*town(PEOPLE), *empty), NOTHING))
    people = people_in(made)
    alone = [people[row["record_id"]] for row in empty]
    assert len(set(alone)) == 40
    assert set(Counter(people.values())[one] for one in alone) == {1}
    assert _told(made, "unlinkable")[0][1] == 40


@pytest.mark.parametrize("column", _IDENTITY)
def test_a_column_that_is_null_throughout_costs_no_false_person(column: str) -> None:
    made = link(asked(sent(*[row | {column: None} for row in town(PEOPLE)]), NOTHING))
    mixed = [one for one in truth_of(people_in(made)).values() if len(one) > 1]
    assert mixed == []


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("date_of_birth", date(1900, 1, 1)),
        ("phone", "01904 000000"),
        ("phone", "07700 900000"),
        ("nhs_number", "9999999999"),
        ("email", "none@example.org"),
        ("postcode", "ZZ99 3VZ"),
        ("given_name", "UNKNOWN"),
        ("surname", "NOT KNOWN"),
    ],
)
def test_one_value_in_every_record_makes_nobody_of_everybody(column: str, value: Any) -> None:
    made = link(asked(sent(*[row | {column: value} for row in town(PEOPLE)]), NOTHING))
    truth = truth_of(people_in(made))
    assert max(map(len, truth.values())) == 1, truth


def test_records_of_two_sources_may_have_the_same_numbers() -> None:
    """A number of one source says nothing of the same number of another."""
    rows = [row | {"source_person_id": "1", "source_id": "1"} for row in town(PEOPLE, copies=2)]
    made = link(asked(sent(*[row for row in rows if row["record_id"].endswith("-00")], *rows[1::2]), NOTHING))
    assert max(map(len, truth_of(people_in(made)).values())) == 1


def test_two_hundred_thousand_alike_are_bounded_and_nobody_of_them_is_one_person() -> None:
    number = 200_000
    columns: dict[str, pa.Array] = {name: pa.nulls(number, SCHEMA.field(name).type) for name in SCHEMA.names}
    columns |= {
        "record_id": pa.array([f"x{place:08d}" for place in range(number)]),
        "given_name": pa.repeat("John", number),
        "surname": pa.repeat("Smith", number),
        **{name: pa.repeat(name, number) for name in ("dataset", "source_table", "agency", "delivery_id")},
        "row_id": pa.array([f"r{place}" for place in range(number)]),
    }
    alike = pa.table(columns, schema=SCHEMA)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    made = link(asked(pa.concat_tables([alike, sent(*town(PEOPLE))]), NOTHING))
    sizes = Counter(people_in(made).values())
    assert max(sizes.values()) == 3
    assert any(count == number for _, count in _told(made, "left_out"))
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 1_500_000, "1.5 GB more"
