"""Harm by place: records first, then each priced measure, with everything that qualifies it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from roundtable.insight.harm.counts import NO_COORDINATES, OUTSIDE
from roundtable.pages.numbers import (
    ABSENT,
    day,
    fixed,
    harm_amount,
    in_heading_unit,
    percentage_points,
    plural,
    rate,
)
from roundtable.pages.tables import Column, Table, table
from roundtable.report.contents import ReportContents, WeightSetShown
from roundtable.report.disclosure import WITHHELD, Disclosure
from roundtable.report.maps.choropleth import Atlas, make_atlas
from roundtable.report.maps.sheet import lay_flat
from roundtable.report.names import Names
from roundtable.report.rows import AreaRow, placed
from roundtable.report.sections.measure import MapView, Measure, map_of, top_table
from roundtable.report.sections.pricing import PricingView, pricing
from roundtable.report.vocabulary import area_kind_words

NOT_PLACED = {OUTSIDE: "outside every area", NO_COORDINATES: "without coordinates"}


@dataclass(frozen=True)
class MeasureView:
    """One measure: its map, if there are boundaries, and its table."""

    id: str
    heading: str
    counts: bool
    total: str
    map: MapView | None
    top: Table
    pricing: PricingView | None


@dataclass(frozen=True)
class PathDefinition:
    """One outline, defined once and drawn by every map."""

    id: str
    path: str


@dataclass(frozen=True)
class DatasetPlaces:
    """All measures of one dataset."""

    id: str
    name: str
    kind: str
    kind_note: str
    definitions: tuple[PathDefinition, ...]
    measures: tuple[MeasureView, ...]
    everything: tuple[Table, ...]
    small_print: tuple[str, ...]


@dataclass(frozen=True)
class PlacesView:
    """The section."""

    datasets: tuple[DatasetPlaces, ...]


def view(contents: ReportContents, names: Names) -> PlacesView:
    """The section as its template prints it."""
    return PlacesView(
        tuple(_dataset(contents, names, f"p{i}", one) for i, one in enumerate(names.datasets_measured()))
    )


def _dataset(contents: ReportContents, names: Names, place_id: str, dataset: str) -> DatasetPlaces:
    kinds = names.kinds_measured(dataset)
    finest = kinds[0]
    sheet = lay_flat(contents.figures.area, finest) if contents.figures else None
    atlas = make_atlas(place_id, sheet) if sheet else None
    measures = _measures(contents, names, place_id, dataset, finest)
    return DatasetPlaces(
        place_id,
        names.dataset(dataset),
        area_kind_words(finest).one,
        area_kind_words(finest).note,
        _definitions(atlas) if atlas else (),
        tuple(_measure_view(contents, one, atlas) for one in measures),
        tuple(
            _everything(names, _measures(contents, names, f"{place_id}-{kind}", dataset, kind), kind)
            for kind in kinds
        ),
        _small_print(contents, names, dataset, finest),
    )


def _measures(
    contents: ReportContents, names: Names, measure_id: str, dataset: str, kind: str
) -> list[Measure]:
    """Every weight set's areas; a rank that would give a hidden count away is left to the caller."""
    found: list[Measure] = []
    count_rank: dict[str, int] = {}
    for place, weights in enumerate(names.sets_measured(dataset)):
        rows = tuple(placed(names.rows_of(weights.id, dataset, kind)))
        if weights.counts:
            count_rank = {row.area_id: row.rank for row in rows}
        disclosure = Disclosure(contents.suppress_below)
        found.append(Measure(f"{measure_id}-s{place}", dataset, weights, rows, names, disclosure, count_rank))
    return found


def _measure_view(contents: ReportContents, measure: Measure, atlas: Atlas | None) -> MeasureView:
    weights = measure.weights
    title = "Records by area" if weights.counts else f"Harm by area: {weights.title}"
    return MeasureView(
        id=measure.id,
        heading="Records" if weights.counts else f"Harm: {weights.title}",
        counts=weights.counts,
        total=_total(measure),
        map=map_of(measure, atlas, title) if atlas else None,
        top=top_table(measure),
        pricing=None if weights.counts else pricing(contents, measure),
    )


