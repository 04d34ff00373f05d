"""Releasing a delivery that waits: a post says that so many rows are right, and why."""

from __future__ import annotations

from datetime import datetime

from roundtable.data.quarantine.held import known_delivery, unusable
from roundtable.governance.rights.four_eyes import known_post
from roundtable.ledger import audit, deliveries
from roundtable.ledger.faults import ledger_transaction
from roundtable.ledger.impersonal import looks_like
from roundtable.ledger.models import DeliveryStatus
from roundtable.partnership.model.whole import Partnership


def release_delivery(
    partnership: Partnership, delivery_id: str, post: str, reason: str, now: datetime
) -> None:
    """Let a delivery in that waits for a person: the next `receive` takes it.

    Args:
        partnership: what is agreed.
        delivery_id: the delivery.
        post: who releases it.
        reason: why so many rows are right. Nothing about a person.
        now: by the trusted clock.

    Raises:
        SettingUnusable: there is no such post, the delivery does not wait, or the reason cannot be kept.
    """
    known_post(partnership, post, "--post")
    if not reason.strip() or looks_like(reason):
        what = (
            f"the reason holds what looks like {looks_like(reason)}"
            if reason.strip()
            else "no reason is given"
        )
        raise unusable("--reason", "reason", what, "say why, in a sentence, with nothing about a person")
    record = known_delivery(delivery_id)
    if record.status is not DeliveryStatus.WAITING:
        what = f"{record.file} does not wait for a person: it is {record.status}"
        raise unusable("DELIVERY", "delivery-not-waiting", what, "`roundtable status DIR` says which do")
    with ledger_transaction():
        deliveries.release(delivery_id, post, reason, now)
        detail = {"post": post, "reason": reason, "rows": record.rows_received}
        audit.append("delivery.released", delivery_id, detail, now)
