"""Decisions about records, as pairs of profiles."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from roundtable.linkage.people.decisions import NOTHING_DECIDED, Decisions

IDS = pa.chunked_array([["a", "b"], ["c", "d"]])
PROFILE = np.array([5, 3, 3, 9], np.int32)


def told(
    decisions: Decisions, profile: np.ndarray[tuple[int], np.dtype[np.int32]] = PROFILE
) -> list[list[tuple[int, int]]]:
    apart, together = decisions.between(IDS, profile)
    return [list(zip(pairs.left.tolist(), pairs.right.tolist(), strict=True)) for pairs in (apart, together)]


def test_each_two_stand_once_and_in_order() -> None:
    decisions = Decisions.of([("b", "a"), ("a", "b"), ("a", "a")], [("d", "c")])
    assert decisions == Decisions((("a", "b"),), (("c", "d"),))
    assert decisions.and_also(decisions) == decisions


def test_records_are_told_by_their_profiles() -> None:
    assert told(Decisions.of([("a", "b")], [("d", "a")])) == [[(3, 5)], [(5, 9)]]


def test_who_is_not_there_and_two_of_one_profile_say_nothing() -> None:
    assert told(Decisions.of([("a", "z")], [("b", "c")])) == [[], []]
    assert told(Decisions.of([("a", "b")]), np.array([-1, 3, 3, 9], np.int32)) == [[], []]
    assert told(NOTHING_DECIDED) == [[], []]


def test_a_record_that_has_a_new_profile_is_told_by_that() -> None:
    ids = pa.chunked_array([["a", "b"], ["a"]])
    apart, _ = Decisions.of([("a", "b")]).between(ids, np.array([-1, 3, 8], np.int32))
    assert (apart.left.tolist(), apart.right.tolist()) == ([3], [8])
    apart, _ = Decisions.of([("a", "b")]).between(ids, np.array([8, 3, -1], np.int32))
    assert (apart.left.tolist(), apart.right.tolist()) == ([3], [8])
