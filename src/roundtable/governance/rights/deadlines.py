"""When a request must be answered: a month from its receipt, longer where the law and the facts allow."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from roundtable.governance.rights.law import ANY, TimeLimit, sureness, time_limits
from roundtable.ledger.models import Right
from roundtable.ledger.requests import RequestRecord
from roundtable.partnership.model.agreement import Regime


@dataclass(frozen=True)
class Deadline:
    """Until when, and why then.

    Attributes:
        due: the last day; None while the clock stands still.
        limit: the rule of law that it follows from.
        stopped: whether the clock stands still, waiting for the person.
        told: how it was worked out, in a sentence.
    """

    due: date | None
    limit: TimeLimit
    stopped: bool
    told: str

    def is_past(self, today: date) -> bool:
        """Whether it has gone by."""
        return self.due is not None and self.due < today


def deadline(request: RequestRecord, regime: Regime, today: date) -> Deadline | None:
    """The deadline of a request under a regime; None where the law sets none.

    A month is a calendar month: from the 3rd to the 3rd, and to the last day of a month that is too short. A
    weekend or holiday does not move it: the law would allow the next working day, and to be early harms
    nobody. Days on which the clock stood still are added. The law is kinder where the person was asked who
    they are (the time then begins with the answer), and to be early harms nobody here either.
    """
    limit = _limit(request, regime)
    if limit is None:
        return None
    if any(stop.answered_on is None for stop in request.stops):
        told = "The clock stands still until the person answers."
        return Deadline(None, limit, stopped=True, told=told)
    extended = limit.extension_months if request.extended_on is not None else 0
    waited = sum((stop.answered_on - stop.asked_on).days for stop in request.stops if stop.answered_on)
    due = months_after(request.received_on, limit.months + extended)
    due += timedelta(days=limit.days + waited)
    return Deadline(due, limit, stopped=False, told=_told(request, limit, extended, waited))


def may_be_extended(request: RequestRecord, regime: Regime, today: date) -> str | None:
    """Why a request may not be given longer; None where it may. The person must be told within the limit."""
    found = deadline(request, regime, today)
    if found is None or not found.limit.extension_months:
        return "the law allows no longer for this"
    if request.extended_on is not None:
        return "it has been extended already"
    if found.due is not None and found.due < today:
        return f"the person had to be told by {found.due}"
    return None


def months_after(day: date, months: int) -> date:
    """The corresponding day so many months later, or the last day of a month that has no such day."""
    number = day.year * 12 + day.month - 1 + months
    year, month = divmod(number, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _limit(request: RequestRecord, regime: Regime) -> TimeLimit | None:
    """The rule in force on the day the request came in: the newest that had begun."""
    begun = (
        limit
        for limit in time_limits()
        if limit.right is request.right
        and limit.regime in (ANY, regime.value)
        and limit.in_force_from <= request.received_on
    )
    return max(begun, key=lambda limit: limit.in_force_from, default=None)


def _told(request: RequestRecord, limit: TimeLimit, extended: int, waited: int) -> str:
    length = f"{limit.months} month{'s' * (limit.months != 1)}" if limit.months else f"{limit.days} days"
    verb = "acknowledged" if request.right is Right.COMPLAINT else "answered"
    law = f"{limit.provision}; {sureness(limit.status)}"
    told = f"To be {verb} within {length} of {request.received_on} ({law})"
    if extended:
        told += f", extended by {extended} months"
    if waited:
        told += f", and {waited} days for which the clock stood still"
    return f"{told}."
