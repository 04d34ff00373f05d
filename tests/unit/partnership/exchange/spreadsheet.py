"""The registers as somebody would edit them in a spreadsheet: find a row, change a cell, add, delete."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from roundtable.errors import ForeignFileUnusable
from roundtable.partnership.exchange.plan import Plan
from roundtable.partnership.exchange.registers.cells import Cell
from roundtable.partnership.exchange.registers.grid import Registers, Row
from roundtable.partnership.exchange.registers.importing import plan_import
from roundtable.partnership.exchange.registers.rows import registers_of


@dataclass
class Spreadsheet:
    """The registers of one folder, open for editing."""

    folder: Path
    registers: Registers

    @classmethod
    def of(cls, folder: Path) -> Spreadsheet:
        """Written from the folder as it stands."""
        return cls(folder, registers_of(folder))

    def rows(self, sheet: str, **cells: Cell) -> list[Row]:
        """The rows in which these cells stand; `in_agency` means the column 'in agency'."""
        wanted = {key.replace("in_", "in ", 1): value for key, value in cells.items()}
        rows = self.registers.grids[sheet].rows
        return [row for row in rows if all(row.cells.get(key) == value for key, value in wanted.items())]

    def change(self, sheet: str, header: str, value: Cell, **cells: Cell) -> None:
        """Type a value into the one row that has these cells."""
        (row,) = self.rows(sheet, **cells)
        row.cells[header] = value

    def add(self, sheet: str, cells: Mapping[str, Cell]) -> None:
        """Type a new row below the last."""
        rows = self.registers.grids[sheet].rows
        rows.append(Row(len(rows) + 2, dict(cells)))

    def delete(self, sheet: str, **cells: Cell) -> None:
        """Delete the one row that has these cells."""
        (row,) = self.rows(sheet, **cells)
        self.registers.grids[sheet].rows.remove(row)

    def plan(self, *, remove: bool = False, anyway: bool = False) -> Plan:
        """What the import would do."""
        return plan_import(self.registers, self.folder, remove=remove, anyway=anyway)

    def changes(self, *, remove: bool = False) -> list[str]:
        """What would change, in words."""
        return [str(change) for change in self.plan(remove=remove).changes]

    def problems(self) -> list[str]:
        """What the import complains of: place and what, without the remedy."""
        try:
            self.plan()
        except ForeignFileUnusable as error:
            return [f"{problem.place}: {problem.what}" for problem in error.problems]
        return []


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of a folder, by its path."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
