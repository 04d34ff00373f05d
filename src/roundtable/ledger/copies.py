"""Copies that stand outside the store: exports, backups, and what was given away, each until when."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date, datetime

from roundtable.ledger import audit
from roundtable.ledger.faults import ledger_transaction, plain_faults
from roundtable.ledger.models import CopyKind, HeldCopy
from roundtable.ledger.numbering import lock_the_head, next_number


@dataclass(frozen=True)
class CopyRecord:
    """A copy.

    Attributes:
        number: what posts call it.
        kind: an export, a backup, or something given to somebody.
        what: what it holds, in words.
        place: where it stands: a folder for an export, words for the rest.
        recipient: the agency that has it; empty where nobody else does.
        snapshot: the snapshot of the lake that it is of; None where that is not known.
        made_at: when it was made.
        until: the day after which it no longer exists; None where nobody has said.
        gone_at: when it was noted that it is gone; None while it is there.
    """

    number: int
    kind: CopyKind
    what: str
    place: str
    recipient: str
    snapshot: int | None
    made_at: datetime
    until: date | None
    gone_at: datetime | None

    def may_exist_on(self, day: date) -> bool:
        """Whether nobody can say that it is gone by then."""
        return self.gone_at is None and (self.until is None or day <= self.until)


def register(
    kind: CopyKind,
    what: str,
    at: datetime,
    place: str = "",
    recipient: str = "",
    snapshot: int | None = None,
    until: date | None = None,
) -> int:
    """Note a copy; its number. An export notes itself."""
    with ledger_transaction():
        lock_the_head()
        number = next_number(HeldCopy.objects, "number")
        HeldCopy.objects.create(
            number=number,
            kind=kind.value,
            what=what,
            place=place,
            recipient=recipient,
            snapshot=snapshot,
            made_at=at,
            until=until,
        )
        if kind is CopyKind.EXPORT:
            return number  # The chain has been told by whoever exported.
        detail = {"kind": kind.value, "recipient": recipient, "snapshot": snapshot}
        audit.append("copy.noted", f"copy {number}", detail | {"until": until and until.isoformat()}, at)
    return number


def note_gone(number: int, at: datetime) -> None:
    """Note that a copy no longer exists."""
    with ledger_transaction():
        lock_the_head()
        HeldCopy.objects.filter(number=number, gone_at=None).update(gone_at=at)
        audit.append("copy.gone", f"copy {number}", {}, at)


def every_copy() -> tuple[CopyRecord, ...]:
    """Every copy there has been, in order."""
    names = [field.name for field in fields(CopyRecord)]
    with plain_faults():
        rows = HeldCopy.objects.order_by("number")
        found = [{name: getattr(row, name) for name in names} for row in rows]
    return tuple(CopyRecord(**values | {"kind": CopyKind(values["kind"])}) for values in found)
