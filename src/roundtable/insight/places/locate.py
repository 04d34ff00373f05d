"""Distinct points to areas, for every kind of area at once.

The codes that publishers print beside a point change from year to year while the place does not, so
an event's area is found from its coordinates and the boundaries, and from nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator

import ibis.expr.types as ir
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import shapely
from numpy.typing import NDArray

from roundtable.data.tables import LAKE_TABLES, LakeTable

#: Points held as geometries at a time.
CHUNK = 100_000
_NOWHERE = np.iinfo(np.int64).max

DISTINCT_POINTS = LakeTable(
    name="distinct_point",
    schema=pa.schema([pa.field(name, pa.decimal128(9, 6), False) for name in ("longitude", "latitude")]),
    sort_key=("longitude", "latitude"),
    description="Every point at which an event lies; worked out in passing, never kept in the lake.",
)


def distinct_points(event: ir.Table) -> ir.Table:
    """Every distinct point of the events that have both coordinates."""
    points = event.select("longitude", "latitude")
    return points.filter(points.longitude.notnull() & points.latitude.notnull()).distinct()


def locate(points: pa.Table, areas: pa.Table) -> pa.Table:
    """The area of each point, for each kind of area: the table `place_area`.

    An Arrow step: bounded by the number of distinct points times the number of kinds of area, not by
    events; geometries are made for 100,000 points at a time.

    Args:
        points: distinct `longitude` and `latitude`, in degrees.
        areas: the table `area`; WKB polygons in the same degrees.

    A point on a boundary belongs to the areas on both sides of it; where several areas hold a point, the
    one with the lowest id has it. A null area means outside every area of the kind.
    """
    table = LAKE_TABLES["place_area"]
    parts = [_located(points, kind, areas) for kind in sorted(set(areas["area_kind"].to_pylist()))]
    found = pa.concat_tables([table.schema.empty_table(), *parts])
    return found.sort_by([(name, "ascending") for name in table.sort_key]).combine_chunks()


def _located(points: pa.Table, kind: str, areas: pa.Table) -> pa.Table:
    found = area_ids(points, kind, areas)
    columns = [pa.repeat(kind, points.num_rows), points["longitude"], points["latitude"], found]
    return pa.table(columns, schema=LAKE_TABLES["place_area"].schema)


def area_ids(points: pa.Table, kind: str, areas: pa.Table) -> pa.Array:
    """The area of one kind that each point lies in, in the order of the points; null outside all of them.

    Args:
        points: `longitude` and `latitude`, in degrees; they need not be distinct.
        kind: the kind of area.
        areas: the table `area`.
    """
    mine = areas.filter(pc.equal(areas["area_kind"], kind)).sort_by("area_id")
    ids = mine["area_id"].combine_chunks()
    polygons = shapely.from_wkb(mine["geometry"].to_numpy(zero_copy_only=False))
    held = [_lowest(chunk, polygons) for chunk in _chunks(points)]
    lowest = np.concatenate(held) if held else np.empty(0, np.int64)
    return ids.take(pa.array(lowest, pa.int64(), mask=lowest == _NOWHERE))


def _chunks(points: pa.Table) -> Iterator[NDArray[np.object_]]:
    for start in range(0, points.num_rows, CHUNK):
        chunk = points.slice(start, CHUNK)
        x, y = (_nearest_doubles(chunk[name]) for name in ("longitude", "latitude"))
        yield np.asarray(shapely.points(x, y), dtype=np.object_)


def _nearest_doubles(degrees: pa.ChunkedArray) -> NDArray[np.float64]:
    """Degrees as the doubles nearest to them.

    Arrow's own cast multiplies by a rounded 0.000001 and can miss by the last bit, which is enough to
    put a point that lies on a border into the wrong area. A division of whole numbers cannot.
    """
    millionths = pc.cast(pc.multiply(degrees, pa.scalar(1_000_000)), pa.int64())
    whole: NDArray[np.int64] = millionths.to_numpy()
    return whole / 1e6


def _lowest(points: NDArray[np.object_], polygons: NDArray[np.object_]) -> NDArray[np.int64]:
    """For each point the position of the first polygon that holds it, its boundary included.

    The tree is built on points, so that each polygon is prepared once and asked about many points.
    """
    lowest = np.full(len(points), _NOWHERE, np.int64)
    polygon, point = shapely.STRtree(points).query(polygons, predicate="intersects")
    np.minimum.at(lowest, point, polygon)
    return lowest
