"""The registers as a folder of CSV files, one a register, which any spreadsheet opens."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from roundtable.errors import ForeignFileUnusable, PartnershipUnusable, Problem
from roundtable.partnership.encoding import decoded
from roundtable.partnership.exchange.faults import unusable
from roundtable.partnership.exchange.registers.cells import Cell, as_text
from roundtable.partnership.exchange.registers.grid import Registers
from roundtable.partnership.exchange.registers.read_me import FILES, FILES_HEADERS, READ_ME, read_me_rows
from roundtable.partnership.exchange.registers.recognising import made_from, recognised
from roundtable.partnership.exchange.registers.sheets import all_sheets
from roundtable.partnership.exchange.writing import write_files

_ENDING = ".csv"
#: A spreadsheet takes text that begins like this for a formula; a leading apostrophe says it is text.
_LIKE_A_FORMULA = re.compile(r"'*[=+\-@\t]")
_SAID_TO_BE_TEXT = re.compile(r"'+[=+\-@\t]")
csv.field_size_limit(50_000_000)


def write_csv_folder(registers: Registers, folder: Path) -> tuple[Path, ...]:
    """Write one CSV file a register, with what they say of themselves beside them.

    UTF-8 with a byte-order mark, without which a spreadsheet takes it for something else.

    Returns:
        The files written.

    Raises:
        SettingUnusable: a file cannot be written.
        DiskFull: there is no room.
    """
    contents: dict[str, bytes | None] = {}
    for sheet in all_sheets():
        grid = registers.grids[sheet.title]
        rows = [[row.cells.get(header) for header in grid.headers] for row in grid.rows]
        contents[file_name(sheet.title)] = _csv([grid.headers, *rows])
    contents[file_name(READ_ME)] = _csv(read_me_rows())
    contents[file_name(FILES)] = _csv([FILES_HEADERS, *sorted(registers.made_from.items())])
    return write_files(folder, contents)


def csv_files(folder: Path) -> tuple[Path, ...]:
    """Every file that is written into a folder."""
    titles = (*(sheet.title for sheet in all_sheets()), READ_ME, FILES)
    return tuple(folder / file_name(title) for title in titles)


def read_csv_folder(folder: Path) -> Registers:
    """Read the CSV files of a folder, those that are there.

    Raises:
        ForeignFileUnusable: none of them is a register that can be read.
    """
    names = {file_name(title): title for title in (*(sheet.title for sheet in all_sheets()), READ_ME, FILES)}
    paths = sorted(path for path in folder.iterdir() if not path.name.startswith("."))
    tables: dict[str, tuple[str, list[list[Cell]]]] = {}
    broken: list[Problem] = []
    for path in paths:
        try:
            tables[names.get(path.name.lower(), path.name)] = (str(path), _rows(path))
        except ForeignFileUnusable as error:
            broken += error.problems
    digests = made_from(tables.pop(FILES, ("", []))[1])
    tables.pop(READ_ME, None)
    if broken and not tables:
        raise ForeignFileUnusable(broken)
    grids, problems = recognised(tables, str(folder))
    return Registers(str(folder), grids, digests, (*broken, *problems))


def file_name(title: str) -> str:
    """The name of a register's file."""
    return f"{title.lower().replace(' ', '-')}{_ENDING}"


def _csv(rows: Iterable[Sequence[Cell]]) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows([_guarded(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def _guarded(cell: Cell) -> str:
    text = as_text(cell)
    return f"'{text}" if isinstance(cell, str) and _LIKE_A_FORMULA.match(text) else text


def _unguarded(text: str) -> str:
    return text[1:] if _SAID_TO_BE_TEXT.match(text) else text


def _rows(path: Path) -> list[list[Cell]]:
    if path.suffix.lower() != _ENDING or not path.is_file():
        what = "this is not a CSV file and is not read"
        raise unusable(str(path), "not-a-register", what, "Move it out of the folder.")
    try:
        text = decoded(path.read_bytes(), str(path))
        return [[_unguarded(cell) for cell in row] for row in csv.reader(io.StringIO(text), strict=True)]
    except PartnershipUnusable as error:
        problem = error.problems[0]
        raise unusable(str(path), problem.rule, problem.what, problem.remedy, problem.place.line) from None
    except csv.Error as error:
        what = f"the file is not whole CSV ({error}): it may have been cut short"
        raise unusable(str(path), "not-csv", what, "Save it again from the spreadsheet.") from None
    except OSError as error:
        what = f"the file cannot be read: {error.strerror}"
        raise unusable(str(path), "unreadable", what, "Check that you may read it.") from None
