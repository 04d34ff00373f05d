"""Rows that were received and could not be taken: where each stood, why, and what it said.

Of the row, only the columns that were read are kept, and only such are read as an agreement names. Of a
row that cannot be told apart into columns nothing is kept but its place. What a row says about a person or
an address is kept in the vault, apart from the rest; without keys it is not kept at all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from roundtable.data.intake.records import BadRow
from roundtable.data.tables import LAKE_TABLES

TABLE = LAKE_TABLES["quarantine"]
PRIVATE_TABLE = LAKE_TABLES["quarantine_row"]
_TOLD = ("file", "line", "column", "reason", "rule", "row")
_SENT = pa.schema([*(TABLE.schema.field(name) for name in _TOLD), pa.field("private", pa.string())])
NOTHING = "{}"
#: The rule of rows that a post has set aside for good.
DISMISSED = "dismissed"
_MANY = 1_000


@dataclass
class Quarantine:
    """The quarantined rows of one delivery, as they are found.

    Attributes:
        delivery_id: the delivery.
        keeps: whether what a row says about a person can be kept, in the vault.
    """

    delivery_id: str
    keeps: bool = True
    parts: list[pa.Table] = field(default_factory=list)
    rows: Counter[str] = field(default_factory=Counter)
    dismissed: Counter[str] = field(default_factory=Counter)

    def add(self, refused: pa.Table, *, private: bool = False) -> None:
        """Add rows that failed a check: file, line, column, reason, rule and row.

        Args:
            refused: the rows.
            private: whether what they say may be about a person or an address.
        """
        if refused.num_rows:
            said = refused.column("row")
            nothing = pa.nulls(refused.num_rows, pa.string())
            if private and self.keeps:
                refused = refused.set_column(refused.column_names.index("row"), "row", nothing)
            elif private:
                empty = pa.repeat(NOTHING, refused.num_rows)
                refused = refused.set_column(refused.column_names.index("row"), "row", empty)
            refused = refused.append_column("private", said if private and self.keeps else nothing)
            self.parts.append(refused.select(_SENT.names).cast(_SENT))
            self.rows.update(_counted(refused.column("file")))

    def add_bad(self, file: str, bad: Sequence[BadRow]) -> None:
        """Add rows of a file that could not be told apart into values; a dismissed one is but counted."""
        self.dismissed[file] += sum(row.rule == DISMISSED for row in bad)
        bad = [row for row in bad if row.rule != DISMISSED]
        for start in range(0, len(bad), _MANY):
            some = bad[start : start + _MANY]
            columns: Mapping[str, list[Any]] = {
                "file": [file] * len(some),
                "line": [row.line for row in some],
                "column": [""] * len(some),
                "reason": [row.reason for row in some],
                "rule": [row.rule for row in some],
                "row": [NOTHING] * len(some),
                "private": [None] * len(some),
            }
            self.parts.append(pa.table(columns, schema=_SENT))
        self.rows[file] += len(bad)

    @property
    def total(self) -> int:
        """How many rows there are."""
        return self.rows.total()

    def batches(self) -> Iterator[pa.RecordBatch]:
        """All of them as the lake keeps them, in order of file and line."""
        if self.parts:
            yield from self._shaped(self._ordered, TABLE.schema)

    def private_batches(self) -> Iterator[pa.RecordBatch]:
        """What those say that are about people or addresses, for the vault, in the same order."""
        if self.parts:
            found = self._ordered.filter(pc.is_valid(self._ordered.column("private")))
            named = found.drop_columns(["row"]).rename_columns({"private": "row"})
            yield from self._shaped(named, PRIVATE_TABLE.schema)

    @property
    def holds_private(self) -> bool:
        """Whether anything of it must go to the vault."""
        return any(part.column("private").null_count < part.num_rows for part in self.parts)

    @cached_property
    def _ordered(self) -> pa.Table:
        return pa.concat_tables(self.parts).sort_by([("file", "ascending"), ("line", "ascending")])

    def _shaped(self, found: pa.Table, schema: pa.Schema) -> list[pa.RecordBatch]:
        delivery = pa.array([self.delivery_id] * found.num_rows, pa.string())
        columns = [delivery, *(found.column(name) for name in schema.names[1:])]
        batches: list[pa.RecordBatch] = pa.table(columns, schema=schema).to_batches()
        return batches

    def cut(self) -> str | None:
        """A file that ends in the middle of a row, if one does."""
        return next((file for part in self.parts for file, rule in _rules(part) if rule == "cut-row"), None)

    def reasons(self, most: int = 3) -> str:
        """The commonest reasons with their numbers and a first place each, to say in a message."""
        found: Counter[str] = Counter()
        first: dict[str, str] = {}
        for part in self.parts:
            for file, line, reason in _told(part):
                found[reason] += 1
                first.setdefault(reason, f"{file}, line {line:,}")
        told = sorted(found.items(), key=lambda item: (-item[1], item[0]))[:most]
        return "; ".join(f"{reason}: {times:,} (first: {first[reason]})" for reason, times in told)


def _told(part: pa.Table) -> Iterable[tuple[str, int, str]]:
    columns = (part.column(name).to_pylist() for name in ("file", "line", "reason"))
    return zip(*columns, strict=True)


def _rules(part: pa.Table) -> Iterable[tuple[str, str]]:
    return zip(part.column("file").to_pylist(), part.column("rule").to_pylist(), strict=True)


def _counted(column: Any) -> Mapping[str, int]:
    return {one["values"]: one["counts"] for one in column.value_counts().to_pylist()}
