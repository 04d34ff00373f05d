"""One measure by place: the map of it, its legend, the areas worth naming and the table beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from roundtable.pages.numbers import (
    ABSENT,
    fixed,
    harm_amount,
    in_heading_unit,
    percent,
    percentage_points,
    plural,
    rate,
    unit_heading,
    unit_sign,
)
from roundtable.pages.tables import Cell, Column, Table, table
from roundtable.report.contents import WeightSetShown
from roundtable.report.disclosure import Disclosure
from roundtable.report.maps.choropleth import (
    Atlas,
    Drawing,
    LegendLine,
    Shade,
    css_names,
    draw,
    shade_name,
)
from roundtable.report.maps.classes import ValueClass, quantile_classes
from roundtable.report.names import Names
from roundtable.report.rows import AreaRow

TOP_AREAS = 25
PINNED = 5


@dataclass(frozen=True)
class NamedArea:
    """One numbered area of the map's key."""

    number: int
    name: str
    told: str


@dataclass(frozen=True)
class MapView:
    """The drawings of one measure with what explains them."""

    main: Drawing
    insets: tuple[Drawing, ...]
    palette: str
    legend_title: str
    legend: tuple[LegendLine, ...]
    named: tuple[NamedArea, ...]
    named_title: str


@dataclass(frozen=True)
class Measure:
    """One weight set's areas of one kind, most harm first, and how they may be shown."""

    id: str
    dataset: str
    weights: WeightSetShown
    rows: tuple[AreaRow, ...]
    names: Names
    disclosure: Disclosure
    count_rank: Mapping[str, int]

    @property
    def unit(self) -> str:
        """What the measure is in; the plain count is in records."""
        return "records" if self.weights.counts else self.weights.unit

    def amount(self, thousandths: int) -> str:
        """An amount of it in words: records, pounds or days."""
        if self.weights.counts:
            return plural(thousandths // 1000, "record")
        return harm_amount(thousandths, self.unit)

    def hides(self, row: AreaRow) -> bool:
        """Whether an area's figures are too small to be shown."""
        return self.disclosure.hides(row.records)


def map_of(measure: Measure, atlas: Atlas, title: str) -> MapView:
    """Draw a measure and explain the drawing."""
    shown = [row for row in measure.rows if not measure.hides(row)]
    classes = quantile_classes([row.harm for row in shown])
    shades = {row.area_id: _shade(measure, row, classes) for row in measure.rows}
    unmeasured = {area_id: Shade("cx", "no figures") for area_id in atlas.sheet.ids if area_id not in shades}
    pinned = [row for row in shown if row.harm][:PINNED]
    main, *insets = draw(atlas, measure.id, title, shades | unmeasured, [row.area_id for row in pinned])
    return MapView(
        main,
        tuple(insets),
        "records" if measure.weights.counts else "harm",
        _legend_title(measure),
        _legend(measure, classes, hidden=len(measure.rows) - len(shown)),
        tuple(_named(measure, number, row) for number, row in enumerate(pinned, start=1)),
        "Most records" if measure.weights.counts else "Most harm",
    )


def _shade(measure: Measure, row: AreaRow, classes: Sequence[ValueClass]) -> Shade:
    name = measure.names.area(row.area_kind, row.area_id)
    if measure.hides(row):
        return Shade("cx", f"{name}: {measure.disclosure.count(row.records)} records")
    per_head = row.records_per_1000_year if measure.weights.counts else row.harm_per_1000_year
    told = f"{name}: {measure.amount(row.harm)}, {percent(row.harm_ppm)} of all"
    if per_head is not None:
        told += f"; {_per_head(measure, per_head)} per 1,000 people a year"
    return Shade(shade_name(row.harm, classes), told)


def _per_head(measure: Measure, thousandths: int) -> str:
    sign = "£" if measure.unit == "GBP" else ""
    return f"{sign}{rate(thousandths, measure.unit)}"


def _legend_title(measure: Measure) -> str:
    if measure.weights.counts:
        return "Records in an area"
    return f"Harm in an area, {unit_heading(measure.unit)}"


def _legend(measure: Measure, classes: Sequence[ValueClass], hidden: int) -> tuple[LegendLine, ...]:
    lines = [
        LegendLine(css, _limits(measure, one), plural(one.areas, "area"))
        for css, one in zip(css_names(classes), classes, strict=True)
    ]
    lines.reverse()
    if hidden:
        few = f"fewer than {measure.disclosure.suppress_below} records"
        lines.append(LegendLine("cx", few, plural(hidden, "area")))
    return tuple(lines)


def _limits(measure: Measure, one: ValueClass) -> str:
    low, high = (_legend_number(measure, value) for value in (one.low, one.high))
    if not one.high:
        return "none recorded" if measure.weights.counts else "none priced"
    return low if low == high else f"{low} to {high}"


def _legend_number(measure: Measure, value: int) -> str:
    return fixed(value // 1000) if measure.weights.counts else in_heading_unit(value, measure.unit)


def _named(measure: Measure, number: int, row: AreaRow) -> NamedArea:
    told = f"{measure.amount(row.harm)}, {percent(row.harm_ppm)}"
    return NamedArea(number, measure.names.area(row.area_kind, row.area_id), told)


COUNT_COLUMNS = (
    Column("Rank", numeric=True, css="rank"),
    Column("Area", header=True, css="name-cell"),
    Column("Records", numeric=True),
    Column("Share of records, %", numeric=True),
    Column("People", numeric=True),
    Column("Records per 1,000 people a year", numeric=True),
)


def top_table(measure: Measure) -> Table:
    """The 25 areas that have most of it."""
    top = [row for row in measure.rows if row.records and not measure.hides(row)][:TOP_AREAS]
    if measure.weights.counts:
        rows = [_count_row(measure, row) for row in top]
        return table(f"{measure.id}-top", f"The {len(top)} areas with most records.", COUNT_COLUMNS, rows)
    columns = _harm_columns(measure)
    caption = f"The {len(top)} areas with most harm: {measure.weights.title}."
    return table(f"{measure.id}-top", caption, columns, [_harm_row(measure, row) for row in top])


def _count_row(measure: Measure, row: AreaRow) -> tuple[str | Cell, ...]:
    return (
        fixed(row.rank),
        measure.names.area(row.area_kind, row.area_id),
        fixed(row.records),
        percentage_points(row.records_ppm),
        fixed(row.people) if row.people is not None else ABSENT,
        rate(row.records_per_1000_year, "records") if row.records_per_1000_year is not None else ABSENT,
    )


def _harm_columns(measure: Measure) -> tuple[Column, ...]:
    return (
        Column("Rank", numeric=True, css="rank"),
        Column("Area", header=True, css="name-cell"),
        Column(f"Harm, {unit_heading(measure.unit)}", numeric=True),
        Column("Share of harm, %", numeric=True),
        Column(f"Harm per 1,000 people a year, {unit_sign(measure.unit)}", numeric=True),
        Column("Records", numeric=True),
        Column("of them without a price", numeric=True),
        Column("Rank by records", numeric=True),
    )


def _harm_row(measure: Measure, row: AreaRow) -> tuple[str | Cell, ...]:
    per_head = row.harm_per_1000_year
    return (
        fixed(row.rank),
        measure.names.area(row.area_kind, row.area_id),
        in_heading_unit(row.harm, measure.unit),
        percentage_points(row.harm_ppm),
        rate(per_head, measure.unit) if per_head is not None else ABSENT,
        fixed(row.records),
        measure.disclosure.count(row.unpriced_records),
        fixed(measure.count_rank[row.area_id]) if row.area_id in measure.count_rank else ABSENT,
    )
