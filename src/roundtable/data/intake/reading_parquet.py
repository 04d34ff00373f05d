"""Parquet files as pieces of text columns, within bounds: a small file can claim to hold a great deal.

What a file says of its own size is not believed. Its rows are counted against the contract before any
is read, and while it is read the engine keeps to its memory and the rows to their declared width.
Typed values are written out as text in the contract's own formats, so that every kind of file is
checked by the same rules.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa

from roundtable.data.disk import means_full_disk
from roundtable.data.intake import quoting
from roundtable.data.intake.becoming import Becoming, Taken
from roundtable.data.intake.limits import Limits
from roundtable.data.intake.pieces import Making, Piece, Wanted
from roundtable.data.intake.rules import problem, refused
from roundtable.data.intake.unpacking import SourceFile
from roundtable.errors import DeliveryRefused, Problem
from roundtable.partnership.model.contract import LogicalType

if TYPE_CHECKING:
    import duckdb

_BATCH = 16_384
_WHOLE = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT")
_NUMBERS = (*_WHOLE, *(f"U{kind}" for kind in _WHOLE), "FLOAT", "DOUBLE", "DECIMAL")
_TIMES = ("DATE", "TIMESTAMP")
#: How the engine says that a text is not spelt as Parquet wants it.
_NOT_UTF_8 = "Invalid string encoding"
#: Bytes that a value which is not text takes at most, written out.
_NARROW = 48


@dataclass(frozen=True)
class ParquetReading:
    """How the Parquet file of one table is read.

    Attributes:
        made: what the table becomes.
        path: the file.
        scratch: where the engine may spill to.
        limits: how much a file may ask for.
        columns: checks the columns' names and says which are wanted.
    """

    made: Becoming
    path: Path
    scratch: Path
    limits: Limits
    columns: Callable[[SourceFile, Sequence[str]], tuple[Wanted, ...]]


def read_parquet(source: SourceFile, reading: ParquetReading) -> Making[Piece]:
    """The rows of a file, a batch at a time.

    Raises:
        DeliveryRefused: it is damaged, has other columns or types than the contract, has more rows than
            it allows, or unpacks to more than its columns are declared to hold.
    """
    from roundtable.data.engine import reading_connection

    opening = reading_connection([reading.path.parent], reading.scratch, identifiers=reading.made.private)
    with opening as connection, _faults(source):
        _refuse_too_many(connection, source, reading)
        names = _names(connection, reading.path)
        reading.columns(source, names)
        columns = dict(zip(names, _described(connection, reading.path), strict=True))
        batches = connection.execute(_select(columns, source, reading), [str(reading.path.absolute())])
        width = _Width(source, reading)
        for batch in batches.to_arrow_reader(_BATCH):
            width.add(batch)
            yield Piece(pa.Table.from_batches([batch]), ())


@contextmanager
def _faults(source: SourceFile) -> Iterator[None]:
    """Turn what the engine says of a broken or a bloated file into a refusal."""
    import duckdb

    from roundtable.data.engine_duckdb import CANNOT_ENCRYPT

    try:
        yield
    except duckdb.OutOfMemoryException:
        raise _too_large(source) from None
    except duckdb.Error as error:
        if CANNOT_ENCRYPT in str(error):
            raise _too_large(source) from None
        ours = (duckdb.BinderException, duckdb.CatalogException, duckdb.ParserException)
        if isinstance(error, ours) or means_full_disk(error):
            raise
        # What the engine says can hold a value of the file or a path of this machine.
        told = "a text in it is not UTF-8" if _NOT_UTF_8 in str(error) else "it cannot be read to its end"
        what = f"it is damaged or no Parquet file: {told}"
        raise refused("damaged", source.shown, what, "Write the file again and send it.") from None


def _too_large(source: SourceFile) -> DeliveryRefused:
    what = "reading it takes more memory than the engine may use"
    remedy = "Send it in smaller row groups or as CSV; ROUNDTABLE_MEMORY may also be raised."
    return refused("too-large", source.shown, what, remedy)


def _refuse_too_many(
    connection: duckdb.DuckDBPyConnection, source: SourceFile, reading: ParquetReading
) -> None:
    found = connection.execute(
        "SELECT num_rows FROM parquet_file_metadata(?)", [str(reading.path.absolute())]
    ).fetchone()
    rows = int(found[0]) if found else 0
    most = reading.made.table.terms.max_rows
    if rows > most:
        what = f"it has {rows:,} rows; the contract's maxRows is {most:,}"
        remedy = "If so many are right, somebody must raise 'maxRows' in the contract; it then goes in."
        raise refused("too-many-rows", source.shown, what, remedy)


def _names(connection: duckdb.DuckDBPyConnection, path: Path) -> tuple[str, ...]:
    """The names of the columns as the file has them, repeated ones too."""
    rows = connection.execute(
        "SELECT name, coalesce(num_children, 0) FROM parquet_schema(?)", [str(path.absolute())]
    ).fetchall()
    names: list[str] = []
    at = 1
    while at < len(rows):
        names.append(str(rows[at][0]))
        inside = int(rows[at][1])
        at += 1
        while inside > 0:
            inside += int(rows[at][1]) - 1
            at += 1
    return tuple(names)


@dataclass(frozen=True)
class _Found:
    """A column of a file: the engine's name of it, which tells `id` from `ID`, and its type."""

    name: str
    kind: str


