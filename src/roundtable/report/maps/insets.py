"""Close-ups: where a county's small areas crowd together, they are drawn again, larger.

In a county that is mostly countryside the towns hold most of the areas and cover almost none of the
map. The windows follow from the boundaries alone, so that they work for any place.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np
import shapely

from roundtable.report.maps.sheet import Floats, Sheet, Window, district_of

#: How much of the county's longer side one close-up covers.
WINDOW_SHARE = 1 / 10
#: An area is small when its longer side is less than this share of the county's longer side.
SMALL_SHARE = 1 / 40
#: Fewer crowded areas than this are not worth a close-up.
FEWEST_AREAS = 12
MOST_INSETS = 3


@dataclass(frozen=True)
class Inset:
    """One close-up: its letter on the main map, its name, its window, and the areas in its middle."""

    letter: str
    name: str
    window: Window
    areas: int


def find_insets(sheet: Sheet) -> tuple[Inset, ...]:
    """The windows that take in the most small areas, most crowded first, none overlapping much."""
    side = max(sheet.window.width, sheet.window.height)
    anchors = sheet.anchors
    crowded = _small(sheet, side * SMALL_SHARE)
    insets: list[Inset] = []
    while len(insets) < MOST_INSETS and (inside := _fullest(anchors, crowded, side * WINDOW_SHARE)).any():
        window = _around(anchors[inside], side * WINDOW_SHARE)
        name = _name(sheet, inside)
        crowded &= ~_within(anchors, window, margin=side * WINDOW_SHARE / 4)
        if name not in {inset.name for inset in insets}:
            insets.append(Inset("ABC"[len(insets)], name, window, int(inside.sum())))
    return tuple(insets)


def _small(sheet: Sheet, limit: float) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    west, north, east, south = shapely.bounds(np.array(sheet.shapes, dtype=object)).T
    small: np.ndarray[tuple[int], np.dtype[np.bool_]] = np.maximum(east - west, south - north) < limit
    return small


def _fullest(
    anchors: Floats, crowded: np.ndarray[tuple[int], np.dtype[np.bool_]], side: float
) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Which crowded areas lie in the fullest window of that side; none when it is not full enough."""
    apart = np.abs(anchors[:, None, :] - anchors[None, :, :]).max(axis=2)
    near = (apart <= side / 2) & crowded[None, :]
    # argmax takes the first of equals, which is the lowest id.
    centre = int(np.argmax(np.where(crowded, near.sum(axis=1), 0)))
    inside: np.ndarray[tuple[int], np.dtype[np.bool_]] = near[centre]
    return inside if inside.sum() >= FEWEST_AREAS else np.zeros_like(inside)


def _around(points: Floats, side: float) -> Window:
    middle = (points.min(axis=0) + points.max(axis=0)) / 2
    x, y = float(middle[0]), float(middle[1])
    return Window(x - side / 2, y - side / 2, x + side / 2, y + side / 2)


def _within(anchors: Floats, window: Window, margin: float) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    x, y = anchors.T
    across = (x >= window.west - margin) & (x <= window.east + margin)
    down = (y >= window.north - margin) & (y <= window.south + margin)
    within: np.ndarray[tuple[int], np.dtype[np.bool_]] = across & down
    return within


def _name(sheet: Sheet, inside: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> str:
    districts = Counter(district_of(sheet.names[place]) for place in np.flatnonzero(inside))
    return min(districts, key=lambda name: (-districts[name], name))
