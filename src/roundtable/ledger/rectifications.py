"""That values were put right by request, and whether the agency that sent them has been told."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date, datetime

from roundtable.ledger import audit
from roundtable.ledger.faults import ledger_transaction, plain_faults
from roundtable.ledger.models import Rectification
from roundtable.ledger.numbering import lock_the_head, next_number


@dataclass(frozen=True)
class RectificationRecord:
    """A value that was put right; the value itself stands in the vault.

    Attributes:
        number: what posts call it.
        request_id: the number of the request.
        record_id: the record.
        which: which of its values.
        agency: the agency that sent it, which is to be told.
        made_by: the post that did it.
        made_at: when.
        agency_told_on: the day the agency was told; None until then.
    """

    number: int
    request_id: int
    record_id: str
    which: str
    agency: str
    made_by: str
    made_at: datetime
    agency_told_on: date | None


def next_rectification() -> int:
    """The number that the next one gets; only the writer may count on it."""
    with plain_faults():
        return next_number(Rectification.objects, "number")


def note_rectification(
    number: int, request: int, record_id: str, column: str, agency: str, made_by: str, at: datetime
) -> None:
    """Keep that a value was put right, with its audit event, in the transaction under way."""
    with ledger_transaction():
        lock_the_head()
        Rectification.objects.create(
            number=number,
            request_id=request,
            record_id=record_id,
            which=column,
            agency=agency,
            made_by=made_by,
            made_at=at,
        )
        detail = {"request": request, "column": column, "agency": agency, "by": made_by}
        audit.append("record.rectified", f"rectification {number}", detail, at)


def note_agency_told(number: int, on: date, by: str, at: datetime) -> None:
    """Keep that the agency that sent the record has been told."""
    with ledger_transaction():
        lock_the_head()
        Rectification.objects.filter(number=number).update(agency_told_on=on)
        detail = {"by": by, "on": on.isoformat()}
        audit.append("rectification.told", f"rectification {number}", detail, at)


def every_rectification() -> tuple[RectificationRecord, ...]:
    """Every value that was put right and whose record still stands, in order."""
    names = [field.name for field in fields(RectificationRecord)]
    with plain_faults():
        rows = Rectification.objects.order_by("number")
        return tuple(RectificationRecord(**{name: getattr(row, name) for name in names}) for row in rows)
