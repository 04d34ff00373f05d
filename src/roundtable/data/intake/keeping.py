"""What is kept of a decision: the rows and the receipt in one transaction, or the refusal alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from roundtable.data.intake.arrival import Arrival
from roundtable.data.intake.planning import Plan
from roundtable.data.intake.reading import Scratch
from roundtable.data.intake.receipts import Receipt, reason_from, receipt_of
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

    def are_those_of(self, record: DeliveryRecord) -> bool:
        """Whether nothing has changed since a receipt was written."""
        return (record.contract_fingerprint, record.permit_fingerprint) == (self.contract, self.permits)


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

    def accept(self, one: Arrival, plan: Plan, scratch: Scratch, keys: Keys) -> Receipt:
        """Publish what was read, with its receipt and its audit event, in one transaction.

        Raises:
            DiskFull: there is no room; what was there before still stands.
        """
        record = _accepted(one, plan, scratch, keys)
        replaced = plan.standing.replaces
        replaces = () if replaced is None else (replaced.delivery_id,)
        sealed = [self.lake.seal(table, path, one.id) for table, path in scratch.paths]
        adds, removes = self._changes(sealed, (one.id, *replaces))

        def receipt(snapshot: int) -> None:
            deliveries.record(record, snapshot, replaces, self.now)
            audit.append("delivery.accepted", one.id, _audited(record, replaces), self.now)

        snapshot = self.lake.publish(f"received {one.shown}", adds, removes, receipt, self.now)
        self.records[one.id] = record
        if replaced is not None:
            superseded = replace(replaced, status=DeliveryStatus.SUPERSEDED, reason=f"superseded by {one.id}")
            self.records[replaced.delivery_id] = superseded
        told = (*((f"It replaces {replaced.file}.",) if replaced else ()), *plan.told, *scratch.told)
        return replace(receipt_of(record, one.shown, told), fresh=True, snapshot=snapshot)

    def refuse(self, one: Arrival, error: DeliveryRefused, keys: Keys) -> Receipt:
        """Keep a refusal with its audit event, unless the very same is kept already."""
        reason = reason_from(error.problems, one.shown)
        record = replace(_blank(one, keys), reason=reason)
        receipt = replace(receipt_of(record, one.shown), fresh=True, problems=error.problems)
        if self.records.get(one.id) == record:
            return replace(receipt, fresh=False)
        rules = sorted({problem.rule for problem in error.problems})
        with ledger_transaction():
            deliveries.record(record, at=self.now)
            audit.append("delivery.refused", one.id, {"file": one.shown, "rules": rules}, self.now)
        self.records[one.id] = record
        return receipt

    def _changes(
        self, sealed: Sequence[StagedFile], owners: Sequence[str]
    ) -> tuple[list[StagedFile], list[LakeFile]]:
        """What to add and what to remove, so that these files are all that these deliveries have."""
        standing = [file for file in self.lake.listed() if file.source in owners]
        old, new = {_name(file) for file in standing}, {_name(file) for file in sealed}
        # Two tables of which nothing came are the same file.
        adds = {_name(file): file for file in sealed if _name(file) not in old}
        return list(adds.values()), [file for file in standing if _name(file) not in new]


def _name(file: StagedFile | LakeFile) -> tuple[str, str, str]:
    return file.table, file.sha256, file.source


def _accepted(one: Arrival, plan: Plan, scratch: Scratch, keys: Keys) -> DeliveryRecord:
    agreements = {name for made in plan.tables.values() for name in made.permission.agreements}
    return replace(
        _blank(one, keys),
        period=plan.periods.said,
        status=DeliveryStatus.ACCEPTED,
        corrects=plan.standing.corrects,
        rows_received=sum(member.rows_received for member in scratch.members),
        rows_kept=sum(member.rows_kept for member in scratch.members),
        rows_quarantined=sum(member.rows_quarantined for member in scratch.members),
        agreements=tuple(sorted(agreements)),
        members=tuple(sorted(scratch.members)),
    )


def _blank(one: Arrival, keys: Keys) -> DeliveryRecord:
    """A receipt of nothing taken."""
    return DeliveryRecord(
        delivery_id=one.id,
        dataset=one.found.dataset.id,
        agency=one.found.dataset.terms.created_by or "",
        file=one.shown,
        sha256=one.hashed.sha256,
        bytes=one.hashed.size,
        period="",
        status=DeliveryStatus.REFUSED,
        reason="",
        corrects=one.corrects or "",
        contract_fingerprint=keys.contract,
        permit_fingerprint=keys.permits,
        rows_received=0,
        rows_kept=0,
        rows_quarantined=0,
        agreements=(),
    )


def _audited(record: DeliveryRecord, replaces: Sequence[str]) -> dict[str, object]:
    return {
        "file": record.file,
        "sha256": record.sha256,
        "received": record.rows_received,
        "kept": record.rows_kept,
        "quarantined": record.rows_quarantined,
        "agreements": list(record.agreements),
        "replaces": list(replaces),
    }
