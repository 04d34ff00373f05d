"""A few records in a made-up street, as the cleaning hands them on, already linked to people."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pyarrow as pa

from roundtable.linkage.households.finding import Households, households_of
from roundtable.linkage.schemas import CLEANED

KEY = b"a key of thirty-two bytes or so.."


def record(person: str, day: str | None = None, **said: Any) -> dict[str, Any]:
    """A record of a person, of the police unless it says otherwise; `day` is when it was recorded."""
    at = datetime.fromisoformat(day).replace(tzinfo=UTC) if day else None
    plain = {
        "agency": "police",
        "dataset": "crime",
        "source_table": "people",
        "surname": person.split("-")[0],
    }
    return {**dict.fromkeys(CLEANED.names), **plain, "person": person, "recorded_at": at, **said}


def at(uprn: str, **said: Any) -> dict[str, Any]:
    """Where a record says that somebody is."""
    return {"address_id": uprn, "postcode": "ZY11AA", **said}


def cleaned(records: list[dict[str, Any]]) -> tuple[pa.Table, pa.Table]:
    """The records as `CLEANED`, and the link of each to its person."""
    named = [{**one, "record_id": f"r{place:04}"} for place, one in enumerate(records)]
    rows = [{name: one[name] for name in CLEANED.names} for one in named]
    links = [{"record_id": one["record_id"], "person_id": one["person"]} for one in named]
    linked = pa.schema([("record_id", pa.string()), ("person_id", pa.string())])
    return pa.Table.from_pylist(rows, schema=CLEANED), pa.Table.from_pylist(links, schema=linked)


def found(*records: dict[str, Any], **options: Any) -> Households:
    """The addresses and households of the records."""
    table, links = cleaned(list(records))
    return households_of(table, links, options.pop("key", KEY), **options)


def gazetteer(*rows: tuple[str, str, str, str]) -> pa.Table:
    """An address register: `address_id`, `address_key`, `postcode` and `kind` of each."""
    names = ("address_id", "address_key", "postcode", "kind")
    return pa.table({name: [row[place] for row in rows] for place, name in enumerate(names)})


def homes(made: Households) -> list[set[str]]:
    """Who is in each household, in the order of names."""
    together: dict[str, set[str]] = {}
    for row in made.household_member.to_pylist():
        together.setdefault(row["household_id"], set()).add(row["person_id"])
    return sorted(together.values(), key=sorted)


def stays(made: Households, person: str) -> list[dict[str, Any]]:
    """The rows of `person_address` of one person, in the order of their first days."""
    rows = [row for row in made.person_address.to_pylist() if row["person_id"] == person]
    return sorted(rows, key=lambda row: str(row["first_seen"]))


def members(made: Households, person: str) -> list[dict[str, Any]]:
    """The rows of `household_member` of one person, in the order of their first days."""
    rows = [row for row in made.household_member.to_pylist() if row["person_id"] == person]
    return sorted(rows, key=lambda row: str(row["from_on"]))
