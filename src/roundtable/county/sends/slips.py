"""The stated model of mistakes: what a slip of each kind does to a word, a number or a date.

A slip is drawn once for each registration and field (`quirks.py`) as a kind and a seed, a whole number from
which its place in the word follows; so the same registration shows the same mistake in every row. The
kinds, their shares and where those come from stand in `reference/slips.csv`; the letters in
`neighbours.csv` (a QWERTY keyboard), `sounds.csv` (spelt as heard) and `scans.csv` (read wrongly from a
form).
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from roundtable.county.reference_table import reference_rows

Days = NDArray[Any]
Integers = NDArray[np.int64]

#: Two words of fewer letters are too short to be recognised after a slip in each.
_SHORTEST = 3


class Field(StrEnum):
    """What a slip is made in."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"


@cache
def kinds(field: Field) -> tuple[tuple[str, ...], tuple[float, ...]]:
    """The kinds of slip that happen in a field, and the share of each; the shares add up to 1."""
    rows = [row for row in reference_rows("sends", "slips") if row["applies_to"] == field]
    weights = np.array([float(row["weight"]) for row in rows])
    return tuple(row["kind"] for row in rows), tuple(weights / weights.sum())


def slipped(text: str, kind: str, seed: int) -> str:
    """A word or a number as it stands after one slip.

    Args:
        text: what was meant.
        kind: a kind of `slips.csv` for text or numbers.
        seed: any whole number; the same one makes the same slip.

    Returns:
        What was written; the same text where a slip of this kind cannot be made in it.
    """
    return text if len(text) < _SHORTEST else _SLIPS[kind](text, seed)


def _places(text: str, wanted: Callable[[str], bool]) -> list[int]:
    """Where a slip may fall: never on the first letter, which people look at as they type."""
    return [at for at, letter in enumerate(text) if at and wanted(letter)]


def _neighbour(text: str, seed: int) -> str:
    keys = _letters("neighbours", "key", "beside")
    places = _places(text, lambda letter: letter.lower() in keys)
    if not places:
        return text
    at = places[seed % len(places)]
    beside = keys[text[at].lower()][0]
    typed = beside[(seed // 31) % len(beside)]
    return text[:at] + (typed.upper() if text[at].isupper() else typed) + text[at + 1 :]


def _swapped(text: str, seed: int, wanted: Callable[[str], bool] = str.isalpha) -> str:
    places = [
        at
        for at in _places(text[:-1], wanted)
        if wanted(text[at + 1]) and text[at].lower() != text[at + 1].lower()
    ]
    if not places:
        return text
    at = places[seed % len(places)]
    first, second = text[at + 1], text[at]
    return text[:at] + first + second + text[at + 2 :]


def _dropped(text: str, seed: int, wanted: Callable[[str], bool] = str.isalpha) -> str:
    places = _places(text, wanted)
    return text if not places else text[: (at := places[seed % len(places)])] + text[at + 1 :]


def _doubled(text: str, seed: int) -> str:
    places = _places(text, str.isalpha)
    return text if not places else text[: (at := places[seed % len(places)]) + 1] + text[at:]


def _replaced(table: str, meant: str, written: str) -> Callable[[str, int], str]:
    def replace(text: str, seed: int) -> str:
        letters, lower = _letters(table, meant, written), text.lower()
        found = [(at, one) for one in letters for at in range(1, len(lower)) if lower.startswith(one, at)]
        if not found:
            return _dropped(text, seed)
        # The longest that fits is the likeliest to be misheard or misread.
        longest = max(len(one) for _, one in found)
        found = [(at, one) for at, one in found if len(one) == longest]
        at, one = found[seed % len(found)]
        new = letters[one][0]
        return text[:at] + (new.upper() if text.isupper() else new) + text[at + len(one) :]

    return replace


@cache
def _letters(table: str, key: str, value: str) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for row in reference_rows("sends", table):
        found[row[key]] = (*found.get(row[key], ()), row[value])
    return found


def _digit(text: str, seed: int) -> str:
    places = _places(text, str.isdigit)
    if not places:
        return text
    at = places[seed % len(places)]
    digit = int(text[at])
    other = digit + 1 if digit == 0 or (digit < 9 and seed // 31 % 2) else digit - 1
    return text[:at] + str(other) + text[at + 1 :]


_SLIPS: dict[str, Callable[[str, int], str]] = {
    "neighbour": _neighbour,
    "swapped_letters": _swapped,
    "dropped_letter": _dropped,
    "doubled_letter": _doubled,
    "sound": _replaced("sounds", "heard", "written"),
    "scan": _replaced("scans", "printed", "read"),
    "neighbour_digit": _digit,
    "swapped_digits": lambda text, seed: _swapped(text, seed, str.isdigit),
    "dropped_digit": lambda text, seed: _dropped(text, seed, str.isdigit),
}


def slipped_days(days: Days, kind: str, seeds: Integers) -> Days:
    """Days as they stand after one slip each; each is a day of the calendar still.

    Args:
        days: the days meant, without gaps.
        kind: a kind of `slips.csv` for dates.
        seeds: a whole number for each.
    """
    years = days.astype("datetime64[Y]").astype(np.int64)
    months = days.astype("datetime64[M]").astype(np.int64) % 12
    day = (days - days.astype("datetime64[M]")).astype(np.int64)
    sign = np.where(seeds % 2 == 0, 1, -1)
    match kind:
        case "day_and_month":
            swaps = day < 12
            months, day = np.where(swaps, day, months), np.where(swaps, months, day)
        case "year_by_one":
            years = years + sign
        case "year_by_ten":
            years = years + 10 * sign
        case "day_by_one":
            day = np.where((day == 0) | ((sign > 0) & (day < 27)), day + 1, day - 1)
        case "first_of_january":
            months, day = np.zeros_like(months), np.zeros_like(day)
        case _:
            raise KeyError(kind)
    begins = (years * 12 + months).astype("datetime64[M]")
    last = ((begins + 1).astype("datetime64[D]") - begins.astype("datetime64[D]")).astype(np.int64) - 1
    slips: Days = begins.astype("datetime64[D]") + np.minimum(day, last)
    return slips
