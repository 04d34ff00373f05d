"""Average linkage by hand, on large components, and what it refuses."""

from __future__ import annotations

import numpy as np
import pytest

from roundtable.linkage.clustering.average import average_linkage, merge_tree
from roundtable.linkage.clustering.components import components
from roundtable.linkage.clustering.constraints import UNKNOWN, Constraints, Pairs
from roundtable.linkage.clustering.merge_tree import DECIDED

Pair = tuple[int, int, float]


def arrays(*pairs: Pair) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    left, right, probability = zip(*pairs, strict=True)
    return np.array(left, np.int32), np.array(right, np.int32), np.array(probability, np.float64)


def people(labels: np.ndarray) -> list[list[int]]:
    return [np.flatnonzero(labels == label).tolist() for label in np.unique(labels)]


#: Two people of three profiles each.
TWO = ((0, 1, 0.9), (0, 2, 0.9), (1, 2, 0.9), (3, 4, 0.9), (3, 5, 0.9), (4, 5, 0.9))


def test_one_strong_link_between_two_people_does_not_chain() -> None:
    given = arrays(*TWO, (2, 3, 1.0))
    assert people(average_linkage(6, *given)) == [[0, 1], [2, 3], [4, 5]]
    assert people(average_linkage(6, *arrays(*TWO, (2, 3, 0.85)))) == [[0, 1, 2], [3, 4, 5]]
    assert len(np.unique(components(6, *given[:2]))) == 1


def test_heights_by_hand() -> None:
    tree = merge_tree(3, *arrays((0, 1, 0.75), (1, 2, 0.5)), floor=0.2)
    assert list(zip(tree.kept, tree.gone, tree.heights, strict=True)) == [(0, 1, 0.75), (0, 2, 0.25)]
    assert people(tree.cut(0.25)) == [[0, 1, 2]]
    assert people(tree.cut(0.26)) == [[0, 1], [2]]
    with pytest.raises(ValueError, match=r"down to 0\.2, not to 0\.1"):
        tree.cut(0.1)


def test_a_profile_counts_by_its_size_where_sizes_are_given() -> None:
    """The mean of 0.9 to the one of size 3 and of nothing to the one of size 1 is 0.675."""
    given = arrays((0, 1, 1.0), (0, 2, 0.9))
    tree = merge_tree(3, *given, floor=0.2, sizes=np.array([3, 1, 1]))
    assert tree.heights[1] == pytest.approx(0.675)
    assert merge_tree(3, *given, floor=0.2).heights[1] == pytest.approx(0.45)


def test_decisions_come_first_and_count_as_one_group() -> None:
    decided = Constraints(together=Pairs.of([2], [0]))
    tree = merge_tree(4, *arrays((0, 1, 0.9), (2, 1, 0.3), (0, 3, 0.9)), decided, floor=0.3)
    assert tree.heights[0] == DECIDED
    assert people(tree.cut(1.0)) == [[0, 2], [1], [3]]
    assert people(tree.cut(0.5)) == [[0, 1, 2], [3]]
    assert people(tree.cut(0.3)) == [[0, 1, 2, 3]]


def test_what_keeps_apart_is_passed_on_through_others() -> None:
    """1 is nearest to both, but 0 and 2 have numbers that differ: the first to come has it."""
    given = arrays((0, 1, 0.9), (1, 2, 0.95), (0, 2, 0.9))
    numbers = np.array([[7, UNKNOWN, 8]], np.int32)
    assert people(average_linkage(3, *given, Constraints(numbers), 0.2)) == [[0], [1, 2]]
    assert people(average_linkage(3, *given, Constraints(apart=Pairs.of([2], [0])), 0.2)) == [[0], [1, 2]]
    assert people(average_linkage(3, *given, Constraints(alone=np.array([1], np.int32)), 0.2)) == [
        [0, 2],
        [1],
    ]


@pytest.mark.parametrize("seed", range(6))
def test_on_a_square_and_on_pairs_alone_it_is_the_same(seed: int) -> None:
    random = np.random.default_rng(seed)
    count, pairs = 300, 1_500
    left, right = random.integers(0, count, (2, pairs)).astype(np.int32)
    probability = np.round(random.beta(0.5, 0.5, pairs), 1 + seed % 3)
    kinds = np.where(random.random((2, count)) < 0.5, UNKNOWN, random.integers(0, 6, (2, count)))
    apart, together = random.integers(0, count, (2, 2, 40))
    constraints = Constraints(kinds.astype(np.int32), (), Pairs.of(*apart), Pairs.of(*together))
    found = [
        merge_tree(count, left, right, probability, constraints, 0.05, square=square)
        for square in (1, 20, 512)
    ]
    for stop in (0.05, 0.2, 0.5, 0.9):
        for tree in found[1:]:
            assert np.array_equal(found[0].cut(stop), tree.cut(stop))


def test_the_middle_of_a_star_takes_few() -> None:
    """100,000 are all like one and like nobody else: no group has more of them than one over the floor."""
    arms = 100_000
    tree = merge_tree(
        arms + 1, np.zeros(arms, np.int32), np.arange(1, arms + 1, dtype=np.int32), np.ones(arms), floor=0.1
    )
    assert np.bincount(tree.cut(0.1)).max() == 11


def test_a_path_of_200_000_falls_into_short_pieces() -> None:
    count = 200_000
    left = np.arange(count - 1, dtype=np.int32)
    probability = np.random.default_rng(1).random(count - 1)
    tree = merge_tree(count, left, left + 1, probability, floor=0.1)
    assert np.bincount(tree.cut(0.1)).max() < 10
    assert np.array_equal(np.unique(components(count, left, left + 1)), [0])


def test_many_that_are_decided_to_be_one_are() -> None:
    count = 5_000
    decided = Constraints(together=Pairs.of(np.arange(count - 1), np.arange(1, count)))
    assert not average_linkage(count, *(np.zeros(0, np.int32),) * 2, np.zeros(0), decided).any()


def test_nobody_and_nothing() -> None:
    nothing = (np.zeros(0, np.int32), np.zeros(0, np.int32), np.zeros(0))
    assert average_linkage(0, *nothing).tolist() == []
    assert average_linkage(3, *nothing).tolist() == [0, 1, 2]


@pytest.mark.parametrize(
    ("pairs", "more", "says"),
    [
        ((0, 1, 0.5), {"floor": 0.0}, "not above nought"),
        ((0, 3, 0.5), {}, "not among 3 profiles"),
        ((-1, 1, 0.5), {}, "not among 3 profiles"),
        ((0, 1, float("nan")), {}, "not between nought and one"),
        ((0, 1, 1.5), {}, "not between nought and one"),
        ((0, 1, 0.5), {"sizes": np.zeros(3, np.int64)}, "size of one or more"),
        ((0, 1, 0.5), {"constraints": Constraints(np.zeros((1, 2), np.int32))}, "kinds of 2 profiles"),
    ],
)
def test_what_is_out_of_bounds_is_refused(pairs: Pair, more: dict[str, object], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        merge_tree(3, *arrays(pairs), **more)  # type: ignore[arg-type]


def test_of_a_pair_given_twice_the_larger_probability_counts() -> None:
    for twice in (((0, 1, 0.9), (1, 0, 0.1)), ((0, 1, 0.1), (1, 0, 0.9))):
        assert merge_tree(2, *arrays(*twice), floor=0.05).heights.tolist() == [pytest.approx(0.9)]
