"""Steady states of fuzzy cognitive maps, worked by hand."""

from __future__ import annotations

from math import exp, tanh

import numpy as np
import pytest

from roundtable.errors import SettingUnusable
from roundtable.partnership.causal.graph import CausalMap
from roundtable.partnership.dynamics.cognitive import (
    KOSKO,
    Ending,
    Rule,
    SteadyState,
    Transfer,
    inward,
    rested,
    steady_state,
)
from roundtable.partnership.dynamics.strengths import middles
from tests.unit.partnership.dynamics.maps import causal_map, edge

SIGMOID = Rule(Transfer.SIGMOID)
ROUND_ABOUT = causal_map(edge("a", "b", 1, 1), edge("b", "a", -1, -1), outcomes=())


def state(whole: CausalMap, rule: Rule = KOSKO, **held: float) -> SteadyState:
    return steady_state(whole, middles(whole), held, rule=rule)


def test_two_nodes_of_which_one_is_held() -> None:
    # a is held at 1 and the link has strength 0.5: harm = tanh(0.5 * 1) = 0.462117.
    found = state(causal_map(edge("a", "harm", 0.5, 0.5)), a=1)
    assert (found.kind, found.period) == (Ending.SETTLED, None)
    assert found.values == pytest.approx({"a": 1, "harm": 0.462117}, abs=1e-6)


def test_two_nodes_that_raise_one_another() -> None:
    # Both settle where x = 1 / (1 + exp(-x)): 1 / (1 + exp(-0.659046)) = 1 / 1.517345 = 0.659046.
    whole = causal_map(edge("a", "b", 1, 1), edge("b", "a", 1, 1), outcomes=())
    found = state(whole, SIGMOID)
    assert found.kind is Ending.SETTLED
    assert found.values == pytest.approx({"a": 0.659046, "b": 0.659046}, abs=1e-6)


def test_three_nodes_and_two_ways_of_opposite_sign() -> None:
    # b = tanh(0.5 * 1) = 0.462117; harm = tanh(0.8 * 0.462117 - 0.4 * 1) = tanh(-0.030306) = -0.030297.
    whole = causal_map(edge("a", "b", 0.5, 0.5), edge("b", "harm", 0.8, 0.8), edge("a", "harm", -0.4, -0.4))
    found = state(whole, a=1)
    assert found.values == pytest.approx({"a": 1, "b": 0.462117, "harm": -0.030297}, abs=1e-6)
    # Two rounds to reach the outcome by way of b, and a third in which nothing moves.
    assert found.steps == 3
    assert found.course.of("harm")[1] == pytest.approx(tanh(-0.4))


def test_three_nodes_under_the_sigmoid_of_steepness_five() -> None:
    # a has no cause: 1 / (1 + exp(0)) = 0.5. b = 1 / (1 + exp(-5 * 0.6 * 0.5)) = 1 / 1.223130 = 0.817574.
    # harm = 1 / (1 + exp(5 * 0.4 * 0.817574)) = 1 / (1 + 5.130221) = 0.163126.
    whole = causal_map(edge("a", "b", 0.6, 0.6), edge("b", "harm", -0.4, -0.4))
    found = state(whole, Rule(Transfer.SIGMOID, steepness=5))
    assert found.values == pytest.approx({"a": 0.5, "b": 0.817574, "harm": 0.163126}, abs=1e-6)


def test_the_modified_rule_remembers_itself() -> None:
    # A node alone: x = 1 / (1 + exp(-x)) with memory, and 0.5 without.
    alone = causal_map(alone=("a",), outcomes=())
    remembered = state(alone, Rule(Transfer.SIGMOID, memory=1))
    assert remembered.values["a"] == pytest.approx(0.659046, abs=1e-6)
    assert state(alone, SIGMOID).values["a"] == 0.5
    # With a held at 1, harm settles where x = tanh(0.5 + x): tanh(0.5 + 0.881225) = 0.881225.
    found = state(causal_map(edge("a", "harm", 0.5, 0.5)), Rule(memory=1), a=1)
    assert found.values["harm"] == pytest.approx(0.881225, abs=1e-6)


def test_a_balancing_pair_goes_round_in_four() -> None:
    # a := tanh(-3b), b := tanh(3a). From (x, x) with x = tanh(3x): (-x, x), (-x, -x), (x, -x), (x, x).
    found = steady_state(
        ROUND_ABOUT, middles(ROUND_ABOUT), start={"a": 0.3, "b": 0.3}, rule=Rule(steepness=3)
    )
    assert (found.kind, found.period) == (Ending.CYCLE, 4)
    x = found.high["a"]
    assert x == pytest.approx(tanh(3 * x))
    assert x == pytest.approx(0.995, abs=1e-3)
    assert found.low["a"] == pytest.approx(-x)
    assert found.values == pytest.approx({"a": 0, "b": 0}, abs=1e-9)


