"""Flags on properties: how they overlap, what sharing them is worth, and what was not shared."""

from __future__ import annotations

from dataclasses import dataclass

from roundtable.insight.flags.overlap import FlagsValue
from roundtable.pages.numbers import ABSENT, listed
from roundtable.pages.tables import Cell, Column, Table, table
from roundtable.report.contents import ReportContents
from roundtable.report.disclosure import PEOPLE
from roundtable.report.flag_contents import FlagsShown

OVERLAP_COLUMNS = (
    Column("Flagged by", header=True),
    Column("Homes", numeric=True),
    Column("Not visited", numeric=True),
)
NOT_SHARED_COLUMNS = (Column("Dataset", header=True), Column("Held, and not let through"))
_DAYS_IN_A_YEAR = 365


@dataclass(frozen=True)
class FlagsView:
    """The section; nothing of it is drawn where no contract agrees on any flag."""

    sentences: tuple[str, ...]
    overlap: Table
    not_shared: Table
    rule: str


def view(contents: ReportContents) -> FlagsView | None:
    """The section as its template prints it."""
    return None if contents.flags is None else flags_view(contents.flags)


def flags_view(flags: FlagsShown) -> FlagsView:
    """The same from the flags alone."""
    return FlagsView(
        sentences=_sentences(flags),
        overlap=table(
            "flag-overlap",
            "Homes by the services that have flagged them, and how many nobody has visited lately.",
            OVERLAP_COLUMNS,
            [
                (listed(one.agencies), PEOPLE.count(one.homes), PEOPLE.count(one.unvisited))
                for one in flags.overlap
            ],
        ),
        not_shared=table(
            "flag-not-shared",
            "What these datasets hold besides, and no agreement lets through for this.",
            NOT_SHARED_COLUMNS,
            [(one.dataset, Cell("; ".join(one.columns) or ABSENT)) for one in flags.not_shared],
        ),
        rule=PEOPLE.rule,
    )


def _sentences(flags: FlagsShown) -> tuple[str, ...]:
    visitor = listed(flags.visitors) or "whoever visits"
    value = flags.value
    return (
        f"Two services or more have flagged {PEOPLE.told(value.together, 'home')} that nobody has visited in "
        f"{_span(flags.visit_days)}.",
        f"{visitor} alone would list {PEOPLE.told(value.alone, 'home')} from its own data. {_added(value)}",
        f"{_capital(PEOPLE.told(value.visited, 'home'))} with several flags have been visited.",
    )


def _added(value: FlagsValue) -> str:
    """What the flags of others add to what the visitor knows."""
    if not value.unknown_to_visitor:
        return "Whatever several services have flagged is flagged in its own data too."
    return (
        f"{_capital(PEOPLE.told(value.unknown_to_visitor, 'home'))} of those that several services have "
        "flagged are not flagged in its own data at all: without the flags of others it would not find them."
    )


def _span(days: int) -> str:
    """A number of days as one says it: `2 years` where it is whole years."""
    years, rest = divmod(days, _DAYS_IN_A_YEAR)
    if years and not rest:
        return "a year" if years == 1 else f"{years} years"
    return f"{days:,} days"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
