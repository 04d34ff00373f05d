"""The stop is chosen by what is expected of it, and the expectation can be worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest

from roundtable.linkage.clustering.average import merge_tree
from roundtable.linkage.clustering.calibration import BINS, pooled
from roundtable.linkage.clustering.constraints import Constraints, Pairs
from roundtable.linkage.clustering.threshold import CALIBRATION, CURVE, Chosen, choose_stop
from roundtable.linkage.clustering.worth import worths
from roundtable.linkage.evidence.settings import shipped
from tests.unit.linkage.clustering.test_average import TWO, Pair, arrays

UK = shipped("uk")
STRANGERS, PEOPLE = 4_000, 700


def chosen(
    count: int, *pairs: Pair, weight: float = 1.0, stops: tuple[float, ...] = (0.2, 0.5, 0.8)
) -> Chosen:
    given = arrays(*pairs)
    return choose_stop(merge_tree(count, *given, floor=min(stops)), *given, weight, stops)


def test_what_a_merge_is_worth_by_hand() -> None:
    """One profile that is like one of three is worth that likeness, for all three pairs."""
    given = arrays(*TWO[:3], (2, 3, 0.8))
    tree = merge_tree(4, *given, floor=0.1)
    high, low = worths(tree, *given, (0.1, 0.8))
    assert high.within == 3
    assert high.right == pytest.approx(2.7)
    assert low.within == 6
    assert low.right == pytest.approx(2.7 + 3 * 0.8)
    assert high.alone == pytest.approx(2.7)
    assert high.between == pytest.approx(0.8)


def test_one_chance_likeness_between_two_groups_is_worth_little() -> None:
    """Of three profiles that come in, one is like another: a third of 0.9, for nine pairs."""
    given = arrays(*((left, right, 1.0) for left, right, _ in TWO), (2, 3, 0.9))
    (worth,) = worths(merge_tree(6, *given, floor=0.1), *given, (0.1,))
    assert worth.right == pytest.approx(6 + 9 * 0.3)


def test_a_pair_by_itself_is_joined_where_it_is_worth_it() -> None:
    sure = tuple((2 * number, 2 * number + 1, 0.95) for number in range(20))
    doubtful = tuple((2 * number, 2 * number + 1, 0.3) for number in range(20, 60))
    assert chosen(120, *sure, *doubtful).stop == 0.8
    likelier = tuple((left, right, 0.7) for left, right, _ in doubtful)
    assert chosen(120, *sure, *likelier).stop == 0.5


def test_the_worse_a_false_join_is_the_higher_the_stop() -> None:
    random = np.random.default_rng(1)
    pairs = tuple((2 * number, 2 * number + 1, float(random.random())) for number in range(2_000))
    stops = tuple(step / 20 for step in range(2, 20))
    found = [chosen(4_000, *pairs, weight=weight, stops=stops).stop for weight in (0.25, 1, 4)]
    assert found == sorted(found)
    assert found[0] < found[1] < found[2]


def test_on_a_tie_the_higher_stop_is_chosen_and_it_says_why() -> None:
    found = chosen(6, *TWO)
    assert found.stop == 0.8
    assert found.labels.tolist() == [0, 0, 0, 3, 3, 3]
    assert found.curve.schema == CURVE
    assert found.curve["stop"].to_pylist() == [0.2, 0.5, 0.8]
    assert found.curve["chosen"].to_pylist() == [False, False, True]
    assert found.says[0] == (
        "Groups are merged while the mean probability between them is 0.80 or more. Of the 3 stops tried it "
        "has the largest expected F, 0.947, with a false join counting 1 times a missed one."
    )


def test_nothing_to_choose_by() -> None:
    nothing = (np.zeros(0, np.int32), np.zeros(0, np.int32), np.zeros(0))
    for count in (0, 2):
        found = choose_stop(merge_tree(count, *nothing, floor=0.1), *nothing, 2)
        assert found.stop == 0.95
        assert found.calibration.schema == CALIBRATION
        assert found.curve["expected_f"].to_pylist() == [1.0] * found.curve.num_rows


def test_what_is_decided_is_certain() -> None:
    given = arrays((0, 1, 0.1))
    tree = merge_tree(3, *given, Constraints(together=Pairs.of([0, 1], [1, 2])), 0.2)
    (worth,) = worths(tree, *given, (0.2,))
    assert (worth.within, worth.right) == (3, 3.0)


def _people(seed: int) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Pairs whose probabilities are right: a pair of probability p is of one person p times of all."""
    random = np.random.default_rng(seed)
    person = np.repeat(np.arange(PEOPLE), random.integers(2, 6, PEOPLE))
    left, right = np.triu_indices(len(person), 1)
    same = person[left] == person[right]
    strangers = random.choice(np.flatnonzero(~same), STRANGERS, replace=False)
    kept = np.concatenate([np.flatnonzero(same), strangers])
    # Evidence in bits, normal and as far from nought on either side, has weights that are right as odds.
    spread = 2.5
    bits = np.where(same[kept], 1, -1) * spread**2 / 2 + spread * random.standard_normal(len(kept))
    prior = same[kept].sum() / STRANGERS
    return left[kept], right[kept], 1 / (1 + np.exp(-bits) / prior), person


@pytest.mark.parametrize("seed", range(4))
def test_where_the_model_is_right_the_choice_is_nearly_the_best(seed: int) -> None:
    left, right, probability, person = _people(seed)
    tree = merge_tree(len(person), left, right, probability, floor=0.1)
    found = choose_stop(tree, left, right, probability, UK.precision_weight)
    of_two = np.triu_indices(len(person), 1)
    same = person[of_two[0]] == person[of_two[1]]

    def f(labels: np.ndarray) -> float:
        joined = labels[of_two[0]] == labels[of_two[1]]
        return float(2 * (joined & same).sum() / (joined.sum() + same.sum()))

    best = max(f(tree.cut(stop)) for stop in found.curve["stop"].to_pylist())
    assert f(found.labels) > best - 0.03


def test_company_shows_that_a_model_is_too_faint() -> None:
    """All pairs of 50 people of five are said to be of 0.6, and all are of one person."""
    pairs = [
        (5 * person + one, 5 * person + other, 0.6)
        for person in range(50)
        for one in range(5)
        for other in range(one)
    ]
    found = chosen(250, *((right, left, value) for left, right, value in pairs), stops=(0.2, 0.5))
    assert found.calibration["pairs"].to_pylist() == [500]
    assert found.calibration["model"].to_pylist() == [pytest.approx(0.6)]
    assert found.calibration["found"].to_pylist() == [1.0]
    assert (
        "the model expects 300 to be of one person; by the company that they are in 500 are" in found.says[-1]
    )


def test_a_pair_without_company_says_nothing_of_itself() -> None:
    given = arrays((0, 1, 0.6), (2, 3, 0.6), (3, 4, 0.6))
    pool = pooled(np.array([0, 0, 2, 2, 2], np.int32), *given)
    assert pool.informed.tolist() == [False, True, True]
    worth = pool.worth(np.array([True, True, False]))
    assert len(worth) == BINS
    assert worth.max() == 0.5
