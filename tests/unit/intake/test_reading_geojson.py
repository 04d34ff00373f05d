"""Boundaries: what is taken, mended, set aside and refused."""

from __future__ import annotations

import json
from typing import Any

import pytest
import shapely

from roundtable.data.intake.limits import Limits
from tests.factories_intake import (
    DropOff,
    good_rows,
    places,
)
from tests.unit.intake.refusing import refused

GOOD = good_rows(4)
FILE = "deliveries/crimes/2024-01.csv"


def _feature(code: str = "W1", **changed: object) -> str:
    ring = [[-1, 54], [-1, 55], [0, 55], [-1, 54]]
    feature: dict[str, object] = {
        "type": "Feature",
        "properties": {"code": code, "name": f"Ward {code}"},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }
    return json.dumps(feature | changed)


def _collection(*features: str, **more: object) -> bytes:
    extra = "".join(f', "{key}": {json.dumps(value)}' for key, value in more.items())
    return f'{{"type": "FeatureCollection", "features": [{", ".join(features)}]{extra}}}'.encode()


GRID = {
    "type": "Polygon",
    "coordinates": [[[456789, 451234], [456789, 451235], [456790, 451235], [456789, 451234]]],
}


@pytest.mark.parametrize(
    ("content", "rule", "says"),
    [
        (b"{", "not-geojson", "it is not JSON: "),
        (b'{"a": NaN}', "not-geojson", "it is not JSON: NaN is not a number that JSON knows"),
        (b"[" * 100_000, "not-geojson", "it is not JSON: "),
        (b"\xff\xfe{}", "not-geojson", "it is not JSON: "),
        (_feature().encode(), "not-geojson", "its 'type' is not 'FeatureCollection'"),
        (_collection('"x"'), "not-geojson", "its 'features' are not a list of features with properties"),
        (
            _collection(
                _feature(), crs={"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::27700"}}
            ),
            "coordinate-system",
            "its coordinates are declared as 'urn:ogc:def:crs:EPSG::27700'",
        ),
        (
            _collection(_feature(geometry=GRID)),
            "coordinate-system",
            "its coordinates (456789, 451234) are not longitude and latitude; they look like the British "
            "National Grid, in metres",
        ),
        (
            _collection(_feature(properties={"code": "W1", "title": "x"})),
            "header",
            "the header is not that of table 'areas': missing: 'name'; extra: 'title'",
        ),
        (_collection(), "header", "the header is not that of table 'areas': missing: 'code', 'name'"),
    ],
)
def test_boundaries_that_cannot_be_read(drop_off: DropOff, content: bytes, rule: str, says: str) -> None:
    drop_off.agree(places())
    drop_off.deliver("places", "wards.geojson", content)
    assert says in refused(drop_off, rule)


def test_a_geojson_file_that_is_too_large(drop_off: DropOff) -> None:
    drop_off.limits = Limits(geojson=100)
    drop_off.agree(places())
    drop_off.deliver("places", "wards.geojson", _collection(_feature()))
    assert "it has more than 100 bytes, the limit for GeoJSON" in refused(drop_off, "too-large")


def square(west: float, south: float, side: float = 1) -> list[list[float]]:
    east, north = west + side, south + side
    return [[west, south], [east, south], [east, north], [west, north], [west, south]]


def polygon(*rings: list[list[Any]]) -> dict[str, Any]:
    return {"type": "Polygon", "coordinates": list(rings)}


def received(drop_off: DropOff, *features: str, **terms: Any) -> dict[str, Any]:
    """Take features in; the geometry of each area by its code."""
    drop_off.agree(places(**terms))
    drop_off.deliver("places", "wards.geojson", _collection(*features))
    receipt = drop_off.receive_one()
    assert receipt.rows_received == len(features), str(receipt)
    return {row["area_id"]: shapely.from_wkb(row["geometry"]) for row in drop_off.rows("area")}


def test_areas_come_out_as_they_went_in(drop_off: DropOff) -> None:
    hole = polygon(square(-2, 54), square(-1.5, 54.5, 0.25))
    several = {"type": "MultiPolygon", "coordinates": [[square(0, 50)], [square(5, 50)]]}
    found = received(drop_off, _feature("W1", geometry=hole), _feature("W2", geometry=several))
    assert found["W1"].area == pytest.approx(1 - 0.0625)
    assert (found["W2"].geom_type, found["W2"].area) == ("MultiPolygon", 2)
    assert [(row["area_kind"], row["name"]) for row in drop_off.rows("area")] == [
        ("ward", "Ward W1"),
        ("ward", "Ward W2"),
    ]


def test_crs84_may_be_named(drop_off: DropOff) -> None:
    drop_off.agree(places())
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}}
    drop_off.deliver("places", "wards.geojson", _collection(_feature(), crs=crs))
    assert drop_off.receive_one().rows_kept == 1


def test_a_shape_that_crosses_itself_is_mended_and_told(drop_off: DropOff) -> None:
    bow_tie = polygon([[0, 50], [2, 52], [2, 50], [0, 52], [0, 50]])
    found = received(drop_off, _feature("W1", geometry=bow_tie))
    assert found["W1"].is_valid and found["W1"].area == pytest.approx(2)
    drop_off.agree(places(status="fact"))
    assert drop_off.receive_one().told == ("1 boundaries crossed themselves and were mended.",)


@pytest.mark.parametrize(
    ("changed", "rule", "reason"),
    [
        ({"geometry": None}, "geometry", "the feature has no polygon"),
        ({"geometry": {"type": "Point", "coordinates": [0, 50]}}, "geometry", "the feature has no polygon"),
        ({"geometry": polygon()}, "geometry", "the feature has no polygon"),
        (
            {"geometry": polygon([[0, 50], [1, 50]])},
            "geometry",
            "the coordinates of the feature make no polygon",
        ),
        (
            {"geometry": polygon([["a", "b"], [1, 50], [1, 51], [0, 50]])},
            "geometry",
            "the coordinates of the feature make no polygon",
        ),
        (
            {"geometry": polygon([[0, 50], [1, 51], [0, 50], [0, 50]])},
            "geometry",
            "the polygon crosses itself and leaves no area when mended",
        ),
        (
            {"properties": {"code": ["W2"], "name": "x"}},
            "value",
            "code is a list or an object and not a single value",
        ),
        ({"properties": {"code": None, "name": "x"}}, "required", "code is missing"),
    ],
)
def test_a_feature_that_is_no_area_is_set_aside(
    drop_off: DropOff, changed: dict[str, Any], rule: str, reason: str
) -> None:
    assert set(received(drop_off, _feature("W1"), _feature("W2", **changed))) == {"W1"}
    (bad,) = drop_off.rows("quarantine")
    assert (bad["file"], bad["line"], bad["rule"], bad["reason"]) == ("wards.geojson", 2, rule, reason)


def test_two_features_with_one_code_are_both_set_aside(drop_off: DropOff) -> None:
    features = (_feature("W1"), _feature("W2"), _feature("W1", geometry=polygon(square(0, 50))))
    assert set(received(drop_off, *features, quarantineLimit=0.7)) == {"W2"}
    assert [row["rule"] for row in drop_off.rows("quarantine")] == ["key-again", "key-again"]


def test_values_that_are_no_text_are_written_out(drop_off: DropOff) -> None:
    received(drop_off, _feature(properties={"code": 7, "name": None}))
    assert [(row["area_id"], row["name"]) for row in drop_off.rows("area")] == [("7", "7")]