def test_a_node_that_lowers_itself_goes_round_in_two() -> None:
    whole = causal_map(edge("a", "a", -1, -1), outcomes=())
    found = steady_state(whole, middles(whole), start={"a": 0.5}, rule=Rule(steepness=2))
    assert (found.kind, found.period) == (Ending.CYCLE, 2)


def test_a_swing_that_dies_away_is_no_cycle() -> None:
    # The pair of strength 0.9 shrinks by a tenth a round: it swings, and comes to rest at nought.
    whole = causal_map(edge("a", "b", 0.9, 0.9), edge("b", "a", -0.9, -0.9), outcomes=())
    found = steady_state(whole, middles(whole), start={"a": 0.5})
    assert found.kind is Ending.SETTLED
    assert found.values == pytest.approx({"a": 0, "b": 0}, abs=1e-6)


def test_the_last_of_a_slow_swing_is_rest_and_no_cycle() -> None:
    # 0.964 ** 500 / 2 is 5e-9: it moves by more than a billionth a round, and returns by less in four.
    whole = causal_map(edge("a", "b", 0.964, 0.964), edge("b", "a", -0.964, -0.964), outcomes=())
    found = steady_state(whole, middles(whole), start={"a": 0.9})
    assert (found.kind, found.steps) == (Ending.SETTLED, 620)
    values, still = rested(
        inward(whole, middles(whole)), np.zeros((2, 1), dtype=bool), np.array([[0.9], [0]])
    )
    assert still.tolist() == [True]
    assert np.abs(values).max() < 1e-6


def test_what_does_not_rest_in_the_rounds_allowed_is_said_to_be_unsettled() -> None:
    # At strength 1 the pair shrinks ever more slowly (tanh x is x - x^3/3): it neither rests nor repeats.
    found = steady_state(ROUND_ABOUT, middles(ROUND_ABOUT), start={"a": 0.5})
    assert (found.kind, found.period) == (Ending.UNSETTLED, None)
    assert found.low["a"] < 0 < found.high["a"]
    assert found.steps == 500 + 120


def test_held_nodes_do_not_move() -> None:
    found = state(causal_map(edge("harm", "a", 1, 1), edge("a", "harm", 1, 1)), a=-0.25)
    assert set(found.course.of("a").tolist()) == {-0.25}
    assert found.values["harm"] == pytest.approx(tanh(-0.25))


@pytest.mark.parametrize("whole", [CausalMap((), ()), causal_map(), causal_map(edge("a", "harm", 0, 0))])
def test_where_nothing_acts_everything_is_as_now(whole: CausalMap) -> None:
    found = state(whole)
    assert found.kind is Ending.SETTLED
    assert set(found.values.values()) <= {0.0}


def test_cases_at_once_are_as_one_by_one() -> None:
    whole = causal_map(edge("a", "b", 0.5, 0.5), edge("b", "a", -0.9, -0.9), edge("b", "harm", 0.8, 0.8))
    kept = np.array([[True, False], [False, True], [False, False]])
    values = np.array([[1.0, 0.0], [0.0, -0.5], [0.0, 0.0]])
    found, still = rested(inward(whole, middles(whole)), kept, values)
    assert still.all()
    assert found[:, 0] == pytest.approx(list(state(whole, a=1).values.values()), abs=1e-8)
    assert found[:, 1] == pytest.approx(list(state(whole, b=-0.5).values.values()), abs=1e-8)


def test_a_case_that_swings_is_told_from_one_that_rests() -> None:
    kept, values = np.zeros((2, 2), dtype=bool), np.array([[0.3, 0.0], [0.3, 0.0]])
    _, still = rested(inward(ROUND_ABOUT, middles(ROUND_ABOUT)), kept, values, Rule(steepness=3))
    assert still.tolist() == [False, True]


def test_a_name_or_an_amount_that_cannot_be_is_told_all_at_once() -> None:
    whole = causal_map(edge("isolation", "harm", 0.5, 0.5))
    with pytest.raises(SettingUnusable) as told:
        steady_state(whole, middles(whole), {"isolatoin": 1, "harm": 2, "isolation": float("nan")})
    assert len(told.value.problems) == 3
    assert "Did you mean 'isolation'?" in str(told.value)


def test_the_sigmoid_is_the_logistic_curve() -> None:
    assert SIGMOID.squash(np.array([0.3]))[0] == pytest.approx(1 / (1 + exp(-0.3)))
