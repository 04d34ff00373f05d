"""What a table of the lake is: its columns, what each of them means, and its order."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import pyarrow as pa


@dataclass(frozen=True)
class LakeTable:
    """A table: every step that writes or reads it goes by this.

    Attributes:
        name: what steps, the ledger and the folders of the lake call it.
        schema: its columns in order; a column is nullable only where its meaning says what null is.
        sort_key: the columns its rows are sorted by, and by which a row can be told from the others.
        description: what one row of it is.
        columns: what each column holds, in words, with its unit.
        vault: whether it holds identifiers: its files are encrypted, and only who has the key reads them.
    """

    name: str
    schema: pa.Schema
    sort_key: tuple[str, ...]
    description: str
    columns: Mapping[str, str] = field(default_factory=dict)
    vault: bool = False

    @cached_property
    def shape(self) -> str:
        """SHA-256 of its columns: another one whenever a file from before could not be read as now."""
        columns = [[field.name, str(field.type), field.nullable] for field in self.schema]
        return hashlib.sha256(json.dumps(columns, separators=(",", ":")).encode()).hexdigest()


@dataclass(frozen=True)
class Column:
    """A column as `described` takes it."""

    name: str
    kind: pa.DataType
    meaning: str
    key: bool = False
    nullable: bool = False


def described(name: str, description: str, *columns: Column, vault: bool = False) -> LakeTable:
    """A table from its columns; its key is the columns marked so, in their order."""
    return LakeTable(
        name=name,
        schema=pa.schema([pa.field(column.name, column.kind, column.nullable) for column in columns]),
        sort_key=tuple(column.name for column in columns if column.key),
        description=description,
        columns={column.name: column.meaning for column in columns},
        vault=vault,
    )


TEXT = pa.string()
WHOLE = pa.int64()
DAY = pa.date32()
INSTANT = pa.timestamp("us", tz="UTC")
DEGREES = pa.decimal128(9, 6)
BYTES = pa.binary()
FLAG = pa.bool_()


def key(name: str, kind: pa.DataType, meaning: str) -> Column:
    """A column of the table's key."""
    return Column(name, kind, meaning, key=True)


def maybe(name: str, kind: pa.DataType, meaning: str) -> Column:
    """A column that may be null; its meaning says what null is."""
    return Column(name, kind, meaning, nullable=True)
