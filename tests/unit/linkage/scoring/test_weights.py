"""Weights: Fellegi and Sunter's with word frequencies, and against two people of one home."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from roundtable.linkage.evidence.encoded import encode
from roundtable.linkage.evidence.levels import levels_of
from roundtable.linkage.evidence.model import LevelOdds, Model
from roundtable.linkage.evidence.settings import shipped
from roundtable.linkage.scoring.vector import Scorer, score_vector
from roundtable.linkage.scoring.weights import Weights, weigh, weights
from tests.factories_profiles import model, profiles

UK = shipped("uk")
PERSON = {
    "given": "ruth",
    "surname": "hill",
    "date_of_birth": "19800102",
    "sex": "f",
    "address_key": "1 mill lane",
    "postcode": "ZY11AA",
    "outward": "ZY1",
}
MATE = {**PERSON, "given": "carl", "date_of_birth": "19790611", "sex": "m"}


def usual() -> Model:
    """Odds such as data give: a home shares its surname, and its address as surely as one person does."""
    learnt = model(UK)
    odds = dict(learnt.odds)
    for comparison in UK.comparisons:
        closest = len(comparison.levels)
        rest = 0.1 / closest
        home = {"surname": 0.75, "sex": 0.45, "given": 0.004, "date_of_birth": 0.003}.get(
            comparison.name, 0.01
        )
        h = 0.9 if comparison.shared_at_home else home
        odds[comparison.name] = (
            *(LevelOdds(rest, 0.999 / closest, (1 - h) / closest) for _ in range(closest)),
            LevelOdds(0.9, 0.001 if comparison.name != "sex" else 0.5, h),
        )
    return replace(learnt, odds=odds, log2_prior_match=-15.0, log2_prior_mate=-13.0)


def score(one: dict[str, Any], other: dict[str, Any], learnt: Model) -> Weights:
    encoded = encode(profiles(one, other), UK)
    return score_vector(learnt, UK, encoded, np.array([0]), np.array([1])).weights


def test_a_pair_that_says_nothing_weighs_the_prior() -> None:
    found = score({}, {}, usual())
    assert found.match_weight[0] == -15.0
    assert found.weight[0] == pytest.approx(-15.0 - math.log2(1 + 2**-13))


def test_a_weight_is_the_sum_of_its_levels() -> None:
    found = score({"sex": "f", "given": "ruth"}, {"sex": "m", "given": "ruth"}, usual())
    assert found.match_weight[0] == pytest.approx(-15 + math.log2(0.1 / 0.999) + math.log2(0.9 / 0.001))


def test_a_rare_name_weighs_more_and_a_common_one_less() -> None:
    learnt = replace(usual(), frequencies={"given": {"ruth": 0.0001, "mary": 0.02}})
    usually = score({"given": "ruth"}, {"given": "ruth"}, usual()).match_weight[0]
    for name, share in (("ruth", 0.0001), ("mary", 0.02)):
        found = score({"given": name}, {"given": name}, learnt).match_weight[0]
        assert found == pytest.approx(usually + math.log2(0.001 / share))


def test_a_name_that_the_model_never_saw_is_as_rare_as_its_rarest() -> None:
    learnt = replace(usual(), frequencies={"given": {"ruth": 0.0001, "mary": 0.02}})
    new, rarest = (score({"given": one}, {"given": one}, learnt).match_weight[0] for one in ("zelda", "ruth"))
    assert new == rarest


def test_the_people_of_one_home_are_not_one_person_whatever_they_share() -> None:
    """The match weight alone would join them; the weight does not."""
    learnt = usual()
    sharing = score(PERSON, {**MATE, "given": None, "date_of_birth": None, "sex": None}, learnt)
    assert sharing.match_weight[0] > 4
    assert sharing.weight[0] < 0
    assert score(PERSON, MATE, learnt).weight[0] < -8


def test_more_of_what_a_home_shares_adds_nothing_once_mates_explain_the_pair() -> None:
    learnt = usual()
    bare = {**PERSON, "given": None, "date_of_birth": None, "sex": None}
    with_line = {**bare, "landline": "01609000001"}
    few, more = score(bare, bare, learnt), score(with_line, with_line, learnt)
    assert more.match_weight[0] > few.match_weight[0] + 8
    assert more.weight[0] == pytest.approx(few.weight[0], abs=0.05)


def test_a_rare_surname_adds_nothing_once_mates_explain_the_pair() -> None:
    """A family shares its surname however rare it is."""
    bare = {**PERSON, "given": None, "date_of_birth": None, "sex": None}
    usually, rare = usual(), replace(usual(), frequencies={"surname": {"hill": 1e-6}})
    few, more = score(bare, bare, usually), score(bare, bare, rare)
    assert more.match_weight[0] > few.match_weight[0] + 8
    assert more.weight[0] == pytest.approx(few.weight[0], abs=0.5)


def test_one_person_is_one_person_at_home_too() -> None:
    learnt = usual()
    assert score(PERSON, PERSON, learnt).weight[0] > 10
    assert score(PERSON, PERSON, learnt).probability[0] > 0.999


def test_weights_stand_far_beyond_what_a_double_can_raise_two_to() -> None:
    found = weights(np.array([5000.0, -5000.0]), np.array([4000.0, -1000.0]))
    assert found.weight.tolist() == [1000.0, -5000.0]
    assert found.probability.tolist() == pytest.approx([1.0, 0.0])
    assert np.isfinite(found.probability).all()


def test_a_level_that_was_never_seen_has_a_finite_weight() -> None:
    learnt = usual()
    learnt = replace(
        learnt, odds={**learnt.odds, "sex": (LevelOdds(0.0, 1.0, 0.0), LevelOdds(1.0, 0.0, 1.0))}
    )
    for sex in "fm":
        found = score({"sex": "f"}, {"sex": sex}, learnt)
        assert np.isfinite(found.match_weight).all() and np.isfinite(found.weight).all()


def test_levels_that_are_known_weigh_what_scoring_says() -> None:
    learnt, encoded = usual(), encode(profiles(PERSON, MATE, PERSON), UK)
    left, right = np.array([0, 0, 1]), np.array([1, 2, 2])
    found = weigh(learnt, UK, encoded, left, right, levels_of(UK, encoded, left, right))
    scored = Scorer(learnt, UK, encoded).score(left, right)
    assert found.weight.tolist() == scored.weights.weight.tolist()
    assert scored.left.dtype == scored.right.dtype == np.dtype(np.int32)


def test_no_pairs_can_be_scored() -> None:
    encoded = encode(profiles(PERSON), UK)
    none = np.zeros(0, np.int32)
    assert len(score_vector(usual(), UK, encoded, none, none).weights.weight) == 0
