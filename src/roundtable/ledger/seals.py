"""Seals as the ledger keeps them: set, extended to what came later, released for a while, lifted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import datetime

from roundtable.ledger import audit
from roundtable.ledger.faults import ledger_transaction, plain_faults
from roundtable.ledger.marks import Mark, read_marks, write_marks
from roundtable.ledger.models import Seal, SealKind, SealMark, SealOrigin, SealRelease
from roundtable.ledger.numbering import lock_the_head, next_number


@dataclass(frozen=True)
class SealRecord:
    """A seal, without what it covers.

    Attributes:
        number: what posts call it.
        kind: what it protects.
        origin: an order of a post, or a flag in a delivery.
        set_by: the post, or the dataset whose row came flagged.
        reason: why, in words that name nobody.
        concerns: for a user's own household, the post whose household it is; empty otherwise.
        set_at: when.
        lifted_at: when it was lifted; None while it stands.
        lifted_by: the post that lifted it.
        lifted_second: the post that agreed.
        lifted_why: why.
    """

    number: int
    kind: SealKind
    origin: SealOrigin
    set_by: str
    reason: str
    concerns: str
    set_at: datetime
    lifted_at: datetime | None = None
    lifted_by: str = ""
    lifted_second: str = ""
    lifted_why: str = ""

    @property
    def stands(self) -> bool:
        """Whether it still covers anything."""
        return self.lifted_at is None


@dataclass(frozen=True)
class ReleaseRecord:
    """Leave for a post to see what is under a seal, from one instant to another."""

    number: int
    seal_id: int
    purpose: str
    asked_by: str
    released_by: str
    reason: str
    begins: datetime
    ends: datetime


def set_seal(
    kind: SealKind,
    origin: SealOrigin,
    set_by: str,
    reason: str,
    marks: Iterable[Mark],
    at: datetime,
    concerns: str = "",
) -> int:
    """Keep a new seal with what it covers, and its audit event; its number."""
    with ledger_transaction():
        lock_the_head()
        number = next_number(Seal.objects, "number")
        Seal.objects.create(
            number=number,
            kind=kind.value,
            origin=origin.value,
            set_by=set_by,
            reason=reason,
            concerns=concerns,
            set_at=at,
        )
        write_marks(SealMark.objects, marks, seal_id=number)
        detail = {"kind": kind.value, "origin": origin.value, "by": set_by}
        audit.append("seal.set", f"seal {number}", detail, at)
    return number


def extend_seal(number: int, marks: Iterable[Mark]) -> None:
    """Let a seal cover what has been found to belong under it. The chain is not told: it would say when."""
    with ledger_transaction():
        lock_the_head()
        write_marks(SealMark.objects, marks, seal_id=number)


def lift_seal(number: int, by: str, second: str, why: str, at: datetime) -> None:
    """Note that a seal covers nothing any more, and forget what it covered."""
    with ledger_transaction():
        lock_the_head()
        standing = Seal.objects.filter(number=number, lifted_at=None)
        standing.update(lifted_at=at, lifted_by=by, lifted_second=second, lifted_why=why)
        SealMark.objects.filter(seal_id=number).delete()
        audit.append("seal.lifted", f"seal {number}", {"by": by, "second": second}, at)


def release_seal(
    number: int,
    purpose: str,
    asked_by: str,
    released_by: str,
    reason: str,
    begins: datetime,
    ends: datetime,
) -> int:
    """Keep a release and its audit event; its number. Whether it may be given is governance's question."""
    with ledger_transaction():
        lock_the_head()
        release = next_number(SealRelease.objects, "number")
        SealRelease.objects.create(
            number=release,
            seal_id=number,
            purpose=purpose,
            asked_by=asked_by,
            released_by=released_by,
            reason=reason,
            begins=begins,
            ends=ends,
        )
        detail = {
            "release": release,
            "purpose": purpose,
            "asked_by": asked_by,
            "released_by": released_by,
            "ends": ends.isoformat(),
        }
        audit.append("seal.released", f"seal {number}", detail, begins)
    return release


def every_seal() -> tuple[SealRecord, ...]:
    """Every seal there has been, in order."""
    with plain_faults():
        return tuple(_record(row) for row in Seal.objects.order_by("number"))


def every_release() -> tuple[ReleaseRecord, ...]:
    """Every release there has been, in order."""
    names = [field.name for field in fields(ReleaseRecord)]
    with plain_faults():
        rows = SealRelease.objects.order_by("number")
        return tuple(ReleaseRecord(**{name: getattr(row, name) for name in names}) for row in rows)


def standing_marks() -> dict[int, frozenset[Mark]]:
    """What each seal that stands covers, by the seal's number."""
    with plain_faults():
        numbers = Seal.objects.filter(lifted_at=None).order_by("number").values_list("number", flat=True)
        found: dict[int, list[SealMark]] = {number: [] for number in numbers}
        for row in SealMark.objects.filter(seal__lifted_at=None):
            found[row.seal_id].append(row)
    return {number: read_marks(rows) for number, rows in found.items()}


def _record(row: Seal) -> SealRecord:
    values = {field.name: getattr(row, field.name) for field in fields(SealRecord)}
    return SealRecord(**values | {"kind": SealKind(row.kind), "origin": SealOrigin(row.origin)})
