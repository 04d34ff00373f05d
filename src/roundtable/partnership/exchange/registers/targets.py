"""What each file of the folder should say, as the rows of the registers have it.

A sheet that is not there, a column that is not there and a row that is not there say nothing: what the
folder holds stays, and rows that are missing are told. Only on request is a missing row a removal.
"""

from __future__ import annotations

import copy
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from roundtable.errors import Place, Problem
from roundtable.partnership.exchange.registers.cells import (
    Unread,
    Unreadable,
    as_text,
    from_cell,
    same,
    to_cell,
)
from roundtable.partnership.exchange.registers.grid import Registers, Row
from roundtable.partnership.exchange.registers.paths import put, value_at
from roundtable.partnership.exchange.registers.renamed import renamed
from roundtable.partnership.exchange.registers.rows import RegisterFile, identity, items_of
from roundtable.partnership.exchange.registers.sheets import (
    NUMBER,
    Sheet,
    all_sheets,
    children_of,
)
from roundtable.partnership.file_kinds import CHARTER_FILE, FOLDERS, FileKind
from roundtable.partnership.model.strict import ID_PATTERN
from roundtable.partnership.nearest import nearest
from roundtable.partnership.wrong_values import a_or_an, perhaps
from roundtable.partnership.yaml_source import Path, key_path

Above = tuple[str, ...]
_LAST = float("inf")


@dataclass
class Target:
    """What one file should say; `value` is None where it should go."""

    inside: str
    kind: FileKind
    now: RegisterFile | None
    value: dict[str, Any] | None


@dataclass
class Targets:
    """What every file should say.

    Attributes:
        files: in order of their kinds, each kind in the order of the folder, then of the sheet.
        problems: what cannot be understood, at its cell.
        kept: what has no row any more and stays all the same, in words.
        origins: which cell a value of a file comes from, by the file and the key.
    """

    files: list[Target] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    origins: dict[tuple[str, str], Place] = field(default_factory=dict)


def targets_of(registers: Registers, files: Sequence[RegisterFile], *, remove: bool) -> Targets:
    """Lay the rows of the registers over what the files of the folder say now."""
    laying = _Laying(registers, remove)
    for sheet in all_sheets():
        if sheet.parent is None:
            laying.kind(sheet, [file for file in files if file.kind is sheet.kind])
    laying.refuse_orphans()
    return laying.made


