"""Erasures as the ledger keeps them, and what may not come back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from roundtable.ledger import audit
from roundtable.ledger.faults import ledger_transaction, plain_faults
from roundtable.ledger.marks import Mark
from roundtable.ledger.models import (
    Erasure,
    ErasureCause,
    ErasureRecord,
    ErasureState,
    MarkKind,
    QuarantineDecision,
    SuppressionMark,
)
from roundtable.ledger.numbering import lock_the_head, next_number


@dataclass(frozen=True)
class Order:
    """Why something is erased and who says so.

    Attributes:
        cause: a person's request, or time.
        why: in words that name nobody.
        ordered_by: the post that orders it.
        seconded_by: another post, which agrees.
        request: the number of the request, where there is one.
    """

    cause: ErasureCause
    why: str
    ordered_by: str
    seconded_by: str
    request: int | None = None


@dataclass(frozen=True)
class ErasureJob:
    """An erasure, begun or done.

    Attributes:
        number: what posts call it.
        order: why and by whom.
        records: the ids of the records that it is about; empty once it is done.
        deliveries: the deliveries that are erased whole.
        raw: the deliveries whose files as they were received are destroyed.
        done: whether it went through.
        begun_at: when it began; what was recorded before then does not come back.
        certificate: what was done and what the proof found; empty until it is done.
    """

    number: int
    order: Order
    records: frozenset[str]
    deliveries: tuple[str, ...]
    raw: tuple[str, ...]
    done: bool
    begun_at: datetime
    certificate: Mapping[str, Any]


def begin(
    order: Order,
    records: Iterable[str],
    deliveries: Iterable[str],
    raw: Iterable[str],
    suppress: Iterable[tuple[str, Mark]],
    at: datetime,
) -> int:
    """Keep an erasure before anything is erased, and what may not come back, in one transaction; its number.

    Args:
        order: why and by whom.
        records: the ids of the records to erase.
        deliveries: the ids of the deliveries to erase whole.
        raw: the ids of the deliveries whose files as received hold any of it.
        suppress: datasets, and marks of rows that may not come back from them.
        at: when.
    """
    with ledger_transaction():
        lock_the_head()
        number = next_number(Erasure.objects, "number")
        wanted = sorted(set(deliveries))
        Erasure.objects.create(
            number=number,
            cause=order.cause.value,
            request_id=order.request,
            why=order.why,
            ordered_by=order.ordered_by,
            seconded_by=order.seconded_by,
            deliveries=wanted,
            raw=sorted(set(raw)),
            state=ErasureState.UNDER_WAY.value,
            begun_at=at,
        )
        named = [ErasureRecord(erasure_id=number, record_id=record) for record in sorted(set(records))]
        ErasureRecord.objects.bulk_create(named, batch_size=200)
        _suppress(number, suppress, at)
        detail = {
            "cause": order.cause.value,
            "by": order.ordered_by,
            "second": order.seconded_by,
            "request": order.request,
            "deliveries": wanted,
        }
        audit.append("erasure.begun", f"erasure {number}", detail, at)
    return number


def next_erasure() -> int:
    """The number that the next one gets; only the writer may count on it."""
    with plain_faults():
        return next_number(Erasure.objects, "number")


def forget_which(number: int, certificate: Mapping[str, Any]) -> None:
    """Forget which records an erasure was about; what has been done so far is kept."""
    with ledger_transaction():
        lock_the_head()
        ErasureRecord.objects.filter(erasure_id=number).delete()
        Erasure.objects.filter(number=number).update(certificate=dict(certificate))


def finish(number: int, certificate: Mapping[str, Any], at: datetime) -> None:
    """Keep the certificate: the erasure is done."""
    with ledger_transaction():
        lock_the_head()
        Erasure.objects.filter(number=number).update(
            state=ErasureState.DONE.value, finished_at=at, certificate=dict(certificate)
        )
        audit.append("erasure.done", f"erasure {number}", {"proved": certificate["proved"]}, at)


def every_erasure() -> tuple[ErasureJob, ...]:
    """Every erasure there has been, in order."""
    with plain_faults():
        rows = tuple(Erasure.objects.order_by("number"))
        records: dict[int, list[str]] = {row.number: [] for row in rows}
        for named in ErasureRecord.objects.all():
            records[named.erasure_id].append(named.record_id)
    return tuple(_job(row, records[row.number]) for row in rows)


def under_way() -> tuple[ErasureJob, ...]:
    """The erasures that were begun and are not done, in order."""
    return tuple(job for job in every_erasure() if not job.done)


def suppressed(dataset: str) -> dict[Mark, datetime]:
    """What may not come back in a dataset: each mark, and until when recorded.

    A record's own mark stops it whenever it was recorded: the source still sends the row that was erased.
    """
    found: dict[Mark, datetime] = {}
    with plain_faults():
        for row in SuppressionMark.objects.filter(dataset=dataset):
            mark = Mark(MarkKind(row.what), row.value)
            found[mark] = max(found.get(mark, row.recorded_until), row.recorded_until)
    return found


def forget_decisions(delivery: str, file: str, line: int) -> None:
    """Forget what posts decided about a row in quarantine."""
    with ledger_transaction():
        QuarantineDecision.objects.filter(delivery_id=delivery, file=file, line=line).delete()


def _suppress(number: int, suppress: Iterable[tuple[str, Mark]], at: datetime) -> None:
    rows = [
        SuppressionMark(
            erasure_id=number, dataset=dataset, what=mark.what.value, value=mark.value, recorded_until=at
        )
        for dataset, mark in sorted(set(suppress))
    ]
    SuppressionMark.objects.bulk_create(rows, batch_size=100)


def _job(row: Erasure, records: Iterable[str]) -> ErasureJob:
    order = Order(ErasureCause(row.cause), row.why, row.ordered_by, row.seconded_by, row.request_id)
    return ErasureJob(
        row.number,
        order,
        frozenset(records),
        tuple(row.deliveries),
        tuple(row.raw),
        row.state == ErasureState.DONE.value,
        row.begun_at,
        row.certificate,
    )
