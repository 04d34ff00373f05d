"""Requests by people as the ledger keeps them: taken, timed, decided."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from roundtable.ledger import audit
from roundtable.ledger.faults import ledger_transaction, plain_faults
from roundtable.ledger.marks import Mark, read_marks, records_in, write_marks
from roundtable.ledger.models import ClockStop, Outcome, RequestMark, Right, RightsRequest
from roundtable.ledger.numbering import lock_the_head, next_number


@dataclass(frozen=True, order=True)
class Stop:
    """Days on which the clock stands still; it still does while `answered_on` is None."""

    asked_on: date
    answered_on: date | None
    why: str


@dataclass(frozen=True)
class RequestRecord:
    """A request. Whoever asked is known only by the case system's number and by marks.

    Attributes:
        number: what posts call it.
        right: what is asked for.
        case_ref: the number of the post's own case system; empty where there is none.
        received_on: the day it came in, whoever it came to.
        taken_by: the post that wrote it down.
        purposes: for an objection or a restriction, what it is directed at.
        acknowledged_on: when the person was told that it had come.
        extended_on: when the person was told that it takes longer.
        extended_why: why it does.
        outcome: None until it is decided.
        upheld: the purposes for which an objection or restriction was upheld.
        exemptions: ids of the provisions that a decision rests on: what a refusal names, or the ground of an
            erasure to which the person had no right.
        decided_by: the post that decided.
        decided_on: the day.
        decided_why: why, in words that name nobody.
        told_how_to_complain: whether the answer said so.
        marks: the records it is about, and what later ones would be known by.
        stops: when its clock stood still.
    """

    number: int
    right: Right
    case_ref: str
    received_on: date
    taken_by: str
    purposes: tuple[str, ...] = ()
    acknowledged_on: date | None = None
    extended_on: date | None = None
    extended_why: str = ""
    outcome: Outcome | None = None
    upheld: tuple[str, ...] = ()
    exemptions: tuple[str, ...] = ()
    decided_by: str = ""
    decided_on: date | None = None
    decided_why: str = ""
    told_how_to_complain: bool = False
    marks: frozenset[Mark] = frozenset()
    stops: tuple[Stop, ...] = ()

    @property
    def records(self) -> frozenset[str]:
        """The ids of the records that it is about."""
        return records_in(self.marks)

    @property
    def is_open(self) -> bool:
        """Whether it still waits for a decision."""
        return self.outcome is None


def take(
    right: Right,
    received_on: date,
    taken_by: str,
    marks: Iterable[Mark],
    at: datetime,
    purposes: Sequence[str] = (),
    case_ref: str = "",
) -> int:
    """Keep a new request and its audit event; its number."""
    with ledger_transaction():
        lock_the_head()
        number = next_number(RightsRequest.objects, "number")
        RightsRequest.objects.create(
            number=number,
            right=right.value,
            case_ref=case_ref,
            received_on=received_on,
            taken_by=taken_by,
            purposes=sorted(purposes),
        )
        write_marks(RequestMark.objects, marks, request_id=number)
        detail = {"right": right.value, "by": taken_by, "received": received_on.isoformat()}
        audit.append("request.taken", f"request {number}", detail | {"purposes": sorted(purposes)}, at)
    return number


def extend_marks(number: int, marks: Iterable[Mark]) -> None:
    """Let a request be about what has come since of the same person."""
    with ledger_transaction():
        lock_the_head()
        write_marks(RequestMark.objects, marks, request_id=number)


def note(number: int, at: datetime, by: str, **values: Any) -> None:
    """Note something about an open request, such as that it was acknowledged, and its audit event."""
    with ledger_transaction():
        lock_the_head()
        RightsRequest.objects.filter(number=number).update(**values)
        audit.append("request.noted", f"request {number}", {"by": by, "noted": sorted(values)}, at)


def stop_clock(number: int, asked_on: date, why: str, by: str, at: datetime) -> None:
    """Note that the person was asked something without which the request cannot be met."""
    with ledger_transaction():
        lock_the_head()
        ClockStop.objects.create(request_id=number, asked_on=asked_on, why=why)
        detail = {"by": by, "asked": asked_on.isoformat()}
        audit.append("request.clock_stopped", f"request {number}", detail, at)


def start_clock(number: int, answered_on: date, by: str, at: datetime) -> None:
    """Note that the person has answered."""
    with ledger_transaction():
        lock_the_head()
        ClockStop.objects.filter(request_id=number, answered_on=None).update(answered_on=answered_on)
        detail = {"by": by, "answered": answered_on.isoformat()}
        audit.append("request.clock_started", f"request {number}", detail, at)


def decide(
    number: int,
    outcome: Outcome,
    by: str,
    on: date,
    why: str,
    at: datetime,
    upheld: Sequence[str] = (),
    exemptions: Sequence[str] = (),
) -> None:
    """Keep a decision and its audit event. Whether it may be made so is governance's question."""
    with ledger_transaction():
        lock_the_head()
        RightsRequest.objects.filter(number=number).update(
            outcome=outcome.value,
            decided_by=by,
            decided_on=on,
            decided_why=why,
            upheld=sorted(upheld),
            exemptions=sorted(exemptions),
            told_how_to_complain=True,
        )
        detail = {
            "outcome": outcome.value,
            "by": by,
            "upheld": sorted(upheld),
            "exemptions": sorted(exemptions),
        }
        audit.append("request.decided", f"request {number}", detail, at)


def every_request() -> tuple[RequestRecord, ...]:
    """Every request there has been, in order."""
    with plain_faults():
        rows = tuple(RightsRequest.objects.order_by("number"))
        marks: dict[int, list[RequestMark]] = {row.number: [] for row in rows}
        for mark in RequestMark.objects.all():
            marks[mark.request_id].append(mark)
        stops: dict[int, list[ClockStop]] = {row.number: [] for row in rows}
        for stop in ClockStop.objects.order_by("asked_on", "id"):
            stops[stop.request_id].append(stop)
    return tuple(_record(row, marks[row.number], stops[row.number]) for row in rows)


_BESIDE = frozenset({"right", "outcome", "purposes", "upheld", "exemptions", "marks", "stops"})


def _record(row: RightsRequest, marks: Sequence[RequestMark], stops: Sequence[ClockStop]) -> RequestRecord:
    plain: dict[str, Any] = {
        field.name: getattr(row, field.name) for field in fields(RequestRecord) if field.name not in _BESIDE
    }
    return RequestRecord(
        **plain,
        right=Right(row.right),
        outcome=Outcome(row.outcome) if row.outcome else None,
        purposes=tuple(row.purposes),
        upheld=tuple(row.upheld),
        exemptions=tuple(row.exemptions),
        marks=read_marks(marks),
        stops=tuple(Stop(stop.asked_on, stop.answered_on, stop.why) for stop in stops),
    )
