"""Days on which something holds, as spans: an open end is the first or the last day that there can be."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from roundtable.partnership.wording import day as said

_A_DAY = timedelta(days=1)


@dataclass(frozen=True, order=True)
class Span:
    """From a first day to a last one, both of them among it."""

    first: date = date.min
    last: date = date.max

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


#: Spans in order that do not touch.
Days = tuple[Span, ...]
ALWAYS: Days = (Span(),)
NEVER: Days = ()


def span(first: date | None = None, last: date | None = None) -> Days:
    """The days from one to another; without one, with no such end. None at all where they are crossed."""
    found = Span(first or date.min, last or date.max)
    return (found,) if found.first <= found.last else NEVER


def before(day: date | None) -> Days:
    """The days before one; without one, always."""
    if day is None:
        return ALWAYS
    return NEVER if day == date.min else span(None, day - _A_DAY)


def meet(*several: Days) -> Days:
    """The days on which all of these hold."""
    found: Days = ALWAYS
    for days in several:
        both = (
            Span(max(one.first, other.first), min(one.last, other.last)) for one in found for other in days
        )
        found = tuple(sorted(one for one in both if one.first <= one.last))
    return found


def join(several: Iterable[Days]) -> Days:
    """The days on which any of these holds."""
    found: list[Span] = []
    for one in sorted(one for days in several for one in days):
        if found and (found[-1].last == date.max or one.first <= found[-1].last + _A_DAY):
            found[-1] = Span(found[-1].first, max(found[-1].last, one.last))
        else:
            found.append(one)
    return tuple(found)


def without(days: Days, gap: Days) -> Days:
    """The days of the one that are none of the other."""
    for hole in gap:
        after = NEVER if hole.last == date.max else span(hole.last + _A_DAY)
        days = meet(days, (*before(hole.first), *after))
    return days


def holds(days: Days, day: date) -> bool:
    """Whether they hold on a day."""
    return any(day in one for one in days)


def in_words(days: Days) -> str:
    """`from 9 June 2025 to 8 June 2027`, `from 5 January 2026 on`, `never`."""
    return " and ".join(_span_in_words(one) for one in days) or "never"


def _span_in_words(one: Span) -> str:
    if one == Span():
        return "on any day"
    if one.first == date.min:
        return f"until {said(one.last)}"
    if one.last == date.max:
        return f"from {said(one.first)} on"
    if one.first == one.last:
        return f"on {said(one.first)}"
    return f"from {said(one.first)} to {said(one.last)}"