class _Laying:
    """Goes through every register once."""

    def __init__(self, registers: Registers, remove: bool) -> None:
        self.made = Targets()
        self._grids = registers.grids
        self._remove = remove
        self._file = ""
        self._rows: dict[tuple[str, Above], list[Row]] = defaultdict(list)
        self._waiting: set[tuple[str, Above]] = set()
        for sheet in all_sheets():
            for row in self._grid_rows(sheet):
                above = tuple(as_text(row.cells.get(header)) for header in sheet.parent_headers)
                self._rows[sheet.title, above].append(row)
                self._waiting.add((sheet.title, above))

    def kind(self, sheet: Sheet, files: list[RegisterFile]) -> None:
        """Every file of one kind."""
        self._waiting.discard((sheet.title, ()))
        rows = self._named_rows(sheet)
        if sheet.kind is FileKind.PARTNERSHIP and files and len(rows) == 1:
            rows = {str(files[0].value.get("id")): next(iter(rows.values()))}
        gone: set[str] = set()
        for file in files:
            name = str(file.value.get("id"))
            row = rows.pop(name, None)
            gone |= {name} if row is None else set()
            if row is None and sheet.title in self._grids and self._goes(file.inside):
                self.made.files.append(Target(file.inside, sheet.kind, file, None))
                continue
            self._target(file.inside, sheet, file, row, name)
        left = [file for file in files if str(file.value.get("id")) in gone]
        if left and rows:
            self.made.problems += renamed(sheet, left, rows, self._grids)
        for name, row in rows.items():
            self._target(_file_name(sheet.kind, name), sheet, None, row, name)

    def refuse_orphans(self) -> None:
        """Rows that say they belong to something that neither the registers nor the folder has."""
        for title, above in sorted(self._waiting):
            sheet = next(sheet for sheet in all_sheets() if sheet.title == title)
            known = [
                names for other, names in self._rows if other == title and (other, names) != (title, above)
            ]
            for row in self._rows[title, above]:
                self.made.problems.append(self._orphan(sheet, row, above, known))

    def _orphan(self, sheet: Sheet, row: Row, above: Above, known: Iterable[Above]) -> Problem:
        header, name = next(
            ((h, n) for h, n in zip(sheet.parent_headers, above, strict=True) if not n),
            (sheet.parent_headers[-1], above[-1]),
        )
        what = (
            f"there is no {' / '.join(above)} for this row to belong to" if name else f"'{header}' is empty"
        )
        near = nearest(name, [names[-1] for names in known]) if name else None
        titles = " and ".join(f"'{one.title}'" for one in sheet.ancestors)
        remedy = f"{perhaps(near)}Name a row of {titles}."
        return Problem(self._grids[sheet.title].place(row.number, header), "dangling-row", what, remedy)

    def _grid_rows(self, sheet: Sheet) -> list[Row]:
        grid = self._grids.get(sheet.title)
        return grid.rows if grid else []

    def _named_rows(self, sheet: Sheet) -> dict[str, Row]:
        """The rows of files by their ids; without a fit id nobody can tell which file is meant."""
        rows: dict[str, Row] = {}
        for row in self._grid_rows(sheet):
            grid = self._grids[sheet.title]
            name = as_text(row.cells.get("id"))
            if not re.match(ID_PATTERN, name):
                what = f"'{name}' is no id" if name else f"{a_or_an(sheet.singular)} needs an id"
                remedy = "An id begins with a letter or a digit, and holds letters, digits, '-', '_' and '.'."
                self.made.problems.append(Problem(grid.place(row.number, "id"), "wrong-form", what, remedy))
            elif name in rows:
                what = f"the id '{name}' is used already, in row {rows[name].number}"
                remedy = "Give one of the two another id, or delete it."
                self.made.problems.append(Problem(grid.place(row.number, "id"), "duplicate-id", what, remedy))
            else:
                rows[name] = row
        return rows

    def _target(
        self, inside: str, sheet: Sheet, now: RegisterFile | None, row: Row | None, name: str
    ) -> None:
        self._file = inside
        value = self._laid(sheet, now.value if now else {}, row, (name,), ())
        self.made.files.append(Target(inside, sheet.kind, now, value))

    def _laid(
        self, sheet: Sheet, now: dict[str, Any], row: Row | None, names: Above, path: Path
    ) -> dict[str, Any]:
        """One mapping: what it says now, the row's cells over it, and the rows that belong to it."""
        made: dict[str, Any] = copy.deepcopy(now)
        if row is not None:
            self._lay_cells(sheet, made, row, path)
        for child in children_of(sheet):
            if child.title in self._grids:
                own = names if sheet in child.ancestors else ()
                self._lay_rows(child, made, own, path)
        return made

    def _lay_cells(self, sheet: Sheet, made: dict[str, Any], row: Row, path: Path) -> None:
        grid = self._grids[sheet.title]
        self._came_from(path, grid.place(row.number))
        for key, value in sheet.fixed:
            made.setdefault(key, value)
        for column in sheet.columns:
            if column.header not in grid.headers:
                continue
            cell, now = row.cells.get(column.header), value_at(made, column.path)
            self._came_from((*path, *column.path), grid.place(row.number, column.header))
            if isinstance(cell, Unread) or same(cell, to_cell(now, column)):
                continue
            try:
                put(made, column.path, from_cell(cell, column))
            except Unreadable as error:
                place = grid.place(row.number, column.header)
                self.made.problems.append(Problem(place, "unreadable-cell", error.what, error.remedy))

    def _lay_rows(self, sheet: Sheet, made: dict[str, Any], above: Above, path: Path) -> None:
        now = items_of(made, sheet.inside)
        self._waiting.discard((sheet.title, above))
        pairs = self._paired(sheet, now, self._rows.get((sheet.title, above), []), (*path, *sheet.inside))
        if not pairs and not now:
            return
        items = []
        for i, (old, row, name) in enumerate(pairs):
            inside = (*path, *sheet.inside, i)
            items.append(self._laid(sheet, {} if old is None else now[old], row, (*above, name), inside))
        put(made, sheet.inside, items or None)

    def _paired(
        self, sheet: Sheet, now: list[dict[str, Any]], rows: list[Row], path: Path
    ) -> list[tuple[int | None, Row | None, str]]:
        """Which row is which item: (the item's place now, its row, its name), in the order to be written."""
        names = [identity(sheet, item, i) for i, item in enumerate(now, start=1)]
        free: dict[str, list[int]] = defaultdict(list)
        for i, name in enumerate(names):
            free[name].append(i)
        found: list[tuple[float, int | None, Row | None, str]] = []
        seen: dict[str, int] = {}
        moved = _moved(sheet, now, rows)
        for name in moved.values():
            free[name].clear()
        for row in rows:
            name = as_text(row.cells.get(sheet.key or NUMBER))
            self._refuse_twice(sheet, row, name, seen)
            if row.number in moved:
                old: int | None = int(moved[row.number]) - 1
            else:
                old = free[name].pop(0) if free.get(name) else None
            found.append((self._turn(sheet, row, old), old, row, name))
        for name, left in sorted(free.items()):
            for i in left:
                if not self._goes(f"{self._file}: {key_path((*path, i))}"):
                    found.append((i + 1, i, None, name))
        return [(old, row, name) for _, old, row, name in sorted(found, key=lambda one: one[0])]

    def _turn(self, sheet: Sheet, row: Row, old: int | None) -> float:
        """Where the row comes in its list: by its number where the order counts, else where it was."""
        if not sheet.in_order:
            return _LAST if old is None else old + 1
        try:
            return float(as_text(row.cells.get(NUMBER)) or _LAST)
        except ValueError:
            what = f"'{as_text(row.cells.get(NUMBER))}' is no number"
            remedy = "Number the rows in their order; 2.5 comes between 2 and 3."
            place = self._grids[sheet.title].place(row.number, NUMBER)
            self.made.problems.append(Problem(place, "not-a-number", what, remedy))
            return _LAST

    def _refuse_twice(self, sheet: Sheet, row: Row, name: str, seen: dict[str, int]) -> None:
        if name and name in seen and not (sheet.key and sheet.in_order):
            what = f"'{name}' stands twice in the same list, here and in row {seen[name]}"
            remedy = "Give one of the two another number or id, or empty the number of a new row."
            place = self._grids[sheet.title].place(row.number, sheet.key or NUMBER)
            self.made.problems.append(Problem(place, "duplicate-row", what, remedy))
        seen.setdefault(name, row.number)

    def _goes(self, what: str) -> bool:
        """Whether what has no row is taken out; what stays is told."""
        if not self._remove:
            self.made.kept.append(what)
        return self._remove

    def _came_from(self, path: Path, place: Place) -> None:
        self.made.origins[self._file, key_path(path)] = place


def _moved(sheet: Sheet, now: list[dict[str, Any]], rows: list[Row]) -> dict[int, str]:
    """Rows that say what an item says, and have been given another place in the order."""
    if sheet.key or not sheet.in_order:
        return {}
    shown = {
        str(i): {
            column.header: as_text(to_cell(value_at(item, column.path), column)) for column in sheet.columns
        }
        for i, item in enumerate(now, start=1)
    }
    moved: dict[int, str] = {}
    for row in rows:
        said = {column.header: as_text(row.cells.get(column.header)) for column in sheet.columns}
        alike = [name for name, cells in shown.items() if cells == said and name not in moved.values()]
        number = as_text(row.cells.get(NUMBER))
        if alike:
            moved[row.number] = number if number in alike else alike[0]
    return moved


def _file_name(kind: FileKind, name: str) -> str:
    if kind is FileKind.PARTNERSHIP:
        return CHARTER_FILE
    folder = next(folder for folder, held in FOLDERS.items() if held is kind)
    return f"{folder}/{name}.yaml"
