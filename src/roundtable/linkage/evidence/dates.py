"""The kinds of agreement between two dates of eight digits, year first, which need not be in the calendar."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

import numpy as np
from pydantic import Field

from roundtable.linkage.evidence.columns import Column
from roundtable.linkage.evidence.conditions import Held
from roundtable.linkage.evidence.pairs import Letters, Pairs
from roundtable.partnership.model.strict import Strict


class DatePart(StrEnum):
    """A part of a date."""

    YEAR = "year"
    MONTH = "month"
    DAY = "day"


#: Where each part stands in the eight digits.
_DIGITS = {DatePart.YEAR: (0, 4), DatePart.MONTH: (4, 6), DatePart.DAY: (6, 8)}
_WIDTH = 8

#: What stands against what where day and month are swapped.
_CROSSED = (
    (DatePart.YEAR, DatePart.YEAR),
    (DatePart.MONTH, DatePart.DAY),
    (DatePart.DAY, DatePart.MONTH),
)


class DateParts(Strict):
    """These parts of the two dates are the same."""

    kind: Literal["date_parts"]
    column: Column
    parts: tuple[DatePart, ...] = Field(min_length=1)

    def reads(self) -> tuple[str, ...]:
        """The columns that it reads."""
        return (self.column,)

    def sql(self) -> str:
        """The condition in SQL."""
        return " and ".join(
            f"{_digits(self.column, 'l', part)} = {_digits(self.column, 'r', part)}" for part in self.parts
        )

    def holds(self, pairs: Pairs) -> Held:
        """Where it holds."""
        words = pairs.words(self.column)
        left, right = words.letters(_WIDTH)
        held = np.ones(len(left), np.bool_)
        for part in self.parts:
            held &= _alike(left, right, part, part)
        return words.spread(held)


class DayMonthSwapped(Strict):
    """One has the day where the other has the month, in the same year."""

    kind: Literal["day_month_swapped"]
    column: Column

    def reads(self) -> tuple[str, ...]:
        """The columns that it reads."""
        return (self.column,)

    def sql(self) -> str:
        """The condition in SQL."""
        return " and ".join(
            f"{_digits(self.column, 'l', one)} = {_digits(self.column, 'r', other)}"
            for one, other in _CROSSED
        )

    def holds(self, pairs: Pairs) -> Held:
        """Where it holds."""
        words = pairs.words(self.column)
        left, right = words.letters(_WIDTH)
        held = np.ones(len(left), np.bool_)
        for one, other in _CROSSED:
            held &= _alike(left, right, one, other)
        return words.spread(held)


def _digits(column: str, side: str, part: DatePart) -> str:
    start, end = _DIGITS[part]
    return f"substr({column}_{side}, {start + 1}, {end - start})"


def _alike(left: Letters, right: Letters, one: DatePart, other: DatePart) -> Held:
    alike: Held = (left[:, slice(*_DIGITS[one])] == right[:, slice(*_DIGITS[other])]).all(axis=1)
    return alike
