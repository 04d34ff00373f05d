"""What counts as a flag on a property and what as a visit, and for how long: as the contracts agree it.

Nothing of this is a constant in code. A column of a contract names the values that put a flag on a
property (`flagCodes`) or that say somebody visited (`visitCodes`), and how many days they speak for it
(`holdsDays`); what is older has faded and counts for nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

import pyarrow as pa

from roundtable.data.tables import LakeTable
from roundtable.partnership.model.contract import Column, Dataset, Table
from roundtable.partnership.model.contract_terms import CanonicalTable
from roundtable.partnership.model.whole import Partnership

#: The canonical tables whose rows are about a place as well as about a person.
PLACED = (CanonicalTable.EVENT, CanonicalTable.CONTACT)
#: What a column's name begins with in the table of details.
DETAIL = "detail:"


class FlagKind(StrEnum):
    """What a value says of the property."""

    FLAG = "flag"
    """That a visit is to be thought of."""
    VISIT = "visit"
    """That somebody visited to make it safer."""


FLAG_CODE = LakeTable(
    name="flag_code",
    schema=pa.schema(
        [
            pa.field("dataset", pa.string(), False),
            pa.field("source_table", pa.string(), False),
            pa.field("fact", pa.string(), False),
            pa.field("value", pa.string(), False),
            pa.field("agency", pa.string(), False),
            pa.field("kind", pa.string(), False),
            pa.field("goes_on", pa.bool_(), False),
            pa.field("since", pa.date32(), False),
            pa.field("as_of", pa.date32(), False),
        ]
    ),
    sort_key=("dataset", "source_table", "fact", "value", "kind"),
    description="What counts as a flag or a visit; worked out in passing, never kept in the lake.",
)


def flags_agreed(partnership: Partnership) -> list[dict[str, Any]]:
    """Everything that a value of a contract's column says of a property, in order: rows of `FLAG_CODE`.

    `fact` is the canonical column: `code`, `service`, or `detail:<name>`. `goes_on` is whether a contact
    without a last day still goes on, which it does where the contract has a column for that day. Values
    of a dataset that nobody creates are nobody's flag.
    """
    as_of = partnership.charter.as_of
    found = [
        row
        for dataset in partnership.datasets
        for table in dataset.schema_
        if dataset.terms.created_by is not None and table.terms.canonical in PLACED
        for row in _of_table(dataset, table, as_of)
    ]
    return sorted(found, key=lambda row: [row[name] for name in FLAG_CODE.sort_key])


def flag_codes(partnership: Partnership) -> pa.Table:
    """The same as a table for the engine."""
    return pa.Table.from_pylist(flags_agreed(partnership), schema=FLAG_CODE.schema)


def visiting_agencies(partnership: Partnership) -> tuple[str, ...]:
    """The agencies whose visits count, in order: the ones that a list of homes is for."""
    return tuple(
        sorted({row["agency"] for row in flags_agreed(partnership) if row["kind"] == FlagKind.VISIT})
    )


def _of_table(dataset: Dataset, table: Table, as_of: date) -> Iterator[dict[str, Any]]:
    mapped = {column.terms.canonical for column in table.properties}
    goes_on = table.terms.canonical is CanonicalTable.CONTACT and "ended" in mapped
    for column in table.properties:
        for kind, values in _said(column):
            for value in values:
                yield {
                    "dataset": dataset.id,
                    "source_table": table.name,
                    "fact": column.terms.canonical,
                    "value": value,
                    "agency": dataset.terms.created_by,
                    "kind": kind.value,
                    "goes_on": goes_on,
                    "since": _since(as_of, column.terms.holds_days),
                    "as_of": as_of,
                }


def _said(column: Column) -> Iterator[tuple[FlagKind, tuple[str, ...]]]:
    fact = column.terms.canonical
    if fact is not None and (fact in ("code", "service") or fact.startswith(DETAIL)):
        yield FlagKind.FLAG, column.terms.flag_codes
        yield FlagKind.VISIT, column.terms.visit_codes


def _since(as_of: date, days: int | None) -> date:
    """The first day on which a flag must still have stood to speak today."""
    try:
        return as_of - timedelta(days=days or 0)
    except OverflowError:
        return date.min
