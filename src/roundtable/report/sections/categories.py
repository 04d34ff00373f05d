"""Kinds of record: their share of the records beside their share of the harm."""

from __future__ import annotations

from dataclasses import dataclass

from roundtable.pages.numbers import fixed, in_heading_unit, listed, percent, percentage_points, unit_sign
from roundtable.pages.tables import Bar, Cell, Column, Table, table
from roundtable.report.contents import ReportContents, WeightSetShown
from roundtable.report.disclosure import Disclosure
from roundtable.report.names import Names
from roundtable.report.rows import CodeRow, code_rows

#: Height of one bar and of the gap under it, in the units of the cell's drawing.
BAR, GAP = 8, 2


@dataclass(frozen=True)
class Series:
    """One colour of bar."""

    css: str
    name: str


@dataclass(frozen=True)
class DatasetCategories:
    """One dataset's kinds of record."""

    id: str
    name: str
    series: tuple[Series, ...]
    sentence: str
    table: Table


@dataclass(frozen=True)
class CategoriesView:
    """The section."""

    datasets: tuple[DatasetCategories, ...]


def view(contents: ReportContents, names: Names) -> CategoriesView:
    """The section as its template prints it."""
    rows = code_rows(contents.figures) if contents.figures else []
    datasets = sorted({row.dataset for row in rows})
    return CategoriesView(
        tuple(_dataset(contents, names, f"k{i}", one, rows) for i, one in enumerate(datasets))
    )


def _dataset(
    contents: ReportContents, names: Names, part_id: str, dataset: str, rows: list[CodeRow]
) -> DatasetCategories:
    sets = names.sets_measured(dataset)
    by_set = {
        one.id: {row.code: row for row in rows if (row.weight_set, row.dataset) == (one.id, dataset)}
        for one in sets
    }
    priced = [one for one in sets if not one.counts]
    base = list(by_set[sets[0].id].values())
    widest = max(
        [row.records_ppm for row in base] + [r.harm_ppm for one in priced for r in by_set[one.id].values()]
    )
    disclosure = Disclosure(contents.suppress_below)
    body = [
        _row(names, disclosure, row, [by_set[one.id][row.code] for one in priced], priced, widest)
        for row in base
    ]
    caption = "Each kind of record: its share of records and its share of harm."
    return DatasetCategories(
        part_id,
        names.dataset(dataset),
        _series(priced),
        _sentence(names, priced, by_set, disclosure),
        table(f"{part_id}-codes", caption, _columns(names, dataset, priced), body),
    )


def _series(priced: list[WeightSetShown]) -> tuple[Series, ...]:
    harm = (
        Series(f"b{place}", f"Share of harm in {unit_sign(one.unit)}: {one.title}")
        for place, one in enumerate(priced, start=1)
    )
    return (Series("b0", "Share of records"), *harm)


def _columns(names: Names, dataset: str, priced: list[WeightSetShown]) -> tuple[Column, ...]:
    fixed_columns = (
        Column("Kind of record", header=True, css="name-cell"),
        Column("", css="chart-cell"),
        Column("Records", numeric=True),
        Column("Share of records, %", numeric=True),
    )
    harm = [
        column
        for one in priced
        for column in (
            Column(names.harm_heading(one, dataset), numeric=True),
            Column(names.share_heading(one, dataset), numeric=True),
        )
    ]
    return (*fixed_columns, *harm)


def _row(
    names: Names,
    disclosure: Disclosure,
    row: CodeRow,
    weighed: list[CodeRow],
    priced: list[WeightSetShown],
    widest: int,
) -> tuple[str | Cell, ...]:
    shares = [row.records_ppm, *(one.harm_ppm for one in weighed)]
    bars = () if disclosure.hides(row.records) else _bars(shares, widest)
    harm = [
        cell for one, weights in zip(weighed, priced, strict=True) for cell in _harm(disclosure, one, weights)
    ]
    return (
        names.code(row.code),
        Cell(bars=bars, bars_height=len(shares) * (BAR + GAP)),
        disclosure.count(row.records),
        disclosure.derived(row.records, percentage_points(row.records_ppm)),
        *harm,
    )


def _bars(shares: list[int], widest: int) -> tuple[Bar, ...]:
    """One bar a share, the longest as wide as the cell; no share but nought is too short to be seen."""
    widths = [max(share * 100 / widest, 0.8) if share else 0.0 for share in shares]
    return tuple(Bar(f"b{place}", place * (BAR + GAP), f"{width:.2f}") for place, width in enumerate(widths))


def _harm(disclosure: Disclosure, row: CodeRow, weights: WeightSetShown) -> tuple[Cell, Cell]:
    if row.records and row.unpriced_records == row.records:
        return Cell("no price", css="words"), Cell("no price", css="words")
    return (
        Cell(disclosure.derived(row.records, in_heading_unit(row.harm, weights.unit))),
        Cell(disclosure.derived(row.records, percentage_points(row.harm_ppm))),
    )


def _sentence(
    names: Names,
    priced: list[WeightSetShown],
    by_set: dict[str, dict[str, CodeRow]],
    disclosure: Disclosure,
) -> str:
    """The one comparison that most changes how a reader sees the records; and what nobody priced."""
    shares: dict[str, list[str]] = {}
    for one in priced:
        top = max(by_set[one.id].values(), key=lambda row: (row.harm_ppm, row.code))
        if top.harm and not disclosure.hides(top.records):
            start = f"{names.code(top.code)}: {percent(top.records_ppm)} of records"
            shares.setdefault(start, []).append(f"{percent(top.harm_ppm)} of harm by ‘{one.title}’")
    sentences = [f"{start}, and {listed(tuple(told))}." for start, told in shares.items()]
    unpriced = {row.code for one in priced for row in by_set[one.id].values() if row.unpriced_records}
    if unpriced:
        kinds = "kind has" if len(unpriced) == 1 else "kinds have"
        sentences.append(
            f"{fixed(len(unpriced))} {kinds} no price in at least one measure: no price is not no harm."
        )
    return " ".join(sentences)
