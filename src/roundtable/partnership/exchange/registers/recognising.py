"""Which register each sheet of a foreign file is, and which column each of its columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from roundtable.errors import ForeignFileUnusable, Place, Problem
from roundtable.partnership.exchange.registers.cells import Cell, as_text, is_empty
from roundtable.partnership.exchange.registers.grid import Grid, Row
from roundtable.partnership.exchange.registers.sheets import Sheet, all_sheets
from roundtable.partnership.nearest import nearest
from roundtable.partnership.wrong_values import perhaps

#: What keeps the rows of a sheet from being placed at all.
_UNPLACED = frozenset({"not-csv", "missing-column", "duplicate-column"})

Table = tuple[str, Sequence[Sequence[Cell]]]


def recognised(tables: Mapping[str, Table], file: str) -> tuple[dict[str, Grid], list[Problem]]:
    """The registers among the tables of a file.

    Args:
        tables: what each is to be called in messages, and its rows, by its name.
        file: what the user calls the whole.

    Returns:
        The registers that can be read; and every sheet and column that is none of the registers'. A sheet
        whose rows cannot be placed is left out, so that nothing follows from it.

    Raises:
        ForeignFileUnusable: there is no register in it.
    """
    sheets = {sheet.title: sheet for sheet in all_sheets()}
    grids: dict[str, Grid] = {}
    problems: list[Problem] = []
    for name, (shown, rows) in tables.items():
        sheet = sheets.get(name)
        if sheet is None:
            near = perhaps(nearest(name, list(sheets)))
            what = f"'{name}' is the name of no register"
            remedy = f"{near}Rename it, or move it out: nothing that is not a register is read."
            problems.append(Problem(Place(shown), "not-a-register", what, remedy))
            continue
        grid = _grid(sheet, shown, rows)
        found = [*_of_headers(sheet, grid), *_beyond(grid, rows)]
        problems += found
        if not _UNPLACED & {problem.rule for problem in found}:
            grids[name] = grid
    if not tables:
        what = "there is no register in it"
        remedy = "Write one with `roundtable registers`."
        raise ForeignFileUnusable(Problem(Place(file), "not-a-register", what, remedy))
    return grids, problems


def made_from(rows: Sequence[Sequence[Cell]]) -> dict[str, str]:
    """Which version of each file the registers were written from."""
    return {as_text(row[0]): as_text(row[1]) for row in rows[1:] if len(row) > 1}


def _grid(sheet: Sheet, shown: str, rows: Sequence[Sequence[Cell]]) -> Grid:
    found = [as_text(cell) for cell in rows[0]] if rows else []
    while found and not found[-1]:
        found.pop()
    grid = Grid(sheet.title, shown, tuple(found))
    for number, row in enumerate(rows[1:], start=2):
        if not all(is_empty(cell) for cell in row):
            grid.rows.append(Row(number, dict(zip(found, row, strict=False))))
    return grid


def _of_headers(sheet: Sheet, grid: Grid) -> Iterator[Problem]:
    known = sheet.headers
    if len(grid.headers) == 1 and ";" in grid.headers[0]:
        what = "the columns are parted by semicolons, not by commas"
        yield Problem(grid.place(1), "not-csv", what, "Save it as CSV with commas (UTF-8).")
        return
    seen: set[str] = set()
    for number, header in enumerate(grid.headers, start=1):
        place = Place(grid.file, 1, number, header)
        if header not in known:
            near = nearest(header, [name for name in known if name not in grid.headers])
            what = f"'{header}' is no column of '{sheet.title}'" if header else "a column has no name"
            yield Problem(place, "unknown-column", what, f"{perhaps(near)}Columns are: {', '.join(known)}.")
        elif header in seen:
            what = f"the column '{header}' stands twice"
            yield Problem(place, "duplicate-column", what, "Delete one of the two.")
        seen.add(header)
    if not grid.rows and not grid.headers:
        return
    for header in (*sheet.parent_headers, *((sheet.key,) if sheet.key else ())):
        if header not in seen:
            what = f"the column '{header}' is missing, and without it no row can be placed"
            yield Problem(Place(grid.file, 1), "missing-column", what, "Put it back.")


def _beyond(grid: Grid, rows: Sequence[Sequence[Cell]]) -> Iterator[Problem]:
    """Cells to the right of the last header: the row has slipped, or a comma is not in quotes."""
    for number, row in enumerate(rows[1:], start=2):
        at = next((i for i, cell in enumerate(row) if i >= len(grid.headers) and not is_empty(cell)), None)
        if at is not None:
            place = Place(grid.file, number, at + 1)
            what = f"'{as_text(row[at])[:40]}' stands in a column without a name"
            yield Problem(place, "beyond-the-columns", what, "Move it under a header, or delete it.")
