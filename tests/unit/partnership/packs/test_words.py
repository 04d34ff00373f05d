"""How the pages tell amounts and answers."""

from __future__ import annotations

import pytest

from roundtable.partnership.joins.join import Join, Question
from roundtable.partnership.joins.pounds import Pounds
from roundtable.partnership.packs.words import amount, answer, sum_told


@pytest.mark.parametrize(
    ("holds", "verified", "first", "told"),
    [
        (True, True, False, ("✓ Yes", "yes", "")),
        (True, False, False, ("✓ Yes", "yes unsure", "unverified")),
        (False, True, False, ("✗ No", "no", "")),
        (False, False, True, ("✗ No", "no first", "fails first")),
    ],
)
def test_a_yes_that_nobody_has_checked_says_so(
    holds: bool, verified: bool, first: bool, told: tuple[str, str, str]
) -> None:
    cell = answer(Join(Question.KNOW, holds, verified, "why"), first)
    assert (cell.text, cell.css, cell.note) == told


def test_sums_are_told_to_two_figures() -> None:
    told = [sum_told(one) for one in (0, 87.4, 994.9, 996, 12_345, 999_499, 999_999, 1_240_000, 96_000_000)]
    assert told == [
        "£0", "£87", "£990", "£1,000", "£12,000", "£1 million", "£1 million", "£1.2 million", "£96 million",
    ]  # fmt: skip


def test_the_year_of_the_prices_is_said_with_a_sum_only_where_it_is_another() -> None:
    sum_ = Pounds(900_000, 1_200_000, 2_500_000, "2025/26")
    assert amount(sum_, "2025/26").note == "£900,000 to £2.5m"
    assert amount(sum_, "2015/16").note == "£900,000 to £2.5m; 2025/26 prices"
    assert amount(None, "2025/26").text == "Not priced"
