"""Concentration: how much lies in the few worst areas, beside what chance alone would put there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from roundtable.insight.harm.concentration import NullModel
from roundtable.pages.numbers import ABSENT, fixed, listed, percent
from roundtable.pages.tables import Cell, Column, Group, Table, cells
from roundtable.report.contents import ReportContents
from roundtable.report.names import Names
from roundtable.report.rows import ConcentrationRow, concentration_rows, told_once
from roundtable.report.sections.interval_chart import IntervalChart, interval_chart
from roundtable.report.vocabulary import NULL_MODELS, area_kind_words

COLUMNS = (
    Column("Areas with most", header=True),
    Column("Their share", numeric=True),
    Column("What chance is taken to be"),
    Column("Chance, mean", numeric=True),
    Column("Chance, middle 95%", numeric=True),
    Column("Against chance"),
)


class Verdict(StrEnum):
    """Where an observed share lies against the middle 95 % of the simulated ones."""

    ABOVE = "more than chance"
    INSIDE = "no more than chance"
    BELOW = "less than chance"


@dataclass(frozen=True)
class PlaceConcentration:
    """One dataset and kind of area."""

    id: str
    heading: str
    sentences: tuple[str, ...]
    chart: IntervalChart
    table: Table


@dataclass(frozen=True)
class ConcentrationView:
    """The section."""

    places: tuple[PlaceConcentration, ...]
    simulations: str


MEANINGS = {
    Verdict.ABOVE: "harm gathers more than the number of records alone explains",
    Verdict.INSIDE: "harm gathers no more than the number of records alone would make it: the observed "
    "share lies inside the interval that chance gives",
    Verdict.BELOW: "harm is spread more evenly than the number of records alone would make it: the "
    "observed share lies below the interval that chance gives",
}
#: Averaged prices hide the gravest records, so that their share lies below this chance as a rule.
AVERAGED = "below, as averaged prices are"


def view(contents: ReportContents, names: Names) -> ConcentrationView:
    """The section as its template prints it."""
    rows = told_once(concentration_rows(contents.figures)) if contents.figures else []
    found = sorted({(row.dataset, row.area_kind) for row in rows}, key=lambda place: _order(names, *place))
    places = tuple(_place(f"c{i}", names, *place, rows) for i, place in enumerate(found))
    most = max((row.simulations for row in rows), default=0)
    return ConcentrationView(places, fixed(most) if most else "")


def verdict(row: ConcentrationRow) -> Verdict | None:
    """Whether the observed share is beyond what chance gives; None without a null model."""
    if row.null_low_ppm is None or row.null_high_ppm is None:
        return None
    if row.share_ppm > row.null_high_ppm:
        return Verdict.ABOVE
    return Verdict.BELOW if row.share_ppm < row.null_low_ppm else Verdict.INSIDE


def _order(names: Names, dataset: str, kind: str) -> tuple[str, int]:
    kinds = names.kinds_measured(dataset)
    return dataset, kinds.index(kind) if kind in kinds else len(kinds)


def _place(
    part_id: str, names: Names, dataset: str, kind: str, rows: list[ConcentrationRow]
) -> PlaceConcentration:
    mine = sorted((row for row in rows if (row.dataset, row.area_kind) == (dataset, kind)), key=_row_order)
    sets = sorted({row.weight_set for row in mine}, key=lambda one: _set_order(names, one))
    by_set = [(names.weight_set(one).title, [row for row in mine if row.weight_set == one]) for one in sets]
    counts = {names.weight_set(one).title for one in sets if names.weight_set(one).counts}
    heading = f"{names.dataset(dataset)}, {area_kind_words(kind).many}"
    return PlaceConcentration(
        part_id,
        heading,
        tuple(_sentences(by_set, counts)),
        interval_chart(part_id, heading, by_set),
        Table(
            f"{part_id}-table",
            f"{heading}: share of the total in the areas with most, beside chance.",
            COLUMNS,
            tuple(Group(tuple(_cells(rows)), heading=title) for title, rows in by_set),
        ),
    )


def _sentences(by_set: list[tuple[str, list[ConcentrationRow]]], counts: set[str]) -> Iterator[str]:
    yield from (_count_sentence(title, rows) for title, rows in by_set if title in counts)
    yield from _shuffled_sentences(by_set)
    for title, rows in by_set:
        yield from _severity_sentence(title, rows)


def _row_order(row: ConcentrationRow) -> tuple[int, bool]:
    return row.top_percent, row.null_model != NullModel.SHUFFLED


def _set_order(names: Names, set_id: str) -> tuple[bool, str]:
    weights = names.weight_set(set_id)
    return not weights.counts, weights.title


def _cells(rows: list[ConcentrationRow]) -> Iterator[tuple[Cell, ...]]:
    for row in rows:
        areas = f"Top {row.top_percent}% ({row.areas:,} {'area' if row.areas == 1 else 'areas'})"
        yield cells(COLUMNS, (areas, percent(row.share_ppm), *_chance(row)))


def _chance(row: ConcentrationRow) -> tuple[str | Cell, ...]:
    found = verdict(row)
    if found is None or row.null_mean_ppm is None or row.null_low_ppm is None or row.null_high_ppm is None:
        return (Cell("a count has none", css="words"), ABSENT, ABSENT, ABSENT)
    interval = f"{percent(row.null_low_ppm)} to {percent(row.null_high_ppm)}"
    model = NULL_MODELS.get(row.null_model, row.null_model)
    averaged = row.null_model == NullModel.MIXED_SEVERITY and found is Verdict.BELOW
    return (model, percent(row.null_mean_ppm), interval, AVERAGED if averaged else found.value)


def _count_sentence(title: str, rows: list[ConcentrationRow]) -> str:
    told = tuple(f"the top {row.top_percent}% of areas hold {percent(row.share_ppm)}" for row in rows)
    return f"{title}: {listed(told)} of all records."


def _shuffled_sentences(by_set: list[tuple[str, list[ConcentrationRow]]]) -> Iterator[str]:
    """What the shares mean against shuffled kinds of record; weight sets that agree share a sentence."""
    titles: dict[str, list[str]] = {}
    for title, rows in by_set:
        shuffled = [row for row in rows if row.null_model == NullModel.SHUFFLED]
        if shuffled:
            titles.setdefault(_against_shuffled(shuffled), []).append(title)
    return (f"{listed(tuple(same))}: {meaning}" for meaning, same in titles.items())


def _against_shuffled(rows: list[ConcentrationRow]) -> str:
    found = {one: [row for row in rows if verdict(row) is one] for one in Verdict}
    told = [f"in the top {_tops(same)} of areas, {MEANINGS[one]}" for one, same in found.items() if same]
    return f"{'; '.join(told)}."


def _severity_sentence(title: str, rows: list[ConcentrationRow]) -> Iterator[str]:
    ends = [
        f"{percent(row.null_low_ppm)} to {percent(row.null_high_ppm)} in the top {row.top_percent}%"
        for row in rows
        if row.null_model == NullModel.MIXED_SEVERITY
        and row.null_low_ppm is not None
        and row.null_high_ppm is not None
    ]
    if ends:
        yield (
            f"{title}: if each record’s severity were drawn at random from the assumed mix, with no place "
            f"worse than another, chance would put {listed(tuple(ends))}. Any claim from finer codes that "
            "harm concentrates has to beat those figures."
        )


def _tops(rows: list[ConcentrationRow]) -> str:
    return listed(tuple(f"{row.top_percent}%" for row in rows))
