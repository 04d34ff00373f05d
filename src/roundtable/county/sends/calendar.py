"""Which files a source sends and what each covers: a history, twelve months, and nights since the last month.

Every file covers the rows that its source recorded from one day until another. Whatever is recorded late is
therefore in a later file than what happened at the same time: nobody goes back to change an old file, but for
the corrections that are planted (`mishaps.py`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from roundtable.county.sends.shares import share
from roundtable.partnership.model.contract_terms import Arrival

MONTHS = 12
#: How many nightly files are sent where nobody asks for another number.
NIGHTS = 10
_TERMS = ("spring", "summer", "autumn")


class SlotKind(StrEnum):
    """What kind of file it is."""

    HISTORY = "history"
    MONTH = "month"
    NIGHT = "night"


@dataclass(frozen=True)
class Slot:
    """One file that a source sends.

    Attributes:
        kind: history, month or night.
        label: what stands in its name.
        period: what its note says that it covers.
        begins: the first day on which its rows were recorded.
        ends: the day after the last.
        as_at: when the source drew it up, UTC.
        term: the last school term in it, where it is sent by the term (`term_number`); otherwise 0.
    """

    kind: SlotKind
    label: str
    period: str
    begins: date
    ends: date
    as_at: datetime
    term: int = 0


def slots(arrives: Arrival, today: date, years: int, nights: int) -> tuple[Slot, ...]:
    """The files of a table, the oldest first.

    Args:
        arrives: how its deliveries add up; only increments are sent nightly.
        today: the county's day. Months are the twelve whole ones before it.
        years: how many years of life the county has.
        nights: how many nightly files there are at most. The first brings all since the last month's end.
    """
    ends = _months_before(today, 0)
    begins = _months_before(today, MONTHS)
    found = [_history(date(today.year - years, today.month, 1), begins)]
    found += [
        _month(_months_before(today, back), _months_before(today, back - 1), today)
        for back in range(MONTHS, 0, -1)
    ]
    if arrives is Arrival.INCREMENTS:
        found += _nightly(ends, today, nights)
    return tuple(found)


def term_slots(today: date, years: int) -> tuple[Slot, ...]:
    """The files of a table that is sent by the school term: a history, then the terms of a year."""
    begins, ends = whole_months(today)
    numbers = range(term_number(today.year - years - 1, _TERMS[-1]), term_number(today.year + 1, _TERMS[-1]))
    over = [number for number in numbers if _term_ends(number) <= ends]
    recent = [number for number in over if _term_ends(number) > begins]
    before = [
        number for number in over if number not in recent and _term_ends(number).year > today.year - years
    ]
    label = f"{_term_label(before[0])}_to_{_term_label(before[-1])}"
    drawn_up = _monthly(begins)
    history = Slot(SlotKind.HISTORY, label, label, date.min, begins, drawn_up, before[-1])
    return (history, *(_term(number) for number in recent))


def term_number(year: int, season: str) -> int:
    """Terms counted one after the other: spring, summer and autumn of each year."""
    return year * len(_TERMS) + _TERMS.index(season)


def terms_of(when: NDArray[Any]) -> NDArray[np.int64]:
    """The term that each instant falls in: spring until April, summer until August, then autumn."""
    months = when.astype("datetime64[M]").astype(np.int64)
    numbers: NDArray[np.int64] = (months // 12 + 1970) * len(_TERMS) + months % 12 // 4
    return numbers


def _term_label(number: int) -> str:
    year, season = divmod(number, len(_TERMS))
    return f"{year}-{_TERMS[season]}"


def _term_ends(number: int) -> date:
    """The first day of the month after a term's last."""
    year, season = divmod(number, len(_TERMS))
    return (date(year, 5, 1), date(year, 8, 1), date(year + 1, 1, 1))[season]


def _term(number: int) -> Slot:
    ends, label = _term_ends(number), _term_label(number)
    begins = _term_ends(number - 1)
    as_at = _monthly(ends)
    return Slot(SlotKind.MONTH, label, label, begins, ends, as_at, number)


def whole_months(today: date) -> tuple[date, date]:
    """The first day of the twelve months that are sent by the month, and the day after their last."""
    return _months_before(today, MONTHS), _months_before(today, 0)


def _history(begins: date, ends: date) -> Slot:
    last = ends - timedelta(days=1)
    label = f"{begins:%Y-%m}_to_{last:%Y-%m}"
    as_at = _monthly(ends)
    return Slot(SlotKind.HISTORY, label, label, date.min, ends, as_at)


def _month(begins: date, ends: date, today: date) -> Slot:
    as_at = _monthly(ends, latest=max(today, ends))
    label = f"{begins:%Y-%m}"
    return Slot(SlotKind.MONTH, label, label, begins, ends, as_at)


def _nightly(begins: date, today: date, nights: int) -> Iterator[Slot]:
    count = min(nights, (today - begins).days)
    for back in range(count, 0, -1):
        ends = today - timedelta(days=back - 1)
        night = ends - timedelta(days=1)
        first = begins if back == count else night
        as_at = datetime.combine(ends, _hour("files.nightly_hour"))
        yield Slot(SlotKind.NIGHT, f"{night:%Y-%m-%d}", f"{night:%Y-%m-%d}", first, ends, as_at)


def _monthly(ends: date, latest: date | None = None) -> datetime:
    """When the file of a month that ends before a day is drawn up; not after the latest, if one is given."""
    day = ends + timedelta(days=int(share("files.monthly_days")))
    return datetime.combine(day if latest is None else min(day, latest), _hour("files.monthly_hour"))


def _hour(name: str) -> time:
    minutes = round(share(name) * 60)
    return time(minutes // 60, minutes % 60)


def _months_before(day: date, months: int) -> date:
    number = day.year * 12 + day.month - 1 - months
    return date(number // 12, number % 12 + 1, 1)
