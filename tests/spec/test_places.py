"""Placing events.

An event's area is found from its coordinates and the boundaries, never from a code that was published
with it: such codes change from year to year while the place does not.
"""

from roundtable.insight.places.locate import distinct_points, locate
from tests.spec.runner import Spec


def test_each_point_is_looked_up_once(spec: Spec) -> None:
    """Each point is looked up once, however many events lie there.

    An event that lacks a coordinate has no point.
    """
    spec(
        distinct_points,
        """
        event
        longitude | latitude
        -1.0      | 54.0
        -1.0      | 54.0
        -1.5      | 54.0
                  | 54.0
        -1.5      |
                  |
        """,
        expect="""
        distinct_point
        longitude | latitude
        -1.5      | 54.0
        -1.0      | 54.0
        """,
    )


def test_inside_and_outside(arrow_spec: Spec) -> None:
    """A point inside an area has it; a point outside every area of the kind has none."""
    arrow_spec(
        locate,
        """
        distinct_point
        longitude | latitude
        0.5       | 0.5
        7.0       | 7.0
        """,
        """
        area
        area_kind | area_id | geometry
        ward      | W1      | box 0 0 1 1
        """,
        expect="""
        place_area
        area_kind | longitude | latitude | area_id
        ward      | 0.5       | 0.5      | W1
        ward      | 7.0       | 7.0      |
        """,
    )


def test_on_a_boundary(arrow_spec: Spec) -> None:
    """A point on a boundary is in the area; on a shared one, in the area with the lowest id."""
    arrow_spec(
        locate,
        """
        distinct_point
        longitude | latitude
        0.0       | 0.5
        1.0       | 0.5
        2.0       | 1.0
        """,
        """
        area
        area_kind | area_id | geometry
        ward      | W2      | box 0 0 1 1
        ward      | W1      | box 1 0 2 1
        """,
        expect="""
        place_area
        area_kind | longitude | latitude | area_id
        ward      | 0.0       | 0.5      | W2
        ward      | 1.0       | 0.5      | W1
        ward      | 2.0       | 1.0      | W1
        """,
    )


def test_overlapping_areas(arrow_spec: Spec) -> None:
    """Where areas overlap, the lowest id has the point."""
    arrow_spec(
        locate,
        """
        distinct_point
        longitude | latitude
        1.5       | 0.5
        """,
        """
        area
        area_kind | area_id | geometry
        ward      | B       | box 0 0 2 1
        ward      | A       | box 1 0 3 1
        """,
        expect="""
        place_area
        area_kind | longitude | latitude | area_id
        ward      | 1.5       | 0.5      | A
        """,
    )


def test_two_kinds_of_area(arrow_spec: Spec) -> None:
    """Each kind of area answers for itself: a point can be inside one and outside another."""
    arrow_spec(
        locate,
        """
        distinct_point
        longitude | latitude
        0.5       | 0.5
        1.5       | 0.5
        """,
        """
        area
        area_kind | area_id | geometry
        ward      | W1      | box 0 0 1 1
        district  | D1      | box 0 0 2 1
        """,
        expect="""
        place_area
        area_kind | longitude | latitude | area_id
        district  | 0.5       | 0.5      | D1
        district  | 1.5       | 0.5      | D1
        ward      | 0.5       | 0.5      | W1
        ward      | 1.5       | 0.5      |
        """,
    )


def test_no_points(arrow_spec: Spec) -> None:
    """With no points there is nothing to place."""
    arrow_spec(
        locate,
        """
        distinct_point
        longitude | latitude
        """,
        """
        area
        area_kind | area_id
        ward      | W1
        """,
        expect="""
        place_area
        area_kind | longitude | latitude | area_id
        """,
    )
