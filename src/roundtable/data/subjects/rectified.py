"""Values that were put right by request, standing in the stead of those that a source sent.

The source's row is never edited: it says what was sent. What is right stands beside it in the vault, with who
asked and who did it in the ledger, and is laid over the row whenever a person or a step reads it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from roundtable.data.engine import Engine
from roundtable.data.lake import Lake
from roundtable.data.subjects.records import PERSON, batches_of
from roundtable.data.tables import LAKE_TABLES
from roundtable.errors import Place, Problem, SettingUnusable
from roundtable.governance.rights.keyed import Identity
from roundtable.ledger.rectifications import next_rectification, note_rectification
from roundtable.partnership.nearest import nearest

TABLE = "rectification"
#: What can be put right: what a record says of its person. Its ids and where it came from cannot.
COLUMNS = (
    "full_name",
    "title",
    "given_name",
    "middle_names",
    "surname",
    "former_surname",
    "known_as",
    "date_of_birth",
    "date_of_death",
    "sex",
    "nhs_number",
    "phone",
    "email",
    "address",
    "postcode",
)
_DAYS = frozenset({"date_of_birth", "date_of_death"})


def put_right(
    lake: Lake,
    request: int,
    row: dict[str, Any],
    column: str,
    value: str | None,
    made_by: str,
    at: datetime,
) -> int:
    """Let a value stand in the stead of the one a source sent; the number of the rectification.

    The value, its note in the ledger and the audit event become true in one transaction.

    Args:
        lake: with the keys; this process may write.
        request: the number of the request.
        row: the record as it stands.
        column: which of its values.
        value: what is right; None where nothing should stand there.
        made_by: the post.
        at: when.

    Raises:
        SettingUnusable: there is no such value, or what is right cannot be one.
    """
    see_that_can_be(column, value)
    # One writer at a time: the number that is next now is still next in the transaction.
    number = next_rectification()
    made = {
        "record_id": row["record_id"],
        "column": column,
        "number": number,
        "dataset": row["dataset"],
        "agency": row["agency"],
        "value": value,
        "made_on": at.date(),
    }
    path = lake.stage()
    lake.write(TABLE, pa.Table.from_pylist([made], schema=LAKE_TABLES[TABLE].schema).to_batches(), path)
    staged = lake.seal(TABLE, path, f"rectification {number}")

    def noted(_snapshot: int) -> None:
        note_rectification(number, request, row["record_id"], column, row["agency"], made_by, at)

    lake.publish(f"rectification {number}", [staged], (), noted, at)
    return number


def see_that_can_be(column: str, value: str | None) -> None:
    """See that a value can be put right, and be this.

    Raises:
        SettingUnusable: it cannot.
    """
    if column not in COLUMNS:
        near = nearest(column, COLUMNS)
        hint = f"did you mean '{near}'?" if near else f"name one of {', '.join(COLUMNS)}"
        raise _unusable("--column", "rectify-column", f"'{column}' cannot be put right", hint)
    if column in _DAYS and value is not None:
        try:
            date.fromisoformat(value)
        except ValueError:
            what = f"'{column}' is a day, and what was given is none"
            raise _unusable("--value", "rectify-day", what, "write it as YYYY-MM-DD") from None


def overrides(lake: Lake) -> dict[tuple[str, str], str | None]:
    """What stands in the stead of what: the value by record and column, of two the newer."""
    found: dict[tuple[str, str], tuple[int, str | None]] = {}
    for batch in batches_of(lake, lake.files(TABLE)):
        for row in batch.rows.to_pylist():
            where = (row["record_id"], row["column"])
            if where not in found or found[where][0] < row["number"]:
                found[where] = (row["number"], row["value"])
    return {where: value for where, (_, value) in sorted(found.items())}


def laid_over(row: dict[str, Any], standing: Mapping[tuple[str, str], str | None]) -> dict[str, Any]:
    """A row of `person_record` with what was put right laid over it, as far as it has those columns.

    Args:
        row: as its source sent it.
        standing: what stands in the stead of what, as `overrides` tells it.
    """
    return row | {
        column: _typed(column, standing[row["record_id"], column])
        for column in COLUMNS
        if column in row and (row["record_id"], column) in standing
    }


def put_right_identity(one: Identity, standing: Mapping[tuple[str, str], str | None]) -> Identity:
    """What a record is known by with what was put right laid over it."""
    return Identity(**laid_over(vars(one), standing))


@dataclass(frozen=True)
class PutRight:
    """The same for a step, laid over `person_record` before permission and seals take anything from it.

    Attributes:
        standing: what stands in the stead of what, as `overrides` tells it.
        memory: a small Arrow table as an Ibis table, under a name of its own.
    """

    standing: Mapping[tuple[str, str], str | None]
    memory: Callable[[pa.Table, str], ir.Table]

    def over(self, name: str, rows: ir.Table) -> ir.Table:
        """A table with what was put right; any but `person_record` stays as it is."""
        if name != PERSON:
            return rows
        columns = rows.columns
        for column in sorted({which for _, which in self.standing}):
            right = self._right(column)
            joined = rows.left_join(right, rows.record_id == right.right_record)
            value = right.is_right.cast(rows[column].type())
            laid = ibis.ifelse(right.right_record.notnull(), value, rows[column])
            rows = joined.mutate(**{column: laid}).select(*columns)
        return rows

    def _right(self, column: str) -> ir.Table:
        own = {record: value for (record, name), value in self.standing.items() if name == column}
        right = {"right_record": pa.array(own, pa.string()), "is_right": pa.array(own.values(), pa.string())}
        return self.memory(pa.table(right), f"put_right_{column}")


def putting_right(lake: Lake, engine: Engine, reads: Sequence[str]) -> PutRight | None:
    """What lays over a step's tables what was put right; None where nothing was that it reads."""
    if PERSON not in reads or not lake.listed(TABLE):
        return None
    return PutRight(overrides(lake), engine.memory)


def what_is_right_rests_on(lake: Lake, name: str) -> list[str]:
    """What decides which values a step sees put right, for its key."""
    return [f"put right {file.sha256}" for file in lake.listed(TABLE)] if name == PERSON else []


def _typed(column: str, value: str | None) -> Any:
    return date.fromisoformat(value) if column in _DAYS and value is not None else value


def _unusable(option: str, rule: str, what: str, remedy: str) -> SettingUnusable:
    return SettingUnusable(Problem(Place("command line", key=option), rule, what, remedy))
