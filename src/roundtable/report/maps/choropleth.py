"""A map of one measure: the whole county, its close-ups, the legend and the areas worth naming."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import hypot

import shapely
from shapely import MultiPolygon, Polygon

from roundtable.report.maps.classes import ValueClass, class_of
from roundtable.report.maps.insets import Inset, find_insets
from roundtable.report.maps.outline import UNITS_PER_PIXEL, Frame, Outline, outlines, path_data
from roundtable.report.maps.sheet import Sheet, districts

MAP_PIXELS = 720
INSET_PIXELS = 320
#: Lengths that a scale bar may have, in kilometres.
SCALE_LENGTHS = (1, 2, 5, 10, 20, 50, 100, 200)
#: How far apart the middles of two markers have to be, in units of the drawing.
PINS_APART = 21 * UNITS_PER_PIXEL


@dataclass(frozen=True)
class Shade:
    """How one area is drawn: its class of colour and what a pointer resting on it reads."""

    css: str
    told: str


@dataclass(frozen=True)
class DrawnArea:
    """One area of a drawing: which outline, in which class, and its tooltip."""

    outline: str
    css: str
    told: str


@dataclass(frozen=True)
class Pin:
    """A numbered marker."""

    number: int
    x: int
    y: int


@dataclass(frozen=True)
class Label:
    """A word on the map."""

    text: str
    x: int
    y: int


@dataclass(frozen=True)
class Box:
    """The frame of a close-up on the main map, with its letter and name."""

    letter: str
    name: str
    x: int
    y: int
    width: int
    height: int
    eastern: bool
    """Whether its name has to end where the frame ends, so as not to run off the map."""


@dataclass(frozen=True)
class ScaleBar:
    """So many kilometres are so long; it begins at x and y."""

    kilometres: int
    units: int
    x: int
    y: int


@dataclass(frozen=True)
class Drawing:
    """One SVG."""

    id: str
    title: str
    view_box: str
    width: int
    height: int
    areas: tuple[DrawnArea, ...]
    pins: tuple[Pin, ...]
    scale: ScaleBar
    borders: tuple[str, ...] = ()
    labels: tuple[Label, ...] = ()
    boxes: tuple[Box, ...] = ()
    letter: str = ""
    name: str = ""


@dataclass(frozen=True)
class Plate:
    """One frame's outlines, drawn once and coloured by every map of the same areas."""

    id: str
    frame: Frame
    outlines: tuple[Outline, ...]
    inset: Inset | None = None


@dataclass(frozen=True)
class Atlas:
    """The sheet with all its plates: the first is the whole, the others are close-ups."""

    id: str
    sheet: Sheet
    plates: tuple[Plate, ...]
    borders: tuple[str, ...]
    labels: tuple[Label, ...]


def make_atlas(atlas_id: str, sheet: Sheet) -> Atlas:
    """Prepare everything that the maps of these areas share."""
    whole = Frame(sheet.window, MAP_PIXELS)
    insets = find_insets(sheet)
    plates = [Plate(f"{atlas_id}m", whole, outlines(sheet, whole))]
    for inset in insets:
        frame = Frame(inset.window, INSET_PIXELS)
        plates.append(Plate(f"{atlas_id}{inset.letter.lower()}", frame, outlines(sheet, frame), inset))
    named = districts(sheet)
    borders = tuple(path_data(shapely.simplify(one.shape, 0.1), whole) for one in named)
    middles = ((one.name, *_middle(one.shape)) for one in named)
    labels = tuple(
        Label(name, *whole.at(x, y))
        for name, x, y in middles
        # A close-up's frame says its name; a word inside it would say it twice.
        if not any(inset.window.holds(x, y) for inset in insets)
    )
    return Atlas(atlas_id, sheet, tuple(plates), borders, labels)


def _middle(shape: Polygon | MultiPolygon) -> tuple[float, float]:
    """The middle of the largest circle that fits in a shape: where a word reads best."""
    circle = shapely.get_coordinates(shapely.maximum_inscribed_circle(shape, tolerance=1.0))
    return float(circle[0][0]), float(circle[0][1])


def draw(
    atlas: Atlas, map_id: str, title: str, shades: Mapping[str, Shade], pinned: Sequence[str]
) -> tuple[Drawing, ...]:
    """Draw one measure on every plate; `pinned` are the areas to number, most important first."""
    return tuple(_drawing(atlas, plate, map_id, title, shades, pinned) for plate in atlas.plates)


