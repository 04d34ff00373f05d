"""Boundaries: a GeoJSON feature collection in longitude and latitude, each feature a polygon or several.

A shape that crosses itself is mended and the receipt says so; one that is no area is set aside.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import shapely
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from roundtable.data.intake.limits import Limits
from roundtable.data.intake.pieces import Making, Piece, Wanted
from roundtable.data.intake.records import BadRow
from roundtable.data.intake.rules import refused
from roundtable.data.intake.unpacking import SourceFile
from roundtable.errors import DeliveryRefused

#: The names by which files call longitude and latitude on WGS 84, in that order.
_CRS84 = frozenset(
    {"urn:ogc:def:crs:OGC:1.3:CRS84", "urn:ogc:def:crs:OGC::CRS84", "OGC:CRS84", "urn:ogc:def:crs:OGC:2:84"}
)
_POLYGONS = ("Polygon", "MultiPolygon")


@dataclass(frozen=True)
class GeoJsonReading:
    """How the boundaries of one table are read.

    Attributes:
        limits: how large the file may be.
        columns: checks the names of the properties and says which are wanted.
    """

    limits: Limits
    columns: Callable[[SourceFile, Sequence[str]], tuple[Wanted, ...]]


def read_geojson(source: SourceFile, reading: GeoJsonReading) -> Making[Piece]:
    """The features of a file as one piece, with the column `geometry` beside the wanted ones.

    Raises:
        DeliveryRefused: it is not GeoJSON, is too large, or is in other coordinates.
    """
    features = _features(source, reading.limits)
    wanted = reading.columns(source, _property_names(features))
    rows: dict[str, list[Any]] = {one.column: [] for one in wanted}
    rows |= {"geometry": [], "record": [], "line": []}
    bad: list[BadRow] = []
    mended = 0
    for number, feature in enumerate(features, start=1):
        try:
            values = [_text(feature, one.header) for one in wanted]
            area, was_mended = _area(feature, source)
        except _SetAside as found:
            bad.append(BadRow(number, number, found.rule, str(found)))
            continue
        mended += was_mended
        for one, value in zip(wanted, values, strict=True):
            rows[one.column].append(value)
        rows["geometry"].append(shapely.to_wkb(area, output_dimension=2, byte_order=1))
        rows["record"].append(number)
        rows["line"].append(number)
    told = (f"{mended:,} boundaries crossed themselves and were mended.",) if mended else ()
    yield Piece(_table(rows), tuple(bad), told=told)


class _SetAside(Exception):
    """One feature cannot be taken; why, in words."""

    def __init__(self, rule: str, reason: str) -> None:
        super().__init__(reason)
        self.rule = rule


def _features(source: SourceFile, limits: Limits) -> list[dict[str, Any]]:
    with source.open() as file:
        content = file.read(limits.geojson + 1)
    if len(content) > limits.geojson:
        what = f"it has more than {limits.geojson:,} bytes, the limit for GeoJSON, which is read whole"
        raise refused("too-large", source.shown, what, "Simplify the shapes, or send fewer areas in a file.")
    try:
        found = json.loads(content.decode("utf-8-sig"), parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        what = f"it is not JSON: {error}"
        raise _not_geojson(source, what) from None
    if not isinstance(found, dict) or found.get("type") != "FeatureCollection":
        raise _not_geojson(source, "its 'type' is not 'FeatureCollection'")
    _refuse_other_coordinates(source, found.get("crs"))
    features = found.get("features")
    if not isinstance(features, list) or not all(_is_feature(one) for one in features):
        raise _not_geojson(source, "its 'features' are not a list of features with properties")
    return features


def _no_number(name: str) -> float:
    raise ValueError(f"{name} is not a number that JSON knows")


def _not_geojson(source: SourceFile, what: str) -> DeliveryRefused:
    return refused("not-geojson", source.shown, what, "Export the areas as GeoJSON, a feature collection.")


def _is_feature(one: Any) -> bool:
    return isinstance(one, dict) and one.get("type") == "Feature" and isinstance(one.get("properties"), dict)


def _refuse_other_coordinates(source: SourceFile, crs: Any) -> None:
    if crs is None:
        return
    properties = crs.get("properties") if isinstance(crs, dict) else None
    name = properties.get("name") if isinstance(properties, dict) else None
    if name not in _CRS84:
        what = f"its coordinates are declared as '{str(name)[:60]}'"
        remedy = "Export it in longitude and latitude: CRS84, also called WGS 84 lon/lat."
        raise refused("coordinate-system", source.shown, what, remedy)


def _property_names(features: Sequence[dict[str, Any]]) -> tuple[str, ...]:
    """The names of the properties, in the order in which they first come."""
    return tuple(dict.fromkeys(name for feature in features for name in feature["properties"]))


def _text(feature: dict[str, Any], name: str) -> str:
    value = feature["properties"].get(name)
    if value is None:
        return ""
    if isinstance(value, list | dict):
        raise _SetAside("value", f"{name} is a list or an object and not a single value")
    return value if isinstance(value, str) else json.dumps(value)


def _area(feature: dict[str, Any], source: SourceFile) -> tuple[BaseGeometry, bool]:
    """The area of a feature, and whether it had to be mended."""
    geometry = feature.get("geometry")
    if not isinstance(geometry, dict) or geometry.get("type") not in _POLYGONS:
        raise _SetAside("geometry", "the feature has no polygon")
    try:
        area = shape(geometry)
    except (ValueError, TypeError, AttributeError, IndexError, shapely.errors.ShapelyError):
        raise _SetAside("geometry", "the coordinates of the feature make no polygon") from None
    if area.is_empty:
        raise _SetAside("geometry", "the feature has no polygon")
    _refuse_off_the_globe(area, source)
    if area.is_valid:
        return area, False
    mended = _polygons_of(shapely.make_valid(area))
    if mended.is_empty:
        raise _SetAside("geometry", "the polygon crosses itself and leaves no area when mended")
    return mended, True


def _refuse_off_the_globe(area: BaseGeometry, source: SourceFile) -> None:
    west, south, east, north = area.bounds
    if west < -180 or east > 180 or south < -90 or north > 90:
        what = f"its coordinates ({west:.0f}, {south:.0f}) are not longitude and latitude"
        if 0 <= west < 800_000 and 0 <= south < 1_400_000:
            what += "; they look like the British National Grid, in metres"
        remedy = "Export it in longitude and latitude: CRS84, also called WGS 84 lon/lat."
        raise refused("coordinate-system", source.shown, what, remedy)


def _polygons_of(mended: BaseGeometry) -> BaseGeometry:
    """The areas of a mended shape: mending can leave lines and points beside them."""
    parts = shapely.get_parts(shapely.get_parts(mended))
    areas = [part for part in parts if part.geom_type in _POLYGONS]
    return shapely.union_all(areas)


def _table(rows: dict[str, list[Any]]) -> pa.Table:
    kinds = {"geometry": pa.binary(), "record": pa.int64(), "line": pa.int64()}
    schema = pa.schema([(name, kinds.get(name, pa.string())) for name in rows])
    return pa.table(rows, schema=schema)
