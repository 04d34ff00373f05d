"""The comparison of a county with published figures: as a page, and as text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from roundtable.pages.comparison_page import comparison_page
from roundtable.pages.tables import Cell, Column, Table, table

if TYPE_CHECKING:
    from roundtable.county.comparison.rows import Comparison
    from roundtable.county.comparison.weights import Weights
    from roundtable.county.plan import CountyPlan

#: Within how much of the published figure the county's is said to be close.
CLOSE = 0.15
_BY_CHANCE = "By chance"
_COLUMNS = (
    Column("Figure", header=True, css="roomy"),
    Column("Published", numeric=True),
    Column("Generated", numeric=True),
    Column("Against it"),
    Column(_BY_CHANCE, numeric=True),
    Column("Unit"),
    Column("Where from", css="roomy"),
)


def page_of(plan: CountyPlan, rows: Sequence[Comparison], weights: Sequence[Weights]) -> str:
    """The comparison as a page of its own."""
    tables = [_table(number, group, mine) for number, (group, mine) in enumerate(_grouped(rows).items())]
    unpriced = [
        f"{one.name} has no weight for {', '.join(one.unpriced)}: unpriced, which is not harmless."
        for one in weights
        if one.unpriced
    ]
    return comparison_page(
        tables, people=plan.people, today=plan.today, tolerance=f"{CLOSE:.0%}", unpriced=unpriced
    )


def text_of(rows: Sequence[Comparison]) -> str:
    """The comparison as tables of Markdown, one to a group."""
    lines: list[str] = []
    for group, mine in _grouped(rows).items():
        by_chance = any(row.null for row in mine)
        headings = ["figure", "published", "generated", *(["by chance"] if by_chance else []), "status"]
        lines += ["", f"### {group}", "", _line(headings)]
        lines.append(_line(["---", "---:", "---:", *(["---:"] if by_chance else []), "---"]))
        for row in mine:
            numbers = [_number(row.published, row), _number(row.generated, row)]
            null = [_chance(row)] if by_chance else []
            lines.append(_line([f"{row.about} ({row.unit})", *numbers, *null, row.status]))
    return "\n".join(lines).strip() + "\n"


def values_of(rows: Sequence[Comparison]) -> list[dict[str, object]]:
    """The comparison for a program."""
    return [
        {
            "group": row.group,
            "about": row.about,
            "unit": row.unit,
            "published": row.published,
            "generated": row.generated,
            "by_chance": None if row.null is None else [row.null.low, row.null.mean, row.null.high],
            "source": row.source,
            "date": row.date,
            "status": row.status,
            "note": row.note,
        }
        for row in rows
    ]


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _grouped(rows: Sequence[Comparison]) -> dict[str, list[Comparison]]:
    groups: dict[str, list[Comparison]] = {}
    for row in rows:
        groups.setdefault(row.group, []).append(row)
    return groups


def _table(number: int, group: str, rows: Sequence[Comparison]) -> Table:
    by_chance = any(row.null for row in rows)
    columns = [column for column in _COLUMNS if by_chance or column.heading != _BY_CHANCE]
    cells = [
        (
            Cell(row.about, note=row.note),
            Cell(_number(row.published, row)),
            Cell(_number(row.generated, row)),
            _against(row),
            *((Cell(_chance(row)),) if by_chance else ()),
            Cell(row.unit),
            Cell(f"{row.source}{f' ({row.date})' if row.date else ''}", note=row.status),
        )
        for row in rows
    ]
    return table(f"group-{number}", group, columns, cells)


def _against(row: Comparison) -> Cell:
    if row.ratio is None:
        return Cell("no figure", tag="quiet")
    if abs(row.ratio - 1) <= CLOSE:
        return Cell("close", tag="good")
    return Cell(f"{row.ratio:.2f} times", tag="warn")


def _chance(row: Comparison) -> str:
    null = row.null
    if null is None:
        return ""
    return f"{null.mean:.{row.places}f} ({null.low:.{row.places}f} to {null.high:.{row.places}f})"


def _number(value: float | None, row: Comparison) -> str:
    return "not found" if value is None else f"{value:,.{row.places}f}"
