"""Harm by area, month and code; then by area, per head and as a share; then by code.

Harm is the sum, over records, of the weight of each record's code, in thousandths of the weight
set's unit. A record whose code has no weight adds nothing to harm and one to `unpriced_records`, which
stands beside the total: nobody has said that it does no harm. Every figure is a whole number.
"""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from roundtable.insight.harm.counts import RESERVED, code_names, records_by_area_month
from roundtable.insight.harm.ratio import parts_per_million, ratio

#: What harm is summed over, in every table of this file.
MEASURES = ("records", "unpriced_records", "harm")


def harm_area_month(event: ir.Table, place_area: ir.Table, harm_weight: ir.Table) -> ir.Table:
    """Harm by weight set, dataset, area, month and code.

    Args:
        event: the canonical events.
        place_area: the area of each distinct point, by kind of area.
        harm_weight: what one event of each code weighs in each set.

    Events with no coordinates, or in no area, are kept under reserved ids. A dataset appears under the
    weight sets that have a way to weigh its scheme, and no others.
    """
    return _weighed(records_by_area_month(event, place_area), _weights_of(event, harm_weight))


def harm_code(event: ir.Table, harm_weight: ir.Table) -> ir.Table:
    """Harm by weight set, dataset and code, with the share of records beside the share of harm.

    Shares are of all the dataset's records, wherever they lie.
    """
    counted = event.group_by("dataset", "scheme", "code").agg(records=event.count())
    return _with_shares(_weighed(counted, _weights_of(event, harm_weight)), ["weight_set", "dataset"])


def harm_area(harm_area_month: ir.Table, area: ir.Table, area_population: ir.Table) -> ir.Table:
    """Harm by weight set, dataset and area: per 1,000 people per year, as a share, and ranked.

    Args:
        harm_area_month: harm by area, month and code.
        area: every area; one with no event has a row of zeros.
        area_population: people by area and day; the latest day is used.

    `months` counts the distinct months that the dataset holds, which need not be consecutive. Rates are
    thousandths per 1,000 people per year of months held; null where the population is unknown or zero.
    Shares are parts per million of all the dataset's records, the reserved rows among them. Rank 1 has
    the most harm; then the most records; then the lowest id. Reserved rows come last.
    """
    keys = ["weight_set", "dataset", "area_kind", "area_id"]
    places = ibis.union(harm_area_month.select(*keys, *MEASURES), _empty_rows(harm_area_month, area))
    summed = _with_shares(_summed(places, *keys), ["weight_set", "dataset", "area_kind"])
    months = harm_area_month.group_by("dataset").agg(months=harm_area_month.month.nunique().cast("int64"))
    known = summed.join(months, "dataset").left_join(_latest_population(area_population), keys[2:])
    return _ranked(_with_rates(known.select(*summed.columns, "months", "people")))


def _weights_of(event: ir.Table, harm_weight: ir.Table) -> ir.Table:
    """What each dataset's codes weigh under every set that can weigh their scheme; null is unpriced."""
    sets = harm_weight.select("weight_set", "scheme").distinct()
    weights = harm_weight.select("weight_set", "scheme", "code", "weight")
    return code_names(event).join(sets, "scheme").left_join(weights, ["weight_set", "scheme", "code"])


def _weighed(counted: ir.Table, weights: ir.Table) -> ir.Table:
    """Counts under every weight set, with the three measures and the name of each code.

    The names tell codes apart, so that no second sum over as many rows is needed.
    """
    joined = counted.join(weights, ["dataset", "scheme", "code"])
    kept = [name for name in counted.columns if name not in ("scheme", "code")]
    return joined.select(
        "weight_set",
        *kept,
        code=joined.code_name,
        unpriced_records=ibis.ifelse(joined.weight.isnull(), joined.records, 0),
        harm=joined.records * joined.weight.fill_null(0),
    )


def _summed(table: ir.Table, *keys: str) -> ir.Table:
    """The measures summed by keys, as 64-bit integers; a sum that does not fit is an error."""
    sums = {name: table[name].sum().cast("int64") for name in MEASURES}
    return table.group_by(*keys).agg(**sums)


def _with_shares(table: ir.Table, whole: list[str]) -> ir.Table:
    """With each row's share of the records and of the harm of its whole; nought where nothing is priced."""
    totals = table.group_by(whole).agg(
        all_records=table.records.sum().cast("int64"), all_harm=table.harm.sum().cast("int64")
    )
    joined = table.join(totals, whole)
    return joined.select(
        *table.columns,
        records_ppm=parts_per_million(joined.records, joined.all_records),
        harm_ppm=parts_per_million(joined.harm, joined.all_harm).fill_null(0),
    )


def _empty_rows(harm_area_month: ir.Table, area: ir.Table) -> ir.Table:
    """A row of zeros for every area under every weight set and dataset."""
    pairs = harm_area_month.select("weight_set", "dataset", "area_kind").distinct()
    places = pairs.join(area.select("area_kind", "area_id").distinct(), "area_kind")
    zeros = {name: ibis.literal(0, "int64") for name in MEASURES}
    return places.select("weight_set", "dataset", "area_kind", "area_id", **zeros)


def _latest_population(area_population: ir.Table) -> ir.Table:
    """One count of people for each area: the latest, and the largest of two for one day."""
    newest = ibis.window(
        group_by=["area_kind", "area_id"],
        order_by=[ibis.desc("as_of"), ibis.desc("people")],
    )
    numbered = area_population.mutate(place=ibis.row_number().over(newest))
    return numbered.filter(numbered.place == 0).select("area_kind", "area_id", "people")


def _with_rates(table: ir.Table) -> ir.Table:
    """Thousandths per 1,000 people per year; harm is in thousandths already."""
    person_months = table.people * table.months
    return table.mutate(
        records_per_1000_year=ratio(table.records * 12, person_months, thousands=2),
        harm_per_1000_year=ratio(table.harm * 12, person_months, thousands=1),
    )


def _ranked(table: ir.Table) -> ir.Table:
    order = ibis.window(
        group_by=["weight_set", "dataset", "area_kind"],
        order_by=[
            ibis.asc(ibis.ifelse(table.area_id.isin(RESERVED), 1, 0)),
            ibis.desc(table.harm),
            ibis.desc(table.records),
            ibis.asc(table.area_id),
        ],
    )
    return table.mutate(rank=ibis.row_number().over(order).cast("int64") + 1)
