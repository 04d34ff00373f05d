"""Records by month, with the months that nobody delivered shown as gaps and never as nought."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import count, groupby

from roundtable.pages.numbers import fixed, month, plural, short_month
from roundtable.pages.tables import Cell, Column, Table, table
from roundtable.report.contents import ReportContents
from roundtable.report.disclosure import Disclosure
from roundtable.report.names import Names
from roundtable.report.rows import records_by_month

COLUMNS = (Column("Month", header=True), Column("Records", numeric=True))
#: The drawing, in pixels at natural size.
WIDTH, TOP, PLOT, LEFT, BOTTOM = 720, 16, 180, 56, 44


@dataclass(frozen=True)
class MonthBar:
    """One month held."""

    x: str
    y: str
    width: str
    height: str
    told: str


@dataclass(frozen=True)
class Gap:
    """A run of months that are not held; `label` is empty where it would not fit."""

    x: str
    width: str
    middle: str
    label: str
    told: str


@dataclass(frozen=True)
class Tick:
    """A mark on an axis."""

    at: str
    label: str


@dataclass(frozen=True)
class MonthsChart:
    """The drawing of one dataset's months."""

    id: str
    title: str
    description: str
    width: int
    height: int
    left: int
    baseline: int
    right: int
    bars: tuple[MonthBar, ...]
    gaps: tuple[Gap, ...]
    years: tuple[Tick, ...]
    counts: tuple[Tick, ...]


@dataclass(frozen=True)
class DatasetMonths:
    """One dataset's months: what is held, the chart and its table."""

    name: str
    sentence: str
    chart: MonthsChart
    table: Table


@dataclass(frozen=True)
class MonthsView:
    """The section."""

    datasets: tuple[DatasetMonths, ...]


@dataclass(frozen=True)
class Span:
    """Consecutive months that are all held or all missing."""

    held: bool
    months: tuple[date, ...]


def view(contents: ReportContents, names: Names) -> MonthsView:
    """The section as its template prints it."""
    found = [(dataset, held_months(contents, names, dataset)) for dataset in names.datasets_measured()]
    disclosure = Disclosure(contents.suppress_below)
    return MonthsView(
        tuple(
            _dataset(f"m{place}", names.dataset(dataset), records, disclosure)
            for place, (dataset, records) in enumerate(found)
            if records
        )
    )


def held_months(contents: ReportContents, names: Names, dataset: str) -> dict[date, int]:
    """Records by month of a dataset, for the months that are held."""
    sets, kinds = names.sets_measured(dataset), names.kinds_measured(dataset)
    if contents.figures is None or not sets:
        return {}
    return records_by_month(contents.figures, sets[0].id, dataset, kinds[0])


def spans(held: dict[date, int]) -> tuple[Span, ...]:
    """The time from the first month held to the last, cut where holding begins and ends."""
    first, last = min(held), max(held)
    every = [_month_after(first, number) for number in range(_months_between(first, last) + 1)]
    return tuple(Span(kind, tuple(run)) for kind, run in groupby(every, lambda one: one in held))


def told_span(span: Span) -> str:
    """A run of months in words."""
    first, last = short_month(span.months[0]), short_month(span.months[-1])
    return first if first == last else f"{first} to {last}"


def _months_between(first: date, last: date) -> int:
    return (last.year - first.year) * 12 + last.month - first.month


def _month_after(first: date, months: int) -> date:
    years, place = divmod(first.month - 1 + months, 12)
    return date(first.year + years, place + 1, 1)


def _dataset(chart_id: str, name: str, held: dict[date, int], disclosure: Disclosure) -> DatasetMonths:
    runs = spans(held)
    sentence = _sentence(held, runs)
    return DatasetMonths(
        name,
        sentence,
        _chart(chart_id, name, sentence, held, runs, disclosure),
        _table(chart_id, held, runs, disclosure),
    )


