"""Legal holds: records that may not be erased yet, whoever asks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from roundtable.ledger import audit
from roundtable.ledger.faults import ledger_transaction, plain_faults
from roundtable.ledger.marks import Mark, read_marks, write_marks
from roundtable.ledger.models import HoldMark, LegalHold
from roundtable.ledger.numbering import lock_the_head, next_number


@dataclass(frozen=True)
class HoldRecord:
    """A hold that stands.

    Attributes:
        number: what posts call it.
        reason: why, in words that name nobody.
        set_by: the post that set it.
        review_on: the day on which somebody looks whether it is still needed. It does not end by itself.
        marks: the records it covers, and what later ones would be known by.
    """

    number: int
    reason: str
    set_by: str
    review_on: date
    marks: frozenset[Mark]


def set_hold(reason: str, set_by: str, review_on: date, marks: Iterable[Mark], at: datetime) -> int:
    """Keep a new hold and its audit event; its number."""
    with ledger_transaction():
        lock_the_head()
        number = next_number(LegalHold.objects, "number")
        LegalHold.objects.create(number=number, reason=reason, set_by=set_by, set_at=at, review_on=review_on)
        write_marks(HoldMark.objects, marks, hold_id=number)
        detail = {"by": set_by, "review_on": review_on.isoformat()}
        audit.append("hold.set", f"hold {number}", detail, at)
    return number


def lift_hold(number: int, by: str, at: datetime) -> None:
    """Note that a hold is no longer needed, and forget what it covered."""
    with ledger_transaction():
        lock_the_head()
        LegalHold.objects.filter(number=number, lifted_at=None).update(lifted_at=at, lifted_by=by)
        HoldMark.objects.filter(hold_id=number).delete()
        audit.append("hold.lifted", f"hold {number}", {"by": by}, at)


def extend_hold(number: int, marks: Iterable[Mark]) -> None:
    """Let a hold cover what has come since of the same person."""
    with ledger_transaction():
        lock_the_head()
        write_marks(HoldMark.objects, marks, hold_id=number)


def standing_holds() -> tuple[HoldRecord, ...]:
    """The holds that have not been lifted, in order."""
    with plain_faults():
        rows = LegalHold.objects.filter(lifted_at=None).order_by("number").prefetch_related("marks")
        return tuple(
            HoldRecord(
                row.number,
                row.reason,
                row.set_by,
                row.review_on,
                read_marks(HoldMark.objects.filter(hold_id=row.number)),
            )
            for row in rows
        )
