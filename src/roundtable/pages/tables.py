"""Tables as the page's one partial draws them: captioned, scoped, numbers to the right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Bar:
    """One bar of a row's chart: its CSS class, and where it lies, in hundredths of the cell's width."""

    css: str
    y: int
    width: str


@dataclass(frozen=True)
class Cell:
    """One cell. `tag` draws the text as a label of that colour; `bars` draw a chart in its place.

    `href` makes the text a link to another page of the same folder; `note` stands under it; `label` is its
    column's heading, for a page that stacks its tables on narrow screens.
    """

    text: str = ""
    href: str = ""
    css: str = ""
    tag: str = ""
    note: str = ""
    header: bool = False
    bars: tuple[Bar, ...] = ()
    bars_height: int = 0
    label: str = ""


@dataclass(frozen=True)
class Column:
    """One column: its heading, and how its cells are set."""

    heading: str
    numeric: bool = False
    header: bool = False
    css: str = ""

    @property
    def classes(self) -> str:
        """The CSS classes of every cell in the column."""
        return " ".join(name for name in ("num" if self.numeric else "", self.css) if name)


@dataclass(frozen=True)
class Group:
    """Rows under a heading of their own; a heading of nothing draws none."""

    rows: tuple[tuple[Cell, ...], ...]
    heading: str = ""
    element: str = "tbody"


@dataclass(frozen=True)
class Table:
    """A whole table."""

    id: str
    caption: str
    columns: tuple[Column, ...]
    groups: tuple[Group, ...]
    css: str = ""

    @property
    def empty(self) -> bool:
        """Whether there is nothing in it."""
        return not any(group.rows or group.heading for group in self.groups)

    @property
    def count(self) -> int:
        """How many rows there are, totals left out."""
        return sum(len(group.rows) for group in self.groups if group.element == "tbody")


def cells(columns: Sequence[Column], row: Sequence[str | Cell]) -> tuple[Cell, ...]:
    """A row with what its columns say of it."""
    return tuple(_in_column(column, cell) for column, cell in zip(columns, row, strict=True))


def _in_column(column: Column, cell: str | Cell) -> Cell:
    plain = Cell(cell) if isinstance(cell, str) else cell
    css = " ".join(name for name in (column.classes, plain.css) if name)
    return replace(plain, css=css, header=column.header, label=column.heading)


def table(
    table_id: str,
    caption: str,
    columns: Sequence[Column],
    rows: Sequence[Sequence[str | Cell]],
    *,
    total: Sequence[str | Cell] = (),
    css: str = "",
) -> Table:
    """A table of one group of rows, with a row of totals under them where one is given."""
    groups = [Group(tuple(cells(columns, row) for row in rows))] if rows else []
    if total:
        groups.append(Group((cells(columns, total),), element="tfoot"))
    return Table(table_id, caption, tuple(columns), tuple(groups), css)
