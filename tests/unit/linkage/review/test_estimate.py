"""Figures of a reviewed sample: what they count, and when they say nothing. Coverage is a property test."""

from __future__ import annotations

from dataclasses import replace

import pytest
from scipy.stats import beta

from roundtable.linkage.review.allocation import allocated
from roundtable.linkage.review.estimate import Tally, estimated
from roundtable.linkage.review.strata import Reach, Stratum


def _tally(reach: Reach, size: float, same: int, different: int, undecided: int = 0, name: str = "") -> Tally:
    asked = same + different + undecided
    return Tally(Stratum(name or reach, reach, size, 0.5, asked), same, different, undecided)


GOOD = [
    _tally(Reach.LINKED, 90_000, 50, 0, name="sure"),
    _tally(Reach.LINKED, 10_000, 40, 10, name="less"),
    _tally(Reach.WEIGHED, 20_000, 10, 40),
    _tally(Reach.MISSED, 100_000, 1, 99),
    _tally(Reach.FAR, 1e9, 0, 10),
]


def test_strata_count_by_their_sizes() -> None:
    found = estimated(GOOD)
    linked, weighed, missed = 90_000 + 8_000, 4_000, 1_000
    assert found.precision.value == pytest.approx(linked / 100_000)
    assert found.recall.value == pytest.approx(linked / (linked + weighed + missed))
    assert found.missed.value == pytest.approx(missed / (linked + weighed + missed))
    assert (found.settled, found.far_asked, found.far_same) == (250, 10, 0)


def test_one_stratum_has_the_interval_of_clopper_and_pearson() -> None:
    found = estimated([_tally(Reach.LINKED, 1e6, 45, 5)]).precision
    assert found.low == pytest.approx(beta.ppf(0.025, 45, 6), abs=0.003)
    assert found.high == pytest.approx(beta.ppf(0.975, 46, 5), abs=0.003)


def test_none_of_many_is_not_nought() -> None:
    found = estimated(
        [
            replace(one, same=0, different=one.settled) if one.stratum.reach is Reach.MISSED else one
            for one in GOOD
        ]
    )
    assert found.missed.value == found.missed.low == 0
    assert found.missed.high > 0.02, "100 of 100,000 without one of a person may still miss thousands"


def test_a_stratum_that_was_asked_whole_is_known() -> None:
    found = estimated([_tally(Reach.LINKED, 40, 30, 10)])
    assert (found.precision.low, found.precision.value, found.precision.high) == (0.75, 0.75, 0.75)


def test_what_reviewers_could_not_settle_makes_the_interval_wider() -> None:
    settled = estimated([_tally(Reach.LINKED, 1e6, 90, 10)]).precision
    open_ = estimated([_tally(Reach.LINKED, 1e6, 90, 10, undecided=10)]).precision
    assert open_.low < settled.low - 0.05 and open_.high > settled.high


def test_pairs_that_share_nothing_are_in_no_figure() -> None:
    without = estimated(GOOD[:-1])
    one_found = estimated([*GOOD[:-1], _tally(Reach.FAR, 1e9, 1, 9)])
    assert without.recall == one_found.recall == estimated(GOOD).recall
    assert one_found.far_same == 1 and one_found.far_at_most > 1e8 and without.far_at_most == 0


@pytest.mark.parametrize(
    ("tallies", "said"),
    [
        ([], "Nothing was put together"),
        ([_tally(Reach.WEIGHED, 100, 50, 50)], "Nothing was put together"),
        ([_tally(Reach.LINKED, 1e6, 20, 0)], "20 pairs that were put together are settled, and it takes 30"),
        (
            [_tally(Reach.LINKED, 1e6, 30, 0), _tally(Reach.LINKED, 1e6, 0, 0, name="bare")],
            "none is settled of 'bare'",
        ),
    ],
)
def test_too_few_answers_say_nothing(tallies: list[Tally], said: str) -> None:
    found = estimated(tallies)
    assert found.precision.value is None and said in found.precision.why_not
    assert found.recall.value is None and found.recall.why_not


def test_recall_needs_answers_among_what_was_left_apart() -> None:
    found = estimated([GOOD[0], GOOD[1], _tally(Reach.MISSED, 1e5, 0, 10)])
    assert found.precision.value is not None
    assert "10 pairs that were left apart are settled" in found.recall.why_not


def test_an_interval_that_leaves_everything_open_is_said_to() -> None:
    found = estimated([GOOD[0], _tally(Reach.WEIGHED, 1e7, 1, 29)])
    assert found.recall.value is None and "leave it open between" in found.recall.why_not


def test_a_small_stratum_that_fills_up_is_no_reason_to_say_nothing() -> None:
    found = estimated([GOOD[0], _tally(Reach.LINKED, 500, 0, 0, name="bare")])
    assert found.precision.value is not None and found.precision.low < 0.95


def test_the_same_answers_give_the_same_figures() -> None:
    assert estimated(GOOD) == estimated(GOOD)


def test_questions_go_where_most_is_open_and_each_stratum_gets_a_few() -> None:
    strata = [
        Stratum("sure", Reach.LINKED, 1_000_000, 0.9999),
        Stratum("open", Reach.WEIGHED, 100_000, 0.5),
        Stratum("tiny", Reach.WEIGHED, 3, 0.5),
        Stratum("missed", Reach.MISSED, 400_000, 0.001),
        Stratum("far", Reach.FAR, 1e10, 0.0),
    ]
    given = {one.name: one.questions for one in allocated(strata, 400)}
    assert sum(given.values()) == 400
    assert given["tiny"] == 3 and given["far"] == 12
    assert given["sure"] > given["missed"] > 50 and given["open"] > 50


@pytest.mark.parametrize("number", [1, 3, 10, 57, 1000])
def test_never_more_questions_than_wanted_or_than_there_are_pairs(number: int) -> None:
    strata = [Stratum(str(size), Reach.WEIGHED, size, 0.3) for size in (1, 7, 40, 900)]
    given = allocated(strata, number)
    assert sum(one.questions for one in given) == min(number, 948)
    assert all(one.questions <= one.size for one in given)
    assert allocated([], number) == []
