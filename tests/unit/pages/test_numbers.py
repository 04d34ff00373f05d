"""Numbers as a reader meets them."""

import pytest

from roundtable.pages.numbers import (
    coefficient,
    harm_amount,
    in_heading_unit,
    listed,
    percent,
    plural,
    rate,
    scaled,
)
from roundtable.report.disclosure import WITHHELD, Disclosure


@pytest.mark.parametrize(
    ("ppm", "told"),
    [
        (0, "0.0%"),
        (1, "under 0.1%"),
        (499, "under 0.1%"),
        (500, "0.1%"),
        (35_649, "3.6%"),
        (35_650, "3.6%"),
        (1_000_000, "100.0%"),
    ],
)
def test_a_share_is_a_percentage_and_only_nought_reads_as_nought(ppm: int, told: str) -> None:
    assert percent(ppm) == told


@pytest.mark.parametrize(
    ("parts", "told"), [(1_499, "1"), (1_500, "2"), (2_500, "3"), (67_159_000, "67,159")]
)
def test_halves_go_up_and_thousands_are_separated(parts: int, told: str) -> None:
    assert scaled(parts, 1000) == told


def test_an_amount_of_harm_has_no_more_figures_than_it_can_bear() -> None:
    assert harm_amount(254_149_500_000, "GBP") == "£254.1 million"
    assert harm_amount(999_999_000, "GBP") == "£999,999"
    assert harm_amount(149_823_400, "days") == "149,823 days"
    assert in_heading_unit(6_877_499_000, "GBP") == "6,877"
    assert rate(447_930, "records") == "447.9"
    assert rate(73_135_400, "days") == "73,135"


def test_coefficients_have_two_decimals() -> None:
    assert coefficient(-935_000) == "-0.94"
    assert coefficient(1_000_000) == "1.00"


def test_words_agree_with_their_number() -> None:
    assert plural(1, "delivery", "deliveries") == "1 delivery"
    assert plural(1200, "area") == "1,200 areas"
    assert [listed(words) for words in ((), ("a",), ("a", "b"), ("a", "b", "c"))] == [
        "",
        "a",
        "a and b",
        "a, b and c",
    ]


def test_open_data_hide_nothing() -> None:
    assert Disclosure().count(1) == "1"
    assert Disclosure().derived(1, "0.1") == "0.1"


def test_small_counts_are_hidden_with_all_that_follows_from_them_and_nought_is_not() -> None:
    rule = Disclosure(5)
    assert [rule.count(number) for number in (0, 1, 4, 5)] == ["0", "fewer than 5", "fewer than 5", "5"]
    assert [rule.derived(number, "x") for number in (0, 1, 4, 5)] == ["x", WITHHELD, WITHHELD, "x"]
