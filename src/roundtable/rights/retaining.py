"""Retention: deliveries whose time is over, and what becomes of them on the same path as an erasure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from roundtable.data.subjects import raw_files
from roundtable.data.subjects.forgetting import forget_deliveries
from roundtable.data.subjects.records import PERSON, batches_of
from roundtable.errors import Place, Problem, StoreUnusable
from roundtable.governance.rights.holds import held_by
from roundtable.governance.rights.retention import Expiry, Kept, due, expiry
from roundtable.ledger import deliveries, erasures, legal_holds
from roundtable.ledger.erasures import ErasureJob, Order
from roundtable.ledger.models import DeliveryStatus, ErasureCause
from roundtable.ledger.purging import purge
from roundtable.rights.certificate import begun_certificate, write_certificate
from roundtable.rights.office import Office


@dataclass(frozen=True)
class Retention:
    """Where every delivery stands.

    Attributes:
        expiries: until when each may be kept, in order of delivery.
        due: those whose time is over, the oldest first.
        held: of those, the ones that a legal hold keeps, with the numbers of the holds.
    """

    expiries: tuple[Expiry, ...]
    due: tuple[Expiry, ...]
    held: dict[str, tuple[int, ...]]


def retention(office: Office) -> Retention:
    """Work out until when every delivery that was taken in may be kept."""
    agreements = {one.id: one for one in office.partnership.agreements}
    datasets = {one.id: one for one in office.partnership.datasets}
    received = deliveries.received_days()
    kept = [
        Kept(one.delivery_id, one.dataset, one.file, received[one.delivery_id], one.agreements)
        for one in deliveries.every_delivery()
        if one.status in (DeliveryStatus.ACCEPTED, DeliveryStatus.SUPERSEDED, DeliveryStatus.WITHDRAWN)
    ]
    expiries = tuple(expiry(one, agreements, datasets.get(one.dataset)) for one in kept)
    over = due(expiries, office.now.date())
    return Retention(expiries, over, _held(office, over))


def expire(office: Office, by: str) -> dict[str, Any] | None:
    """Erase every delivery whose time is over and that no hold keeps; the certificate, None when none is due.

    Nobody has to second it: the agreements have said so already.

    Raises:
        SettingUnusable: there is no such post.
    """
    office.post(by)
    found = retention(office)
    going = [one for one in found.due if one.kept.delivery_id not in found.held]
    if not going:
        return None
    ids = [one.kept.delivery_id for one in going]
    order = Order(ErasureCause.RETENTION, "the time that agreements allow is over", by, "")
    number = erasures.begin(order, (), ids, ids, (), office.now)
    return carry_out_expiry(office, number)


def carry_out_expiry(office: Office, number: int) -> dict[str, Any]:
    """Do what was begun, from wherever it was left; the certificate.

    Raises:
        StoreUnusable: a file is still there all the same.
    """
    job = next(job for job in erasures.every_erasure() if job.number == number)
    if job.done:
        return dict(job.certificate)
    folder = office.lake.folder
    done = forget_deliveries(office.lake, job.deliveries, f"erasure {number}", office.now)
    raw_files.destroy(raw_files.raw_paths(folder, job.raw))
    for one in job.deliveries:
        deliveries.stands_no_more(one, DeliveryStatus.EXPIRED, f"erased when its time was over ({number})")
    said = purge()
    _see_that_gone(office, job)
    told = {
        "lake and vault": {"files destroyed": done.destroyed, "rows": done.rows},
        "deliveries as received": {"deliveries without their file": len(job.raw)},
    }
    certificate = begun_certificate(office, job, told) | {
        "proved": True,
        "ledger": said,
        "done_at": office.now.isoformat(),
        "searched": {"files": len(job.deliveries)},
        "deliveries": list(job.deliveries),
    }
    write_certificate(folder, certificate)
    erasures.finish(number, certificate, office.now)
    return certificate


def _see_that_gone(office: Office, job: ErasureJob) -> None:
    """See that no file of these deliveries is there: neither of the lake nor as it was received."""
    left = [file.path for file in office.lake.ever_listed() if file.source in job.deliveries]
    left += raw_files.raw_paths(office.lake.folder, job.raw)
    if left:
        what, remedy = "it was to be erased, and is there", "see who writes there, then run it again"
        raise StoreUnusable([Problem(Place(str(path)), "erasure-unproved", what, remedy) for path in left])


def _held(office: Office, over: tuple[Expiry, ...]) -> dict[str, tuple[int, ...]]:
    holds = legal_holds.standing_holds()
    wanted = {one.kept.delivery_id for one in over}
    if not holds or not wanted:
        return {}
    found: dict[str, set[int]] = {}
    files = [file for file in office.lake.ever_listed() if file.table == PERSON and file.source in wanted]
    for batch in batches_of(office.lake, files, ["record_id"]):
        for hold in held_by(batch.rows.column("record_id").to_pylist(), holds):
            found.setdefault(batch.file.source, set()).add(hold.number)
    return {delivery: tuple(sorted(numbers)) for delivery, numbers in sorted(found.items())}
