"""A delivered file read back by its contract, without the intake: what tests of the county look at."""

from __future__ import annotations

import csv
import io
import zipfile
from pathlib import Path

from roundtable.county.sends.planned_files import SentFile, SentTable


def rows_of(deliveries: Path, sent: SentTable, file: SentFile) -> list[dict[str, str]]:
    """The rows of one file, by the contract's names of the columns."""
    path = deliveries / sent.dataset.id / file.sent_as
    content = zipfile.ZipFile(path).read(file.name) if file.packed else path.read_bytes()
    text = content.removeprefix(sent.habit.mark).decode(sent.habit.codec)
    header, *rows = csv.reader(io.StringIO(text, newline=""), delimiter=sent.habit.delimiter)
    names = {column.header: column.name for column in sent.table.properties}
    if file.adds:
        # The column that the contract lacks stands last, and says nothing.
        assert header.pop() == file.adds
        assert {row.pop() for row in rows} <= {"not asked"}
    return [dict(zip((names[cell] for cell in header), row, strict=True)) for row in rows]


def all_rows(deliveries: Path, sent: SentTable) -> list[dict[str, str]]:
    """The rows of all files that no other takes the place of."""
    gone = {file.corrects for file in sent.files} | {file.name for file in sent.files if file.withdrawn}
    return [row for file in sent.files if file.name not in gone for row in rows_of(deliveries, sent, file)]
