"""Harm by area, month and code.

Harm is the number of records times the weight of their code, in thousandths of the weight set's unit.
A record whose code has no weight adds nothing to harm and one to `unpriced_records`.
"""

from roundtable.insight.harm.by_area import harm_area_month
from roundtable.insight.harm.counts import records_by_area
from tests.spec.runner import Spec

PLACES = """
    place_area
    area_kind | longitude | latitude | area_id
    ward      | 1         | 1        | W1
    ward      | 2         | 1        | W2
    ward      | 9         | 9        |
"""
WEIGHTS = """
    harm_weight
    weight_set | scheme | code     | weight
    pounds     | broad  | violence | 2,500
    pounds     | broad  | theft    |
"""


def test_records_are_summed(spec: Spec) -> None:
    """Records of one code in one area and month are one row."""
    spec(
        harm_area_month,
        """
        event
        occurred_from | code     | longitude | latitude
        2024-01-01    | violence | 1         | 1
        2024-01-31    | violence | 1         | 1
        2024-02-01    | violence | 1         | 1
        2024-02-01    | violence | 2         | 1
        """,
        PLACES,
        WEIGHTS,
        expect="""
        harm_area_month
        weight_set | area_kind | area_id | month      | code     | records | unpriced_records | harm
        pounds     | ward      | W1      | 2024-01-01 | violence | 2       | 0                | 5,000
        pounds     | ward      | W1      | 2024-02-01 | violence | 1       | 0                | 2,500
        pounds     | ward      | W2      | 2024-02-01 | violence | 1       | 0                | 2,500
        """,
    )


def test_outside_and_no_coordinates(spec: Spec) -> None:
    """An event outside every area, or with no coordinates, is kept under a reserved id.

    So the records of every kind of area add up to what was received.
    """
    spec(
        harm_area_month,
        """
        event
        code     | longitude | latitude
        violence | 1         | 1
        violence | 9         | 9
        violence |           |
        violence | 1         |
        """,
        PLACES,
        WEIGHTS,
        expect="""
        harm_area_month
        area_id        | records | harm
        W1             | 1       | 2,500
        outside        | 1       | 2,500
        no-coordinates | 2       | 5,000
        """,
    )


def test_unpriced_codes(spec: Spec) -> None:
    """A code without a weight is counted beside the harm and never as harm of nought.

    Theft stands in the set with no weight; littering does not stand in it at all. Both are unpriced.
    """
    spec(
        harm_area_month,
        """
        event
        code      | longitude | latitude
        violence  | 1         | 1
        theft     | 1         | 1
        littering | 1         | 1
        littering | 1         | 1
        """,
        PLACES,
        WEIGHTS,
        expect="""
        harm_area_month
        area_id | code      | records | unpriced_records | harm
        W1      | littering | 2       | 2                | 0
        W1      | theft     | 1       | 1                | 0
        W1      | violence  | 1       | 0                | 2,500
        """,
    )


def test_two_kinds_of_area_and_two_sets(spec: Spec) -> None:
    """Every kind of area and every weight set has all the records."""
    spec(
        harm_area_month,
        """
        event
        code     | longitude | latitude
        violence | 1         | 1
        violence | 2         | 1
        """,
        """
        place_area
        area_kind | longitude | latitude | area_id
        ward      | 1         | 1        | W1
        ward      | 2         | 1        |
        district  | 1         | 1        | D1
        district  | 2         | 1        | D1
        """,
        """
        harm_weight
        weight_set | scheme | code     | weight
        pounds     | broad  | violence | 2,500
        count      | broad  | violence | 1,000
        """,
        expect="""
        harm_area_month
        weight_set | area_kind | area_id | records | harm
        count      | district  | D1      | 2       | 2,000
        count      | ward      | W1      | 1       | 1,000
        count      | ward      | outside | 1       | 1,000
        pounds     | district  | D1      | 2       | 5,000
        pounds     | ward      | W1      | 1       | 2,500
        pounds     | ward      | outside | 1       | 2,500
        """,
    )


def test_datasets_stay_apart(spec: Spec) -> None:
    """Datasets are never added up, and one in a scheme that a set cannot weigh is not under that set."""
    spec(
        harm_area_month,
        """
        event
        dataset | scheme | code     | longitude | latitude
        crimes  | broad  | violence | 1         | 1
        fires   | blaze  | chimney  | 1         | 1
        """,
        PLACES,
        """
        harm_weight
        weight_set | scheme | code     | weight
        pounds     | broad  | violence | 2,500
        count      | broad  | violence | 1,000
        count      | blaze  | chimney  | 1,000
        """,
        expect="""
        harm_area_month
        weight_set | dataset | code     | records | harm
        count      | crimes  | violence | 1       | 1,000
        count      | fires   | chimney  | 1       | 1,000
        pounds     | crimes  | violence | 1       | 2,500
        """,
    )


def test_one_code_in_two_schemes(spec: Spec) -> None:
    """Where one dataset uses a code in two schemes, the scheme is written before it.

    They are two things that happen to be spelt alike, each with its own weight.
    """
    spec(
        harm_area_month,
        """
        event
        scheme | code  | longitude | latitude
        broad  | theft | 1         | 1
        old    | theft | 1         | 1
        old    | fraud | 1         | 1
        """,
        PLACES,
        """
        harm_weight
        weight_set | scheme | code  | weight
        pounds     | broad  | theft | 2,000
        pounds     | old    | theft | 5
        pounds     | old    | fraud | 7
        """,
        expect="""
        harm_area_month
        code        | records | harm
        broad:theft | 1       | 2,000
        fraud       | 1       | 7
        old:theft   | 1       | 5
        """,
    )


def test_no_events(spec: Spec) -> None:
    """No events, no rows."""
    spec(
        harm_area_month,
        """
        event
        code | longitude | latitude
        """,
        PLACES,
        WEIGHTS,
        expect="""
        harm_area_month
        area_id | code | records
        """,
    )


def test_records_by_area_and_code(spec: Spec) -> None:
    """What concentration is worked out from: records by area and code, over all the months."""
    spec(
        records_by_area,
        """
        event
        occurred_from | code     | longitude | latitude
        2024-01-01    | violence | 1         | 1
        2024-07-01    | violence | 1         | 1
        2024-01-01    | theft    | 1         | 1
        2024-01-01    | theft    |           |
        2024-01-01    | theft    | 9         | 9
        """,
        PLACES,
        expect="""
        area_code_count
        dataset | area_kind | area_id        | scheme | code     | records
        crimes  | ward      | W1             | broad  | theft    | 1
        crimes  | ward      | W1             | broad  | violence | 2
        crimes  | ward      | no-coordinates | broad  | theft    | 1
        crimes  | ward      | outside        | broad  | theft    | 1
        """,
    )
