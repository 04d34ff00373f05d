"""Periods of capacity: a year (2026), a quarter (2026-Q4) or a month (2026-11)."""

from __future__ import annotations

from calendar import monthrange
from datetime import date


def first_day(period: str) -> date:
    """The first day of a period that the model has checked."""
    return date(int(period[:4]), _last_month(period) - 12 // per_year(period) + 1, 1)


def last_day(period: str) -> date:
    """The last day of a period that the model has checked."""
    year, month = int(period[:4]), _last_month(period)
    return date(year, month, monthrange(year, month)[1])


def covers(period: str, day: date) -> bool:
    """Whether a day lies in a period."""
    return first_day(period) <= day <= last_day(period)


def per_year(period: str) -> int:
    """How many periods of its length make a year: 1, 4 or 12."""
    rest = period[5:]
    return 1 if not rest else 4 if rest.startswith("Q") else 12


def _last_month(period: str) -> int:
    rest = period[5:]
    return 12 if not rest else int(rest[1]) * 3 if rest.startswith("Q") else int(rest)
