"""How sure a ranking is, worked by hand."""

from __future__ import annotations

import numpy as np
import pytest

from roundtable.partnership.dynamics.robustness import Interval, interval, places, top_shares


def test_the_share_of_draws_among_the_top() -> None:
    scores = np.array([[3, 2, 1], [3, 1, 2], [1, 2, 3], [9, 8, 7]])
    assert top_shares(scores, 1).tolist() == [0.75, 0, 0.25]
    assert top_shares(scores, 2).tolist() == [0.75, 0.75, 0.5]


def test_a_tie_across_the_line_shares_the_places_left() -> None:
    assert (
        top_shares(np.array([[5, 1, 1, 1]]), 2).tolist()
        == [1, pytest.approx(1 / 3)] + [pytest.approx(1 / 3)] * 2
    )
    assert top_shares(np.array([[0.0, 0.0]]), 1).tolist() == [0.5, 0.5]
    assert top_shares(np.array([[2, 2, 1]]), 2).tolist() == [1, 1, 0]


def test_there_are_as_many_places_as_asked_for() -> None:
    scores = np.random.default_rng(3).integers(0, 4, (50, 9))
    for k in range(12):
        assert top_shares(scores, k).sum() == pytest.approx(min(k, 9))


def test_the_order_of_the_items_changes_nothing() -> None:
    scores = np.random.default_rng(3).integers(0, 4, (50, 9))
    assert np.array_equal(top_shares(scores, 4)[::-1], top_shares(scores[:, ::-1], 4))


def test_nothing_to_rank() -> None:
    assert top_shares(np.zeros((0, 3)), 2).tolist() == [0, 0, 0]
    assert top_shares(np.zeros((3, 0)), 2).tolist() == []
    assert top_shares(np.ones((3, 2)), 0).tolist() == [0, 0]


def test_the_interval_of_draws() -> None:
    assert interval(np.arange(101), inner=0) == Interval(50, 50, 50)
    assert interval(np.arange(101), inner=0.5) == Interval(25, 50, 75)
    assert interval(np.array([])) == Interval(0, 0, 0)


def test_the_places_an_item_could_take() -> None:
    # 8-9 is surely first; 3-6 and 5-7 overlap; 1-2 is surely last.
    best, worst = places(np.array([3, 8, 1, 5]), np.array([6, 9, 2, 7]))
    assert best.tolist() == [2, 1, 4, 2]
    assert worst.tolist() == [3, 1, 4, 3]


def test_equal_items_may_stand_either_way() -> None:
    best, worst = places(np.array([2.0, 2.0]), np.array([2.0, 2.0]))
    assert best.tolist() == [1, 1]
    assert worst.tolist() == [2, 2]
