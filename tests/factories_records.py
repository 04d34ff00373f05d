"""Person records of nobody real: rows that say a few things, in the columns of the lake."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pyarrow as pa

_SHOWN = ("record_id", "dataset", "source_table", "agency", "row_id")
_TEXTS = (
    "source_person_id",
    "title",
    "full_name",
    "given_name",
    "middle_names",
    "surname",
    "former_surname",
    "known_as",
    "sex",
    "nhs_number",
    "phone",
    "email",
    "address",
    "postcode",
    "address_id",
)
RECORDS = pa.schema(
    [
        *(pa.field(name, pa.string()) for name in (*_SHOWN, *_TEXTS)),
        pa.field("date_of_birth", pa.string()),
        pa.field("recorded_at", pa.timestamp("us", tz="UTC")),
    ]
)
TEXTS = _TEXTS


def records(*rows: Mapping[str, Any]) -> pa.Table:
    """Person records; what a row does not name it does not say, but for an id, a dataset and an agency."""
    return many_records(rows)


def many_records(rows: Iterable[Mapping[str, Any]]) -> pa.Table:
    """The same of many rows."""
    full = [
        {
            "record_id": f"r{place:07}",
            "dataset": "calls",
            "source_table": "people",
            "agency": "police",
            "row_id": f"f/{place}",
        }
        | dict(row)
        for place, row in enumerate(rows)
    ]
    return pa.Table.from_pylist(full, schema=RECORDS)
