"""What the files of a folder say, as the rows of every register."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from roundtable.partnership.exchange.registers.cells import Cell, to_cell
from roundtable.partnership.exchange.registers.grid import Grid, Registers, Row
from roundtable.partnership.exchange.registers.paths import value_at
from roundtable.partnership.exchange.registers.sheets import NUMBER, Keys, Sheet, all_sheets
from roundtable.partnership.exchange.registers.terms import unfolded
from roundtable.partnership.file_kinds import FileKind
from roundtable.partnership.folder import read_bytes, survey
from roundtable.partnership.loading import load_partnership
from roundtable.partnership.yaml_source import read_yaml

Mapped = dict[str, Any]


@dataclass(frozen=True)
class RegisterFile:
    """One file of the folder: where it stands, its bytes, and what it says."""

    inside: str
    kind: FileKind
    content: bytes
    value: Mapped

    @property
    def digest(self) -> str:
        """What tells this version of the file from another."""
        return hashlib.sha256(self.content).hexdigest()


def registers_of(folder: Path) -> Registers:
    """Every register of a partnership folder, in the order in which its files have it.

    Raises:
        PartnershipUnusable: the folder has problems; they are mended first.
    """
    load_partnership(folder)
    files = register_files(folder)
    grids = {sheet.title: _grid(sheet, files) for sheet in all_sheets()}
    return Registers(str(folder), grids, {file.inside: file.digest for file in files})


def register_files(folder: Path) -> tuple[RegisterFile, ...]:
    """The files that the registers are made from; reference tables are no register."""
    found = (file for file in survey(folder).yaml_files if file.kind is not FileKind.REFERENCE)
    return tuple(_read(file.inside, file.kind, read_bytes(file)) for file in found if file.kind is not None)


def rows_in(sheet: Sheet, value: Mapped) -> Iterator[tuple[tuple[str, ...], int, Mapped]]:
    """The rows of a register in one file: what names the rows above each, its number, and its mapping."""
    if sheet.parent is None:
        yield (), 1, value
        return
    named = sheet.parent in sheet.ancestors
    for above, number, mapping in rows_in(sheet.parent, value):
        own = (identity(sheet.parent, mapping, number),) if named else ()
        for position, item in enumerate(items_of(mapping, sheet.inside), start=1):
            yield (*above, *own), position, item


def identity(sheet: Sheet, mapping: Mapping[str, Any], number: int) -> str:
    """What a row is called by the rows that belong to it: its id, or its number."""
    return str(mapping.get(sheet.key, "")).strip() if sheet.key else str(number)


def items_of(mapping: Mapped, inside: Keys) -> list[Mapped]:
    """The mappings of a list inside a row."""
    found = value_at(mapping, inside)
    return [item for item in found if isinstance(item, dict)] if isinstance(found, list) else []


def _read(inside: str, kind: FileKind, content: bytes) -> RegisterFile:
    value = read_yaml(content, inside).value
    return RegisterFile(inside, kind, content, unfolded(value) if kind is FileKind.DATASET else value)


def _grid(sheet: Sheet, files: tuple[RegisterFile, ...]) -> Grid:
    rows: list[Row] = []
    for file in (file for file in files if file.kind is sheet.kind):
        for above, number, mapping in rows_in(sheet, file.value):
            rows.append(Row(len(rows) + 2, _cells(sheet, above, number, mapping)))
    return Grid(sheet.title, sheet.title, sheet.headers, rows)


def _cells(sheet: Sheet, above: tuple[str, ...], number: int, mapping: Mapped) -> dict[str, Cell]:
    cells: dict[str, Cell] = dict(zip(sheet.parent_headers, above, strict=True))
    if sheet.numbered:
        cells[NUMBER] = number
    for column in sheet.columns:
        cells[column.header] = to_cell(value_at(mapping, column.path), column)
    return cells
