"""One dataset's deliveries, brought to where their claims say that they belong.

Each step looks at what is known, and does the one next thing that is to be done: read a delivery that should
stand, let one wait, take out one that stands no more. Whatever is decided is kept before the next step, and
the next step goes by nothing else: so a call that was stopped goes on where it would have gone on.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace

from roundtable.data.intake.arrival import Arrival
from roundtable.data.intake.claims import Claim, Withdrawn, claimed, sent_order, withdrawn_by
from roundtable.data.intake.drift import Drifted, words_of
from roundtable.data.intake.keeping import Kept, Keys, Loss, record_of, record_read
from roundtable.data.intake.losing import LIFTED_BY_KEYS, Losing, is_own_fault
from roundtable.data.intake.planning import Plan, unread
from roundtable.data.intake.proposals import write_proposal
from roundtable.data.intake.reading import Scratch
from roundtable.data.intake.reading_whole import ReadingWhole
from roundtable.data.intake.receipts import Receipt, reason_from, receipt_of, rules_of, still_arriving
from roundtable.data.intake.reconciling import Resolution, resolve
from roundtable.data.intake.seen import Seen
from roundtable.data.intake.usual import Sized, Volume, sized
from roundtable.errors import DeliveryRefused
from roundtable.ledger.deliveries import DeliveryRecord
from roundtable.ledger.models import DeliveryStatus


@dataclass
class Settling:
    """The deliveries of one dataset in one call of `receive`.

    Attributes:
        kept: what is known, and where decisions are kept.
        seen: what was seen of the files.
        reading: how deliveries are read today.
        arrivals: the deliveries whose files stand in the folder, by id; of equal files, one.
        keys: the fingerprints of what each of them would be decided by.
        withdrawals: the notes that withdraw deliveries.
        renamed: the deliveries that were read under the name of another copy, which still stands there.
        volume: whether the number of rows is a matter for a person.
        fresh: the receipts of what was decided in this call, by delivery.
    """

    kept: Kept
    seen: Seen
    reading: ReadingWhole
    arrivals: Mapping[str, Arrival]
    keys: Mapping[str, Keys]
    withdrawals: Sequence[Withdrawn]
    renamed: frozenset[str]
    volume: Volume
    fresh: dict[str, Receipt] = field(default_factory=dict)
    _claims: dict[str, Claim] = field(default_factory=dict)
    _plans: dict[str, Plan] = field(default_factory=dict)
    _out: set[str] = field(default_factory=set)
    _left: set[str] = field(default_factory=set)
    _withdrawn: Mapping[str, Withdrawn] = field(default_factory=dict)
    _settled: Resolution = field(default_factory=Resolution)

    def settle(self, known: Sequence[DeliveryRecord]) -> None:
        """Do all that is to be done.

        Args:
            known: the receipts of the dataset's deliveries.

        Raises:
            DiskFull: there is no room; what was decided before still stands.
        """
        for record in known:
            self._claims[record.delivery_id] = self._claimed(record)
        for one in self.arrivals.values():
            self._look_at(one)
        self._withdrawn = withdrawn_by(self._claims.values(), self.withdrawals)
        while self._step():
            pass
        self._settled = self._resolved()
        self._set_aside(self._settled)

    def receipt(self, one: Arrival) -> Receipt:
        """What became of a delivery, once all is settled."""
        record, fresh = self.kept.records.get(one.id), self.fresh.get(one.id)
        if fresh is not None and (record is None or fresh.status is record.status):
            receipt = fresh
        else:
            known = self.kept.records[one.id]
            told = self.seen.would_be_refused(one.id, self.keys[one.id].text) if known.stands else ()
            receipt = replace(receipt_of(known, one.shown, told), fresh=fresh is not None)
        verdict = self._settled.verdicts.get(one.id)
        return (
            receipt if verdict is None or verdict.why is None else replace(receipt, problems=(verdict.why,))
        )

    def _claimed(self, record: DeliveryRecord) -> Claim:
        one = self.arrivals.get(record.delivery_id)
        final = is_own_fault(record) and not self._changed(record)
        if (one is None and not record.stands) or record.status is DeliveryStatus.EXPIRED or final:
            self._out.add(record.delivery_id)
        file, copies = (record.file, ()) if one is None else (one.shown, one.copies)
        return claimed(record, file, here=one is not None, copies=copies)

    def _look_at(self, one: Arrival) -> None:
        """Learn what a delivery claims, where it is new or what it would be read by has changed."""
        before = self.kept.records.get(one.id)
        if before is not None and not self._to_be_looked_at(before):
            return
        try:
            plan = self.reading.planned(one)
        except DeliveryRefused as error:
            self._refuse(one, error, None)
            return
        self._plans[one.id] = plan
        self._claims[one.id] = plan.claim(one)
        if before is None or not before.stands:
            self._out.discard(one.id)

    def _to_be_looked_at(self, before: DeliveryRecord) -> bool:
        if before.stands:
            return self._must_read(before)
        if before.status in (DeliveryStatus.SUPERSEDED, DeliveryStatus.WITHDRAWN):
            # A contract says nothing new of a delivery that is not used; a note says what it claims.
            noted = self.keys[before.delivery_id].noted_as_for(before)
            return not noted or before.delivery_id in self.renamed
        undecided = (DeliveryStatus.REFUSED, DeliveryStatus.WAITING)
        return before.status in undecided and self._changed(before)

    def _changed(self, record: DeliveryRecord) -> bool:
        keys = self.keys.get(record.delivery_id)
        return keys is not None and (not keys.are_those_of(record) or record.delivery_id in self.renamed)

    def _must_read(self, record: DeliveryRecord) -> bool:
        """Whether a delivery that stands is to be read again.

        What was taken stands even when nothing permits it any more: whoever uses it must ask again.
        """
        one = record.delivery_id
        if one in self._left or not self._changed(record):
            return False
        nothing_permitted = not any(permit.granted for permit in self.reading.permits.values())
        tried = self.seen.standing.get(one, {}).get("key") == self.keys[one].text
        return not (nothing_permitted or tried)

    def _resolved(self) -> Resolution:
        return resolve(self._claims, {*self._out, *self._withdrawn})

    def _losing(self, found: Resolution) -> Losing:
        return Losing(self.kept.records, self._claims, self._withdrawn, found)

    def _step(self) -> bool:
        """Do the next thing; False when the deliveries that stand are those that should."""
        found = self._resolved()
        earlier: list[Sized] = []
        for claim in sorted(self._claims.values(), key=sent_order):
            if not found.stands(claim.delivery_id):
                continue
            record = self.kept.records.get(claim.delivery_id)
            if record is None or self._is_unread(record):
                taken = self._take(claim, found, earlier)
                if taken is None:
                    return True
                earlier.append(taken)
                continue
            size = sized(record, claim)
            why = self.volume.waits(size, earlier)
            # What stands and could not be read again is not taken out for its size.
            if why and (claim.here or not record.stands):
                if record.stands:
                    self._wait(claim, record, why)
                self._out.add(claim.delivery_id)
                return True
            if not record.stands:
                self._take(claim, found, earlier)
                return True
            earlier.append(size)
        return False

    def _is_unread(self, record: DeliveryRecord) -> bool:
        """Whether nobody knows what reading a delivery now would come to."""
        if record.stands:
            return self._must_read(record)
        return record.status is not DeliveryStatus.WAITING or self._changed(record)

    def _wait(self, claim: Claim, record: DeliveryRecord, why: str) -> None:
        self._out.add(claim.delivery_id)
        self.kept.wait(record, why)
        self._say(self.kept.records[claim.delivery_id], claim)

    def _take(self, claim: Claim, found: Resolution, earlier: Sequence[Sized]) -> Sized | None:
        """Read a delivery and take it in; None where what is to be done next must be thought over again."""
        one = self.arrivals[claim.delivery_id]
        plan: Plan | None = None
        scratch = Scratch()
        try:
            plan, scratch = self.reading.read(one)
            self.seen.see_that_unchanged(one.found, one.hashed)
            record = record_read(one, self.keys[one.id], plan, scratch, found.corrects.get(one.id, ""))
            write_proposal(self.kept.lake.folder, record.dataset, one.id, scratch.drift)
            size = sized(record, plan.claim(one))
            why = self.volume.waits(size, earlier)
            if why:
                self._wait(claim, record, why)
            else:
                receipt = self.kept.accept(
                    one, plan, scratch, record, self._losing(found).giving_way(size.claim)
                )
                told = (*receipt.told, *self.volume.few(size, earlier))
                self.fresh[one.id] = replace(receipt, told=told)
                self._claims[one.id] = size.claim
        except DeliveryRefused as error:
            self._refuse(one, error, plan or self._plan_of(one))
            return None
        finally:
            scratch.clear()
        self.seen.standing.pop(one.id, None)
        return size if size.claim == claim and one.id not in self._out else None

    def _plan_of(self, one: Arrival) -> Plan | None:
        """What a delivery that cannot be read to its end still claims; None where that cannot be told."""
        with suppress(DeliveryRefused):
            return self._plans.get(one.id) or self.reading.planned(one)
        return None

    def _refuse(self, one: Arrival, error: DeliveryRefused, plan: Plan | None) -> None:
        before = self.kept.records.get(one.id)
        reason = reason_from(error.problems, one.shown)
        arriving = "changed-while-read" in rules_of(reason)
        wants_keys = bool(rules_of(reason) & LIFTED_BY_KEYS)
        by_sender = before is not None and self.keys[one.id].agreed_as_for(before) and self._changed(before)
        if before is not None and before.stands and by_sender and not (arriving or wants_keys):
            # A late note, or a copy, says what it would have said at first: that this cannot be taken.
            self.kept.lose(Loss(before, DeliveryStatus.REFUSED, reason))
            before = self.kept.records[one.id]
        stands = before is not None and before.stands
        if before is not None and before.stands:
            # What was taken of it stands, and with it what it claimed then.
            self._claims[one.id] = claimed(before, one.shown, here=True, copies=one.copies)
        elif not arriving or one.id not in self._claims:
            self._claims[one.id] = unread(one) if plan is None else plan.claim(one)
        if arriving:
            self.fresh[one.id] = still_arriving(one.found.dataset.id, one.shown, error)
            self._left.add(one.id)
        elif before is not None and stands and wants_keys:
            # It says nothing of the delivery, and is tried again when the keys are there.
            self._left.add(one.id)
            told = f"What was taken stands, and could not be read again: {reason}"
            self.fresh[one.id] = receipt_of(before, one.shown, (told,))
        elif stands:
            self.seen.standing[one.id] = {"key": self.keys[one.id].text, "why": reason}
        else:
            changes = error.changes if isinstance(error, Drifted) else ()
            write_proposal(self.kept.lake.folder, one.found.dataset.id, one.id, changes)
            record = replace(record_of(one, self.keys[one.id], plan), drift=words_of(changes))
            self.fresh[one.id] = self.kept.refuse(one, error, record)
        if not stands:
            self._out.add(one.id)

    def _set_aside(self, found: Resolution) -> None:
        """Take out what stands no more, and keep why what never stood does not."""
        for claim in sorted(self._claims.values(), key=sent_order):
            before, one = self.kept.records.get(claim.delivery_id), self.arrivals.get(claim.delivery_id)
            if before is not None and before.stands:
                loss = self._losing(found).loss(before)
                if loss is None:
                    continue
                self.kept.lose(loss)
                self._say(loss.after, claim)
                before = loss.after
                if claim.delivery_id not in self._plans:
                    continue
            if one is not None and one.id not in self._left:
                self._set_one_aside(one, claim, before, found)

    def _set_one_aside(
        self, one: Arrival, claim: Claim, before: DeliveryRecord | None, found: Resolution
    ) -> None:
        plan = self._plans.get(one.id)
        record = before if before is not None and plan is None else record_of(one, self.keys[one.id], plan)
        loss = self._losing(found).loss(record)
        if loss is None:
            return
        unread = record.status is DeliveryStatus.REFUSED or not record.members
        if unread and loss.status is DeliveryStatus.SUPERSEDED and self._losing(found).is_corrected(one.id):
            try:
                plan, scratch = self.reading.read(one)
            except DeliveryRefused as error:
                self._refuse(one, error, plan or self._plan_of(one))
                return
            scratch.clear()
            record = record_read(one, self.keys[one.id], plan, scratch, found.corrects.get(one.id, ""))
            loss = replace(loss, record=record)
        if before != loss.after:
            self.kept.set_aside(loss.after)
            self._say(loss.after, claim)

    def _say(self, record: DeliveryRecord, claim: Claim) -> None:
        self.fresh[claim.delivery_id] = replace(receipt_of(record, claim.file), fresh=True)
