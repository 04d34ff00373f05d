"""A delivery that has arrived whole: its hash, its note, and the order in which arrivals are decided."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from roundtable.data.intake.finding_deliveries import FoundDelivery
from roundtable.data.intake.note import ReadNote, read_note
from roundtable.data.intake.receipts import delivery_id
from roundtable.data.intake.reconciling import is_named
from roundtable.data.intake.seen import Hashed, Seen
from roundtable.errors import DeliveryRefused


@dataclass(frozen=True)
class Arrival:
    """A delivery that could be hashed, with its note.

    Attributes:
        found: where it is.
        hashed: the hash of its bytes.
        note: what the sender says of it, or why that cannot be read.
    """

    found: FoundDelivery
    hashed: Hashed
    note: ReadNote | DeliveryRefused

    @property
    def id(self) -> str:
        """The delivery's id."""
        return delivery_id(self.found.dataset.id, self.hashed.sha256)

    @property
    def shown(self) -> str:
        """What messages call it."""
        return self.found.shown

    @property
    def corrects(self) -> str | None:
        """What its note says it corrects."""
        return self.note.said.corrects if isinstance(self.note, ReadNote) else None

    @property
    def note_fingerprint(self) -> str:
        """Another one whenever the note is another one."""
        return self.note.fingerprint if isinstance(self.note, ReadNote) else str(self.note)


def arrived(found: FoundDelivery, seen: Seen) -> Arrival:
    """Hash a delivery and read its note.

    Raises:
        DeliveryRefused: the file is still arriving. A note that cannot be read is kept for later.
    """
    hashed = seen.hashed(found)
    try:
        return Arrival(found, hashed, read_note(found))
    except DeliveryRefused as error:
        return Arrival(found, hashed, error)


def in_order(arrivals: Sequence[Arrival]) -> tuple[Arrival, ...]:
    """By dataset and name, but for corrections, which follow what they correct."""
    placed: dict[str, Arrival] = {}
    ordered = sorted(arrivals, key=lambda arrival: (arrival.found.dataset.id, arrival.found.name))
    for arrival in ordered:
        _place(arrival, ordered, placed, frozenset())
    return tuple(placed.values())


def _place(
    arrival: Arrival, ordered: Sequence[Arrival], placed: dict[str, Arrival], above: frozenset[str]
) -> None:
    if arrival.shown in placed or arrival.shown in above:
        return
    for other in ordered if arrival.corrects is not None else ():
        if _is_corrected_by(other, arrival):
            _place(other, ordered, placed, above | {arrival.shown})
    placed.setdefault(arrival.shown, arrival)


def _is_corrected_by(other: Arrival, by: Arrival) -> bool:
    dataset = by.found.dataset.id
    return other.found.dataset.id == dataset and is_named(
        by.corrects or "", dataset, file=other.shown, delivery_id=other.id, sha256=other.hashed.sha256
    )