def _total(measure: Measure) -> str:
    harm = sum(row.harm for row in measure.rows)
    over = f"over {plural(len(measure.rows), 'area')} and {plural(_months(measure), 'month')}"
    if measure.weights.counts:
        return f"{fixed(harm // 1000)} records, {over}."
    unit = measure.weights.unit
    base = f" at {measure.weights.price_base} prices" if measure.weights.price_base else ""
    return f"{harm_amount(harm, unit)} of harm{base}, {over}."


def _months(measure: Measure) -> int:
    return max((row.months for row in measure.rows), default=0)


def _definitions(atlas: Atlas) -> tuple[PathDefinition, ...]:
    return tuple(
        PathDefinition(f"{plate.id}{place}", outline.path)
        for plate in atlas.plates
        for place, outline in enumerate(plate.outlines)
    )


def _everything(names: Names, measures: Sequence[Measure], kind: str) -> Table:
    """Every area with every measure, by name: for looking one's own area up."""
    columns = [
        Column("Area", header=True, css="name-cell"),
        Column("Code", css="code"),
        Column("People", numeric=True),
        Column("Records", numeric=True),
        Column("Records per 1,000 people a year", numeric=True),
    ]
    priced = [one for one in measures if not one.weights.counts]
    for one in priced:
        columns.append(Column(names.harm_heading(one.weights, one.dataset), numeric=True))
        columns.append(Column(names.share_heading(one.weights, one.dataset), numeric=True))
    by_set = [(one.weights, {row.area_id: row for row in one.rows}) for one in priced]
    rows = sorted(measures[0].rows, key=lambda row: (names.area(kind, row.area_id), row.area_id))
    disclosure = measures[0].disclosure
    body = []
    for row in rows:
        harm = [
            figure for weights, by_id in by_set for figure in _priced(disclosure, by_id[row.area_id], weights)
        ]
        body.append((*_area(names, disclosure, row), *harm))
    caption = f"All {len(rows):,} {area_kind_words(kind).many}, by name."
    return table(f"{measures[0].id}-all", caption, columns, body)


def _area(names: Names, disclosure: Disclosure, row: AreaRow) -> tuple[str, ...]:
    per_head = row.records_per_1000_year
    return (
        names.area(row.area_kind, row.area_id),
        row.area_id,
        fixed(row.people) if row.people is not None else ABSENT,
        disclosure.count(row.records),
        disclosure.derived(row.records, rate(per_head, "records") if per_head is not None else ABSENT),
    )


def _priced(disclosure: Disclosure, row: AreaRow, weights: WeightSetShown) -> tuple[str, ...]:
    if disclosure.hides(row.records):
        return WITHHELD, WITHHELD
    return in_heading_unit(row.harm, weights.unit), percentage_points(row.harm_ppm)


def _small_print(contents: ReportContents, names: Names, dataset: str, kind: str) -> tuple[str, ...]:
    sets = names.sets_measured(dataset)
    rows = list(names.rows_of(sets[0].id, dataset, kind))
    without = {
        row.area_id: row.records for row in rows if row.area_id not in {one.area_id for one in placed(rows)}
    }
    count = Disclosure(contents.suppress_below).count
    lines = []
    if any(row.people is not None for row in rows) and contents.figures:
        as_of = contents.figures.population_as_of
        people = f"the people who lived there on {day(as_of)}" if as_of else "the people who live there"
        lines.append(
            f"Figures per 1,000 people are for {people}, and for a year made of the "
            f"{plural(max(row.months for row in rows), 'month')} held. A town centre has many visitors and "
            "few residents, so its figure per head says little about the risk to anybody who lives there."
        )
    if any(without.values()):
        told = " and ".join(
            f"{count(number)} records {NOT_PLACED[place]}"
            for place, number in sorted(without.items())
            if number
        )
        lines.append(f"Not on the map: {told}. They count in the totals and in every share.")
    return tuple(lines)
