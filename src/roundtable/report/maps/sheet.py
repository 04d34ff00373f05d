"""Boundaries laid flat: longitude and latitude to kilometres east and south of a corner.

Lengths east are shortened by the cosine of the middle latitude, so that areas keep nearly their true
proportions over a county. A whole country would want a proper projection.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import shapely
from shapely import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

#: Kilometres in a degree of latitude on a sphere of the Earth's mean radius, 6,371.0088 km.
DEGREE_KM = 111.1951

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Window:
    """A rectangle of the sheet, in kilometres."""

    west: float
    north: float
    east: float
    south: float

    @property
    def width(self) -> float:
        """Kilometres from west to east."""
        return self.east - self.west

    @property
    def height(self) -> float:
        """Kilometres from north to south."""
        return self.south - self.north

    def holds(self, x: float, y: float) -> bool:
        """Whether a point lies inside."""
        return self.west <= x <= self.east and self.north <= y <= self.south


@dataclass(frozen=True)
class Sheet:
    """The areas of one kind, ordered by id, flat and in kilometres with south downwards."""

    area_kind: str
    ids: tuple[str, ...]
    names: tuple[str, ...]
    shapes: tuple[BaseGeometry, ...]
    window: Window

    @cached_property
    def anchors(self) -> Floats:
        """A point inside each area, for markers: one row of x and y each."""
        return shapely.get_coordinates(shapely.point_on_surface(np.array(self.shapes, dtype=object)))


def lay_flat(area: pa.Table, area_kind: str) -> Sheet | None:
    """Lay out the boundaries of one kind; None when there are none to draw."""
    rows = [row for row in area.to_pylist() if row["area_kind"] == area_kind and row["geometry"]]
    if not rows:
        return None
    rows.sort(key=lambda row: (row["area_id"], row["name"] or ""))
    degrees = shapely.from_wkb([row["geometry"] for row in rows])
    flat = _project(degrees)
    return Sheet(
        area_kind,
        tuple(row["area_id"] for row in rows),
        tuple(row["name"] or row["area_id"] for row in rows),
        tuple(flat),
        Window(*(float(v) for v in shapely.total_bounds(flat))),
    )


def _project(degrees: npt.NDArray[np.object_]) -> npt.NDArray[np.object_]:
    west, south, _, north = shapely.total_bounds(degrees)
    across = float(np.cos(np.radians((south + north) / 2)))

    def to_km(points: Floats) -> Floats:
        return np.column_stack(
            ((points[:, 0] - west) * across * DEGREE_KM, (north - points[:, 1]) * DEGREE_KM)
        )

    projected: npt.NDArray[np.object_] = shapely.transform(degrees, to_km)
    return projected


def district_of(name: str) -> str:
    """What an area's name begins with, less the code at its end: `York 012A` lies in `York`."""
    words = name.split()
    while len(words) > 1 and any(letter.isdigit() for letter in words[-1]):
        words.pop()
    return " ".join(words)


@dataclass(frozen=True)
class District:
    """The areas whose names begin alike, as one shape; somewhere for the eye to hold on to."""

    name: str
    shape: Polygon | MultiPolygon


def districts(sheet: Sheet, most: int = 24) -> tuple[District, ...]:
    """The districts that the areas' names speak of; none when the names do not group the areas."""
    named = sorted(
        zip(map(district_of, sheet.names), sheet.ids, sheet.shapes, strict=True), key=lambda t: t[:2]
    )
    groups = [(name, [shape for _, _, shape in group]) for name, group in groupby(named, lambda t: t[0])]
    if not 1 < len(groups) <= most or len(groups) * 3 > len(sheet.ids):
        return ()
    return tuple(District(name, _joined(shapes)) for name, shapes in groups)


def _joined(shapes: Sequence[BaseGeometry], gap_km: float = 0.1) -> Polygon | MultiPolygon:
    """One shape of many whose edges do not quite meet: widened, joined and narrowed again."""
    coarse = shapely.simplify(np.array(shapes, dtype=object), gap_km / 2)
    whole = shapely.union_all(shapely.buffer(coarse, gap_km, quad_segs=1, join_style="mitre"))
    narrowed: Polygon | MultiPolygon = shapely.buffer(whole, -gap_km, quad_segs=1, join_style="mitre")
    return narrowed
