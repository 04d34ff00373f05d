"""Cases of an outcome in a year.

An outcome may name the dataset, the table and the codes that its cases are counted in. Its annual cases
are the records times 12 by the months that the table holds, rounded half up.
"""

from roundtable.insight.harm.outcome_cases import outcome_cases
from tests.spec.runner import Spec


def test_months_with_a_gap(spec: Spec) -> None:
    """Months are those that the table holds, with or without a case in them.

    January has two burglaries, March only a theft, and February was never delivered: two cases in two
    months are 12 in a year.
    """
    spec(
        outcome_cases,
        """
        event
        occurred_from | code
        2024-01-05    | burglary
        2024-01-31    | burglary
        2024-03-02    | theft
        """,
        """
        measured_code
        outcome_id    | dataset | source_table | codes    | code
        less-burglary | crimes  | street       | burglary | burglary
        """,
        expect="""
        outcome_cases
        outcome_id    | source_table | codes    | records | months | annual_cases | first_month | last_month
        less-burglary | street       | burglary | 2       | 2      | 12           | 2024-01-01  | 2024-03-01
        """,
    )


def test_several_codes(spec: Spec) -> None:
    """Several codes can count as one outcome, and one code for several outcomes."""
    spec(
        outcome_cases,
        """
        event
        code
        robbery
        weapons
        weapons
        """,
        """
        measured_code
        outcome_id | codes           | code
        armed      | robbery,weapons | robbery
        armed      | robbery,weapons | weapons
        robbed     | robbery         | robbery
        """,
        expect="""
        outcome_cases
        outcome_id | codes           | records | annual_cases
        armed      | robbery,weapons | 3       | 36
        robbed     | robbery         | 1       | 12
        """,
    )


def test_halves_go_up(spec: Spec) -> None:
    """One case in eight months is one and a half in a year, which rounds to two."""
    spec(
        outcome_cases,
        """
        event
        occurred_from | code
        2024-01-01    | theft
        2024-02-01    | theft
        2024-03-01    | theft
        2024-04-01    | theft
        2024-05-01    | theft
        2024-06-01    | theft
        2024-07-01    | theft
        2024-08-01    | robbery
        """,
        """
        measured_code
        outcome_id | codes   | code
        robbed     | robbery | robbery
        """,
        expect="""
        outcome_cases
        outcome_id | records | months | annual_cases
        robbed     | 1       | 8      | 2
        """,
    )


def test_none_and_unknown(spec: Spec) -> None:
    """No case in what was delivered is none; nothing delivered is unknown, and has no row."""
    spec(
        outcome_cases,
        """
        event
        source_table | code
        street       | theft
        """,
        """
        measured_code
        outcome_id | source_table | codes   | code
        armed      | street       | weapons | weapons
        absent     | custody      | weapons | weapons
        """,
        expect="""
        outcome_cases
        outcome_id | records | months | annual_cases
        armed      | 0       | 1      | 0
        """,
    )
