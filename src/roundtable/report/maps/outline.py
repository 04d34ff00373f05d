"""Shapes as SVG path data: simplified to what the eye can see, in whole numbers, so that they stay small."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from roundtable.report.maps.sheet import Sheet, Window

#: Units of the drawing to one pixel at its natural size: whole units are fine enough and write short.
UNITS_PER_PIXEL = 10
#: What a simplified line may stray from the true one, in pixels at natural size.
TOLERANCE_PIXELS = 0.4


@dataclass(frozen=True)
class Frame:
    """A window of the sheet drawn so many pixels wide."""

    window: Window
    pixels: int

    @property
    def units_per_km(self) -> float:
        """How long a kilometre is in the drawing."""
        return self.pixels * UNITS_PER_PIXEL / self.window.width

    @property
    def view_box(self) -> str:
        """The drawing's own rectangle."""
        return f"0 0 {self.pixels * UNITS_PER_PIXEL} {round(self.window.height * self.units_per_km)}"

    @property
    def height(self) -> int:
        """Pixels from top to bottom at natural size."""
        return round(self.window.height * self.units_per_km / UNITS_PER_PIXEL)

    def at(self, x: float, y: float) -> tuple[int, int]:
        """Where a point of the sheet comes in the drawing."""
        scale = self.units_per_km
        return round((x - self.window.west) * scale), round((y - self.window.north) * scale)


@dataclass(frozen=True)
class Outline:
    """One area's path data; several maps may draw it in different colours."""

    area_id: str
    path: str


def outlines(sheet: Sheet, frame: Frame) -> tuple[Outline, ...]:
    """The areas that a frame shows any part of, in the order of the sheet."""
    tolerance = TOLERANCE_PIXELS * UNITS_PER_PIXEL / frame.units_per_km
    window = frame.window
    corners = (window.west, window.north, window.east, window.south)
    shapes = np.array(sheet.shapes, dtype=object)
    seen = np.flatnonzero(shapely.intersects(shapes, shapely.box(*corners)))
    drawn = shapely.simplify(shapes[seen], tolerance)
    if window != sheet.window:
        margin = window.width / 50
        drawn = shapely.clip_by_rect(
            shapely.make_valid(drawn),
            corners[0] - margin,
            corners[1] - margin,
            corners[2] + margin,
            corners[3] + margin,
        )
    return tuple(
        Outline(sheet.ids[place], path_data(shape, frame))
        for place, shape in zip(seen.tolist(), drawn, strict=True)
        if not shape.is_empty
    )


def path_data(shape: BaseGeometry, frame: Frame) -> str:
    """Every ring of a shape as relative moves between whole units."""
    return "".join(_ring(ring, frame) for ring in _rings(shape))


def _rings(shape: BaseGeometry) -> Iterator[BaseGeometry]:
    for part in shapely.get_parts(shape):
        if part.geom_type == "Polygon":
            yield from shapely.get_rings(part)


def _ring(ring: BaseGeometry, frame: Frame) -> str:
    corner = (frame.window.west, frame.window.north)
    units = np.rint((shapely.get_coordinates(ring) - corner) * frame.units_per_km).astype(int)
    steps = np.diff(units, axis=0)
    steps = steps[(steps != 0).any(axis=1)]
    if len(steps) < 3:
        return ""
    x, y = units[0].tolist()
    moves = "".join(_pair(dx, dy) for dx, dy in steps[:-1].tolist())
    return f"M{x} {y}l{moves.lstrip()}z"


def _pair(dx: int, dy: int) -> str:
    """Two numbers with no more between them than SVG needs."""
    return f"{'' if dx < 0 else ' '}{dx}{'' if dy < 0 else ' '}{dy}"
