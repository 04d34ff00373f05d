"""A change that spreads link by link, worked by hand."""

from __future__ import annotations

import numpy as np
import pytest

from roundtable.errors import SettingUnusable
from roundtable.partnership.causal.graph import CausalMap
from roundtable.partnership.dynamics.propagation import WEEKS, propagate
from roundtable.partnership.model.causal import Delay
from tests.unit.partnership.dynamics.maps import causal_map, edge


def test_three_nodes_with_a_link_that_takes_weeks() -> None:
    # a is pushed to 1. a -> b of strength 0.8 takes weeks (4); b -> harm of -0.5 is felt in the next week.
    # b gains a quarter of what is missing each week: 0.8/4 = 0.2, then 0.2 + (0.8 - 0.2)/4 = 0.35,
    # then 0.35 + 0.45/4 = 0.4625. harm is -0.5 of what b was a week before.
    whole = causal_map(edge("a", "b", 0.8, 0.8, Delay.WEEKS), edge("b", "harm", -0.5, -0.5))
    found = propagate(whole, {"a": 1}, steps=3)
    assert found.course.of("a").tolist() == [1, 1, 1, 1]
    assert found.course.of("b") == pytest.approx([0, 0.2, 0.35, 0.4625])
    assert found.course.of("harm") == pytest.approx([0, 0, -0.1, -0.175])
    assert found.moving == ("b", "harm")


def test_in_the_end_the_whole_of_it_is_felt() -> None:
    whole = causal_map(edge("a", "b", 0.8, 0.8, Delay.WEEKS), edge("b", "harm", -0.5, -0.5))
    found = propagate(whole, {"a": 0.5})
    assert found.course.of("harm")[-1] == pytest.approx(-0.2)
    assert found.moving == ()


def test_a_slow_link_is_felt_after_a_quick_one() -> None:
    # The quick way helps (-0.3) and the slow way harms (+0.6): better at first, worse in the end.
    whole = causal_map(edge("a", "harm", -0.3, -0.3), edge("a", "b", 1, 1), edge("b", "harm", 0.6, 0.6))
    slow = causal_map(
        edge("a", "harm", -0.3, -0.3), edge("a", "b", 1, 1, Delay.YEARS), edge("b", "harm", 0.6, 0.6)
    )
    assert propagate(whole, {"a": 1}).course.of("harm")[4] == pytest.approx(0.3)
    course = propagate(slow, {"a": 1}, steps=600).course.of("harm")
    assert course[4] < -0.25
    assert course[-1] == pytest.approx(0.3, abs=0.01)


def test_a_reinforcing_loop_goes_no_further_than_it_can() -> None:
    whole = causal_map(edge("a", "b", 1, 1), edge("b", "a", 1, 1), edge("b", "harm", 1, 1))
    found = propagate(whole, {"a": 0.2}, steps=50)
    assert found.course.of("harm")[-1] == 1
    assert found.limited == ("a", "b", "harm")


def test_a_link_whose_speed_nobody_knows_is_named() -> None:
    whole = causal_map(edge("a", "harm", 1, 1, Delay.UNKNOWN), edge("z", "harm", 1, 1, Delay.UNKNOWN))
    assert propagate(whole, {"a": 1}).guessed == (("a", "harm"),)


def test_every_word_for_a_delay_has_its_weeks_and_none_is_quicker_than_a_step() -> None:
    assert set(WEEKS) == set(Delay)
    ordered = [WEEKS[delay] for delay in (Delay.NONE, Delay.DAYS, Delay.WEEKS, Delay.MONTHS, Delay.YEARS)]
    assert ordered == sorted(ordered)
    assert min(ordered) == 1


@pytest.mark.parametrize("whole", [CausalMap((), ()), causal_map(), causal_map(edge("a", "harm", 0, 0))])
def test_where_nothing_is_pushed_nothing_moves(whole: CausalMap) -> None:
    found = propagate(whole, {})
    assert not found.course.values.any()
    assert found.moving == ()


def test_no_weeks_at_all_is_the_beginning() -> None:
    assert propagate(causal_map(edge("a", "harm", 1, 1)), {"a": 1}, steps=0).course.steps == 0


def test_thousands_of_loops_stay_within_bounds() -> None:
    ids = [f"n{i:02}" for i in range(30)]
    whole = causal_map(*(edge(one, other, -1, 1) for one in ids for other in ids if one != other))
    found = propagate(whole, {"n00": 1}, weights=np.full(len(whole.edges), -1.0))
    assert np.isfinite(found.course.values).all()
    assert np.abs(found.course.values).max() == 1


def test_a_node_that_is_not_there_cannot_be_pushed() -> None:
    with pytest.raises(SettingUnusable, match="the map has no 'b'"):
        propagate(causal_map(edge("a", "harm", 1, 1)), {"b": 1})


def test_lines_for_a_chart() -> None:
    found = propagate(causal_map(edge("a", "harm", 0.5, 0.5)), {"a": 1}, steps=5).course
    (line,) = found.lines(["harm"], every=2)
    assert found.points(every=2) == (0, 2, 4, 5)
    assert (line.node, line.label, line.values) == ("harm", "harm", (0, 0.5, 0.5, 0.5))
    assert found.unit == "week"
    with pytest.raises(KeyError):
        found.lines(["nowhere"])
