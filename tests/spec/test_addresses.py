"""Placing addresses.

A gazetteer says where each address is. That stays in the vault: what leaves it is the area that the address
lies in, and a cell of a coarse grid where enough others share it.
"""

from roundtable.insight.places.addresses import address_place, address_points
from tests.spec.runner import Spec


def test_an_address_has_a_place(spec: Spec) -> None:
    """Each place of each address is taken once; an address that lacks a coordinate has none."""
    spec(
        address_points,
        """
        address_record
        address_id | longitude | latitude
        a          | -1.0      | 54.0
        a          | -1.0      | 54.0
        b          | -1.0      | 54.0
        c          |           | 54.0
        """,
        expect="""
        address_point
        address_id | longitude | latitude
        a          | -1.0      | 54.0
        b          | -1.0      | 54.0
        """,
    )


def test_an_address_lies_in_an_area_or_outside_all_of_them(arrow_spec: Spec) -> None:
    """An address has an area of each kind. Alone in its cell, it is not said to be there."""
    arrow_spec(
        address_place,
        """
        address_point
        address_id | longitude | latitude
        in         | 0.5       | 0.5
        out        | 2.5       | 0.5
        """,
        """
        area
        area_kind | area_id | geometry
        ward      | W1      | box 0 0 1 1
        """,
        expect="""
        address_place
        address_id | area_kind | area_id
        in         | cell      |
        in         | ward      | W1
        out        | cell      |
        out        | ward      |
        """,
    )


def test_of_two_places_the_first_counts(arrow_spec: Spec) -> None:
    """Where two gazetteers place an address differently, the more western place counts."""
    arrow_spec(
        address_place,
        """
        address_point
        address_id | longitude | latitude
        a          | 1.5       | 0.5
        a          | 0.5       | 0.5
        """,
        """
        area
        area_kind | area_id | geometry
        ward      | W1      | box 0 0 1 1
        ward      | W2      | box 1 0 2 1
        """,
        expect="""
        address_place
        address_id | area_kind | area_id
        a          | cell      |
        a          | ward      | W1
        """,
    )


def test_a_cell_is_named_where_eight_addresses_share_it(arrow_spec: Spec) -> None:
    """Eight addresses in one cell are said to be there, by the cell's corner; one apart is not."""
    arrow_spec(
        address_place,
        """
        address_point
        address_id | longitude | latitude
        a          | -1.059999 | 54.009999
        b          | -1.059    | 54.001
        c          | -1.055    | 54.002
        d          | -1.050    | 54.003
        e          | -1.049    | 54.004
        f          | -1.045    | 54.005
        g          | -1.041    | 54.006
        h          | -1.040001 | 54.0
        i          | -1.04     | 54.0
        """,
        """
        area
        area_kind | area_id | geometry
        """,
        expect="""
        address_place
        address_id | area_kind | area_id
        a          | cell      | 54.00 -1.06
        b          | cell      | 54.00 -1.06
        c          | cell      | 54.00 -1.06
        d          | cell      | 54.00 -1.06
        e          | cell      | 54.00 -1.06
        f          | cell      | 54.00 -1.06
        g          | cell      | 54.00 -1.06
        h          | cell      | 54.00 -1.06
        i          | cell      |
        """,
    )