def _described(connection: duckdb.DuckDBPyConnection, path: Path) -> list[_Found]:
    """The columns of a file, in its order."""
    rows = connection.execute("DESCRIBE SELECT * FROM read_parquet(?)", [str(path.absolute())]).fetchall()
    return [_Found(str(row[0]), str(row[1])) for row in rows]


def _select(columns: Mapping[str, _Found], source: SourceFile, reading: ParquetReading) -> str:
    wanted = [(one, columns.get(one.wanted.header)) for one in reading.made.taken]
    problems = [
        unfit
        for one, found in wanted
        if found is not None and (unfit := _unfit(one, found.kind, source.shown)) is not None
    ]
    if problems:
        raise DeliveryRefused(problems)
    # A column that the file need not have, and has not, is made of empty texts.
    texts = [f"{_text_of(one, found)} AS {one.wanted.column}" for one, found in wanted]
    where = "file_row_number + 1 AS record, file_row_number + 1 AS line"
    return f"SELECT {', '.join([*texts, where])} FROM read_parquet(?, file_row_number = true)"


def _text_of(one: Taken, found: _Found | None) -> str:
    return "''" if found is None else f"coalesce({_as_text(one, found)}, '')"


def _unfit(taken: Taken, kind: str, shown: str) -> Problem | None:
    """A problem when the contract's type cannot be read from the file's."""
    text = kind == "VARCHAR"
    number = kind.startswith(_NUMBERS) and "[" not in kind
    time = kind.startswith(_TIMES) and "[" not in kind
    if taken.dates is not None:
        fits = text or time
    elif taken.column.logical_type in (LogicalType.NUMBER, LogicalType.INTEGER):
        fits = text or number
    elif taken.column.logical_type is LogicalType.BOOLEAN:
        fits = text or kind == "BOOLEAN"
    else:
        fits = text or number or kind in ("BOOLEAN", "UUID")
    if fits:
        return None
    wanted = taken.column.logical_type
    what = f"column '{taken.name}' has the type {_short(kind)}, from which {wanted} cannot be read"
    return problem("types", shown, what, f"Write the column as {wanted} or as text, flat and unpacked.")


def _short(kind: str) -> str:
    return kind if len(kind) <= 40 else f"{kind[:39]}…"


def _as_text(taken: Taken, found: _Found) -> str:
    """SQL: a typed value as the text that the contract describes."""
    column = quoting.identifier(found.name)
    if taken.dates is None or not found.kind.startswith(_TIMES):
        return f"CAST({column} AS VARCHAR)"
    zone = taken.column.logical_type_options.get("defaultTimezone")
    if found.kind == "TIMESTAMP WITH TIME ZONE" and not taken.dates.has_zone and isinstance(zone, str):
        column = f"timezone({quoting.text(zone)}, {column})"
    # The engine's clock is UTC, and an offset is written with a colon.
    return f"strftime({column}, {quoting.text(taken.dates.engine.replace('%z', '+00:00'))})"


class _Width:
    """How wide the rows of a file turn out to be, against what its columns are declared to hold."""

    def __init__(self, source: SourceFile, reading: ParquetReading) -> None:
        self._source = source
        self._limits = reading.limits
        self._allowed = sum(_declared(one, reading.limits) for one in reading.made.taken)
        self._rows = 0
        self._bytes = 0

    def add(self, batch: pa.RecordBatch) -> None:
        """Count a batch; refuse the file when its rows are wider than declared, or far too many."""
        self._rows += batch.num_rows
        self._bytes += batch.nbytes
        if self._bytes > self._limits.unpacked:
            what = f"it unpacks to more than {self._limits.unpacked:,} bytes, the limit"
            raise refused("too-large", self._source.shown, what, "Send it in several files.")
        if self._bytes > self._limits.ratio_from and self._bytes > self._allowed * self._rows:
            what = (
                f"its rows have {self._bytes // self._rows:,} bytes on average, "
                f"and its columns are declared to hold {self._allowed:,}"
            )
            remedy = "If such long texts are agreed, write 'maxLength' for their columns in the contract."
            raise refused("too-large", self._source.shown, what, remedy)


def _declared(taken: Taken, limits: Limits) -> int:
    """Bytes that a value of a column may take: four for each letter that it is declared to have."""
    longest = taken.column.logical_type_options.get("maxLength")
    if isinstance(longest, int):
        return 4 * longest + _NARROW
    return _NARROW + (limits.text_width if taken.column.logical_type is LogicalType.STRING else 0)
