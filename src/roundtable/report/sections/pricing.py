"""What a price rests on: its source and status, the mix assumed, and what nobody has priced."""

from __future__ import annotations

from dataclasses import dataclass

from roundtable.pages.numbers import ABSENT, day, fixed, percentage_points
from roundtable.pages.tables import Cell, Column, Group, Table, cells
from roundtable.partnership.model.reference import Status
from roundtable.report.contents import ReportContents, WeightSetShown
from roundtable.report.names import Names
from roundtable.report.rows import CodeRow, code_rows
from roundtable.report.sections.measure import Measure

UNPRICED = "unpriced"
STATUS_WORDS = {
    Status.VERIFIED: "checked against its source",
    Status.UNVERIFIED: "not checked against its source",
    Status.ILLUSTRATIVE: "made up to illustrate",
}


@dataclass(frozen=True)
class UnpricedCode:
    """A kind of record that the weights say nothing of, wholly or in part."""

    name: str
    told: str


@dataclass(frozen=True)
class PricingView:
    """What stands beside a priced total."""

    illustrative: bool
    statement: str
    mix: Table | None
    mix_source: str
    unpriced: tuple[UnpricedCode, ...]
    unpriced_total: str


def pricing(contents: ReportContents, measure: Measure) -> PricingView:
    """What a reader must know before using a priced figure."""
    weights = measure.weights
    codes = [
        row
        for row in (code_rows(contents.figures) if contents.figures else [])
        if (row.weight_set, row.dataset) == (weights.id, measure.dataset)
    ]
    unpriced = sum(row.unpriced_records for row in codes)
    total = sum(row.records for row in codes)
    return PricingView(
        weights.illustrative,
        statement(weights),
        _mix(measure, weights) if weights.mix else None,
        weights.mix_source,
        tuple(_unpriced(measure, codes)),
        f"{fixed(unpriced)} of {fixed(total)} records are of a kind that has no price at all"
        if unpriced
        else "",
    )


def statement(weights: WeightSetShown) -> str:
    """Where a weight set comes from, in a sentence or two."""
    dated = f", dated {day(weights.dated)}" if weights.dated else ""
    base = f", in {weights.price_base} prices" if weights.price_base else ""
    source = weights.source.rstrip(".") or weights.title
    return f"Source: {source}{dated}{base}. Status: {weights.status.value}, {STATUS_WORDS[weights.status]}."


def _mix(measure: Measure, weights: WeightSetShown) -> Table:
    """The mix, one group of rows a broad code; codes that are wholly unpriced are listed elsewhere."""
    columns = (
        Column("Assumed to be", header=True),
        Column("Share, %", numeric=True),
        Column("£ each" if weights.unit == "GBP" else f"{weights.unit} each", numeric=True),
    )
    codes = sorted({one.code for one in weights.mix if one.to != UNPRICED})
    groups = tuple(
        Group(
            tuple(
                cells(columns, _mix_row(measure.names, one.to, one.share_ppm, one.price))
                for one in sorted(weights.mix, key=lambda one: (one.to == UNPRICED, -one.share_ppm, one.to))
                if one.code == code
            ),
            heading=measure.names.code(code),
        )
        for code in codes
    )
    caption = "The mix that was assumed, because the data name only broad kinds."
    return Table(f"{measure.id}-mix", caption, columns, groups)


def _mix_row(names: Names, to: str, share_ppm: int, price: int | None) -> tuple[str | Cell, ...]:
    each = ABSENT if price is None else fixed(price // 1000)
    name = "Anything else, without a price" if to == UNPRICED else names.code(to)
    return (name, percentage_points(share_ppm), each)


def _unpriced(measure: Measure, codes: list[CodeRow]) -> list[UnpricedCode]:
    """Wholly unpriced kinds first, then those of which the mix leaves a share without a price."""
    names, count = measure.names, measure.disclosure.count
    partly = {one.code: one.share_ppm for one in measure.weights.mix if one.to == UNPRICED}
    wholly = [
        UnpricedCode(names.code(row.code), f"{count(row.unpriced_records)} records")
        for row in codes
        if row.unpriced_records
    ]
    shared = [
        UnpricedCode(
            names.code(row.code), f"{percentage_points(partly[row.code])}% of {count(row.records)} records"
        )
        for row in codes
        if not row.unpriced_records and partly.get(row.code)
    ]
    return wholly + shared
