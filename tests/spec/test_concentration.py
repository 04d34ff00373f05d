"""Concentration: how much of the harm lies in the few worst areas.

The worst 1, 5 and 10 % of areas are the nearest whole number of them, and at least one. Shares are of
all the dataset's harm. Beside each stands what chance alone would give. Two sets weigh the codes below:
*count*, each record one, and *grave*, violence 100 and theft 1, and nuisance by nobody. A third,
*guessed*, knows only that half of violence weighs 199 and half 1, for each of which it has a price.
"""

import pyarrow as pa

from roundtable.insight.harm.concentration import concentration
from roundtable.insight.harm.weights import WeightSet, weight_sets
from roundtable.partnership.model.reference import CodeMixTable, HarmWeight, HarmWeightTable, MixShare, Status
from tests.spec.runner import Spec


def _sets() -> tuple[WeightSet, ...]:
    told = {"title": "Made up", "source": "Made up", "status": Status.ILLUSTRATIVE, "table": "harm_weights"}
    grave = (HarmWeight(code="violence", value=100), HarmWeight(code="theft", value=1))
    guessed = (HarmWeight(code="severe", value=199), HarmWeight(code="slight", value=1))
    shares = (
        MixShare(code="violence", to="severe", share=0.5),
        MixShare(code="violence", to="slight", share=0.5),
    )
    tables = [
        HarmWeightTable.model_validate(told | {"id": name, "scheme": scheme, "unit": "days", "rows": rows})
        for name, scheme, rows in (("grave", "broad", grave), ("guessed", "fine", guessed))
    ]
    mix = CodeMixTable.model_validate(
        told | {"table": "code_mix", "id": "m", "from_scheme": "broad", "to_scheme": "fine", "rows": shares}
    )
    return weight_sets(tables, [mix], ["broad"])


def concentration_by_count(area_code_count: pa.Table, area: pa.Table) -> pa.Table:
    """Of plain counts."""
    return concentration(area_code_count, area, [one for one in _sets() if one.id == "count"])


def concentration_by_weight(area_code_count: pa.Table, area: pa.Table) -> pa.Table:
    """Of harm by weights that are known."""
    return concentration(area_code_count, area, [one for one in _sets() if one.id == "grave"])


def concentration_by_guess(area_code_count: pa.Table, area: pa.Table) -> pa.Table:
    """Of harm by an assumed mix."""
    return concentration(area_code_count, area, [one for one in _sets() if one.id == "guessed"])


THREE_AREAS = """
    area
    area_id
    A
    B
    C
"""


def test_counts_have_no_null(arrow_spec: Spec) -> None:
    """A plain count needs no null model: shuffling codes moves no record.

    One of three areas is the worst, whatever the percentage. What lies outside every area is part of
    the whole, and is never among the worst.
    """
    arrow_spec(
        concentration_by_count,
        """
        area_code_count
        area_id | code     | records
        A       | violence | 1
        B       | theft    | 2
        outside | theft    | 5
        """,
        THREE_AREAS,
        expect="""
        concentration
        weight_set | area_kind | top_percent | areas | share_ppm | null_model | null_mean_ppm | simulations
        count      | ward      | 1           | 1     | 250,000   | none       |               | 0
        count      | ward      | 5           | 1     | 250,000   | none       |               | 0
        count      | ward      | 10          | 1     | 250,000   | none       |               | 0
        """,
    )


def test_shuffled_when_chance_can_change_nothing(arrow_spec: Spec) -> None:
    """Where every record has the same code, shuffling gives what was seen, every time."""
    arrow_spec(
        concentration_by_weight,
        """
        area_code_count
        area_id | code     | records
        A       | violence | 1
        B       | violence | 3
        """,
        THREE_AREAS,
        expect="""
        concentration
        top_percent | share_ppm | null_model | null_mean_ppm | null_low_ppm | null_high_ppm | simulations
        1           | 750,000   | shuffled   | 750,000       | 750,000      | 750,000       | 200
        5           | 750,000   | shuffled   | 750,000       | 750,000      | 750,000       | 200
        10          | 750,000   | shuffled   | 750,000       | 750,000      | 750,000       | 200
        """,
    )


def test_shuffled_single_grave_record(arrow_spec: Spec) -> None:
    """One grave record makes some area the worst wherever it falls.

    Each of two areas has one record, and one of the two records is grave: whichever area has it holds
    100 of 101. So the share seen, which looks high, says nothing of the places.
    """
    arrow_spec(
        concentration_by_weight,
        """
        area_code_count
        area_id | code     | records
        A       | violence | 1
        B       | theft    | 1
        """,
        THREE_AREAS,
        expect="""
        concentration
        top_percent | share_ppm | null_model | null_mean_ppm | null_low_ppm | null_high_ppm
        1           | 990,099   | shuffled   | 990,099       | 990,099      | 990,099
        5           | 990,099   | shuffled   | 990,099       | 990,099      | 990,099
        10          | 990,099   | shuffled   | 990,099       | 990,099      | 990,099
        """,
    )


def test_mixed_severity(arrow_spec: Spec) -> None:
    """Under an assumed mix there are two nulls, and random severity alone concentrates harm.

    Two areas with one violent record each weigh the same on average, so one holds half. Once severity
    is drawn, the worse of them holds half when both are alike and 199 of 200 when they are not:
    747,500 on average, near which the mean of 200 draws lies.
    """
    arrow_spec(
        concentration_by_guess,
        """
        area_code_count
        area_id | code     | records
        A       | violence | 1
        B       | violence | 1
        """,
        THREE_AREAS,
        expect="""
        concentration
        top_percent | share_ppm | null_model     | null_low_ppm | null_high_ppm | simulations
        1           | 500,000   | mixed_severity | 500,000      | 995,000       | 200
        1           | 500,000   | shuffled       | 500,000      | 500,000       | 200
        5           | 500,000   | mixed_severity | 500,000      | 995,000       | 200
        5           | 500,000   | shuffled       | 500,000      | 500,000       | 200
        10          | 500,000   | mixed_severity | 500,000      | 995,000       | 200
        10          | 500,000   | shuffled       | 500,000      | 500,000       | 200
        """,
    )


def test_no_harm_at_all(arrow_spec: Spec) -> None:
    """A set that prices nothing that occurs has no row."""
    arrow_spec(
        concentration_by_weight,
        """
        area_code_count
        area_id | code     | records
        A       | nuisance | 4
        """,
        THREE_AREAS,
        expect="""
        concentration
        top_percent | share_ppm
        """,
    )
