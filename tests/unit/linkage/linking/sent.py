"""Records of people as agencies send them, of a made-up place: who each is of is known by the record's id."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np
import pyarrow as pa

from roundtable.data.person_tables import ADDRESS_RECORD, PERSON_RECORD
from roundtable.linkage.linking.run import Asked
from roundtable.linkage.people.decisions import Decisions

SCHEMA = PERSON_RECORD.schema.append(pa.field("event_id", pa.string()))
_GIVEN = (
    "alice",
    "bertram",
    "chiara",
    "dylan",
    "edith",
    "farah",
    "gwen",
    "hamza",
    "iris",
    "jakub",
    "kezia",
    "liam",
)
_SURNAMES = (
    "ash",
    "birch",
    "cedar",
    "dogwood",
    "elder",
    "fir",
    "gorse",
    "hazel",
    "ivy",
    "juniper",
    "larch",
    "maple",
)
_SOURCES = (("nyp", "recorded-crime"), ("schools", "school-absence"), ("ysth", "ed-attendance-records"))


def person(number: int) -> dict[str, Any]:
    """Somebody: three to a home, all of one surname; the first two of a home are twins."""
    home, place = divmod(number, 3)
    many = len(_SURNAMES)
    born = date(1950, 1, 1) + timedelta(days=977 * home + (0 if place < 2 else 9_000))
    return {
        "given_name": _GIVEN[(home * 7 + place) % len(_GIVEN)].title(),
        "surname": (_SURNAMES[home % many] + _SURNAMES[home // many % many]).title(),
        "date_of_birth": born,
        "sex": "F" if number % 2 else "M",
        "postcode": f"ZY1 {home % 10}{chr(65 + home // 10 % 20)}B",
        "uprn": str(1000 + home),
        "address_id": f"{home:032x}",
    }


def record(number: int, copy: int, **other: Any) -> dict[str, Any]:
    """A record of somebody; its id says whose it is and which."""
    agency, dataset = _SOURCES[copy % len(_SOURCES)]
    row: dict[str, Any] = dict.fromkeys(SCHEMA.names)
    row |= person(number) | {
        "record_id": f"{number:06d}-{copy:02d}",
        "dataset": dataset,
        "source_table": "people",
        "agency": agency,
        "recorded_at": datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=copy),
        "row_id": f"row-{number}-{copy}",
        "delivery_id": "delivery",
    }
    return row | other


def sent(*rows: Mapping[str, Any]) -> pa.Table:
    """Records as the lake has them."""
    return pa.Table.from_pylist([dict(row) for row in rows], schema=SCHEMA)


def town(people: int, copies: int = 3) -> list[dict[str, Any]]:
    """So many people with so many records each."""
    return [record(number, copy) for number in range(people) for copy in range(copies)]


def asked(
    rows: pa.Table, before: Mapping[str, pa.Table], run: int = 1, decisions: Decisions | None = None
) -> Asked:
    """What a run of linkage works with."""
    none = ADDRESS_RECORD.schema.empty_table()
    key = b"a key of thirty-two bytes, or so"
    return Asked(rows, none, before, decisions or Decisions(), key, key[::-1], run, date(2026, 11, 23))


def people_in(made: Mapping[str, pa.Table]) -> dict[str, str]:
    """The person of each record."""
    link = made["person_link"]
    return dict(zip(link["record_id"].to_pylist(), link["person_id"].to_pylist(), strict=True))


def truth_of(records: Mapping[str, str]) -> dict[str, set[str]]:
    """Whose records each person has, by the ids of the records."""
    found: dict[str, set[str]] = {}
    for record_id, person_id in records.items():
        found.setdefault(person_id, set()).add(record_id.split("-")[0])
    return found


def shuffled(rows: list[dict[str, Any]], seed: int) -> list[dict[str, Any]]:
    """The rows in another order."""
    return [rows[place] for place in np.random.default_rng(seed).permutation(len(rows))]
