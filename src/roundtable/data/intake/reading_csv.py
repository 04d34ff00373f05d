"""CSV files as pieces of text columns: no sniffing, nothing guessed, every broken row set aside.

The text is cut into whole records first (`records.py`), so that the parser only ever sees what is well
formed and what it cannot take is counted and placed. Only the columns asked for are ever made.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.csv as pacsv

from roundtable.data.intake.limits import Limits
from roundtable.data.intake.pieces import Making, Piece, Wanted
from roundtable.data.intake.records import BadRow, Dialect, Records, RecordSplitter
from roundtable.data.intake.rules import refused
from roundtable.data.intake.spelling import Spelling
from roundtable.data.intake.unpacking import SourceFile, blocks
from roundtable.partnership.model.contract_terms import Encoding

TOO_FEW = "the row has {found} values and the header has {wanted} columns"
CUT = "the file ends in the middle of this row: it has {found} values and the header has {wanted} columns"


@dataclass(frozen=True)
class CsvReading:
    """How the files of one table are read.

    Attributes:
        dialect: the delimiter, as patterns.
        encoding: the declared encoding.
        limits: how much a file may ask for.
        columns: checks a header and says which columns are wanted; refuses what is not the contract's.
    """

    dialect: Dialect
    encoding: Encoding
    limits: Limits
    columns: Callable[[SourceFile, Sequence[str]], tuple[Wanted, ...]]


def read_header(source: SourceFile, reading: CsvReading) -> tuple[str, ...]:
    """The header of a file, and no more of it.

    Raises:
        DeliveryRefused: there is none, or the file cannot be read.
    """
    text = _text(source, reading, min(reading.limits.block, 65_536), hashlib.sha256())[1]
    return _header(source, text, reading)[0]


def read_csv(source: SourceFile, reading: CsvReading) -> Making[Piece]:
    """The rows of a file, a block of text at a time; the last piece bears the file's SHA-256.

    Raises:
        DeliveryRefused: the file is damaged or spelt otherwise, or its header is not the contract's.
    """
    seen = hashlib.sha256()
    spelling, text = _text(source, reading, reading.limits.block, seen)
    header, rest, line = _header(source, text, reading)
    wanted = reading.columns(source, header)
    splitter = RecordSplitter(reading.dialect, reading.limits.record, line)
    parser = _Parser(header, wanted, reading.dialect.delimiter)
    block = rest
    for following in text:
        yield parser.piece(splitter.feed(block))
        block = following
    last = parser.piece(splitter.feed(block, last=True))
    yield Piece(last.table, last.bad, seen.hexdigest(), spelling.told)


def _text(
    source: SourceFile, reading: CsvReading, size: int, seen: hashlib._Hash
) -> tuple[Spelling, Iterator[bytes]]:
    def again() -> Iterator[bytes]:
        return blocks(source, size, hashlib.sha256())

    spelling = Spelling(source.shown, reading.encoding, again)
    return spelling, spelling.as_utf_8(blocks(source, size, seen))


def _header(
    source: SourceFile, text: Iterator[bytes], reading: CsvReading
) -> tuple[tuple[str, ...], bytes, int]:
    """The header, the text after it in the blocks read so far, and the line that this begins on."""
    begun = b""
    for block in text:
        begun += block
        stripped = begun.lstrip(b"\r\n")
        found = reading.dialect.record.match(stripped) if stripped else None
        if found is not None and found.end() < len(stripped):
            break
        if len(begun) > reading.limits.record:
            break
    stripped = begun.lstrip(b"\r\n")
    skipped = begun[: len(begun) - len(stripped)]
    found = reading.dialect.record.match(stripped) if stripped else None
    if found is None or found.end() > reading.limits.record:
        raise _no_header(source, stripped)
    line = 1 + _count(skipped) + _count(found.group())
    said = io.StringIO(found.group().decode(), newline="")
    names = next(csv.reader(said, delimiter=reading.dialect.delimiter))
    if len(names) > reading.limits.columns:
        what = f"the header has {len(names):,} columns; the limit is {reading.limits.columns:,}"
        raise refused("header", source.shown, what, "Check the delimiter and send the agreed columns.", 1)
    return tuple(names), stripped[found.end() :], line


def _no_header(source: SourceFile, stripped: bytes) -> Exception:
    what = "the first line is not a header that can be read" if stripped else "the file is empty"
    remedy = "Send the file again with its header: the names of the columns on the first line."
    return refused("header", source.shown, what, remedy, line=1)


def _count(text: bytes) -> int:
    return text.count(b"\n") + text.count(b"\r") - text.count(b"\r\n")


class _Parser:
    """Turns whole records into columns of text, and sets aside those with too many or too few values."""

    def __init__(self, header: Sequence[str], wanted: Sequence[Wanted], delimiter: str) -> None:
        names = [str(position) for position in range(len(header))]
        # A column that the file need not have, and has not, is made of empty texts.
        present = [one for one in wanted if one.header in header]
        included = [str(header.index(one.header)) for one in present]
        kinds = {
            position: pa.dictionary(pa.int32(), pa.string()) if one.few_values else pa.string()
            for position, one in zip(included, present, strict=True)
        }
        self._present = [one.header in header for one in wanted]
        self._names = [one.column for one in wanted]
        self._width = len(header)
        self._options: dict[str, Any] = {
            "parse_options": pacsv.ParseOptions(
                delimiter=delimiter, newlines_in_values=True, invalid_row_handler=self._invalid
            ),
            "convert_options": pacsv.ConvertOptions(
                include_columns=included,
                column_types=kinds,
                strings_can_be_null=False,
                quoted_strings_can_be_null=False,
            ),
        }
        self._header_names = names
        self._wrong: list[tuple[int, int]] = []

    def _invalid(self, row: Any) -> str:
        self._wrong.append((row.number - 1, row.actual_columns))
        return "skip"

    def piece(self, records: Records) -> Piece:
        """A block's records as columns, with the number and the line of each."""
        self._wrong = []
        if not records.text:
            parsed = [pa.nulls(0, pa.string()) for _ in self._names]
        else:
            parsed = self._parsed(records.text)
        at = np.array([index for index, _ in self._wrong], np.int64)
        bad = (*records.bad, *self._set_aside(records))
        numbers = pa.array(np.delete(records.numbers, at) if self._wrong else records.numbers)
        lines = pa.array(np.delete(records.lines, at) if self._wrong else records.lines)
        table = pa.Table.from_arrays([*parsed, numbers, lines], [*self._names, "record", "line"])
        return Piece(table, tuple(sorted(bad, key=lambda row: row.record)))

    def _parsed(self, text: bytes) -> list[Any]:
        options = pacsv.ReadOptions(
            use_threads=False, block_size=len(text) + 1, column_names=self._header_names
        )
        table = pacsv.read_csv(pa.BufferReader(text), read_options=options, **self._options)
        empty = pa.repeat(pa.scalar("", pa.string()), table.num_rows)
        columns = iter(table.columns)
        return [next(columns) if there else empty for there in self._present]

    def _set_aside(self, records: Records) -> Iterator[BadRow]:
        final = records.bad[-1].record if records.bad else 0
        final = max(final, int(records.numbers[-1])) if len(records.numbers) else final
        for index, found in self._wrong:
            cut = records.unended and int(records.numbers[index]) == final and found < self._width
            rule, says = ("cut-row", CUT) if cut else ("columns", TOO_FEW)
            reason = says.format(found=found, wanted=self._width)
            yield BadRow(int(records.numbers[index]), int(records.lines[index]), rule, reason)
