"""A sheet as rows of cells, whatever file it stands in."""

from __future__ import annotations

from dataclasses import dataclass, field

from roundtable.errors import Place, Problem
from roundtable.partnership.exchange.registers.cells import Cell


@dataclass(frozen=True)
class Row:
    """One row: its number in the file (the header is 1) and its cells by the header above each."""

    number: int
    cells: dict[str, Cell]


@dataclass(frozen=True)
class Grid:
    """The rows of one sheet.

    Attributes:
        title: the name of the register.
        file: what to call the sheet in messages.
        headers: the first row.
        rows: the others, empty ones left out.
    """

    title: str
    file: str
    headers: tuple[str, ...]
    rows: list[Row] = field(default_factory=list)

    def place(self, row: int, header: str = "") -> Place:
        """Where a cell is; the column is counted from 1."""
        column = self.headers.index(header) + 1 if header in self.headers else None
        return Place(self.file, row, column, header)


@dataclass(frozen=True)
class Registers:
    """Everything that one workbook, or one folder of CSV files, holds.

    Attributes:
        file: what the user calls it.
        grids: each register by its title.
        problems: what could not be read of it, each at its cell; the rest is read all the same.
        made_from: the SHA-256 of each file of the folder that it was written from, by its path inside.
    """

    file: str
    grids: dict[str, Grid]
    made_from: dict[str, str]
    problems: tuple[Problem, ...] = ()

    def column(self, shown: str, header: str) -> int | None:
        """The number of a column of the sheet that is called this in messages, if it has it."""
        grid = next((grid for grid in self.grids.values() if grid.file == shown), None)
        return grid.place(1, header).column if grid else None
