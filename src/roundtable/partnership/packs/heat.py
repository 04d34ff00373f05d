"""Heat maps as tables: every cell says in figures what its colour says, so the map is its own table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from roundtable.pages.tables import Cell

#: More rows or columns than this and nobody can find a cell.
MOST = 40


@dataclass(frozen=True)
class Head:
    """A column's heading, set upright where there are many."""

    text: str


@dataclass(frozen=True)
class Row:
    """One row: whose it is, and its cells."""

    head: Cell
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Heat:
    """A square map.

    Attributes:
        id: of the table.
        caption: what a cell says.
        corner: what rows and columns are.
        heads: the columns.
        rows: the rows.
        key: each colour's class and what it means, in order.
        left_out: a sentence that says how many do not fit; nothing when all do.
    """

    id: str
    caption: str
    corner: str
    heads: tuple[Head, ...]
    rows: tuple[Row, ...]
    key: tuple[tuple[str, str], ...]
    left_out: str = ""


def square(
    table_id: str,
    caption: str,
    corner: str,
    names: Sequence[tuple[str, Cell]],
    columns: Sequence[tuple[str, str]],
    cells: Mapping[tuple[str, str], Cell],
    key: Sequence[tuple[str, str]],
) -> Heat:
    """A map of rows by columns.

    Args:
        table_id: the id of the table.
        caption: what a cell says.
        corner: what rows and columns are.
        names: the ids of the rows, each with its head.
        columns: the ids of the columns, each with its heading.
        cells: by row and column; a pair that is not there has nothing to say.
        key: the colours' classes and what each means.
    """
    shown = _fullest([row for row, _ in names], [pair[0] for pair in cells])
    across = _fullest([column for column, _ in columns], [pair[1] for pair in cells])
    kept = [(column, told) for column, told in columns if column in across]
    rows = tuple(
        Row(head, tuple(cells.get((row, column), _nothing(row, column)) for column, _ in kept))
        for row, head in names
        if row in shown
    )
    missing = max(len(names) - len(shown), len(columns) - len(across))
    left_out = f"{missing} more do not fit on the map: those with most to show are on it." if missing else ""
    return Heat(table_id, caption, corner, tuple(Head(told) for _, told in kept), rows, tuple(key), left_out)


def _fullest(ids: Sequence[str], mentions: Sequence[str]) -> frozenset[str]:
    """As many as one can read, those with the most cells first and then in the order given."""
    counts = Counter(mentions)
    return frozenset(sorted(ids, key=lambda one: -counts[one])[:MOST])


def _nothing(row: str, column: str) -> Cell:
    return Cell("", css="self") if row == column else Cell("", css="none")
