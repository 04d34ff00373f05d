"""A map as two CSV tables, of factors and of links, which anybody can write in a spreadsheet.

They stand in a ZIP or a folder as `factors.csv` and `links.csv`. A text that a spreadsheet would take for
a formula has an apostrophe before it, which is taken off again.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping

from roundtable.errors import Place
from roundtable.partnership.exchange.building import Reading
from roundtable.partnership.exchange.faults import Faults, unusable
from roundtable.partnership.exchange.foreign_map import ForeignMap
from roundtable.partnership.exchange.losses import Holding, losses
from roundtable.partnership.exchange.reading_bytes import as_utf_8
from roundtable.partnership.exchange.records import Names, Part
from roundtable.partnership.exchange.sheets import Table, TwoSheets
from roundtable.partnership.exchange.workbook import Row, Sheet

FACTORS_FILE, LINKS_FILE = "factors.csv", "links.csv"
FORM = TwoSheets(
    "two CSV tables",
    "factors",
    "links",
    Names(
        {
            Part.ID: ("id",),
            Part.LABEL: ("label",),
            Part.KIND: ("kind", "type"),
            Part.NOTE: ("note", "description"),
            Part.STYLE: ("style",),
            Part.X: ("x",),
            Part.Y: ("y",),
        }
    ),
    Names(
        {
            Part.FROM: ("from", "source"),
            Part.TO: ("to", "target"),
            Part.SIGN: ("sign", "polarity"),
            Part.LOW: ("strength low",),
            Part.HIGH: ("strength high",),
            Part.DELAY: ("delay",),
            Part.HEADING: ("direction",),
            Part.LABEL: ("label",),
            Part.NOTE: ("note", "description"),
            Part.STYLE: ("style", "type"),
        }
    ),
    Reading(),
)
MISSING = frozenset({Holding.LOOPS, Holding.TITLE})
#: The longest cell; a quotation mark that is never closed makes one of the rest of the file.
MAX_CELL = 1_000_000
#: Texts that a spreadsheet would work out: OWASP, "CSV Injection".
_FORMULA = re.compile(r"'*[=+\-@\t]")


def read_csv_tables(contents: Mapping[str, bytes], file: str) -> ForeignMap:
    """The map of two tables.

    Args:
        contents: the bytes of `factors.csv` and `links.csv`, by those names.
        file: what the user calls both together.

    Raises:
        ForeignFileUnusable: a table or a column is missing, or the rows do not hold together.
    """
    faults = Faults(file)
    sheets = {
        name.removesuffix(".csv"): _sheet(one, f"{file}/{name}", faults) for name, one in contents.items()
    }
    return FORM.read("", sheets, faults)


def write_csv_tables(map: ForeignMap) -> tuple[dict[str, bytes], tuple[str, ...]]:
    """The two tables by the names of their files, and what they do not hold of the map."""
    factors, links = FORM.tables(map, {factor.id: factor.id for factor in map.factors})
    tables = {FACTORS_FILE: _written(factors), LINKS_FILE: _written(links)}
    return tables, losses(map, MISSING, "CSV")


def _written(table: Table) -> bytes:
    headings, rows = table
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([as_text(heading) for heading in headings])
    for row in rows:
        writer.writerow([_cell(heading, row.get(heading, "")) for heading in headings])
    # With a byte-order mark, by which a spreadsheet knows that it is UTF-8.
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def _cell(heading: str, text: str) -> str:
    return text if heading in ("x", "y") else as_text(text)


def as_text(text: str) -> str:
    """Text for a cell, with an apostrophe before what a spreadsheet would take for a formula."""
    return f"'{text}" if _FORMULA.match(text) else text


def _from_text(text: str) -> str:
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text


def _sheet(content: bytes, file: str, faults: Faults) -> Sheet:
    text = as_utf_8(content, file)
    head = text.partition("\n")[0]
    delimiter = max(",;\t", key=head.count)
    csv.field_size_limit(MAX_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows = []
    try:
        headings = [_from_text(cell.strip()) for cell in next(reader, [])]
        line = reader.line_num + 1
        for cells in reader:
            place = Place(file, line)
            line = reader.line_num + 1
            if row := _row(headings, cells, place, faults):
                rows.append(row)
    except csv.Error as error:
        what = f"the table cannot be read: {error}"
        remedy = "See that every quotation mark is closed, and that the file is whole."
        raise unusable(file, "not-csv", what, remedy, reader.line_num) from None
    for heading in sorted({one for one in headings if one and headings.count(one) > 1}):
        remedy = "Rename one of the two, or delete it."
        faults.add("same-column", f"two columns are headed '{heading}'", remedy, place=Place(file, 1))
    return Sheet(Place(file), tuple(headings), tuple(rows))


def _row(headings: list[str], cells: list[str], place: Place, faults: Faults) -> Row | None:
    if not any(cell.strip() for cell in cells):
        return None
    beyond = [cell for cell in cells[len(headings) :] if cell.strip()]
    if beyond or any(cell and not heading for heading, cell in zip(headings, cells, strict=False)):
        what = f"the row has {len(cells)} cells under {len([one for one in headings if one])} headings"
        remedy = "Put a text that holds the separator into quotation marks, or head the column."
        faults.add("no-heading", what, remedy, place=place)
    named = zip(headings, cells, strict=False)
    return Row(place, [(heading, _from_text(cell)) for heading, cell in named if heading and cell])
