"""The registers as one Excel workbook: notes on every column, and lists to choose from."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.cell.cell import MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from roundtable.errors import Place, Problem, SettingUnusable
from roundtable.partnership.exchange.faults import unusable
from roundtable.partnership.exchange.registers.cells import UNREAD, Cell
from roundtable.partnership.exchange.registers.grid import Grid, Registers
from roundtable.partnership.exchange.registers.read_me import (
    FILES,
    FILES_HEADERS,
    LISTS,
    READ_ME,
    read_me_rows,
    told_of,
    told_of_key,
)
from roundtable.partnership.exchange.registers.recognising import made_from, recognised
from roundtable.partnership.exchange.registers.sheets import Column, Form, Sheet, all_sheets
from roundtable.partnership.exchange.writing import write_file
from roundtable.partnership.shapes import DAY

#: The most that a cell of the format holds, and the rows below the last that still offer their lists.
MAX_CELL, ROOM = 32_767, 300
_TEXT_FORMAT, _DAY_FORMAT = "@", "yyyy-mm-dd"
_HEAD = PatternFill("solid", fgColor="1D3D4F")
_KEY = PatternFill("solid", fgColor="5A6B75")
_WRAPPED = Alignment(vertical="top", wrap_text=True)
_MODIFIED = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*")
#: The earliest day that a ZIP entry can bear: the same registers give the same bytes on any day.
_ZIP_DAY = (1980, 1, 1, 0, 0, 0)
_DAY_WRITTEN = b"2000-01-01T00:00:00Z"
_FORMULA, _ERROR = "f", "e"
#: What the library ends in on a file that is something else, cut short, changed on the way or encrypted.
_DAMAGED = (
    *(zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError, SyntaxError),
    *(LookupError, ValueError, TypeError, AttributeError, ArithmeticError),
)


def write_workbook(registers: Registers, path: Path) -> None:
    """Write the workbook; the same registers give the same bytes.

    Raises:
        SettingUnusable: it cannot be written, or a text is longer than a cell of the format can be.
        DiskFull: there is no room.
    """
    book = Workbook()
    for empty in book.worksheets:
        book.remove(empty)
    _write_read_me(book.create_sheet(READ_ME))
    lists = _Lists()
    for sheet in all_sheets():
        _write_sheet(book.create_sheet(sheet.title), sheet, registers.grids[sheet.title], lists, path)
    _fill(book.create_sheet(FILES), [FILES_HEADERS, *sorted(registers.made_from.items())])
    lists.write(book.create_sheet(LISTS))
    out = io.BytesIO()
    book.save(out)
    write_file(path, _timeless(out.getvalue()))


def read_workbook(path: Path) -> Registers:
    """Read the registers of a workbook.

    Raises:
        ForeignFileUnusable: it is no workbook, was cut short, or holds no register.
    """
    try:
        book = load_workbook(path)
    except _DAMAGED as error:
        what = f"the file is no Excel workbook (.xlsx), or was cut short ({type(error).__name__})"
        remedy = "Save it again as .xlsx, or ask the sender for a whole copy."
        raise unusable(str(path), "not-a-workbook", what, remedy) from None
    sheets = [one for one in book.worksheets if one.title not in (READ_ME, LISTS)]
    valueless = [problem for sheet in sheets for problem in _without_a_value(sheet, path)]
    tables = {sheet.title: (_shown(path, sheet), _rows(sheet)) for sheet in sheets}
    digests = made_from(tables.pop(FILES, ("", []))[1])
    grids, problems = recognised(tables, str(path))
    return Registers(str(path), grids, digests, (*valueless, *problems))


class _Lists:
    """The sheet of what may be chosen, one column a set."""

    def __init__(self) -> None:
        self._sets: dict[tuple[str, ...], int] = {}

    def area(self, choices: tuple[str, ...]) -> str:
        """Where a set stands, for a validation to name."""
        column = get_column_letter(self._sets.setdefault(choices, len(self._sets) + 1))
        return f"'{LISTS}'!${column}$2:${column}${len(choices) + 1}"

    def write(self, sheet: Worksheet) -> None:
        """Write every set that was asked for."""
        for choices, column in self._sets.items():
            sheet.cell(1, column, "What may be chosen").font = Font(bold=True)
            for row, choice in enumerate(choices, start=2):
                _put(sheet.cell(row, column), choice)


def _write_read_me(sheet: Worksheet) -> None:
    for number, row in enumerate(read_me_rows(), start=1):
        for column, text in enumerate(row, start=1):
            _put(sheet.cell(number, column), text or None)
        if row[0] == "Sheet":
            for column in range(1, len(row) + 1):
                sheet.cell(number, column).font = Font(bold=True)
    sheet.cell(1, 1).font = Font(bold=True, size=14)
    for letter, width in zip("ABCD", (34, 16, 20, 90), strict=True):
        sheet.column_dimensions[letter].width = width


def _write_sheet(sheet: Worksheet, register: Sheet, grid: Grid, lists: _Lists, path: Path) -> None:
    columns: dict[str, Column] = {column.header: column for column in register.columns}
    for number, header in enumerate(register.headers, start=1):
        head = sheet.cell(1, number)
        _put(head, header)
        column = columns.get(header)
        head.font = Font(bold=True, color="FFFFFF", italic=bool(column and not column.required))
        head.fill = _HEAD if column else _KEY
        note = told_of(column) if column else told_of_key(header, register)
        head.comment = Comment(note, "Roundtable", height=110, width=320)
        _dress(sheet, number, column, grid, lists)
    for row_number, row in enumerate(grid.rows, start=2):
        for number, header in enumerate(register.headers, start=1):
            cell = row.cells.get(header)
            if isinstance(cell, str) and len(cell) > MAX_CELL:
                raise _too_long(path, grid.title, row_number, header)
            _put(sheet.cell(row_number, number), cell)
    sheet.freeze_panes = f"{get_column_letter(len(register.parent_headers) + 2)}2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(register.headers))}{max(2, len(grid.rows) + 1)}"


def _dress(sheet: Worksheet, number: int, column: Column | None, grid: Grid, lists: _Lists) -> None:
    """How a column looks, and what it offers to choose from."""
    letter = get_column_letter(number)
    header = str(sheet.cell(1, number).value)
    longest = max((len(str(row.cells.get(header) or "")) for row in grid.rows), default=0)
    dimension = sheet.column_dimensions[letter]
    dimension.width = min(60, max(len(header) + 4, longest + 2, 10))
    # A cell that the spreadsheet takes for text stays as it is typed: 2026-11 does not become a day.
    dimension.number_format = _DAY_FORMAT if column and DAY in column.shape.words else _TEXT_FORMAT
    if column is None or column.form is not Form.ONE or not column.closed:
        return
    rule = DataValidation("list", formula1=lists.area(column.closed), allow_blank=True)
    rule.error = f"One of: {', '.join(column.closed)}"[:250]
    rule.add(f"{letter}2:{letter}{len(grid.rows) + ROOM}")
    sheet.add_data_validation(rule)


def _put(cell: SheetCell | MergedCell, value: Cell) -> None:
    if value is None or isinstance(cell, MergedCell):
        return
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"  # Text that begins with = is text, and not a formula.
        cell.number_format = _TEXT_FORMAT
        cell.alignment = _WRAPPED
    elif isinstance(value, date):
        cell.number_format = _DAY_FORMAT
    else:
        cell.number_format = "General"


def _fill(sheet: Worksheet, rows: Sequence[Sequence[Cell]]) -> None:
    for number, row in enumerate(rows, start=1):
        for column, value in enumerate(row, start=1):
            _put(sheet.cell(number, column), value)
    sheet.column_dimensions["A"].width = 50
    sheet.column_dimensions["B"].width = 70


def _timeless(content: bytes) -> bytes:
    """The same workbook without the time at which it was made."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as made, zipfile.ZipFile(out, "w") as kept:
        for entry in made.infolist():
            inside = made.read(entry)
            if entry.filename == "docProps/core.xml":
                inside = _MODIFIED.sub(rb"\g<1>" + _DAY_WRITTEN, inside)
            kept.writestr(zipfile.ZipInfo(entry.filename, _ZIP_DAY), inside, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _too_long(path: Path, title: str, row: int, header: str) -> SettingUnusable:
    what = f"the text is longer than the {MAX_CELL:,} characters that a cell of a workbook can hold"
    remedy = "Write the registers as CSV: give the name of a folder to --to."
    return SettingUnusable(
        Problem(Place(f"{path}, sheet '{title}'", row, None, header), "too-long", what, remedy)
    )


def _shown(path: Path, sheet: Worksheet) -> str:
    return f"{path}, sheet '{sheet.title}'"


def _without_a_value(sheet: Worksheet, path: Path) -> list[Problem]:
    """Formulas and spreadsheet errors: nobody can tell what they will be elsewhere."""
    problems = []
    for row in sheet.iter_rows():
        for number, cell in enumerate(row, start=1):
            if cell.data_type in (_FORMULA, _ERROR):
                kind = "a formula" if cell.data_type == _FORMULA else f"the error {cell.value}"
                place = Place(_shown(path, sheet), cell.row, number, str(sheet.cell(1, number).value))
                what = f"{kind} stands where a value should be"
                problems.append(
                    Problem(place, "formula", what, "Write what it comes to, as text or a number.")
                )
    return problems


def _rows(sheet: Worksheet) -> list[list[Cell]]:
    """The values; a formula or an error counts as unread, so that it changes nothing and hides nothing."""
    return [
        [UNREAD if cell.data_type in (_FORMULA, _ERROR) else _cell(cell.value) for cell in row]
        for row in sheet.iter_rows()
    ]


def _cell(value: Any) -> Cell:
    if isinstance(value, str | int | float | date) or value is None:
        return value
    return value.isoformat() if isinstance(value, time | datetime) else str(value)
