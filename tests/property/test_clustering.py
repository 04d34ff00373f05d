"""Average linkage against a plain reference, and that no input breaks constraints or moves the untouched."""

from __future__ import annotations

from itertools import combinations, product
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from roundtable.linkage.clustering.average import average_linkage, merge_tree
from roundtable.linkage.clustering.constraints import UNKNOWN, Constraints, Pairs
from roundtable.linkage.clustering.counted import UNITS, stop_in_units
from roundtable.linkage.clustering.recluster import recluster

#: Few values, so that ties are common.
PROBABILITIES = st.sampled_from([0.0, 0.1, 0.25, 0.3, 0.5, 0.75, 0.9, 1.0]) | st.floats(0, 1)
STOPS = st.sampled_from([0.05, 0.2, 0.25, 0.3, 0.5, 0.9, 1.0])
Scored = dict[tuple[int, int], float]


@st.composite
def people(draw: st.DrawFn) -> tuple[int, Scored, Constraints]:
    count = draw(st.integers(2, 9))
    both = list(combinations(range(count), 2))
    some = st.lists(st.sampled_from(both), max_size=3)
    scored = draw(st.dictionaries(st.sampled_from(both), PROBABILITIES, max_size=25))
    code = st.sampled_from([UNKNOWN, UNKNOWN, 0, 1])
    kinds = [draw(st.lists(code, min_size=count, max_size=count)) for _ in range(draw(st.integers(0, 2)))]
    return (
        count,
        scored,
        Constraints(
            np.array(kinds, np.int32).reshape(len(kinds), count),
            (),
            Pairs.of(*_ends(draw(some))),
            Pairs.of(*_ends(draw(some))),
            np.array(draw(st.lists(st.integers(0, count - 1), max_size=1)), np.int32),
        ),
    )


def _ends(pairs: list[tuple[int, int]]) -> tuple[list[int], list[int]]:
    return [left for left, _ in pairs], [right for _, right in pairs]


def _arrays(scored: Scored) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    left, right = _ends(list(scored))
    return np.array(left, np.int32), np.array(right, np.int32), np.array(list(scored.values()), np.float64)


def _may(one: set[int], other: set[int], constraints: Constraints) -> bool:
    """Whether two groups may be one, by every two of their members."""
    apart = set(zip(constraints.apart.left.tolist(), constraints.apart.right.tolist(), strict=True))
    alone = set(constraints.alone.tolist())
    for left, right in product(one, other):
        codes = [(kind[left], kind[right]) for kind in constraints.kinds]
        if any(mine != theirs and UNKNOWN not in (mine, theirs) for mine, theirs in codes):
            return False
        if (min(left, right), max(left, right)) in apart or {left, right} & alone:
            return False
    return True


def _reference(count: int, scored: Scored, constraints: Constraints, stop: float) -> list[int]:
    """The nearest two groups that may be one, again and again; the lowest positions on a tie."""
    groups = [{position} for position in range(count)]

    def join(one: set[int], other: set[int]) -> None:
        groups.remove(other)
        one |= other

    def of(position: int) -> set[int]:
        return next(group for group in groups if position in group)

    for left, right in zip(
        constraints.together.left.tolist(), constraints.together.right.tolist(), strict=True
    ):
        if of(left) is not of(right) and _may(of(left), of(right), constraints):
            join(of(left), of(right))
    units = {pair: round(probability * UNITS) for pair, probability in scored.items()}
    while True:
        best: list[tuple[float, int, int]] = []
        for one, other in combinations(sorted(groups, key=min), 2):
            total = sum(units.get((min(pair), max(pair)), 0) for pair in product(one, other))
            mean = total / (len(one) * len(other))
            if mean >= stop_in_units(stop) and _may(one, other, constraints):
                best.append((-mean, min(one), min(other)))
        if not best:
            return [min(of(position)) for position in range(count)]
        _, low, high = min(best)
        join(of(low), of(high))


@pytest.fixture(scope="module", autouse=True)
def compiled() -> None:
    """What numba compiles on its first use is no part of a case's time."""
    for square in (1, 512):
        merge_tree(2, *_arrays({(0, 1): 1.0}), square=square).cut(0.5)


