"""The kinds of agreement between two dates of eight digits, year first, which need not be in the calendar."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from pydantic import Field

from roundtable.linkage.evidence.columns import Column
from roundtable.linkage.evidence.conditions import Held
from roundtable.linkage.evidence.pairs import Pairs
from roundtable.partnership.model.strict import Strict


class DatePart(StrEnum):
    """A part of a date."""

    YEAR = "year"
    MONTH = "month"
    DAY = "day"


#: Where each part stands in the eight digits.
_DIGITS = {DatePart.YEAR: (0, 4), DatePart.MONTH: (4, 6), DatePart.DAY: (6, 8)}


class DateParts(Strict):
    """These parts of the two dates are the same."""

    kind: Literal["date_parts"]
    column: Column
    parts: tuple[DatePart, ...] = Field(min_length=1)

    def reads(self) -> tuple[str, ...]:
        return (self.column,)

    def sql(self) -> str:
        return " and ".join(
            f"{_digits(self.column, 'l', part)} = {_digits(self.column, 'r', part)}" for part in self.parts
        )

    def holds(self, pairs: Pairs) -> Held:
        words = pairs.words(self.column)
        cuts = [slice(*_DIGITS[part]) for part in self.parts]
        return words.spread(
            [
                all(one[cut] == other[cut] for cut in cuts)
                for one, other in zip(words.left, words.right, strict=True)
            ]
        )


class DayMonthSwapped(Strict):
    """One has the day where the other has the month, in the same year."""

    kind: Literal["day_month_swapped"]
    column: Column

    def reads(self) -> tuple[str, ...]:
        return (self.column,)

    def sql(self) -> str:
        crossed = ((DatePart.YEAR,) * 2, (DatePart.MONTH, DatePart.DAY), (DatePart.DAY, DatePart.MONTH))
        return " and ".join(
            f"{_digits(self.column, 'l', one)} = {_digits(self.column, 'r', other)}" for one, other in crossed
        )

    def holds(self, pairs: Pairs) -> Held:
        words = pairs.words(self.column)
        return words.spread(
            [
                one[:4] == other[:4] and one[4:6] == other[6:8] and one[6:8] == other[4:6]
                for one, other in zip(words.left, words.right, strict=True)
            ]
        )


def _digits(column: str, side: str, part: DatePart) -> str:
    start, end = _DIGITS[part]
    return f"substr({column}_{side}, {start + 1}, {end - start})"
