"""Outcomes: how many cases a year there are, and whether anybody counted them."""

from __future__ import annotations

from dataclasses import dataclass

from roundtable.pages.numbers import ABSENT, fixed, listed, plural, short_month
from roundtable.pages.tables import Cell, Column, Table, table
from roundtable.partnership.model.outcome import Direction
from roundtable.report.contents import CasesBasis, OutcomeShown, ReportContents
from roundtable.report.disclosure import Disclosure

COLUMNS = (
    Column("Outcome", header=True),
    Column("Cases a year", numeric=True),
    Column("Known from"),
    Column("Source"),
    Column("Wanted"),
)
BASES = {
    CasesBasis.MEASURED: ("measured", "good"),
    CasesBasis.ESTIMATED: ("estimate", "quiet"),
    CasesBasis.UNKNOWN: ("unknown", "bad"),
}
DIRECTIONS = {Direction.DOWN: "fewer", Direction.UP: "more"}


@dataclass(frozen=True)
class OutcomesView:
    """The section."""

    summary: str
    outcomes: Table
    caution: str


def view(contents: ReportContents) -> OutcomesView:
    """The section as its template prints it."""
    disclosure = Disclosure(contents.suppress_below)
    rows = [_row(one, disclosure) for one in contents.outcomes]
    caption = "The outcomes of the partnership and their cases a year."
    return OutcomesView(
        _summary(contents), table("outcome-cases", caption, COLUMNS, rows), _caution(contents)
    )


def _row(one: OutcomeShown, disclosure: Disclosure) -> tuple[str | Cell, ...]:
    word, tag = BASES[one.basis]
    cases = Cell("unknown", css="words")
    if one.annual_cases is not None:
        cases = Cell(disclosure.derived(one.records or 0, fixed(one.annual_cases)))
    source = _source(one, disclosure) or ABSENT
    return (Cell(one.name, note=one.indicator), cases, Cell(word, tag=tag), source, DIRECTIONS[one.direction])


def _source(one: OutcomeShown, disclosure: Disclosure) -> str:
    if one.records is None or one.months is None or one.first_month is None or one.last_month is None:
        return one.source
    span = f"{short_month(one.first_month)} to {short_month(one.last_month)}"
    records = f"{disclosure.count(one.records)} {'record' if one.records == 1 else 'records'}"
    held = f"{records} in {plural(one.months, 'month')} held, {span}"
    return f"{one.source}: {held}" if one.source else held


def _summary(contents: ReportContents) -> str:
    number = {basis: sum(one.basis is basis for one in contents.outcomes) for basis in BASES}
    told = (
        f"{fixed(number[CasesBasis.MEASURED])} counted from data",
        f"{fixed(number[CasesBasis.ESTIMATED])} estimated",
        f"{fixed(number[CasesBasis.UNKNOWN])} unknown",
    )
    return f"{plural(len(contents.outcomes), 'outcome')}: {listed(told)}." if contents.outcomes else ""


def _caution(contents: ReportContents) -> str:
    if not any(one.basis is CasesBasis.MEASURED for one in contents.outcomes):
        return ""
    return (
        "A measured figure is records × 12 ÷ months held, so it stands for a year only as far as the "
        "months held are like the others."
    )
