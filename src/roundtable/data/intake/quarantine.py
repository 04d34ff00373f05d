"""Rows that were received and could not be taken: where each stood, why, and what it said.

Of the row, only the columns that were read are kept, and only such are read as an agreement names. Of a
row that cannot be told apart into columns nothing is kept but its place.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa

from roundtable.data.intake.records import BadRow
from roundtable.data.tables import LAKE_TABLES

TABLE = LAKE_TABLES["quarantine"]
_SENT = pa.schema([TABLE.schema.field(name) for name in ("file", "line", "column", "reason", "rule", "row")])
_MANY = 1_000


@dataclass
class Quarantine:
    """The quarantined rows of one delivery, as they are found."""

    delivery_id: str
    parts: list[pa.Table] = field(default_factory=list)
    rows: Counter[str] = field(default_factory=Counter)

    def add(self, refused: pa.Table) -> None:
        """Add rows that failed a check: file, line, column, reason, rule and row."""
        if refused.num_rows:
            self.parts.append(refused.select(_SENT.names).cast(_SENT))
            self.rows.update(_counted(refused.column("file")))

    def add_bad(self, file: str, bad: Sequence[BadRow]) -> None:
        """Add rows of a file that could not be told apart into values."""
        for start in range(0, len(bad), _MANY):
            some = bad[start : start + _MANY]
            columns: Mapping[str, list[Any]] = {
                "file": [file] * len(some),
                "line": [row.line for row in some],
                "column": [""] * len(some),
                "reason": [row.reason for row in some],
                "rule": [row.rule for row in some],
                "row": ["{}"] * len(some),
            }
            self.parts.append(pa.table(columns, schema=_SENT))
        self.rows[file] += len(bad)

    @property
    def total(self) -> int:
        """How many rows there are."""
        return self.rows.total()

    def batches(self) -> Iterator[pa.RecordBatch]:
        """All of them as the lake keeps them, in order of file and line."""
        if not self.parts:
            return
        found = pa.concat_tables(self.parts).sort_by([("file", "ascending"), ("line", "ascending")])
        delivery = pa.array([self.delivery_id] * found.num_rows, pa.string())
        columns = [delivery, *found.columns]
        yield from pa.table(columns, schema=TABLE.schema).to_batches()

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
