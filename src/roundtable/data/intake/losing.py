"""How a delivery comes not to stand: superseded, refused beside others, or withdrawn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from roundtable.data.intake.claims import Claim, Withdrawn
from roundtable.data.intake.keeping import Loss
from roundtable.data.intake.receipts import reason_from, rules_of
from roundtable.data.intake.reconciling import LIFTED_BY_OTHERS, Resolution
from roundtable.ledger.deliveries import DeliveryRecord
from roundtable.ledger.models import DeliveryStatus

#: What a delivery may be that a later one makes needless: nobody has to release it or to send it again.
_OVERTAKEN = (DeliveryStatus.REFUSED, DeliveryStatus.WAITING)

#: Refusals that are lifted when the keys of the vault are there, which nothing else tells of.
LIFTED_BY_KEYS = frozenset({"keys-missing"})


def is_own_fault(record: DeliveryRecord) -> bool:
    """Whether a delivery was refused for what it is itself, whatever else comes or goes."""
    lifted = rules_of(record.reason) & (LIFTED_BY_OTHERS | LIFTED_BY_KEYS)
    return record.status is DeliveryStatus.REFUSED and not lifted


@dataclass(frozen=True)
class Losing:
    """What becomes of the deliveries of a dataset that do not stand.

    Attributes:
        records: every receipt, by delivery.
        claims: what each delivery of the dataset claims.
        withdrawn: those that a note withdraws.
        found: what becomes of each beside the others.
    """

    records: Mapping[str, DeliveryRecord]
    claims: Mapping[str, Claim]
    withdrawn: Mapping[str, Withdrawn]
    found: Resolution

    def loss(self, record: DeliveryRecord) -> Loss | None:
        """How a delivery comes not to stand; None where it does, or where that is another matter."""
        verdict = self.found.verdicts.get(record.delivery_id)
        note = self.withdrawn.get(record.delivery_id)
        if note is not None:
            why = f": {note.said.reason.rstrip('.')}" if note.said.reason else ""
            return Loss(record, DeliveryStatus.WITHDRAWN, f"withdrawn by {note.file}{why}")
        overtaken = self.found.overtaken.get(record.delivery_id)
        if overtaken is not None and record.status in _OVERTAKEN:
            return Loss(record, DeliveryStatus.SUPERSEDED, f"superseded by {overtaken}")
        if verdict is None or verdict.stands:
            return None
        if verdict.why is not None:
            file = self.claims[record.delivery_id].file
            return Loss(record, DeliveryStatus.REFUSED, reason_from([verdict.why], file))
        return Loss(record, DeliveryStatus.SUPERSEDED, f"superseded by {verdict.by}")

    def giving_way(self, claim: Claim) -> tuple[Loss, ...]:
        """The deliveries whose rows go as this one's come: those that it stands in for."""
        root = self.found.roots.get(claim.delivery_id)
        others = (
            record
            for other, record in sorted(self.records.items())
            if record.stands and other in self.claims and other != claim.delivery_id
        )
        return tuple(
            loss
            for record in others
            if (loss := self.loss(record)) is not None
            and (
                self.claims[record.delivery_id].covers & claim.covers
                or self.found.roots.get(record.delivery_id, record.delivery_id) == root
            )
        )

    def is_corrected(self, delivery_id: str) -> bool:
        """Whether it was a correction that took a delivery's place, and not a newer one of its own."""
        verdict = self.found.verdicts.get(delivery_id)
        if verdict is None:
            return False
        by = verdict.by
        return self.found.roots.get(by) == self.found.roots.get(delivery_id)
