"""The stated model of mistakes: what each kind of slip does, and what it never does."""

from __future__ import annotations

import string
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from roundtable.county.reference_table import reference_rows
from roundtable.county.sends.slips import Field, kinds, slipped, slipped_days

WORDS = some.text(string.ascii_letters + "'-é", min_size=3, max_size=12)
SEEDS = some.integers(0, 2**30)
TEXT_KINDS, _ = kinds(Field.TEXT)
NUMBER_KINDS, _ = kinds(Field.NUMBER)
DATE_KINDS, _ = kinds(Field.DATE)


def _distance(one: str, other: str) -> int:
    """Letters put in, left out, changed or swapped with their neighbour."""
    rows = [[0] * (len(other) + 1) for _ in range(len(one) + 1)]
    for at in range(len(one) + 1):
        for to in range(len(other) + 1):
            if not at or not to:
                rows[at][to] = at + to
                continue
            best = min(rows[at - 1][to] + 1, rows[at][to - 1] + 1)
            best = min(best, rows[at - 1][to - 1] + (one[at - 1] != other[to - 1]))
            if at > 1 and to > 1 and one[at - 2 : at] == other[to - 2 : to][::-1]:
                best = min(best, rows[at - 2][to - 2] + 1)
            rows[at][to] = best
    return rows[-1][-1]


@given(WORDS, some.sampled_from(["neighbour", "swapped_letters", "dropped_letter", "doubled_letter"]), SEEDS)
def test_one_letter_goes_wrong_and_never_the_first(word: str, kind: str, seed: int) -> None:
    wrong = slipped(word, kind, seed)
    assert wrong[0] == word[0]
    assert _distance(word, wrong) <= 1
    assert slipped(word, kind, seed) == wrong


@given(WORDS, some.sampled_from(TEXT_KINDS), SEEDS)
def test_a_word_keeps_most_of_its_letters(word: str, kind: str, seed: int) -> None:
    assert _distance(word, slipped(word, kind, seed)) <= 3


@pytest.mark.parametrize(
    ("word", "kind", "seed", "wrong"),
    [
        # 'Ph' begins the word, which nobody gets wrong: the next that fits is taken.
        ("Philip", "sound", 0, "Phylip"),
        ("Stephen", "sound", 0, "Stefen"),
        ("Richard", "doubled_letter", 1, "Ricchard"),
        ("BARNES", "scan", 0, "BAMES"),
        ("9991234567", "swapped_digits", 0, "9919234567"),
        ("Jo", "dropped_letter", 0, "Jo"),
    ],
)
def test_slips_by_hand(word: str, kind: str, seed: int, wrong: str) -> None:
    assert slipped(word, kind, seed) == wrong


@given(some.text(string.digits, min_size=3, max_size=12), some.sampled_from(NUMBER_KINDS), SEEDS)
def test_numbers_stay_numbers(number: str, kind: str, seed: int) -> None:
    wrong = slipped(number, kind, seed)
    assert wrong.isdigit()
    assert len(number) - len(wrong) == (kind == "dropped_digit")
    assert _distance(number, wrong) <= 1


def test_letters_beside_each_other_are_so_both_ways() -> None:
    beside = {row["key"]: set(row["beside"]) for row in reference_rows("sends", "neighbours")}
    assert set(beside) == set(string.ascii_lowercase)
    assert all(key in beside[other] for key, others in beside.items() for other in others)


DAYS = some.dates(date(1900, 1, 1), date(2026, 12, 31))


@given(some.lists(DAYS, min_size=1, max_size=20), some.sampled_from(DATE_KINDS), SEEDS)
def test_days_stay_days_of_the_calendar(days: list[object], kind: str, seed: int) -> None:
    meant = np.array(days, "datetime64[D]")
    wrong = slipped_days(meant, kind, np.arange(len(days)) + seed)
    years = wrong.astype("datetime64[Y]").astype(int) - meant.astype("datetime64[Y]").astype(int)
    assert not np.isnat(wrong).any()
    assert np.abs(years).max() <= {"year_by_ten": 10, "year_by_one": 1}.get(kind, 0)


def test_day_and_month_change_places_where_they_can() -> None:
    meant = np.array(["2001-02-03", "1999-12-31"], "datetime64[D]")
    assert slipped_days(meant, "day_and_month", np.array([0, 0])).astype(str).tolist() == [
        "2001-03-02",
        "1999-12-31",
    ]


@pytest.mark.parametrize("field", list(Field))
def test_shares_add_up_and_every_kind_can_be_made(field: Field) -> None:
    names, shares = kinds(field)
    assert sum(shares) == pytest.approx(1)
    for name in names:
        if field is Field.DATE:
            slipped_days(np.array(["2001-02-03"], "datetime64[D]"), name, np.array([1]))
        else:
            assert slipped("Sutherland 1234567", name, 12345) != "Sutherland 1234567"
