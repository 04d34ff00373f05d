"""Harm by code.

The share of records stands beside the share of harm, over all the dataset's records, wherever they lie.
"""

from roundtable.insight.harm.by_area import harm_code
from tests.spec.runner import Spec


def test_shares_side_by_side(spec: Spec) -> None:
    """A code can be most of the harm and few of the records; a code nobody has priced is not nought."""
    spec(
        harm_code,
        """
        event
        code     | longitude | latitude
        violence | 1         | 1
        theft    |           |
        theft    | 9         | 9
        nuisance | 1         | 1
        """,
        """
        harm_weight
        weight_set | scheme | code     | weight
        pounds     | broad  | violence | 6,000
        pounds     | broad  | theft    | 1,000
        pounds     | broad  | nuisance |
        """,
        expect="""
        harm_code
        weight_set | dataset | code     | records | unpriced_records | harm  | records_ppm | harm_ppm
        pounds     | crimes  | nuisance | 1       | 1                | 0     | 250,000     | 0
        pounds     | crimes  | theft    | 2       | 0                | 2,000 | 500,000     | 250,000
        pounds     | crimes  | violence | 1       | 0                | 6,000 | 250,000     | 750,000
        """,
    )


def test_nothing_priced(spec: Spec) -> None:
    """Where a set prices none of a dataset's codes, there is no harm, and each share of it is nought."""
    spec(
        harm_code,
        """
        event
        code
        nuisance
        """,
        """
        harm_weight
        weight_set | scheme | code     | weight
        pounds     | broad  | nuisance |
        """,
        expect="""
        harm_code
        code     | records | unpriced_records | harm | records_ppm | harm_ppm
        nuisance | 1       | 1                | 0    | 1,000,000   | 0
        """,
    )
