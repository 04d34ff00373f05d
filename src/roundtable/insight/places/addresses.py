"""Addresses to areas and cells: worked out where the coordinates are, so that nothing else ever sees them.

What comes of it says of an address which area it lies in, and no more. A cell of the grid, which is
smaller than most areas, is named only where enough addresses share it for one to be hidden among them.
"""

from __future__ import annotations

import ibis.expr.types as ir
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from roundtable.data.lake_table import DEGREES, TEXT
from roundtable.data.tables import LAKE_TABLES, LakeTable
from roundtable.insight.places.locate import area_ids

CELL = "cell"
#: Cells to a degree of latitude and of longitude: at 54° north about 1.1 km by 1.3 km.
CELLS_NORTH, CELLS_EAST = 100, 50
#: The fewest addresses that a cell must have to be named; the number that published counts are hidden below.
FEWEST = 8
_MILLION = 1_000_000

ADDRESS_POINTS = LakeTable(
    name="address_point",
    schema=pa.schema(
        [pa.field("address_id", TEXT, False)]
        + [pa.field(name, DEGREES, False) for name in ("longitude", "latitude")]
    ),
    sort_key=("address_id", "longitude", "latitude"),
    description="Where each address is; worked out in passing inside the vault, never kept in the lake.",
)


def address_points(address_record: ir.Table) -> ir.Table:
    """Every place that a gazetteer gives an address; an address without both coordinates has none."""
    points = address_record.select("address_id", "longitude", "latitude")
    return points.filter(points.longitude.notnull() & points.latitude.notnull()).distinct()


def address_place(points: pa.Table, areas: pa.Table) -> pa.Table:
    """The area and the cell of each address: the table `address_place`.

    An Arrow step: bounded by the number of addresses times the number of kinds of area.

    Args:
        points: `ADDRESS_POINTS`. Of several places of one address the first counts, by longitude and then
            latitude, so that the answer does not depend on who sent them.
        areas: the table `area`; WKB polygons in the same degrees.

    Areas are found as `locate` finds them. A null area is outside every area of the kind, or a cell that
    fewer than 8 addresses share.
    """
    schema = LAKE_TABLES["address_place"].schema
    ordered = points.sort_by([(name, "ascending") for name in ADDRESS_POINTS.sort_key]).combine_chunks()
    ids = ordered["address_id"].to_numpy()
    first = np.flatnonzero(np.concatenate(([True], ids[1:] != ids[:-1]))) if len(ids) else np.empty(0, int)
    single = ordered.take(pa.array(first))
    kinds = sorted(set(areas["area_kind"].to_pylist()))
    parts = [_part(single, kind, area_ids(single, kind, areas), schema) for kind in kinds]
    parts.append(_part(single, CELL, _cells(single), schema))
    return pa.concat_tables(parts).sort_by([("address_id", "ascending"), ("area_kind", "ascending")])


def _part(points: pa.Table, kind: str, areas: pa.Array, schema: pa.Schema) -> pa.Table:
    columns = [points["address_id"], pa.repeat(kind, points.num_rows), areas]
    return pa.table(columns, schema=schema)


def _cells(points: pa.Table) -> pa.Array:
    """The cell of each point, called by the degrees of its south-western corner; null in a lonely one."""
    north = _index(points["latitude"], CELLS_NORTH)
    east = _index(points["longitude"], CELLS_EAST)
    names = np.array(
        [
            f"{row / CELLS_NORTH:.2f} {column / CELLS_EAST:.2f}"
            for row, column in zip(north, east, strict=True)
        ],
        dtype=np.str_,
    )
    _, at, times = np.unique(names, return_inverse=True, return_counts=True)
    return pa.array(names, TEXT, mask=times[at] < FEWEST if len(names) else None)


def _index(degrees: pa.ChunkedArray, to_a_degree: int) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    millionths = pc.cast(pc.multiply(degrees, pa.scalar(_MILLION)), pa.int64()).to_numpy()
    return np.asarray(np.floor_divide(millionths * to_a_degree, _MILLION), np.int64)
