"""Spreadsheets (XLSX) in and out: rows of text under the headings of their first row."""

from __future__ import annotations

import math
import re
import warnings
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from io import BytesIO
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException

from roundtable.errors import Place
from roundtable.partnership.exchange.faults import Faults, unusable
from roundtable.partnership.exchange.marks import as_number
from roundtable.partnership.exchange.reading_bytes import entry_bytes, open_packed, refuse_declarations

if TYPE_CHECKING:
    from openpyxl import Workbook

MAX_COLUMNS = 500
MAX_ROWS = 200_000
#: The last row that a sheet of Excel has; what claims to stand below it was not written by a person.
LAST_ROW = 1_048_576
#: More letters than this Excel cuts off, and so does whoever writes for it.
MAX_LETTERS = 32_767
#: Whatever the reader of sheets may stumble over in a file that somebody made by hand or broke.
_STUMBLES = (
    ParseError,
    DefusedXmlException,
    zipfile.BadZipFile,
    KeyError,
    ValueError,
    TypeError,
    AttributeError,
    IndexError,
    EOFError,
    OSError,
)


@dataclass(frozen=True)
class Row:
    """One row below the headings.

    Attributes:
        place: the file, the sheet and the row.
        cells: what stands under each heading, in text, the empty ones left out.
    """

    place: Place
    cells: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Sheet:
    """One sheet.

    Attributes:
        place: the file and the sheet.
        headings: the texts of its first row.
        rows: the rows that are not empty.
    """

    place: Place
    headings: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Sheets:
    """The sheets of a workbook by name, in their order, and its title."""

    title: str
    by_name: Mapping[str, Sheet]


def read_workbook(content: bytes, faults: Faults) -> Sheets:
    """Every sheet of a workbook; formulas are read as the values they last had.

    Raises:
        ForeignFileUnusable: it is no workbook, is damaged, or holds more than any map.
    """
    packed = open_packed(content, faults.file, "an Excel workbook (.xlsx)")
    for entry in packed.infolist():
        if entry.filename.endswith((".xml", ".rels", ".vml")):
            refuse_declarations(entry_bytes(packed, entry, faults.file), faults.file)
    from openpyxl import load_workbook

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = load_workbook(BytesIO(content), read_only=True, data_only=True, keep_links=False)
            sheets = {sheet.title: _sheet(sheet, faults) for sheet in book.worksheets}
            return Sheets(book.properties.title or "", sheets)
    except _STUMBLES:
        what = "this is not a whole Excel workbook: a part of it is missing or damaged"
        remedy = "Open it in a spreadsheet program and save it again as .xlsx."
        raise unusable(faults.file, "not-a-workbook", what, remedy) from None


def write_workbook(title: str, sheets: Mapping[str, tuple[list[str], Iterable[Mapping[str, str]]]]) -> bytes:
    """A workbook of text: no cell is ever a formula.

    Args:
        title: what it is called.
        sheets: the headings and the rows of each sheet, by its name.
    """
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.title = title or None
    book.properties.creator = ""
    # The same map gives the same bytes, so no time of writing stands in the file.
    book.properties.created = book.properties.modified = datetime(2000, 1, 1)
    for name, (headings, rows) in sheets.items():
        _write_sheet(book, name, headings, rows)
    return _packed_alike(book)


def too_long(rows: Iterable[Mapping[str, str]]) -> int:
    """How many texts are longer than a cell can hold."""
    return sum(len(text) > MAX_LETTERS for row in rows for text in row.values())


def _write_sheet(book: Workbook, name: str, headings: list[str], rows: Iterable[Mapping[str, str]]) -> None:
    sheet = book.create_sheet(name)
    sheet.freeze_panes = "A2"
    for number, texts in enumerate([dict(zip(headings, headings, strict=True)), *rows], start=1):
        for column, heading in enumerate(headings, start=1):
            if heading in texts:
                cell = sheet.cell(number, column, texts[heading])
                cell.data_type = "s"
                cell.quotePrefix = texts[heading].startswith("=")


def _packed_alike(book: Workbook) -> bytes:
    """The workbook's bytes, with one date on every entry so that they do not change from day to day."""
    written, alike = BytesIO(), BytesIO()
    book.save(written)
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(alike, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.infolist():
            content = source.read(entry)
            if entry.filename == "docProps/core.xml":
                content = _undated(content)
            target.writestr(zipfile.ZipInfo(entry.filename, (2000, 1, 1, 0, 0, 0)), content)
    return alike.getvalue()


def _undated(core: bytes) -> bytes:
    return re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>2000-01-01T00:00:00Z", core)


def _sheet(sheet: Any, faults: Faults) -> Sheet:
    place = Place(faults.file, key=f"sheet {sheet.title}")
    # What a sheet says of its own size is often wrong, and would hide the rows beyond it.
    sheet.reset_dimensions()
    rows = sheet.iter_rows(values_only=True)
    headings = [_text(value).strip() for value in next(rows, ())]
    while headings and not headings[-1]:
        headings.pop()
    if len(headings) > MAX_COLUMNS:
        raise unusable(faults.file, "too-large", f"a sheet has more than {MAX_COLUMNS} columns", _FEWER)
    for heading in sorted({one for one in headings if one and headings.count(one) > 1}):
        remedy = "Rename one of the two, or delete it."
        faults.add("same-column", f"two columns are headed '{heading}'", remedy, place=place)
    found: list[Row] = []
    for number, values in enumerate(rows, start=2):
        if number > LAST_ROW or len(found) > MAX_ROWS:
            raise unusable(faults.file, "too-large", f"a sheet has more than {MAX_ROWS:,} rows", _FEWER)
        cells = _cells(headings, values, Place(faults.file, number, key=f"sheet {sheet.title}"), faults)
        if cells:
            found.append(Row(Place(faults.file, number, key=f"sheet {sheet.title}"), cells))
    return Sheet(place, tuple(headings), tuple(found))


_FEWER = "See that this is a causal map; delete the columns and rows that are empty."


def _cells(
    headings: Sequence[str], values: Sequence[Any], place: Place, faults: Faults
) -> list[tuple[str, str]]:
    cells = []
    for i, value in enumerate(values):
        text = _text(value)
        if not text:
            continue
        if i < len(headings) and headings[i]:
            cells.append((headings[i], text))
        elif text.strip():
            what = f"'{text.strip()[:40]}' stands in a column without a heading"
            faults.add("no-heading", what, "Head the column in row 1, or empty the cell.", place=place)
    return cells


def _text(value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case datetime() | date() | time():
            return value.isoformat()
        case float():
            return as_number(value) if math.isfinite(value) else str(value)
        case _:
            return str(value)