def _sentence(held: dict[date, int], runs: tuple[Span, ...]) -> str:
    missing = sum(len(run.months) for run in runs if not run.held)
    if not missing:
        return f"{plural(len(held), 'month')} held, {told_span(runs[0])}, without a gap."
    told = "; ".join(told_span(run) for run in runs if run.held)
    return (
        f"{plural(len(held), 'month')} held: {told}. The {plural(missing, 'month')} between are not held: "
        "they are gaps, not quiet months, and a year’s figure is made up from the months held."
    )


def _table(table_id: str, held: dict[date, int], runs: tuple[Span, ...], disclosure: Disclosure) -> Table:
    rows: list[tuple[str | Cell, ...]] = []
    for run in runs:
        if run.held:
            rows.extend((month(one), disclosure.count(held[one])) for one in run.months)
        else:
            rows.append((Cell(told_span(run), css="gap"), Cell("not held", css="gap words")))
    return table(f"{table_id}-months", "Records by month; gaps are months not held.", COLUMNS, rows)


def _chart(
    chart_id: str,
    name: str,
    sentence: str,
    held: dict[date, int],
    runs: tuple[Span, ...],
    disclosure: Disclosure,
) -> MonthsChart:
    slots = sum(len(run.months) for run in runs)
    slot = min((WIDTH - LEFT) / slots, 48.0)
    step = _step(max(held.values()))
    top = step * -(-max(max(held.values()), 1) // step)
    first = min(held)
    bars = tuple(
        _bar(one, records, _months_between(first, one) * slot, slot, records / top, disclosure)
        for one, records in held.items()
    )
    every = [one for run in runs for one in run.months]
    return MonthsChart(
        chart_id,
        f"Records by month: {name}",
        sentence,
        round(LEFT + slots * slot),
        TOP + PLOT + BOTTOM,
        LEFT,
        TOP + PLOT,
        round(LEFT + slots * slot),
        bars,
        tuple(_gap(run, _months_between(first, run.months[0]) * slot, slot) for run in runs if not run.held),
        _years(every, slot),
        tuple(Tick(_at(TOP + PLOT * (1 - value / top)), fixed(value)) for value in range(0, top + 1, step)),
    )


def _bar(one: date, records: int, x: float, slot: float, share: float, disclosure: Disclosure) -> MonthBar:
    share = 0.0 if disclosure.hides(records) else share
    told = f"{month(one)}: {disclosure.count(records)} records"
    width = max(slot - max(slot / 6, 1.0), 1.0)
    return MonthBar(_at(LEFT + x), _at(TOP + PLOT * (1 - share)), _at(width), _at(PLOT * share), told)


def _gap(run: Span, x: float, slot: float) -> Gap:
    width = slot * len(run.months)
    label = f"{plural(len(run.months), 'month')} not held" if width >= 150 else ""
    told = f"{told_span(run)}: not held"
    return Gap(_at(LEFT + x), _at(width), _at(LEFT + x + width / 2), label, told)


def _years(every: list[date], slot: float) -> tuple[Tick, ...]:
    """The Januaries, or every month's name where there is room for it."""
    if slot >= 40:
        middles = ((_at(LEFT + (place + 0.45) * slot), one) for place, one in enumerate(every))
        return tuple(Tick(at, f"{short_month(one)[:3]} {one.year % 100:02}") for at, one in middles)
    marked = [(place, one) for place, one in enumerate(every) if one.month == 1 or place == 0]
    if len(marked) > 1 and marked[1][0] * slot < 40:
        marked = marked[1:]
    return tuple(Tick(_at(LEFT + place * slot), str(one.year)) for place, one in marked)


def _step(most: int) -> int:
    """The smallest round step that cuts an axis into at most five parts."""
    steps: Iterator[int] = (digit * 10**power for power in count() for digit in (1, 2, 5))
    return next(step for step in steps if step * 5 >= most)


def _at(value: float) -> str:
    return f"{value:.1f}"
