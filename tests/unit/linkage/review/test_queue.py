"""The queue: first what an answer would put most right, and everybody's links looked at."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from roundtable.linkage.review.bridges import bridges
from roundtable.linkage.review.linked import Asked, Linked
from roundtable.linkage.review.queue import BETWEEN, WITHIN, weighed_worth, worth_most
from tests.factories_review import linked_of, made_up


def _worth(linked_pairs: Linked) -> dict[tuple[int, int], float]:
    found = weighed_worth(linked_pairs)
    return {
        (int(left), int(right)): float(worth)
        for left, right, worth in zip(found.left, found.right, found.worth, strict=True)
    }


def _profiles(linked: Linked, one: Asked) -> tuple[int, int]:
    left, right = int(linked.of_record[one.left]), int(linked.of_record[one.right])
    return min(left, right), max(left, right)


def test_two_groups_are_worth_their_records_times_their_chance() -> None:
    linked = linked_of([0, 0, 1], [(0, 1, 0.99), (0, 2, 0.5), (1, 2, 0.3)], [2, 1, 4])
    worth = _worth(linked)
    assert worth[0, 2] == pytest.approx(0.4 * 3 * 4)
    assert (1, 2) not in worth, "the likeliest pair speaks for the two groups"


def test_a_bridge_is_worth_what_would_come_apart_without_it() -> None:
    """Two tight triangles and one weak link between them."""
    tight = [(i, j, 0.99) for a in (0, 3) for i, j in ((a, a + 1), (a, a + 2), (a + 1, a + 2))]
    linked = linked_of([0] * 6, [*tight, (2, 3, 0.6)], [1, 1, 2, 1, 1, 1])
    found = bridges(linked)
    pairs = dict(
        zip(zip(found.left.tolist(), found.right.tolist(), strict=True), found.pairs.tolist(), strict=True)
    )
    assert len(pairs) == 5
    assert pairs[2, 3] == 4 * 3
    assert _worth(linked)[2, 3] == pytest.approx(0.4 * 12)
    best = worth_most(linked, 1)[0]
    assert (best.stratum, best.stands_for) == (WITHIN, 12.0)
    assert {linked.of_record[best.left], linked.of_record[best.right]} == {2, 3}


def test_bridges_are_those_of_a_search_by_hand() -> None:
    linked, _, _ = made_up(5, people=60)
    found = bridges(linked)
    for left, right, pairs in zip(
        found.left.tolist(), found.right.tolist(), found.pairs.tolist(), strict=True
    ):
        side, edge = {left}, True
        while edge:
            grown = side | {
                b
                for one, other in zip(found.left.tolist(), found.right.tolist(), strict=True)
                if {one, other} != {left, right}
                for a, b in ((one, other), (other, one))
                if a in side
            }
            side, edge = grown, grown != side
        here = sum(int(linked.sizes[one]) for one in side)
        whole = int(linked.people_sizes[linked.people[left]])
        assert pairs == here * (whole - here)


def test_what_was_asked_or_decided_is_not_asked_again() -> None:
    linked = linked_of([0, 1, 2, 3], [(0, 1, 0.5), (0, 2, 0.4), (2, 3, 0.3)])
    ids = linked.record_ids.to_pylist()
    every = [{one.left, one.right} for one in worth_most(linked, 10)]
    assert every == [{0, 1}, {0, 2}, {2, 3}]
    rest = worth_most(linked, 10, settled=[(ids[0], ids[1])], asked=[(ids[0], ids[2]), ("gone", ids[3])])
    assert [{one.left, one.right} for one in rest] == [{2, 3}]


def test_a_decision_on_two_groups_speaks_for_every_pair_between_them() -> None:
    linked = linked_of([0, 0, 1], [(0, 1, 1 - 1e-9), (0, 2, 0.5), (1, 2, 0.4)])
    ids = linked.record_ids.to_pylist()
    rest = worth_most(linked, 10, settled=[(ids[1], ids[2])])
    assert [one.stratum for one in rest] == [WITHIN]


def test_records_that_the_post_may_not_see_are_not_asked_about() -> None:
    linked = linked_of([0, 1, 2], [(0, 1, 0.9), (0, 2, 0.5)], [3, 2, 1])
    seen = linked.seen(np.array([False, True, True, False, False, True]))
    (one,) = worth_most(seen, 10)
    assert (one.stands_for, seen.record_ids[one.left]) == (2.0, linked.record_ids[1])


def test_groups_with_few_records_get_their_share() -> None:
    """A hundred links of an agency with large groups, ten of one with small ones."""
    people = list(range(220))
    pairs = [(2 * i, 2 * i + 1, 0.5) for i in range(110)]
    sizes = [5] * 200 + [1] * 20
    agency = [0] * 200 + [1] * 20
    plain = worth_most(linked_of(people, pairs, sizes), 20)
    assert all(one.stands_for == 25.0 for one in plain)
    linked = linked_of(people, pairs, sizes, {"agency": agency})
    shared = Counter(
        int(linked.groups["agency"][linked.of_record[one.left]]) for one in worth_most(linked, 20)
    )
    assert shared == {0: 10, 1: 10}


def test_one_group_of_records_does_not_take_every_question() -> None:
    linked = linked_of(list(range(30)), [(0, i, 0.5) for i in range(1, 30)])
    assert len(worth_most(linked, 20)) == 2


def test_the_questions_are_the_same_each_time_and_the_best_come_first() -> None:
    linked, _, _ = made_up(6)
    first, again = worth_most(linked, 200), worth_most(linked, 200)
    assert first == again and len(first) > 100
    assert {one.stratum for one in first} == {BETWEEN, WITHIN}
    worth = _worth(linked)
    told = [worth[_profiles(linked, one)] for one in first]
    assert told == sorted(told, reverse=True)


def test_nothing_linked_and_nothing_weighed_is_nothing_to_ask() -> None:
    assert worth_most(linked_of([]), 5) == []
    assert worth_most(linked_of([0, 1, 2]), 5) == []
