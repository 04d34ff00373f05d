"""Maps drawn from boundaries: classes, close-ups, outlines and markers."""

import re
from math import hypot

import pyarrow as pa
import pytest
import shapely

from roundtable.report.maps.choropleth import PINS_APART, Pin, Shade, css_names, draw, make_atlas
from roundtable.report.maps.classes import ValueClass, class_of, quantile_classes
from roundtable.report.maps.insets import find_insets
from roundtable.report.maps.outline import Frame, path_data
from roundtable.report.maps.sheet import Sheet, Window, district_of, districts, lay_flat
from tests.factories_harm import KIND, boundaries, lake_table, square


def _sheet(squares: dict[str, tuple[str, float, float, float]]) -> Sheet:
    """Square areas by id: name, west, south and side, in degrees."""
    rows = [
        {
            "area_kind": KIND,
            "area_id": one,
            "name": name,
            "geometry": square(west, south, side),
            "delivery_id": "d",
        }
        for one, (name, west, south, side) in squares.items()
    ]
    sheet = lay_flat(lake_table("area", rows), KIND)
    assert sheet is not None
    return sheet


def _county() -> Sheet:
    """A wide country of four large areas, with a town of twenty small ones in one corner."""
    country = {f"R{i}": (f"Wolds 00{i}A", -2.0 + 0.5 * (i % 2), 54.0 + 0.3 * (i // 2), 0.3) for i in range(4)}
    town = {
        f"T{i:02}": (f"Bigton {i:03}A", -1.9 + 0.01 * (i % 5), 54.05 + 0.006 * (i // 5), 0.006)
        for i in range(20)
    }
    return _sheet(country | town)


def test_a_kilometre_east_is_as_long_as_a_kilometre_south() -> None:
    sheet = _sheet({"A": ("A", -1.0, 60.0, 0.001)})
    assert sheet.window.width == pytest.approx(sheet.window.height / 2, rel=0.001)
    assert sheet.window.height == pytest.approx(0.1112, rel=0.001)


def test_areas_without_a_shape_or_of_another_kind_are_not_drawn() -> None:
    assert lay_flat(boundaries(), "ward") is None
    assert lay_flat(lake_table("area", []), KIND) is None


def test_classes_take_fifths_and_keep_the_darkest_for_the_top_twentieth() -> None:
    classes = quantile_classes(range(1, 101))
    assert [one.areas for one in classes] == [20, 20, 20, 20, 15, 5]
    assert classes[-1] == ValueClass(96, 100, 5)
    assert [class_of(value, classes) for value in (1, 20, 21, 95, 96)] == [0, 0, 1, 4, 5]


def test_equal_values_stay_in_one_class_and_nought_is_its_own() -> None:
    classes = quantile_classes([0, 0, 7, 7, 7, 7, 7, 7, 7, 9])
    assert classes == (ValueClass(0, 0, 2), ValueClass(7, 7, 7), ValueClass(9, 9, 1))
    assert css_names(classes) == ["c0", "c1", "c6"]
    assert quantile_classes([]) == ()
    assert css_names(quantile_classes([5])) == ["c6"]


def test_a_crowded_town_is_drawn_again_larger_and_named_by_its_areas() -> None:
    (inset,) = find_insets(_county())
    assert (inset.letter, inset.name, inset.areas) == ("A", "Bigton", 20)
    assert inset.window.width == pytest.approx(inset.window.height)


def test_where_nothing_is_crowded_there_is_no_close_up() -> None:
    sheet = lay_flat(boundaries(), KIND)
    assert sheet is not None
    assert find_insets(sheet) == ()


def test_districts_are_what_the_names_begin_with() -> None:
    assert district_of("St Helens 012A") == "St Helens"
    assert district_of("012A") == "012A"
    assert [one.name for one in districts(_county())] == ["Bigton", "Wolds"]
    assert districts(_sheet({"A": ("Ayton", 0, 54, 0.1), "B": ("Beaton", 0.1, 54, 0.1)})) == ()


def test_a_path_is_whole_relative_moves_that_come_back_to_their_start() -> None:
    sheet = _sheet({"A": ("A", -1.0, 54.0, 0.1)})
    path = path_data(sheet.shapes[0], Frame(sheet.window, 100))
    assert re.fullmatch(r"M\d+ \d+l[-\d ]+z", path)
    numbers = [int(one) for one in re.findall(r"-?\d+", path)]
    assert numbers[0] == 1000
    assert {abs(one) for one in numbers[2:]} >= {0, 1000}


def test_points_that_fall_together_are_written_once() -> None:
    near = shapely.Polygon([(0, 0), (0.0001, 0), (1, 0), (1, 1), (0, 1)])
    assert path_data(near, Frame(Window(0, 0, 1, 1), 10)) == "M0 0l100 0 0 100-100 0z"


def _shades(sheet: Sheet) -> dict[str, Shade]:
    return {one: Shade("c1", f"about {one}") for one in sheet.ids}


def test_every_area_is_drawn_on_the_main_map_and_the_crowded_ones_again() -> None:
    sheet = _county()
    atlas = make_atlas("p", sheet)
    main, close = draw(atlas, "m", "Records", _shades(sheet), [])
    assert [area.told for area in main.areas] == [f"about {one}" for one in sheet.ids]
    assert {f"about T{i:02}" for i in range(20)} <= {area.told for area in close.areas}
    assert [(box.letter, box.name) for box in main.boxes] == [("A", "Bigton")]
    assert [label.text for label in main.labels] == ["Wolds"]


def test_a_marker_stands_on_the_largest_drawing_that_has_its_area() -> None:
    sheet = _county()
    main, close = draw(make_atlas("p", sheet), "m", "Records", _shades(sheet), ["T07", "R3", "nowhere"])
    assert [pin.number for pin in main.pins] == [2]
    assert [pin.number for pin in close.pins] == [1]


def test_markers_that_would_cover_each_other_stand_apart() -> None:
    sheet = _sheet({"A": ("A", 0, 54, 1), "B": ("B", 0.4, 54.4, 0.01), "C": ("C", 0.4, 54.4, 0.01)})
    (drawing,) = draw(make_atlas("p", sheet), "m", "Records", _shades(sheet), ["B", "C"])
    (second, first) = drawing.pins
    assert (first.number, second.number) == (1, 2)
    assert _distance(first, second) >= PINS_APART - 2


def _distance(one: Pin, other: Pin) -> float:
    return hypot(one.x - other.x, one.y - other.y)


def test_the_order_of_the_rows_changes_no_drawing() -> None:
    rows = boundaries().to_pylist()
    first, second = (
        lay_flat(pa.Table.from_pylist(one, schema=boundaries().schema), KIND) for one in (rows, rows[::-1])
    )
    assert first is not None
    assert second is not None
    assert make_atlas("p", first).plates == make_atlas("p", second).plates
