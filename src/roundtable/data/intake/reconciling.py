"""A delivery beside those that stand: the same period again, a correction, or something new."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from roundtable.data.intake.finding_deliveries import FOLDER, FoundDelivery
from roundtable.data.intake.periods import Covered, covered_by
from roundtable.data.intake.receipts import rules_of
from roundtable.data.intake.rules import refused
from roundtable.errors import DeliveryRefused
from roundtable.ledger.deliveries import DeliveryRecord
from roundtable.ledger.models import DeliveryStatus

#: Refusals that another delivery's coming or going can lift, though nothing of this one has changed.
LIFTED_BY_OTHERS = frozenset({"period-again", "corrects-nothing", "corrects-superseded", "corrects-part"})
_SHORTEST_HASH = 8


@dataclass(frozen=True)
class Standing:
    """Where a delivery stands among the others.

    Attributes:
        replaces: the standing delivery that it takes the place of, if any.
        corrects: the id of the delivery that its note says it corrects; empty where it says nothing.
    """

    replaces: DeliveryRecord | None
    corrects: str


def reconcile(
    found: FoundDelivery,
    delivery_id: str,
    corrects: str | None,
    covered: Covered,
    known: Sequence[DeliveryRecord],
) -> Standing:
    """Say which standing delivery this one replaces.

    Args:
        found: the delivery.
        delivery_id: its id.
        corrects: what its note says it corrects.
        covered: the periods of each table that it has.
        known: every delivery of the dataset that the ledger knows.

    Raises:
        DeliveryRefused: it would count a period twice, or corrects what is not there.
    """
    others = [record for record in known if record.delivery_id != delivery_id]
    target = None if corrects is None else _target(found, delivery_id, corrects, covered, others)
    for record in others:
        both = covered_by(record, found.dataset) & covered
        if record.status is DeliveryStatus.ACCEPTED and record is not target and both:
            raise _again(found, record, both)
    standing = target if target is not None and target.status is DeliveryStatus.ACCEPTED else None
    return Standing(standing, "" if target is None else target.delivery_id)


def _target(
    found: FoundDelivery, delivery_id: str, corrects: str, covered: Covered, others: Sequence[DeliveryRecord]
) -> DeliveryRecord:
    named = [
        record
        for record in others
        if is_named(
            corrects,
            found.dataset.id,
            file=record.file,
            delivery_id=record.delivery_id,
            sha256=record.sha256,
        )
    ]
    # A name that was used more than once means the delivery that stands.
    named.sort(key=lambda record: record.status is not DeliveryStatus.ACCEPTED)
    if not named or _waits(named[0]):
        what = f"it says that it corrects '{corrects}', which has not been taken in"
        remedy = "It is taken in once that one is here; if it never will be, take 'corrects' out of the note."
        raise refused("corrects-nothing", found.shown, what, remedy)
    target = named[0]
    if target.status is DeliveryStatus.SUPERSEDED and delivery_id not in target.reason:
        what = f"it says that it corrects {target.file}, which has been {target.reason} already"
        remedy = "Let 'corrects' name the delivery that stands now."
        raise refused("corrects-superseded", found.shown, what, remedy)
    left_out = sorted(covered_by(target, found.dataset) - covered)
    if left_out and target.status is DeliveryStatus.ACCEPTED:
        what = f"it corrects {target.file}, but leaves out {_told(left_out)}, which the other one had"
        remedy = "A correction replaces the whole delivery: send all of it again, corrected."
        raise refused("corrects-part", found.shown, what, remedy)
    return target


def _waits(record: DeliveryRecord) -> bool:
    """Whether a delivery was refused for want of another one, so that it may still be taken in."""
    return record.status is DeliveryStatus.REFUSED and not LIFTED_BY_OTHERS.isdisjoint(
        rules_of(record.reason)
    )


def is_named(corrects: str, dataset: str, *, file: str, delivery_id: str, sha256: str) -> bool:
    """Whether a note's `corrects` means a delivery: its file name, its id, or the beginning of its hash."""
    hashed = len(corrects) >= _SHORTEST_HASH and sha256.startswith(corrects.lower())
    return hashed or corrects in (file, file.removeprefix(f"{FOLDER}/{dataset}/"), delivery_id)


def _again(found: FoundDelivery, record: DeliveryRecord, both: Covered) -> DeliveryRefused:
    name = record.file.removeprefix(f"{FOLDER}/{found.dataset.id}/")
    same = name == found.name
    what = f"it brings {_told(sorted(both))} again with other content; {record.file} stands for that"
    corrects = record.delivery_id if same else name
    remedy = (
        f"If it corrects that delivery, write 'corrects: {corrects}' in {found.name}.note.yaml beside it; "
        "if it is something else, give it a period of its own with 'period: ...' there."
    )
    return refused("period-again", found.shown, what, remedy)


def _told(covered: Sequence[tuple[str, str]]) -> str:
    shown = [f"{table} of {period}" if period else f"table '{table}'" for table, period in covered[:5]]
    more = f" and {len(covered) - 5:,} more" if len(covered) > 5 else ""
    return ", ".join(shown) + more
