"""What is kept of a decision: the rows and the receipt in one transaction, or the refusal alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime

from roundtable.data.intake.arrival import Arrival
from roundtable.data.intake.drift import words_of
from roundtable.data.intake.planning import Plan
from roundtable.data.intake.reading import Scratch
from roundtable.data.intake.receipts import Receipt, reason_from, receipt_of, rules_of
from roundtable.data.lake import Lake
from roundtable.data.lake_file import LakeFile, StagedFile
from roundtable.errors import DeliveryRefused
from roundtable.ledger import audit, deliveries
from roundtable.ledger.deliveries import DeliveryRecord
from roundtable.ledger.faults import ledger_transaction
from roundtable.ledger.models import DeliveryStatus


@dataclass(frozen=True)
class Keys:
    """The fingerprints of everything that a decision rests on."""

    contract: str
    permits: str
    note: str

    @property
    def text(self) -> str:
        """All as one text."""
        return self.contract + self.permits + self.note

    def are_those_of(self, record: DeliveryRecord) -> bool:
        """Whether nothing has changed since a receipt was written."""
        return self.agreed_as_for(record) and self.noted_as_for(record)

    def agreed_as_for(self, record: DeliveryRecord) -> bool:
        """Whether contract and permits are those by which a receipt was written."""
        return (record.contract_fingerprint, record.permit_fingerprint) == (self.contract, self.permits)

    def noted_as_for(self, record: DeliveryRecord) -> bool:
        """Whether the note is the one with which a receipt was written."""
        return record.note_fingerprint == self.note


@dataclass(frozen=True)
class Loss:
    """A delivery whose rows stand no more, and why."""

    record: DeliveryRecord
    status: DeliveryStatus
    reason: str

    @property
    def after(self) -> DeliveryRecord:
        """Its receipt from then on."""
        return replace(self.record, status=self.status, reason=self.reason)


@dataclass
class Kept:
    """Every delivery that the ledger knows, and how more become known.

    Attributes:
        lake: where the rows are kept.
        now: the time that receipts bear.
        records: the receipts, by delivery.
    """

    lake: Lake
    now: datetime
    records: dict[str, DeliveryRecord] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.records = {record.delivery_id: record for record in deliveries.every_delivery()}

    def of_dataset(self, dataset: str) -> tuple[DeliveryRecord, ...]:
        """The receipts of one dataset's deliveries."""
        return tuple(record for record in self.records.values() if record.dataset == dataset)

    def accept(
        self, one: Arrival, plan: Plan, scratch: Scratch, record: DeliveryRecord, losses: Sequence[Loss]
    ) -> Receipt:
        """Publish what was read, with its receipt and its audit event, in one transaction.

        Args:
            one: the delivery.
            plan: how it was read.
            scratch: what was read.
            record: its receipt.
            losses: the deliveries whose rows go as its own come, so that none count twice meanwhile.

        Raises:
            DiskFull: there is no room; what was there before still stands.
        """
        replaces = [loss.record.delivery_id for loss in losses]
        sealed = [self.lake.seal(table, path, one.id) for table, path in scratch.paths]
        adds, removes = self._changes(sealed, (one.id, *replaces))

        def receipt(snapshot: int) -> None:
            deliveries.record(record, snapshot, at=self.now)
            for loss in losses:
                deliveries.stands_no_more(loss.record.delivery_id, loss.status, loss.reason)
            audit.append("delivery.accepted", one.id, _audited(record, replaces), self.now)

        snapshot = self.lake.publish(f"received {one.id}", adds, removes, receipt, self.now)
        self._remember(record, *(loss.after for loss in losses))
        told = (*(f"It replaces {loss.record.file}." for loss in losses), *plan.told, *scratch.told)
        return replace(receipt_of(record, one.shown, told), fresh=True, snapshot=snapshot)

    def refuse(self, one: Arrival, error: DeliveryRefused, record: DeliveryRecord) -> Receipt:
        """Keep a refusal with its audit event, unless the very same is kept already."""
        refused = replace(
            record, status=DeliveryStatus.REFUSED, reason=reason_from(error.problems, one.shown)
        )
        receipt = replace(receipt_of(refused, one.shown), fresh=True, problems=error.problems)
        if self.records.get(one.id) == refused:
            return replace(receipt, fresh=False)
        rules = sorted({problem.rule for problem in error.problems})
        with self._written(refused):
            audit.append("delivery.refused", refused.delivery_id, {"rules": rules}, self.now)
        return receipt

    def wait(self, record: DeliveryRecord, why: str) -> None:
        """Let a delivery wait for a person; rows that it had in the lake go, so that it is all or nothing."""
        before = self.records.get(record.delivery_id)
        if before is not None and before.stands:
            self.lose(Loss(before, DeliveryStatus.WAITING, why))
            return
        waiting = replace(record, status=DeliveryStatus.WAITING, reason=why)
        if before != waiting:
            with self._written(waiting):
                detail = {"received": record.rows_received}
                audit.append("delivery.waits", waiting.delivery_id, detail, self.now)

    def lose(self, loss: Loss) -> None:
        """Take the rows of a delivery out of the lake and say why, in one transaction.

        Raises:
            DiskFull: there is no room; what was there before still stands.
        """
        _, removes = self._changes((), (loss.record.delivery_id,))
        about, detail = loss.record.delivery_id, {"status": loss.status.value}

        def said(_snapshot: int) -> None:
            deliveries.stands_no_more(about, loss.status, loss.reason)
            audit.append("delivery.removed", about, detail, self.now)

        self.lake.publish(f"{about} is {loss.status}", (), removes, said, self.now)
        self._remember(loss.after)

    def set_aside(self, record: DeliveryRecord) -> None:
        """Keep that a delivery of which no row was taken does not stand, unless that is kept already."""
        if self.records.get(record.delivery_id) == record:
            return
        with self._written(record):
            if record.status is DeliveryStatus.REFUSED:
                rules = {"rules": sorted(rules_of(record.reason))}
                audit.append("delivery.refused", record.delivery_id, rules, self.now)
            else:
                status = {"status": record.status.value}
                audit.append("delivery.set-aside", record.delivery_id, status, self.now)

    @contextmanager
    def _written(self, record: DeliveryRecord) -> Iterator[None]:
        """Keep a receipt in one transaction with the audit event that the block appends."""
        before = self.records.get(record.delivery_id)
        with ledger_transaction():
            if before is not None and replace(before, status=record.status, reason=record.reason) == record:
                deliveries.stands_no_more(record.delivery_id, record.status, record.reason)
            else:
                deliveries.record(record, at=self.now)
            yield
        self._remember(record)

    def _remember(self, *records: DeliveryRecord) -> None:
        self.records.update({record.delivery_id: record for record in records})

    def _changes(
        self, sealed: Sequence[StagedFile], owners: Sequence[str]
    ) -> tuple[list[StagedFile], list[LakeFile]]:
        """What to add and what to remove, so that these files are all that these deliveries have."""
        standing = self.lake.listed_of(owners)
        old, new = {_name(file) for file in standing}, {_name(file) for file in sealed}
        # Two tables of which nothing came are the same file.
        adds = {_name(file): file for file in sealed if _name(file) not in old}
        return list(adds.values()), [file for file in standing if _name(file) not in new]