@given(people(), STOPS, st.sampled_from([1, 4, 512]))
def test_it_is_average_linkage(case: tuple[int, Scored, Constraints], stop: float, square: int) -> None:
    count, scored, constraints = case
    tree = merge_tree(count, *_arrays(scored), constraints, stop, square=square)
    assert tree.cut(stop).tolist() == _reference(count, scored, constraints, stop)


@given(people(), STOPS, st.randoms(use_true_random=False))
def test_the_order_of_pairs_does_not_matter(
    case: tuple[int, Scored, Constraints], stop: float, random: Random
) -> None:
    count, scored, constraints = case
    first = average_linkage(count, *_arrays(scored), constraints, stop)
    shuffled = list(scored.items())
    random.shuffle(shuffled)
    turned = [(pair[::-1] if random.random() < 0.5 else pair, value) for pair, value in shuffled]
    left, right = _ends([pair for pair, _ in turned])
    again = average_linkage(
        count,
        np.array(left + left[:2], np.int32),
        np.array(right + right[:2], np.int32),
        np.array([value for _, value in turned + turned[:2]], np.float64),
        constraints,
        stop,
    )
    assert first.tolist() == again.tolist()


@given(people(), STOPS, st.sampled_from([1, 512]))
def test_what_keeps_people_apart_is_never_broken(
    case: tuple[int, Scored, Constraints], stop: float, square: int
) -> None:
    count, scored, constraints = case
    tree = merge_tree(count, *_arrays(scored), constraints, stop, square=square)
    labels = tree.cut(stop).tolist()
    for left, right in combinations(range(count), 2):
        if labels[left] == labels[right]:
            assert _may({left}, {right}, constraints)
    told = {(one.left, one.right) for one in tree.contradictions}
    for pair in zip(constraints.together.left.tolist(), constraints.together.right.tolist(), strict=True):
        assert (labels[pair[0]] == labels[pair[1]]) is (pair not in told)
    for one in tree.contradictions:
        assert not _may({one.known_left}, {one.known_right}, constraints)
        assert labels[one.known_left] == labels[one.left]
        assert labels[one.known_right] == labels[one.right]


@given(people(), STOPS, STOPS)
def test_a_tree_cut_higher_is_a_clustering_that_stopped_there(
    case: tuple[int, Scored, Constraints], one: float, other: float
) -> None:
    count, scored, constraints = case
    low, high = min(one, other), max(one, other)
    tree = merge_tree(count, *_arrays(scored), constraints, low)
    stopped = average_linkage(count, *_arrays(scored), constraints, high)
    assert tree.cut(high).tolist() == stopped.tolist()


@given(people(), people(), STOPS, st.data())
def test_clustering_what_was_touched_is_clustering_the_whole(
    before: tuple[int, Scored, Constraints],
    more: tuple[int, Scored, Constraints],
    stop: float,
    data: st.DataObject,
) -> None:
    """The second case's pairs and constraints come to the first's, some pairs go, some profiles are new."""
    count, scored, constraints = before
    after = max(count, more[0])
    gone = data.draw(st.sets(st.sampled_from(sorted(scored)))) if scored else set()
    changed = {pair: value for pair, value in more[1].items() if scored.get(pair) != value}
    now = {pair: value for pair, value in scored.items() if pair not in gone} | changed
    kinds = np.full((len(constraints.kinds), after), UNKNOWN, np.int32)
    kinds[:, :count] = constraints.kinds_for(count)
    grown = Constraints(kinds, (), constraints.apart, constraints.together, constraints.alone)
    grown = grown.and_pairs(more[2].apart, more[2].together)
    touched = {
        position
        for pair in [
            *changed,
            *gone,
            *zip(more[2].apart.left, more[2].apart.right, strict=True),
            *zip(more[2].together.left, more[2].together.right, strict=True),
        ]
        for position in pair
    }
    labels = average_linkage(count, *_arrays(scored), constraints, stop)
    found, _ = recluster(labels, np.array(sorted(touched), np.int32), after, *_arrays(now), grown, stop)
    assert found.tolist() == average_linkage(after, *_arrays(now), grown, stop).tolist()
