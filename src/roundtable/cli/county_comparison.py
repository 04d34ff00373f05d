"""The comparison of a county with published figures: as a page, and as text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from roundtable.county.comparison.rows import GATHERS, HAPPENS, PEOPLE
from roundtable.pages.comparison_page import Chapter, comparison_page
from roundtable.pages.numbers import day
from roundtable.pages.tables import Cell, Column, Group, Table, cells

if TYPE_CHECKING:
    from roundtable.county.comparison.rows import Comparison
    from roundtable.county.comparison.weights import Weights
    from roundtable.county.plan import CountyPlan

#: Within how much of the published figure the county's is said to be close.
CLOSE = 0.15
#: The anchor of each chapter, in their order.
_CHAPTERS = {PEOPLE: "people", HAPPENS: "happens", GATHERS: "gathers"}
#: Statuses of figures that somebody published or worked out, and that were not only recalled.
_KNOWN = ("measured", "read", "derived")
_BY_CHANCE = "By chance"
#: Characters of a unit that is short enough to stand beside a figure in full.
_SHORT = 22
_COLUMNS = (
    Column("Figure", header=True, css="roomy"),
    Column("Published", numeric=True),
    Column("Generated", numeric=True),
    Column("Match"),
    Column(_BY_CHANCE, numeric=True),
    Column("Where from", css="roomy"),
)


def page_of(plan: CountyPlan, rows: Sequence[Comparison], weights: Sequence[Weights]) -> str:
    """The comparison as a page of its own."""
    chapters = [
        Chapter(anchor, heading, _table(anchor, [row for row in rows if row.chapter == heading]))
        for heading, anchor in _CHAPTERS.items()
        if any(row.chapter == heading for row in rows)
    ]
    unpriced = [
        f"{one.name} has no weight for {', '.join(one.unpriced)}: unpriced, which is not harmless."
        for one in weights
        if one.unpriced
    ]
    return comparison_page(
        chapters,
        people=plan.people,
        today=plan.today,
        tolerance=f"{CLOSE:.0%}",
        summary=_summary(rows),
        unpriced=unpriced,
    )


def _summary(rows: Sequence[Comparison]) -> str:
    """How many figures are close, in all and of those that can be trusted."""
    published = [row for row in rows if row.ratio is not None]
    known = [row for row in published if row.status in _KNOWN]
    close, known_close = (sum(_close(row) for row in those) for those in (published, known))
    return (
        f"{close} of {len(published)} published figures are close; of the {len(known)} measured, read or "
        f"derived, {known_close} are. {len(rows) - len(published)} figures stand without a published one."
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
            "chapter": row.chapter,
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


def _table(anchor: str, rows: Sequence[Comparison]) -> Table:
    """A chapter's table, its groups under headings of their own."""
    by_chance = any(row.null for row in rows)
    columns = tuple(column for column in _COLUMNS if by_chance or column.heading != _BY_CHANCE)
    groups = []
    for group, mine in _grouped(rows).items():
        units = {row.unit for row in mine}
        shared = units.pop() if len(units) == 1 and len(mine) > 1 else ""
        lines = [_cells(row, "" if shared else _suffix(row), by_chance) for row in mine]
        title = f"{group}, {_unit(shared)}" if shared else group
        groups.append(Group(tuple(cells(columns, line) for line in lines), title))
    return Table(f"figures-{anchor}", "Published figures and the county’s own", columns, tuple(groups))


def _cells(row: Comparison, unit: str, by_chance: bool) -> list[Cell]:
    return [
        Cell(f"{row.about}{unit}", note=_sentence(row.note)),
        Cell(_number(row.published, row)),
        Cell(_number(row.generated, row)),
        _match(row),
        *((_by_chance(row),) if by_chance else ()),
        Cell(f"{row.source}{f' ({_when(row.date)})' if row.date else ''}", note=row.status),
    ]


def _unit(unit: str) -> str:
    """With commas in its thousands."""
    return re.sub(r"\b\d{4,}\b", lambda found: f"{int(found[0]):,}", unit)


def _suffix(row: Comparison) -> str:
    """The unit as it follows what is counted, but for what the words say already."""
    kind = row.unit.split()[0]
    if kind == "per":
        return f", {_unit(row.unit)}"
    if kind == "share":
        short = row.unit if len(row.unit) <= _SHORT else kind
        return "" if kind in row.about.casefold() else f", {short}"
    return f", {kind}" if kind == "times" else ""


def _by_chance(row: Comparison) -> Cell:
    null = row.null
    if null is None:
        return Cell()
    low, mean, high = (f"{one:.{row.places}f}" for one in (null.low, null.mean, null.high))
    return Cell(mean, note=f"{low} to {high}")


def _when(written: str) -> str:
    """A day in words; a year as it stands."""
    return day(date.fromisoformat(written)) if len(written) == len("2021-03-21") else written


def _sentence(note: str) -> str:
    """With a capital and a full stop."""
    return f"{note[:1].upper()}{note[1:].rstrip('.')}." if note else ""


def _close(row: Comparison) -> bool:
    return row.ratio is not None and abs(row.ratio - 1) <= CLOSE


def _match(row: Comparison) -> Cell:
    if row.ratio is None:
        return Cell("no figure", tag="quiet")
    if _close(row):
        return Cell("close", tag="good")
    return Cell(f"{row.ratio:.2f} times", tag="warn")


def _chance(row: Comparison) -> str:
    null = row.null
    if null is None:
        return ""
    return f"{null.mean:.{row.places}f} ({null.low:.{row.places}f} to {null.high:.{row.places}f})"


def _number(value: float | None, row: Comparison) -> str:
    return "not found" if value is None else f"{value:,.{row.places}f}"