def _name(file: StagedFile | LakeFile) -> tuple[str, str, str]:
    return file.table, file.sha256, file.source


def record_of(one: Arrival, keys: Keys, plan: Plan | None = None) -> DeliveryRecord:
    """The receipt of a delivery of which nothing has been taken; with a plan, what it claims."""
    return DeliveryRecord(
        delivery_id=one.id,
        dataset=one.found.dataset.id,
        agency=one.found.dataset.terms.created_by or "",
        file=one.shown,
        sha256=one.hashed.sha256,
        bytes=one.hashed.size,
        period="" if plan is None else plan.periods.said,
        status=DeliveryStatus.REFUSED,
        reason="",
        corrects=one.corrects or "",
        contract_fingerprint=keys.contract,
        permit_fingerprint=keys.permits,
        note_fingerprint=keys.note,
        rows_received=0,
        rows_kept=0,
        rows_quarantined=0,
        agreements=(),
        as_at=None if plan is None else plan.as_at,
        arrives="" if plan is None else plan.arrives.value,
        covers=() if plan is None else tuple(sorted(plan.periods.covered)),
    )


def record_read(one: Arrival, keys: Keys, plan: Plan, scratch: Scratch, corrects: str) -> DeliveryRecord:
    """The receipt of a delivery that was read whole."""
    agreements = {name for made in plan.tables.values() for name in made.permission.agreements}
    return replace(
        record_of(one, keys, plan),
        status=DeliveryStatus.ACCEPTED,
        corrects=corrects,
        rows_received=sum(member.rows_received for member in scratch.members),
        rows_kept=sum(member.rows_kept for member in scratch.members),
        rows_quarantined=sum(member.rows_quarantined for member in scratch.members),
        rows_dismissed=sum(member.rows_dismissed for member in scratch.members),
        agreements=tuple(sorted(agreements)),
        members=tuple(sorted(scratch.members)),
        drift=words_of(scratch.drift),
    )


def _audited(record: DeliveryRecord, replaces: Sequence[str]) -> dict[str, object]:
    """What the audit chain says of a delivery: by its id, never by the file name that a partner chose."""
    return {
        "dataset": record.dataset,
        "sha256": record.sha256,
        "received": record.rows_received,
        "kept": record.rows_kept,
        "quarantined": record.rows_quarantined,
        "dismissed": record.rows_dismissed,
        "agreements": list(record.agreements),
        "replaces": list(replaces),
    }
