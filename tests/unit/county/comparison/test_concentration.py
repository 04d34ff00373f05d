"""Concentration beside its null models: the measures, and that the generated streets beat chance."""

import numpy as np
import pytest

from roundtable.county.comparison.compare import compare
from roundtable.county.comparison.concentration import half_share, shuffled, thrown, top_share
from roundtable.county.comparison.crime_rows import SUBGROUPS
from roundtable.county.comparison.rows import Comparison
from roundtable.county.comparison.weights import Weights, weights_of
from roundtable.partnership.model.reference import HarmWeightTable
from tests.county_made import made

#: Made up: grave crimes weigh hundreds of times as much as light ones.
WEIGHTS = Weights(
    "made-up",
    "points",
    {name: 1.0 for name in SUBGROUPS} | {"Rape": 900.0, "Homicide": 3000.0, "Violence with injury": 60.0},
)


def row(about: str) -> Comparison:
    return next(one for one in compare(made().tallies, (WEIGHTS,)) if one.about == about)


def test_top_share_and_half_share_of_a_few_numbers() -> None:
    amounts = np.array([50.0, 30.0, 10.0, 10.0])
    assert top_share(amounts, 0.25) == pytest.approx(0.5)
    assert top_share(amounts, 0.01) == pytest.approx(0.5)
    assert half_share(amounts) == pytest.approx(0.25)
    assert half_share(np.ones(10)) == pytest.approx(0.5)
    assert top_share(np.zeros(3), 0.5) == 0
    assert half_share(np.zeros(3)) == 0


def test_streets_are_worse_than_chance_would_make_them() -> None:
    found = row("Streets that hold half of crime")
    assert found.null is not None
    assert found.generated < found.null.low / 2
    assert 0.02 < found.generated < 0.15


def test_counts_in_the_worst_streets_are_as_measured_on_open_data() -> None:
    for about in ("Crime in the top 1% of streets with any", "Crime in the top 5% of streets with any"):
        found = row(about)
        assert found.ratio == pytest.approx(1, abs=0.35)
        assert found.null is not None
        assert found.generated > found.null.high


def test_harm_of_areas_says_no_more_than_the_count_and_the_weights() -> None:
    found = row("Harm in the top 10% of areas")
    assert found.null is not None
    assert found.generated == pytest.approx(found.null.mean, rel=0.25)


def test_repeat_victims_bear_more_harm_than_chance_would_give_them() -> None:
    found = row("Harm on repeat victims")
    assert found.null is not None
    assert found.generated > found.null.mean
    assert 0.1 < found.generated < 0.5


def test_the_page_says_the_same_twice() -> None:
    assert compare(made().tallies, (WEIGHTS,)) == compare(made().tallies, (WEIGHTS,))


def test_dealing_out_weights_afresh_hides_a_place_that_is_worse() -> None:
    units = np.repeat(np.arange(100), 10)
    harm = np.where(units == 0, 1000.0, 1.0)
    null = shuffled(units, 100, harm, lambda one: top_share(one, 0.01), 1)
    assert top_share(np.bincount(units, harm).astype(float), 0.01) > 0.9 > null.high


def test_crimes_thrown_on_houses_follow_the_houses() -> None:
    null = thrown(np.array([900, 50, 50]), 1000, lambda one: top_share(one, 0.34), 1)
    assert null.low <= null.mean <= null.high
    assert null.mean == pytest.approx(0.9, abs=0.02)


def test_weights_are_matched_by_the_names_of_their_costs() -> None:
    table = HarmWeightTable.model_validate(
        {
            "table": "harm_weights",
            "id": "costs",
            "title": "Costs",
            "source": "Made up",
            "status": "illustrative",
            "scheme": "home-office-cost",
            "unit": "GBP",
            "rows": [
                {"code": code, "value": value}
                for code, value in (
                    ("homicide", 3000),
                    ("rape", 900),
                    ("robbery", 100),
                    ("arson", 80),
                    ("domestic-burglary", 50),
                    ("fraud", 10),
                )
            ],
        }
    )
    (found,) = weights_of([table])
    assert found.by_subgroup["Residential burglary"] == 50
    assert "fraud" not in found.by_subgroup
    assert "Shoplifting" in found.unpriced
    assert found.array[SUBGROUPS.index("Rape")] == 900


def test_a_table_of_another_scheme_is_left_out() -> None:
    assert weights_of([]) == ()
