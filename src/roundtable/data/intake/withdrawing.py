"""Withdrawals: a sender's word that a delivery is not to be used, whether it has come already or not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime

from roundtable.data.intake.arrival import Arrival
from roundtable.data.intake.claims import Withdrawn
from roundtable.data.intake.finding_deliveries import FOLDER, NOTE_ENDING, FoundWithdrawal
from roundtable.data.intake.note import ReadNote, WithdrawalNote, read_withdrawal
from roundtable.data.intake.receipts import Receipt
from roundtable.errors import DeliveryRefused
from roundtable.ledger import audit, deliveries
from roundtable.ledger.deliveries import WithdrawalRecord
from roundtable.ledger.faults import ledger_transaction
from roundtable.ledger.models import DeliveryStatus


def withdrawal_kept(found: FoundWithdrawal, now: datetime) -> Receipt | None:
    """Keep a withdrawal that stands alone, and say so; the receipt of one that cannot be read says why.

    What it withdraws is for settling to see: the note may come before the delivery.
    """
    try:
        said, sha256 = read_withdrawal(found)
    except DeliveryRefused as error:
        return Receipt(
            found.dataset.id, found.shown, "", DeliveryStatus.REFUSED, fresh=True, problems=error.problems
        )
    one = WithdrawalRecord(
        found.dataset.id, said.withdraws, found.shown, sha256, said.as_at, said.reason or ""
    )
    with ledger_transaction():
        fresh = deliveries.keep_withdrawal(one, now)
        if fresh:
            audit.append("delivery.withdrawal", sha256, {"dataset": one.dataset}, now)
    told = (f"It withdraws '{said.withdraws}', which is not used whether it has come or comes yet.",)
    return Receipt(found.dataset.id, found.shown, "", DeliveryStatus.WITHDRAWN, fresh=fresh, told=told)


def withdrawals_by_dataset(arrivals: Sequence[Arrival]) -> Mapping[str, tuple[Withdrawn, ...]]:
    """Every withdrawal there has been, and those that the notes beside deliveries speak, by dataset."""
    found: dict[str, list[Withdrawn]] = defaultdict(list)
    for one in deliveries.withdrawals():
        said = WithdrawalNote(withdraws=one.withdraws, as_at=one.as_at, reason=one.reason or None)
        found[one.dataset].append(Withdrawn(one.file, said))
    for arrival in arrivals:
        note = arrival.note.said if isinstance(arrival.note, ReadNote) else None
        if note is not None and note.withdraws is not None:
            said = WithdrawalNote(withdraws=note.withdraws, as_at=note.as_at)
            file = f"{FOLDER}/{arrival.found.dataset.id}/{arrival.found.name}{NOTE_ENDING}"
            found[arrival.found.dataset.id].append(Withdrawn(file, said))
    return {dataset: tuple(notes) for dataset, notes in found.items()}
