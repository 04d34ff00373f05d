"""Receipts: what partners sent and what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from roundtable.ledger.faults import ledger_transaction, plain_faults
from roundtable.ledger.models import (
    DeliveredFile,
    Delivery,
    DeliveryRelease,
    DeliveryStatus,
    Withdrawal,
)
from roundtable.ledger.numbering import lock_the_head


@dataclass(frozen=True, order=True)
class Member:
    """One file of a delivery and its rows: received is kept, quarantined and dismissed together."""

    member: str
    table: str
    sha256: str
    rows_received: int
    rows_kept: int
    rows_quarantined: int
    rows_dismissed: int = 0


@dataclass(frozen=True)
class DeliveryRecord:
    """A receipt as the ledger keeps it.

    Attributes:
        delivery_id: the first 16 hexadecimal digits of the SHA-256 of dataset and file hash.
        dataset: the id of the dataset.
        agency: the id of the agency that sent it.
        file: where it stood, from the partnership folder.
        sha256: of the file as it was sent.
        bytes: its size as it was sent.
        period: what it covers, in the sender's own words; empty where nobody says.
        status: what became of it.
        reason: why it was refused, superseded or withdrawn, or waits; empty otherwise.
        corrects: the delivery it stands in for, if any.
        contract_fingerprint: the contract it was read by.
        permit_fingerprint: the permissions it was read under.
        rows_received: rows of all its files.
        rows_kept: those that were taken.
        rows_quarantined: those that were not, each with its reason in the lake.
        agreements: the ids of the agreements that allowed it.
        members: its files.
        as_at: when the sender drew it up, where its note or its period says so.
        arrives: how the deliveries of its tables add up: periods, whole or increments.
        covers: the periods of each table that it is the whole of, each as (table, period).
        rows_dismissed: those that a post has set aside for good, with a reason.
        drift: how it differs from its contract, in words without any value of a person.
        note_fingerprint: the note it was read with; of no bytes, where it had none.
    """

    delivery_id: str
    dataset: str
    agency: str
    file: str
    sha256: str
    bytes: int
    period: str
    status: DeliveryStatus
    reason: str
    corrects: str
    contract_fingerprint: str
    permit_fingerprint: str
    rows_received: int
    rows_kept: int
    rows_quarantined: int
    agreements: tuple[str, ...]
    members: tuple[Member, ...] = ()
    as_at: datetime | None = None
    arrives: str = ""
    covers: tuple[tuple[str, str], ...] = ()
    rows_dismissed: int = 0
    drift: tuple[str, ...] = ()
    note_fingerprint: str = ""

    @property
    def stands(self) -> bool:
        """Whether its rows are in the lake."""
        return self.status is DeliveryStatus.ACCEPTED


def record(
    delivery: DeliveryRecord,
    snapshot: int | None = None,
    replaces: Sequence[str] = (),
    at: datetime | None = None,
) -> None:
    """Keep a receipt, in the transaction under way or in one of its own.

    The same bytes sent for the same dataset are one delivery: a second receipt for them, such as after
    its contract was mended, takes the place of the first, but for when it was received.

    Args:
        delivery: the receipt.
        snapshot: the snapshot that brought its rows into the lake; None when none did.
        replaces: deliveries that it stands in for from now on.
        at: when it was received; without it, now.
    """
    values = {name: value for name, value in asdict(delivery).items() if name != "members"}
    values |= {
        "status": delivery.status.value,
        "agreements": list(delivery.agreements),
        "covers": [list(one) for one in delivery.covers],
        "drift": list(delivery.drift),
    }
    with ledger_transaction():
        lock_the_head()
        Delivery.objects.update_or_create(
            delivery_id=delivery.delivery_id,
            defaults=values | {"snapshot_id": snapshot},
            create_defaults=values | {"received_at": at or timezone.now(), "snapshot_id": snapshot},
        )
        DeliveredFile.objects.filter(delivery_id=delivery.delivery_id).delete()
        for member in sorted(delivery.members):
            DeliveredFile.objects.create(delivery_id=delivery.delivery_id, **asdict(member))
        _supersede(replaces, by=delivery.delivery_id)


def stands_no_more(delivery_id: str, status: DeliveryStatus, reason: str) -> None:
    """Let a delivery be of another status from now on, in the transaction under way or in one of its own."""
    with ledger_transaction():
        lock_the_head()
        Delivery.objects.filter(delivery_id=delivery_id).update(status=status.value, reason=reason)


def known(delivery_id: str) -> DeliveryRecord | None:
    """The receipt of a delivery; None when it has never been seen."""
    return next(iter(_records(Delivery.objects.filter(delivery_id=delivery_id))), None)


def standing(dataset: str | None = None) -> tuple[DeliveryRecord, ...]:
    """The deliveries whose rows are in the lake now, of one dataset or of all."""
    accepted = Delivery.objects.filter(status=DeliveryStatus.ACCEPTED.value)
    return _records(accepted if dataset is None else accepted.filter(dataset=dataset))


def received_days() -> dict[str, date]:
    """The day each delivery was last decided about, by its id."""
    with plain_faults():
        return {one.delivery_id: one.received_at.date() for one in Delivery.objects.all()}


def every_delivery() -> tuple[DeliveryRecord, ...]:
    """Every delivery there has been, refused and superseded ones among them."""
    return _records(Delivery.objects.all())


def received_at() -> dict[str, datetime]:
    """When each delivery was last decided, by id."""
    with plain_faults():
        return dict(Delivery.objects.order_by("delivery_id").values_list("delivery_id", "received_at"))


def drawn_up(arrives: str) -> dict[str, datetime | None]:
    """When each delivery was drawn up, of those that stand and whose tables arrive in this way."""
    with plain_faults():
        rows = Delivery.objects.filter(status=DeliveryStatus.ACCEPTED.value, arrives=arrives)
        return dict(rows.order_by("delivery_id").values_list("delivery_id", "as_at"))


def _supersede(deliveries: Sequence[str], by: str) -> None:
    Delivery.objects.filter(delivery_id__in=list(deliveries)).update(
        status=DeliveryStatus.SUPERSEDED.value, reason=f"superseded by {by}"
    )


def _records(rows: QuerySet[Delivery]) -> tuple[DeliveryRecord, ...]:
    with plain_faults():
        found = tuple(rows.order_by("dataset", "period", "file", "delivery_id"))
        members: dict[str, list[Member]] = {row.delivery_id: [] for row in found}
        for file in DeliveredFile.objects.filter(delivery__in=found):
            members[file.delivery_id].append(_member(file))
    return tuple(_record(row, members[row.delivery_id]) for row in found)


def _record(row: Delivery, members: Sequence[Member]) -> DeliveryRecord:
    shaped = {"status", "agreements", "members", "covers", "drift"}
    plain = {field.name for field in fields(DeliveryRecord)} - shaped
    values: dict[str, Any] = {name: getattr(row, name) for name in plain}
    return DeliveryRecord(
        **values,
        status=DeliveryStatus(row.status),
        agreements=tuple(row.agreements),
        members=tuple(sorted(members)),
        covers=tuple((table, period) for table, period in row.covers),
        drift=tuple(row.drift),
    )


def _member(row: DeliveredFile) -> Member:
    return Member(**{field.name: getattr(row, field.name) for field in fields(Member)})


def last_received(dataset: str) -> datetime | None:
    """When a delivery of a dataset was last taken in; None when none has been."""
    with plain_faults():
        accepted = Delivery.objects.filter(dataset=dataset, status=DeliveryStatus.ACCEPTED.value)
        newest = accepted.order_by("-received_at").first()
        return newest.received_at if newest else None


@dataclass(frozen=True)
class WithdrawalRecord:
    """A sender's word that a delivery is not to be used.

    Attributes:
        dataset: the id of the dataset.
        withdraws: which delivery, in the sender's own word: a file name, an id or a hash.
        file: the note that says so, from the partnership folder.
        sha256: of the note.
        as_at: when the note was drawn up, where it says.
        reason: why, in the sender's words.
    """

    dataset: str
    withdraws: str
    file: str
    sha256: str
    as_at: datetime | None
    reason: str


def keep_withdrawal(one: WithdrawalRecord, at: datetime | None = None) -> bool:
    """Keep a withdrawal, in the transaction under way or one of its own; False where it is kept already."""
    with ledger_transaction():
        lock_the_head()
        if Withdrawal.objects.filter(dataset=one.dataset, sha256=one.sha256).exists():
            return False
        Withdrawal.objects.create(**asdict(one), received_at=at or timezone.now())
    return True


def withdrawals() -> tuple[WithdrawalRecord, ...]:
    """Every withdrawal there has been, by dataset and note."""
    names = [field.name for field in fields(WithdrawalRecord)]
    with plain_faults():
        rows = Withdrawal.objects.order_by("dataset", "file", "sha256")
        return tuple(WithdrawalRecord(**{name: getattr(row, name) for name in names}) for row in rows)


def release(delivery_id: str, post: str, reason: str, at: datetime | None = None) -> None:
    """Keep a post's word that a delivery which waits is right as it is."""
    with ledger_transaction():
        lock_the_head()
        DeliveryRelease.objects.update_or_create(
            delivery_id=delivery_id,
            defaults={"post": post, "reason": reason, "released_at": at or timezone.now()},
        )


def released_deliveries() -> frozenset[str]:
    """The deliveries that a post has said are right as they are."""
    with plain_faults():
        return frozenset(DeliveryRelease.objects.values_list("delivery_id", flat=True))