def _drawing(
    atlas: Atlas, plate: Plate, map_id: str, title: str, shades: Mapping[str, Shade], pinned: Sequence[str]
) -> Drawing:
    main = plate.inset is None
    areas = tuple(
        DrawnArea(f"{plate.id}{place}", shades[outline.area_id].css, shades[outline.area_id].told)
        for place, outline in enumerate(plate.outlines)
    )
    return Drawing(
        id=f"{map_id}-{plate.id}",
        title=title if plate.inset is None else f"{title}: close-up of {plate.inset.name}",
        view_box=plate.frame.view_box,
        width=plate.frame.pixels,
        height=plate.frame.height,
        areas=areas,
        pins=_pins(atlas, plate, pinned),
        scale=_scale_bar(plate.frame),
        borders=atlas.borders if main else (),
        labels=atlas.labels if main else (),
        boxes=tuple(_box(other, plate.frame) for other in atlas.plates[1:]) if main else (),
        letter=plate.inset.letter if plate.inset else "",
        name=plate.inset.name if plate.inset else "",
    )


def _pins(atlas: Atlas, plate: Plate, pinned: Sequence[str]) -> tuple[Pin, ...]:
    """The markers that this plate shows: on the main map only those that no close-up shows."""
    anchors = dict(zip(atlas.sheet.ids, atlas.sheet.anchors.tolist(), strict=True))
    closer = [other.frame.window for other in atlas.plates[1:]] if plate.inset is None else []
    pins = []
    for number, area_id in enumerate(pinned, start=1):
        if area_id not in anchors:
            continue
        x, y = anchors[area_id]
        if plate.frame.window.holds(x, y) and not any(window.holds(x, y) for window in closer):
            pins.append(Pin(number, *plate.frame.at(x, y)))
    return tuple(reversed(_apart(pins)))


def _apart(pins: Sequence[Pin]) -> list[Pin]:
    """Move markers that would cover each other apart, as little as leaves each to be read."""
    spots = [(float(pin.x), float(pin.y)) for pin in pins]
    pairs = list(combinations(range(len(spots)), 2))
    for first, second in pairs * 20:
        (ax, ay), (bx, by) = spots[first], spots[second]
        gap = hypot(bx - ax, by - ay)
        if gap < PINS_APART:
            # Two on one spot part sideways.
            east, south = ((bx - ax) / gap, (by - ay) / gap) if gap else (1.0, 0.0)
            step = (PINS_APART - gap) / 2
            spots[first] = (ax - east * step, ay - south * step)
            spots[second] = (bx + east * step, by + south * step)
    return [Pin(pin.number, round(x), round(y)) for pin, (x, y) in zip(pins, spots, strict=True)]


def _box(plate: Plate, main: Frame) -> Box:
    window = plate.frame.window
    west, north = main.at(window.west, window.north)
    east, south = main.at(window.east, window.south)
    letter, name = (plate.inset.letter, plate.inset.name) if plate.inset else ("", "")
    eastern = east > main.pixels * UNITS_PER_PIXEL * 3 / 4
    return Box(letter, name, west, north, east - west, south - north, eastern)


def _scale_bar(frame: Frame) -> ScaleBar:
    """The longest round length that is at most a quarter of the drawing."""
    fitting = [length for length in SCALE_LENGTHS if length <= frame.window.width / 4]
    kilometres = fitting[-1] if fitting else SCALE_LENGTHS[0]
    margin = 12 * UNITS_PER_PIXEL
    return ScaleBar(
        kilometres, round(kilometres * frame.units_per_km), margin, frame.height * UNITS_PER_PIXEL - margin
    )


@dataclass(frozen=True)
class LegendLine:
    """One swatch, its limits, and how many areas are in it."""

    css: str
    limits: str
    areas: str


def shade_name(value: int, classes: Sequence[ValueClass]) -> str:
    """The CSS class of a value: `c0` for nought, `c1` to `c6` from palest to darkest."""
    place = class_of(value, classes)
    return css_names(classes)[place]


def css_names(classes: Sequence[ValueClass]) -> list[str]:
    """One CSS class for each class of values, spread over the palette when there are few."""
    coloured = [one for one in classes if one.high]
    names = [f"c{_spread(place, len(coloured))}" for place in range(len(coloured))]
    return ["c0"] * (len(classes) - len(coloured)) + names


def _spread(place: int, number: int) -> int:
    return 6 if number == 1 else 1 + round(place * 5 / (number - 1))
