"""Harm by area: per head, as a share, and ranked.

Rates are per 1,000 people per year, in thousandths; shares are in parts per million of all the
dataset's records or harm. All are rounded half up.
"""

from roundtable.insight.harm.by_area import harm_area
from tests.spec.runner import Spec

TWO_WARDS = """
    area
    area_kind | area_id
    ward      | W1
    ward      | W2
"""
PEOPLE = """
    area_population
    area_kind | area_id | as_of      | people
    ward      | W1      | 2020-06-30 | 2,000
    ward      | W2      | 2020-06-30 | 500
"""


def test_rates_and_shares(spec: Spec) -> None:
    """A rate is for a year, worked out from the months that the dataset holds.

    The dataset holds two months, January and April; what lies between was never delivered. W1 has 3
    records among 2,000 people in two months: 9 per 1,000 people in a year. W2 has 1 among 500: 12.
    """
    spec(
        harm_area,
        """
        harm_area_month
        area_id | month      | code     | records | harm
        W1      | 2024-01-01 | violence | 1       | 2,500
        W1      | 2024-01-01 | theft    | 1       | 0
        W1      | 2024-04-01 | violence | 1       | 2,500
        W2      | 2024-04-01 | violence | 1       | 2,500
        """,
        TWO_WARDS,
        PEOPLE,
        expect="""
        harm_area
        area_id | records | harm  | people | months | records_per_1000_year | harm_per_1000_year | rank
        W1      | 3       | 5,000 | 2,000  | 2      | 9,000                 | 15,000             | 1
        W2      | 1       | 2,500 | 500    | 2      | 12,000                | 30,000             | 2
        """,
    )


def test_shares_are_of_everything(spec: Spec) -> None:
    """Shares are of all the dataset's records, wherever they lie, and so the rows add up to the whole."""
    spec(
        harm_area,
        """
        harm_area_month
        area_id        | records | unpriced_records | harm
        W1             | 3       | 1                | 4,000
        outside        | 2       | 0                | 1,000
        no-coordinates | 1       | 1                | 0
        """,
        TWO_WARDS,
        PEOPLE,
        expect="""
        harm_area
        area_id        | records | unpriced_records | harm  | records_ppm | harm_ppm
        W1             | 3       | 1                | 4,000 | 500,000     | 800,000
        W2             | 0       | 0                | 0     | 0           | 0
        outside        | 2       | 0                | 1,000 | 333,333     | 200,000
        no-coordinates | 1       | 1                | 0     | 166,667     | 0
        """,
    )


def test_areas_without_events(spec: Spec) -> None:
    """An area with no event has a row of noughts under every weight set and dataset."""
    spec(
        harm_area,
        """
        harm_area_month
        weight_set | dataset | area_id | records | harm
        count      | crimes  | W1      | 1       | 1,000
        pounds     | fires   | W1      | 1       | 7,000
        """,
        TWO_WARDS,
        PEOPLE,
        expect="""
        harm_area
        weight_set | dataset | area_id | records | harm  | records_per_1000_year | rank
        count      | crimes  | W1      | 1       | 1,000 | 6,000                 | 1
        count      | crimes  | W2      | 0       | 0     | 0                     | 2
        pounds     | fires   | W1      | 1       | 7,000 | 6,000                 | 1
        pounds     | fires   | W2      | 0       | 0     | 0                     | 2
        """,
    )


def test_population_unknown_or_zero(spec: Spec) -> None:
    """Where nobody lives, or nobody knows how many do, there is no rate; the totals stand."""
    spec(
        harm_area,
        """
        harm_area_month
        area_id | records | harm
        W1      | 4       | 9,000
        W2      | 2       | 5,000
        outside | 1       | 1,000
        """,
        TWO_WARDS,
        """
        area_population
        area_kind | area_id | people
        ward      | W1      | 0
        """,
        expect="""
        harm_area
        area_id | records | people | records_per_1000_year | harm_per_1000_year
        W1      | 4       | 0      |                       |
        W2      | 2       |        |                       |
        outside | 1       |        |                       |
        """,
    )


def test_latest_population(spec: Spec) -> None:
    """The latest population is used."""
    spec(
        harm_area,
        """
        harm_area_month
        area_id | records | harm
        W1      | 1       | 1,000
        """,
        TWO_WARDS,
        """
        area_population
        area_kind | area_id | as_of      | people
        ward      | W1      | 2021-06-30 | 3,000
        ward      | W1      | 2020-06-30 | 9,999
        district  | W1      | 2022-06-30 | 8,888
        """,
        expect="""
        harm_area
        area_id | people | records_per_1000_year
        W1      | 3,000  | 4,000
        W2      |        |
        """,
    )


def test_ranking(spec: Spec) -> None:
    """Rank goes by harm, then records, then the lowest id; the reserved rows are no areas and come last."""
    spec(
        harm_area,
        """
        harm_area_month
        area_id | records | harm
        B       | 1       | 5,000
        C       | 2       | 5,000
        A       | 1       | 5,000
        D       | 1       | 9,000
        outside | 9       | 99,000
        """,
        """
        area
        area_id
        A
        B
        C
        D
        E
        """,
        PEOPLE,
        expect="""
        harm_area
        area_id | rank
        D       | 1
        C       | 2
        A       | 3
        B       | 4
        E       | 5
        outside | 6
        """,
    )


def test_halves_go_up(spec: Spec) -> None:
    """A half goes up: one record among 32 million people for 3 months is 0.125 thousandths; 5 are 0.625."""
    spec(
        harm_area,
        """
        harm_area_month
        area_id | month      | records | harm
        A       | 2024-01-01 | 1       | 4,000
        B       | 2024-02-01 | 5       | 12,000
        C       | 2024-03-01 | 0       | 0
        """,
        """
        area
        area_id
        A
        B
        C
        """,
        """
        area_population
        area_kind | area_id | people
        ward      | A       | 32,000,000
        ward      | B       | 32,000,000
        ward      | C       | 32,000,000
        """,
        expect="""
        harm_area
        area_id | records_per_1000_year | harm_per_1000_year | records_ppm | harm_ppm
        A       | 0                     | 1                  | 166,667     | 250,000
        B       | 1                     | 2                  | 833,333     | 750,000
        C       | 0                     | 0                  | 0           | 0
        """,
    )


def test_large_sums_are_exact(spec: Spec) -> None:
    """Sums that a floating-point number cannot hold come out digit for digit."""
    spec(
        harm_area,
        """
        harm_area_month
        area_id | records | harm
        W1      | 1       | 1,234,567,890,123,457
        W2      | 1       | 765,432,109,876
        """,
        TWO_WARDS,
        PEOPLE,
        expect="""
        harm_area
        area_id | harm                  | harm_per_1000_year        | harm_ppm
        W1      | 1,234,567,890,123,457 | 7,407,407,340,740,742 | 999,380
        W2      | 765,432,109,876   | 18,370,370,637,024 | 620
        """,
    )
