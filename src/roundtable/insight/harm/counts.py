"""How many records there are of each kind in each place and month: what every measure of harm sums."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from roundtable.data.tables import LakeTable

#: Where events go that lie in no area of a kind, and those that nobody can place. They are rows of
#: every table by area, so that its records always add up to what was received.
OUTSIDE = "outside"
NO_COORDINATES = "no-coordinates"
RESERVED = (NO_COORDINATES, OUTSIDE)

OBSERVED_CODES = LakeTable(
    name="observed_code",
    schema=pa.schema([pa.field("scheme", pa.string(), False), pa.field("code", pa.string(), False)]),
    sort_key=("scheme", "code"),
    description="Every code that occurs in the events; worked out in passing, never kept in the lake.",
)

AREA_CODE_COUNTS = LakeTable(
    name="area_code_count",
    schema=pa.schema(
        [pa.field(name, pa.string(), False) for name in ("dataset", "area_kind", "area_id", "scheme", "code")]
        + [pa.field("records", pa.int64(), False)]
    ),
    sort_key=("dataset", "area_kind", "area_id", "scheme", "code"),
    description="Records by area and code; worked out in passing, never kept in the lake.",
)


def observed_codes(event: ir.Table) -> ir.Table:
    """Every (scheme, code) that occurs in the events."""
    return event.select("scheme", "code").distinct()


def code_names(event: ir.Table) -> ir.Table:
    """What each (dataset, scheme, code) is called where the scheme is not shown: `code_name`.

    That is the code itself, or `scheme:code` where one dataset has the code in several schemes: they
    are different things, and must not be added up under one name.
    """
    found = event.select("dataset", "scheme", "code").distinct()
    schemes = found.scheme.count().over(ibis.window(group_by=["dataset", "code"]))
    named = found.mutate(schemes=schemes)
    name = ibis.ifelse(named.schemes > 1, named.scheme + ":" + named.code, named.code)
    return named.mutate(code_name=name).drop("schemes")


def records_by_area_month(event: ir.Table, place_area: ir.Table) -> ir.Table:
    """Records by dataset, kind of area, area, month, scheme and code.

    Events are first counted by point, so that the join with areas grows with points and not with
    events. The month is that of `occurred_from`. Facts, allegations and opinions all count.
    """
    point = ["longitude", "latitude"]
    month = ibis.date(event.occurred_from.year(), event.occurred_from.month(), 1)
    counted = event.group_by("dataset", "scheme", "code", *point, month=month).agg(records=event.count())
    return _placed(counted, place_area, ["dataset", "month", "scheme", "code"])


def records_by_area(event: ir.Table, place_area: ir.Table) -> ir.Table:
    """Records by dataset, kind of area, area, scheme and code: `AREA_CODE_COUNTS`."""
    by_point = event.group_by("dataset", "scheme", "code", "longitude", "latitude")
    return _placed(by_point.agg(records=event.count()), place_area, ["dataset", "scheme", "code"])


def _placed(counted: ir.Table, place_area: ir.Table, keys: list[str]) -> ir.Table:
    """Counts at points, summed to each kind of area; a null area is outside every area of the kind."""
    kinds = place_area.select("area_kind").distinct()
    joined = counted.cross_join(kinds).left_join(place_area, ["area_kind", "longitude", "latitude"])
    placeless = joined.longitude.isnull() | joined.latitude.isnull()
    area_id = ibis.ifelse(placeless, NO_COORDINATES, joined.area_id.fill_null(OUTSIDE))
    summed = joined.mutate(area_id=area_id).group_by(*keys, "area_kind", "area_id")
    return summed.agg(records=joined.records.sum().cast("int64"))
