"""Decisions that facts forbid are told and not followed."""

from __future__ import annotations

import numpy as np

from roundtable.linkage.clustering.constraints import UNKNOWN, Constraints, Pairs
from roundtable.linkage.clustering.joined_first import joined_first


def test_pairs_stand_in_order_and_once() -> None:
    pairs = Pairs.of([3, 1, 2, 2], [1, 3, 2, 0])
    assert (pairs.left.tolist(), pairs.right.tolist()) == ([0, 1], [2, 3])


def test_a_decision_against_two_numbers_is_told() -> None:
    kinds = np.array([[5, 6, UNKNOWN]], np.int32)
    joined = joined_first(3, Constraints(kinds, ("NHS number",), together=Pairs.of([0], [1])))
    assert joined.lowest.tolist() == [0, 1, 2]
    assert [one.says for one in joined.contradictions] == [
        "profiles 0 and 1 are decided to be one person, but that would join 0 and 1: "
        "each has another NHS number"
    ]


def test_a_decision_that_contradicts_through_others_is_told_with_those() -> None:
    """0, 1 and 4 are one by then, 2 and 3 another; 0 and 3 are known to be apart."""
    joined = joined_first(
        5, Constraints(apart=Pairs.of([0], [3]), together=Pairs.of([0, 2, 1, 4], [1, 3, 4, 2]))
    )
    assert joined.lowest.tolist() == [0, 0, 2, 2, 0]
    (told,) = joined.contradictions
    assert (told.left, told.right, told.known_left, told.known_right) == (2, 4, 3, 0)
    assert told.says == (
        "profiles 2 and 4 are decided to be one person, but that would join through others 3 and 0: "
        "they are known to be two people"
    )


def test_who_joins_nobody_is_not_joined_by_decision_either() -> None:
    joined = joined_first(2, Constraints(together=Pairs.of([0], [1]), alone=np.array([1], np.int32)))
    assert joined.lowest.tolist() == [0, 1]
    assert joined.contradictions[0].why == "one of them joins nobody"


def test_further_pairs_are_added() -> None:
    first = Constraints(apart=Pairs.of([0], [1]))
    both = first.and_pairs(apart=Pairs.of([2, 0], [3, 1]), together=Pairs.of([4], [5]))
    assert both.apart.left.tolist() == [0, 2]
    assert len(both.together) == 1
    assert len(first.apart) == 1
