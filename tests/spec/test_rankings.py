"""Agreement between rankings.

Spearman's rho and Kendall's tau-b compare total harm under two weight sets, over the areas of one kind;
both are in parts per million, and 1,000,000 is the same order.
"""

from roundtable.insight.harm.rankings import ranking_agreement
from tests.spec.runner import Spec


def test_same_and_opposite_order(arrow_spec: Spec) -> None:
    """The same order is 1, the opposite order -1; reserved rows are no areas."""
    arrow_spec(
        ranking_agreement,
        """
        harm_area
        weight_set | area_id | harm | rank
        count      | A       | 3    | 1
        count      | B       | 2    | 2
        count      | outside | 9    | 3
        days       | A       | 30   | 1
        days       | B       | 20   | 2
        days       | outside | 1    | 3
        pounds     | A       | 1    | 2
        pounds     | B       | 5    | 1
        pounds     | outside | 1    | 3
        """,
        expect="""
        ranking_agreement
        dataset | first_set | second_set | areas | spearman_ppm | kendall_tau_b_ppm | top25_in_common
        crimes  | count     | days       | 2     | 1,000,000    | 1,000,000         | 2
        crimes  | count     | pounds     | 2     | -1,000,000   | -1,000,000        | 2
        crimes  | days      | pounds     | 2     | -1,000,000   | -1,000,000        | 2
        """,
    )


def test_ties(arrow_spec: Spec) -> None:
    """Tied areas share their ranks.

    By hand: *count* ranks 1, 2.5, 2.5, 4 and *days* 1, 2, 3, 4 from the least. Spearman's rho is
    4.5 / √(4.5 × 5) = 0.948683; tau-b has five pairs in the same order, none opposite and one tied:
    5 / √(5 × 6) = 0.912871.
    """
    arrow_spec(
        ranking_agreement,
        """
        harm_area
        weight_set | area_id | harm | rank
        count      | A       | 1    | 4
        count      | B       | 2    | 2
        count      | C       | 2    | 3
        count      | D       | 3    | 1
        days       | A       | 10   | 4
        days       | B       | 20   | 3
        days       | C       | 30   | 2
        days       | D       | 40   | 1
        """,
        expect="""
        ranking_agreement
        first_set | second_set | spearman_ppm | kendall_tau_b_ppm
        count     | days       | 948,683      | 912,871
        """,
    )


def test_kinds_of_area_stay_apart(arrow_spec: Spec) -> None:
    """Each kind of area is compared by itself."""
    arrow_spec(
        ranking_agreement,
        """
        harm_area
        area_kind | weight_set | area_id | harm | rank
        ward      | count      | A       | 1    | 2
        ward      | count      | B       | 2    | 1
        ward      | days       | A       | 1    | 2
        ward      | days       | B       | 2    | 1
        district  | count      | C       | 1    | 2
        district  | count      | D       | 2    | 1
        district  | days       | C       | 2    | 1
        district  | days       | D       | 1    | 2
        """,
        expect="""
        ranking_agreement
        area_kind | spearman_ppm
        district  | -1,000,000
        ward      | 1,000,000
        """,
    )


def test_nothing_to_rank(arrow_spec: Spec) -> None:
    """Where all areas have the same harm there is no order to agree with, and so no row."""
    arrow_spec(
        ranking_agreement,
        """
        harm_area
        weight_set | area_id | harm | rank
        count      | A       | 1    | 1
        count      | B       | 1    | 2
        days       | A       | 1    | 2
        days       | B       | 2    | 1
        """,
        expect="""
        ranking_agreement
        first_set | second_set
        """,
    )
