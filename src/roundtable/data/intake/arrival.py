"""A delivery that has arrived whole: its hash and its note."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Container
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from roundtable.data.intake.choosing_table import table_of
from roundtable.data.intake.claims import instant_in
from roundtable.data.intake.finding_deliveries import FoundDelivery
from roundtable.data.intake.note import DeliveryNote, ReadNote, read_note
from roundtable.data.intake.nothing_sent import quiet_period, said_period
from roundtable.data.intake.periods import named_period
from roundtable.data.intake.receipts import delivery_id
from roundtable.data.intake.seen import Hashed, Seen
from roundtable.errors import DeliveryRefused
from roundtable.partnership.model.contract_terms import Arrival as Arrives


@dataclass(frozen=True)
class Arrival:
    """A delivery that could be hashed, with its note.

    Attributes:
        found: where it is.
        hashed: the hash of its bytes.
        note: what the sender says of it, or why that cannot be read.
        copies: the other files with the very same bytes, from the partnership folder.
        known: the ids that deliveries have been given already.
    """

    found: FoundDelivery
    hashed: Hashed
    note: ReadNote | DeliveryRefused
    copies: tuple[str, ...] = ()
    known: Container[str] = field(default=(), compare=False, repr=False)

    @cached_property
    def id(self) -> str:
        """The delivery's id."""
        dataset, sha256 = self.found.dataset.id, self.hashed.sha256
        quiet = quiet_period(self.found, sha256)
        if not quiet:
            # A file without rows stays the delivery that it was when its contract has another header since.
            before = delivery_id(dataset, sha256, said_period(self.found))
            if before in self.known:
                return before
        return delivery_id(dataset, sha256, quiet)

    @cached_property
    def drawn_up(self) -> datetime | None:
        """When the sender drew it up, as far as its note or its name tells, where later ones take its place.

        Of a table that comes by periods a copy says nothing new, whenever it was made.
        """
        said = self.note.said if isinstance(self.note, ReadNote) else DeliveryNote()
        try:
            table = table_of(self.found.dataset, self.found.name, self.shown)
            if table.terms.arrives is Arrives.PERIODS:
                return None
            return said.as_at or instant_in(said.period or named_period(table, self.found.name) or "")
        except (DeliveryRefused, re.error, IndexError):
            return None

    @cached_property
    def fits(self) -> bool:
        """Whether its name or note says which table it is for and of which period; of a ZIP its files do."""
        if self.found.name.lower().endswith(".zip"):
            return True
        try:
            table = table_of(self.found.dataset, self.found.name, self.shown)
            told = isinstance(self.note, ReadNote) and self.note.said.period
            return bool(told or not table.terms.period_pattern or named_period(table, self.found.name))
        except (DeliveryRefused, re.error, IndexError):
            return False

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
        """SHA-256 of the note, or of what is said of one that cannot be read."""
        if isinstance(self.note, ReadNote):
            return self.note.fingerprint
        return hashlib.sha256(str(self.note).encode()).hexdigest()


def arrived(found: FoundDelivery, seen: Seen, known: Container[str] = ()) -> Arrival:
    """Hash a delivery and read its note.

    Args:
        found: where it is.
        seen: what was seen of the files before.
        known: the ids that deliveries have been given already.

    Raises:
        DeliveryRefused: the file is still arriving. A note that cannot be read is kept for later.
    """
    hashed = seen.hashed(found)
    try:
        return Arrival(found, hashed, read_note(found), known=known)
    except DeliveryRefused as error:
        return Arrival(found, hashed, error, known=known)
