"""Taking in what partners sent: each delivery whole or not at all, and a receipt for every one.

Find, hash, compare with what is known, ask permission, check the contract, reconcile; then read, cast and
set aside; then publish with the receipt, in one transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial

from roundtable.data.intake.arrival import Arrival, arrived, in_order
from roundtable.data.intake.finding_deliveries import FoundDelivery, Misplaced, find_deliveries
from roundtable.data.intake.fingerprints import contract_fingerprint, permit_fingerprint
from roundtable.data.intake.keeping import Kept, Keys
from roundtable.data.intake.limits import Limits
from roundtable.data.intake.note import ReadNote
from roundtable.data.intake.periods import id_prefixes
from roundtable.data.intake.planning import plan_for
from roundtable.data.intake.reading import DeliveryReading
from roundtable.data.intake.receipts import Receipt, reason_from, receipt_of, rules_of
from roundtable.data.intake.reconciling import LIFTED_BY_OTHERS
from roundtable.data.intake.seen import Seen, remembered
from roundtable.data.intake.unpacking import unpacked
from roundtable.data.lake import Lake
from roundtable.errors import DeliveryRefused
from roundtable.governance.clock import Clock
from roundtable.governance.permission import Permission, permitted_columns
from roundtable.ledger.deliveries import DeliveryRecord
from roundtable.ledger.models import DeliveryStatus
from roundtable.partnership.model.purpose import Purpose
from roundtable.partnership.model.whole import Partnership

Progress = Callable[[str], None]


def _silent(_told: str) -> None:
    return None


def receive(
    partnership: Partnership,
    lake: Lake,
    clock: Clock,
    purpose: Purpose = Purpose.HARM_BY_PLACE,
    progress: Progress = _silent,
    limits: Limits | None = None,
) -> tuple[Receipt, ...]:
    """Take in everything in `deliveries/` that has not been decided yet; a receipt for each file there.

    A delivery that is refused stops no other one. Nothing is written for a file that has not changed
    since it was decided, unless its contract, its note or the permits have.

    Args:
        partnership: what is agreed.
        lake: the partnership's lake; its ledger is open and this process may write.
        clock: the trusted clock, which decides what is in force.
        purpose: what the data are wanted for.
        progress: told in a few words how far it has got.
        limits: how much a delivery may ask for; without them, the usual ones.

    Raises:
        DiskFull: there is no room; what was taken in before still stands.
    """
    found, misplaced = find_deliveries(partnership)
    seen = remembered(partnership.folder)
    seen.forget_all_but({one.shown for one in found})
    now = clock()
    permits = _Permits(partnership, purpose, now.date())
    job = _Receiving(Kept(lake, now), permits, seen, progress, limits or Limits())
    receipts = [_misplaced(one) for one in misplaced]
    try:
        arrivals = [job.arrived(one) for one in found]
        receipts += [one for one in arrivals if isinstance(one, Receipt)]
        whole = in_order([one for one in arrivals if isinstance(one, Arrival)])
        job.choose_among_copies(whole)
        receipts += [job.decided(one) for one in whole]
    finally:
        seen.save()
    final = [job.superseded_since(receipt) for receipt in receipts]
    return tuple(sorted(final, key=lambda receipt: (receipt.dataset, receipt.file)))


def _misplaced(one: Misplaced) -> Receipt:
    place = one.problem.place.file
    return Receipt(one.dataset_id, place, "", DeliveryStatus.REFUSED, fresh=True, problems=(one.problem,))


@dataclass(frozen=True)
class _Permits:
    """What agreements in force let through today, asked for each dataset."""

    partnership: Partnership
    purpose: Purpose
    day: date

    def of(self, found: FoundDelivery) -> dict[str, Permission]:
        """By table, for the tables that can be taken in at all."""
        ask, dataset = partial(permitted_columns, self.partnership, found.dataset.id), found.dataset
        return {
            table.name: ask(table.name, self.purpose, self.day)
            for table in dataset.schema_
            if table.terms.canonical is not None
        }


@dataclass
class _Receiving:
    """One call of `receive`."""

    kept: Kept
    permits: _Permits
    seen: Seen
    progress: Progress
    limits: Limits
    chosen: dict[str, str] = field(default_factory=dict)

    def arrived(self, found: FoundDelivery) -> Arrival | Receipt:
        """A delivery with its hash and its note; a receipt at once when it is still arriving."""
        try:
            return arrived(found, self.seen)
        except DeliveryRefused as error:
            return self._not_kept(found, error)

    def choose_among_copies(self, arrivals: Sequence[Arrival]) -> None:
        """Of files with the same bytes, decide about the one that was received, or else the first."""
        for one in arrivals:
            before = self.kept.records.get(one.id)
            if before is not None and before.file == one.shown:
                self.chosen[one.id] = one.shown
            self.chosen.setdefault(one.id, one.shown)

    def decided(self, one: Arrival) -> Receipt:
        """Say what becomes of a delivery, and see that it does."""
        if self.chosen[one.id] != one.shown:
            return _repeated(one, self.chosen[one.id])
        permits = self.permits.of(one.found)
        keys = Keys(
            contract_fingerprint(one.found.dataset, one.note_fingerprint), permit_fingerprint(permits)
        )
        before = self.kept.records.get(one.id)
        if before is not None and self._stands(before, keys, permits):
            return receipt_of(before, one.shown, self._would_be_refused(one, keys))
        try:
            return self._take(one, permits, keys)
        except DeliveryRefused as error:
            return self._refuse(one, error, keys, before)

    def superseded_since(self, receipt: Receipt) -> Receipt:
        """The receipt as it is at the end of the call: a correction may have come after it."""
        record = self.kept.records.get(receipt.delivery_id)
        if receipt.status is not DeliveryStatus.ACCEPTED or record is None or record.status is receipt.status:
            return receipt
        return replace(receipt_of(record, receipt.file), fresh=receipt.fresh)

    def _stands(self, before: DeliveryRecord, keys: Keys, permits: Mapping[str, Permission]) -> bool:
        """Whether what was decided before still holds, without reading the delivery again.

        What was taken stands even when nothing permits it any more: whoever uses it must ask again.
        """
        unchanged = keys.are_those_of(before)
        if before.status is DeliveryStatus.REFUSED:
            return unchanged and not rules_of(before.reason) & LIFTED_BY_OTHERS
        if before.status is DeliveryStatus.ACCEPTED:
            nothing_permitted = not any(permit.granted for permit in permits.values())
            tried = self.seen.standing.get(before.delivery_id, {}).get("key") == _key(keys)
            return unchanged or nothing_permitted or tried
        return True

    def _take(self, one: Arrival, permits: Mapping[str, Permission], keys: Keys) -> Receipt:
        if not isinstance(one.note, ReadNote):
            raise one.note
        with unpacked(one.found, self.limits) as files:
            known = self.kept.of_dataset(one.found.dataset.id)
            plan = plan_for(one, one.note.said, files, permits, known)
            reading = DeliveryReading(
                one.found,
                one.id,
                one.hashed.sha256,
                plan.note,
                self.kept.lake,
                self.limits,
                self.progress,
            )
            self.progress(f"{one.shown}: reading")
            scratch = reading.read(plan.tables, plan.files, id_prefixes(plan.files, plan.periods))
        try:
            self.seen.see_that_unchanged(one.found, one.hashed)
            receipt = self.kept.accept(one, plan, scratch, keys)
        finally:
            scratch.clear()
        self.seen.standing.pop(one.id, None)
        return receipt

    def _refuse(
        self, one: Arrival, error: DeliveryRefused, keys: Keys, before: DeliveryRecord | None
    ) -> Receipt:
        reason = reason_from(error.problems, one.shown)
        if "changed-while-read" in rules_of(reason):
            return self._not_kept(one.found, error)
        if before is not None and before.status is DeliveryStatus.ACCEPTED:
            self.seen.standing[one.id] = {"key": _key(keys), "why": reason}
            return receipt_of(before, one.shown, self._would_be_refused(one, keys))
        return self.kept.refuse(one, error, keys)

    def _would_be_refused(self, one: Arrival, keys: Keys) -> tuple[str, ...]:
        """What to say of a delivery that was taken and, by what is agreed now, no longer could be."""
        noted = self.seen.standing.get(one.id)
        if noted is None or noted["key"] != _key(keys):
            return ()
        return (f"By what is agreed now it would be refused; what was taken stands. {noted['why']}",)

    def _not_kept(self, found: FoundDelivery, error: DeliveryRefused) -> Receipt:
        """The receipt of a file that is not whole yet: there is nothing of it to remember."""
        return Receipt(
            found.dataset.id,
            found.shown,
            "",
            DeliveryStatus.REFUSED,
            fresh=True,
            problems=error.problems,
        )


def _repeated(one: Arrival, other: str) -> Receipt:
    told = (f"The same file stands at {other}: nothing is taken twice.",)
    return Receipt(one.found.dataset.id, one.shown, one.id, DeliveryStatus.REPEATED, fresh=False, told=told)


def _key(keys: Keys) -> str:
    return keys.contract + keys.permits
