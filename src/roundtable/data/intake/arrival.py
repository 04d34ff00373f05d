"""A delivery that has arrived whole: its hash and its note."""

from __future__ import annotations

from dataclasses import dataclass

from roundtable.data.intake.finding_deliveries import FoundDelivery
from roundtable.data.intake.note import ReadNote, read_note
from roundtable.data.intake.receipts import delivery_id
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
