"""Periods of capacity: a year (2026), a quarter (2026-Q4) or a month (2026-11)."""

from __future__ import annotations

from calendar import monthrange
from datetime import date


def last_day(period: str) -> date:
    """The last day of a period that the model has checked."""
    year = int(period[:4])
    rest = period[5:]
    month = 12 if not rest else int(rest[1]) * 3 if rest.startswith("Q") else int(rest)
    return date(year, month, monthrange(year, month)[1])
