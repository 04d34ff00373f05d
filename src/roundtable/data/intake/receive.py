"""Taking in what partners sent: each delivery whole or not at all, and a receipt for every one.

Find, hash, compare with what is known, ask permission, check the contract; settle, dataset by dataset, which
deliveries are to stand; read, cast and set aside; and publish with the receipt, in one transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from roundtable.data.intake.arrival import Arrival, arrived
from roundtable.data.intake.claims import Withdrawn, by_name
from roundtable.data.intake.finding_deliveries import (
    FoundDelivery,
    Misplaced,
    find_deliveries,
    find_withdrawals,
)
from roundtable.data.intake.fingerprints import contract_fingerprint, permit_fingerprint, tables_fingerprint
from roundtable.data.intake.held_connections import HeldConnections
from roundtable.data.intake.keeping import Kept, Keys
from roundtable.data.intake.limits import Limits
from roundtable.data.intake.raw import put_away, sealed_sha256, without_left_notes
from roundtable.data.intake.reading_whole import ReadingWhole
from roundtable.data.intake.receipts import Receipt, still_arriving
from roundtable.data.intake.seen import Seen, plain_sha256, remembered
from roundtable.data.intake.settling import Settling
from roundtable.data.intake.usual import Volume
from roundtable.data.intake.withdrawing import withdrawal_kept, withdrawals_by_dataset
from roundtable.data.lake import Lake
from roundtable.data.quarantine.decided import fingerprints
from roundtable.data.subjects.settling import settle
from roundtable.errors import DeliveryRefused
from roundtable.governance.clock import Clock
from roundtable.governance.permission import Permission, permitted_for_any_purpose
from roundtable.ledger.deliveries import released_deliveries
from roundtable.ledger.models import DeliveryStatus
from roundtable.partnership.model.contract import Dataset
from roundtable.partnership.model.whole import Partnership

Progress = Callable[[str], None]


def _silent(_told: str) -> None:
    return None


def receive(
    partnership: Partnership,
    lake: Lake,
    clock: Clock,
    progress: Progress = _silent,
    limits: Limits | None = None,
) -> tuple[Receipt, ...]:
    """Take in everything in `deliveries/` that has not been decided yet; a receipt for each file there.

    A delivery that is refused stops no other one. Nothing is written for a file that has not changed
    since it was decided, unless its contract, its note or the permits have. What agreements in force let
    through for any purpose is taken in; whoever uses it asks again, for a purpose.

    Args:
        partnership: what is agreed.
        lake: the partnership's lake; its ledger is open and this process may write.
        clock: the trusted clock, which decides what is in force.
        progress: told in a few words how far it has got.
        limits: how much a delivery may ask for; without them, the usual ones.

    Raises:
        DiskFull: there is no room; what was taken in before still stands.
    """
    found, astray = find_deliveries(partnership)
    seen = remembered(partnership.folder)
    seen.hash_of = lambda one: sealed_sha256(one, lake.keyring) if one.sealed else plain_sha256(one)
    seen.forget_all_but({one.shown for one in found})
    now = clock()
    permits = _Permits(partnership, now.date())
    held = HeldConnections(lake.scratch)
    job = _Receiving(Kept(lake, now), held, permits, seen, progress, limits or Limits())
    misplaced = without_left_notes(partnership, astray, job.kept.records.values())
    receipts = [_misplaced(one) for one in misplaced]
    try:
        noted = [withdrawal_kept(one, now) for one in find_withdrawals(partnership)]
        receipts += [one for one in noted if one is not None]
        arrivals = [job.arrived(one) for one in found]
        receipts += [one for one in arrivals if isinstance(one, Receipt)]
        with held:
            whole = [one for one in arrivals if isinstance(one, Arrival)]
            receipts += job.settled(whole, partnership.datasets)
        put_away(partnership, found, job.kept.records.values(), lake.keyring, seen)
    finally:
        seen.save()
    settle(lake, now)
    return tuple(sorted(receipts, key=lambda receipt: (receipt.dataset, receipt.file)))


def _misplaced(one: Misplaced) -> Receipt:
    place = one.problem.place.file
    return Receipt(one.dataset_id, place, "", DeliveryStatus.REFUSED, fresh=True, problems=(one.problem,))


@dataclass(frozen=True)
class _Permits:
    """What agreements in force let through today, asked once for each dataset."""

    partnership: Partnership
    day: date
    asked: dict[str, dict[str, Permission]] = field(default_factory=dict)

    def of(self, found: FoundDelivery) -> dict[str, Permission]:
        """By table, for the tables that can be taken in at all."""
        dataset = found.dataset
        if dataset.id not in self.asked:
            self.asked[dataset.id] = {
                table.name: permitted_for_any_purpose(self.partnership, dataset.id, table.name, self.day)
                for table in dataset.schema_
                if table.terms.canonical is not None
            }
        return self.asked[dataset.id]


@dataclass
class _Receiving:
    """One call of `receive`."""

    kept: Kept
    connections: HeldConnections
    permits: _Permits
    seen: Seen
    progress: Progress
    limits: Limits
    chosen: dict[str, str] = field(default_factory=dict)
    copies: dict[str, list[str]] = field(default_factory=dict)
    decided: Mapping[str, str] = field(default_factory=fingerprints)
    known: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        self.known = frozenset(self.kept.records)

    def arrived(self, found: FoundDelivery) -> Arrival | Receipt:
        """A delivery with its hash and its note; a receipt at once when it is still arriving."""
        try:
            return arrived(found, self.seen, self.known)
        except DeliveryRefused as error:
            return still_arriving(found.dataset.id, found.shown, error)

    def settled(self, arrivals: Sequence[Arrival], datasets: Sequence[Dataset]) -> list[Receipt]:
        """Bring every dataset to where its deliveries say; a receipt for each file."""
        withdrawals, released = withdrawals_by_dataset(arrivals), released_deliveries()
        self._choose_among_copies(arrivals, withdrawals)
        receipts: list[Receipt] = []
        for dataset in sorted(datasets, key=lambda dataset: dataset.id):
            own = [one for one in arrivals if one.found.dataset.id == dataset.id]
            known = self.kept.of_dataset(dataset.id)
            if not own and not known:
                continue
            settling = self._settling(own, withdrawals.get(dataset.id, ()), released)
            settling.settle(known)
            for one in own:
                first = self.chosen[one.id]
                receipts.append(settling.receipt(one) if one.shown == first else _repeated(one, first))
        return receipts

    def _choose_among_copies(
        self, arrivals: Sequence[Arrival], withdrawals: Mapping[str, Sequence[Withdrawn]]
    ) -> None:
        """Of files with the same bytes, decide about the first by name, whichever came first.

        Where another was received before, it is read again under that name, so that ids do not tell which.
        A copy whose name is withdrawn comes last: the same bytes may be sent anew under another. Of a
        register, or of increments, the copy that was drawn up last counts: things may be as they once were.
        A name by which nothing could be taken is none to go by, as long as there is a better one.
        """
        drawn_up = {one.shown: one.drawn_up for one in arrivals}
        unfit = {one.shown for one in arrivals if not one.fits}
        gone: set[str] = set()
        for one in arrivals:
            self.copies.setdefault(one.id, []).append(one.shown)
            notes = withdrawals.get(one.found.dataset.id, ())
            gone.update(one.shown for note in notes if note.said.withdraws in (one.shown, one.found.name))
        self.chosen = {
            name: min(
                shown,
                key=lambda file: (file in unfit, file in gone, _last_first(drawn_up[file]), by_name(file)),
            )
            for name, shown in self.copies.items()
        }

    def _read_by(self, one: Arrival, tables: str) -> str:
        """The fingerprint of what a delivery would be read by, its note and the permits apart."""
        return contract_fingerprint(tables, self.decided.get(one.id, ""))

    def _is_renamed(self, one: Arrival) -> bool:
        before = self.kept.records.get(one.id)
        if before is None or before.file == one.shown:
            return False
        later = _last_first(one.drawn_up) < _last_first(before.as_at)
        return later or before.file in self.copies[one.id] or not before.stands

    def _with_copies(self, one: Arrival) -> Arrival:
        copies = tuple(shown for shown in self.copies[one.id] if shown != one.shown)
        return replace(one, copies=copies) if copies else one

    def _settling(
        self, own: Sequence[Arrival], withdrawals: Sequence[Withdrawn], released: frozenset[str]
    ) -> Settling:
        chosen = {one.id: self._with_copies(one) for one in own if self.chosen[one.id] == one.shown}
        permits = self.permits.of(own[0].found) if own else {}
        by = permit_fingerprint(permits)
        tables = tables_fingerprint(own[0].found.dataset) if own else ""
        return Settling(
            self.kept,
            self.seen,
            ReadingWhole(self.kept.lake, self.connections, permits, self.limits, self.progress),
            chosen,
            {
                name: Keys(self._read_by(one, tables), by, one.note_fingerprint)
                for name, one in chosen.items()
            },
            withdrawals,
            frozenset(name for name, one in chosen.items() if self._is_renamed(one)),
            Volume(self.limits, released),
        )


def _last_first(drawn_up: datetime | None) -> float:
    return float("inf") if drawn_up is None else -drawn_up.timestamp()


def _repeated(one: Arrival, other: str) -> Receipt:
    told = (f"The same file stands at {other}: nothing is taken twice.",)
    return Receipt(one.found.dataset.id, one.shown, one.id, DeliveryStatus.REPEATED, fresh=False, told=told)
