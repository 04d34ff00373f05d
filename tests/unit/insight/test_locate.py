"""Points taken in chunks come out as if they were taken at once."""

from decimal import Decimal

import pyarrow as pa
import pytest
import shapely

from roundtable.data.tables import LAKE_TABLES
from roundtable.insight.places import locate as places
from roundtable.insight.places.locate import DISTINCT_POINTS, locate

GRID = [
    {
        "area_kind": kind,
        "area_id": f"{kind}{x}{y}",
        "name": "A square",
        "geometry": shapely.to_wkb(shapely.box(x * size, y * size, (x + 1) * size, (y + 1) * size)),
        "delivery_id": "d",
    }
    for kind, size in (("small", 1), ("large", 3))
    for x in range(3)
    for y in range(3)
]
AREAS = pa.Table.from_pylist(GRID, LAKE_TABLES["area"].schema)
POINTS = pa.Table.from_pylist(
    [{"longitude": Decimal(x) / 4, "latitude": Decimal(y) / 4} for x in range(-1, 40) for y in range(-1, 40)],
    DISTINCT_POINTS.schema,
)


@pytest.mark.parametrize("chunk", [1, 7, 1000])
def test_chunks_change_nothing(monkeypatch: pytest.MonkeyPatch, chunk: int) -> None:
    whole = locate(POINTS, AREAS)
    monkeypatch.setattr(places, "CHUNK", chunk)
    assert locate(POINTS, AREAS).equals(whole)
    assert whole.num_rows == 2 * POINTS.num_rows


def test_against_every_polygon_one_by_one() -> None:
    """The tree finds what asking each polygon finds, in the order of ids."""
    shapes = sorted(
        (row["area_kind"], row["area_id"], shapely.from_wkb(row["geometry"])) for row in AREAS.to_pylist()
    )
    for row in locate(POINTS, AREAS).slice(0, 1500).to_pylist():
        point = shapely.Point(float(row["longitude"]), float(row["latitude"]))
        holding = [area for kind, area, shape in shapes if kind == row["area_kind"] and shape.covers(point)]
        assert row["area_id"] == (holding[0] if holding else None)


def test_the_order_of_areas_changes_nothing() -> None:
    turned = AREAS.take(pa.array(range(AREAS.num_rows - 1, -1, -1)))
    assert locate(POINTS, turned).equals(locate(POINTS, AREAS))
