import pytest
from scipy.stats import friedmanchisquare

from roundtable.partnership.disagreement.concordance import concordance, ranks, upper_tail

#: Three rankings of ten objects with many ties: Kendall (1948), Rank Correlation Methods, chapter 6; also the
#: example of routine G08DAF of the NAG Library, which prints W = 0.828 and a significance of 0.008.
KENDALL = [
    [1.0, 4.5, 2.0, 4.5, 3.0, 7.5, 6.0, 9.0, 7.5, 10.0],
    [2.5, 1.0, 2.5, 4.5, 4.5, 8.0, 9.0, 6.5, 10.0, 6.5],
    [2.0, 1.0, 4.5, 4.5, 4.5, 4.5, 8.0, 8.0, 8.0, 10.0],
]


def test_w_is_what_kendall_published() -> None:
    found = concordance(KENDALL)

    assert found.w is not None
    assert round(found.w, 3) == 0.828
    # By hand: S = 591, and 591 / (9 * 990 / 12 - 3 * (1 + 1.5 + 7)) = 591 / 714.
    assert found.w == pytest.approx(591 / 714)


def test_the_probability_is_what_the_library_of_nag_published() -> None:
    """Three rankings are too few for us to show it, so the example is tested where it is worked out."""
    assert round(upper_tail(3 * 9 * 591 / 714, 9), 3) == 0.008
    assert concordance(KENDALL).probability is None


def test_ranks_that_tie_share_their_mean() -> None:
    assert ranks([50.0, 0.0, 25.0, 25.0, 0.0]) == (1.0, 4.5, 2.5, 2.5, 4.5)


def test_rankings_all_alike_agree_wholly_ties_or_no() -> None:
    assert concordance([ranks([3, 2, 1])] * 4).w == pytest.approx(1.0)
    assert concordance([ranks([3, 1, 1])] * 4).w == pytest.approx(1.0)


def test_two_opposite_rankings_do_not_agree_at_all() -> None:
    assert concordance([(1, 2, 3), (3, 2, 1)]).w == pytest.approx(0.0)


def test_without_the_correction_it_would_be_less() -> None:
    uncorrected = 12 * 591 / (9 * 990)

    assert concordance(KENDALL).w == pytest.approx(uncorrected * 742.5 / 714)


def test_with_enough_it_is_tested_as_friedman_tests_it() -> None:
    """Friedman's statistic with ties is m(n - 1)W, so that scipy's is an oracle of another hand."""
    scores = [[(i * 7 + j * j * 3 + i * j) % 11 % 6 for j in range(6)] for i in range(9)]
    found = concordance([ranks(row) for row in scores])
    expected = friedmanchisquare(*zip(*scores, strict=True))

    assert found.chi_square == pytest.approx(expected.statistic)
    assert found.probability == pytest.approx(expected.pvalue)
    assert found.why_not is None


@pytest.mark.parametrize(("agencies", "outcomes"), [(7, 5), (8, 4)])
def test_with_too_few_there_is_no_probability_and_it_says_why(agencies: int, outcomes: int) -> None:
    found = concordance([tuple(range(1, outcomes + 1))] * agencies)

    assert found.w == pytest.approx(1.0)
    assert found.probability is None
    assert found.why_not is not None and "too few for a test" in found.why_not


@pytest.mark.parametrize("rankings", [[], [(1.0, 2.0)], [(1.0,), (1.0,)], [(1.5, 1.5), (1.5, 1.5)]])
def test_where_there_is_nothing_to_compare_there_is_no_w(rankings: list[tuple[float, ...]]) -> None:
    found = concordance(rankings)

    assert found.w is None
    assert found.why_not is not None
