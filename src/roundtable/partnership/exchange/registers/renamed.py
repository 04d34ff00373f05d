"""An id that was changed on its own sheet alone, while the rows of other sheets still bear the old one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from roundtable.errors import Problem
from roundtable.partnership.exchange.registers.cells import as_text, to_cell
from roundtable.partnership.exchange.registers.grid import Grid, Row
from roundtable.partnership.exchange.registers.paths import value_at
from roundtable.partnership.exchange.registers.rows import RegisterFile
from roundtable.partnership.exchange.registers.sheets import Sheet, all_sheets


def renamed(
    sheet: Sheet, gone: Sequence[RegisterFile], new: Mapping[str, Row], grids: Mapping[str, Grid]
) -> Iterator[Problem]:
    """A problem for each new row that says what a file without a row said, and has no rows of its own.

    Args:
        sheet: the register of the files.
        gone: the files that have no row any more.
        new: the rows that no file has, by their ids.
        grids: every register by its title.
    """
    bearing = {str(file.value.get("id")): _bearing(sheet, str(file.value.get("id")), grids) for file in gone}
    for name, row in new.items():
        for file in gone:
            old = str(file.value.get("id"))
            own = _bearing(sheet, name, grids)
            if bearing[old] and not own and _says_the_same(sheet, file.value, row):
                yield _problem(sheet, grids[sheet.title], row, (old, name), bearing[old])


def _problem(sheet: Sheet, grid: Grid, row: Row, names: tuple[str, str], bearing: Sequence[str]) -> Problem:
    old, name = names
    told = ", ".join(f"'{title}'" for title in bearing)
    what = f"'{old}' is called '{name}' here, and {told} still say '{old}'"
    remedy = (
        f"Write '{name}' there too, in the column 'in {sheet.singular}', and wherever else it is named; "
        f"then import with --remove, which takes '{old}' out. Or put '{old}' back."
    )
    return Problem(grid.place(row.number, "id"), "renamed", what, remedy)


def _bearing(sheet: Sheet, name: str, grids: Mapping[str, Grid]) -> list[str]:
    """The sheets with a row that belongs to the file of that id."""
    header = f"in {sheet.singular}"
    return [
        one.title
        for one in all_sheets()
        if one.title in grids
        and sheet in one.ancestors
        and any(as_text(row.cells.get(header)) == name for row in grids[one.title].rows)
    ]


def _says_the_same(sheet: Sheet, value: Mapping[str, Any], row: Row) -> bool:
    """Whether a row says most of what a file says, its id apart."""
    told = {one.header: as_text(to_cell(value_at(value, one.path), one)) for one in sheet.columns}
    given = {header: text for header, text in told.items() if text and header != "id"}
    alike = sum(as_text(row.cells.get(header)) == text for header, text in given.items())
    return bool(given) and alike * 2 > len(given)
