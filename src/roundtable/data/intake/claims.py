"""What a delivery claims: which periods it is the whole of, when it was drawn up, which one it corrects.

Claims are all that reconciling goes by. When a delivery came, and beside which others, is no part of one: so
whatever the order in which deliveries come, the same ones stand in the end.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from roundtable.data.intake.finding_deliveries import FOLDER, NOTE_ENDING
from roundtable.data.intake.note import WithdrawalNote
from roundtable.data.intake.periods import Covered
from roundtable.ledger.deliveries import DeliveryRecord

_SHORTEST_HASH = 8
_DAY_OR_MONTH = re.compile(r"(?<!\d)(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?![\d])")


@dataclass(frozen=True)
class Claim:
    """One delivery among the others of its dataset.

    Attributes:
        delivery_id: its id.
        file: where it stood, from the partnership folder.
        dataset: the id of the dataset.
        sha256: of its bytes.
        corrects: what its note says that it corrects; None where it says nothing.
        as_at: when it was drawn up; None where nobody says.
        covers: the periods of each table that it is the whole of; none, for increments.
        period: the same as one text, for people.
        here: whether its bytes stand in the folder now.
        copies: the other files with the very same bytes, by any of whose names a correction may call it.
    """

    delivery_id: str
    file: str
    dataset: str
    sha256: str
    corrects: str | None
    as_at: datetime | None
    covers: Covered
    period: str
    here: bool
    copies: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Its path inside the dataset's folder."""
        return self.file.removeprefix(f"{FOLDER}/{self.dataset}/")

    @property
    def in_order_of_names(self) -> tuple[str, str]:
        """Its place among others, when nothing but names tells them apart."""
        return by_name(self.file)

    def is_named(self, said: str) -> bool:
        """Whether a note means this delivery."""
        return any(self._is_called(said, file) for file in (self.file, *self.copies))

    def is_itself_named(self, said: str) -> bool:
        """Whether a note means this delivery, and not only another file with the same bytes."""
        return self._is_called(said, self.file)

    def _is_called(self, said: str, file: str) -> bool:
        return is_named(said, self.dataset, file=file, delivery_id=self.delivery_id, sha256=self.sha256)


def is_named(said: str, dataset: str, *, file: str, delivery_id: str, sha256: str) -> bool:
    """Whether a note's word means a delivery: its file name, its id, or the beginning of its hash."""
    hashed = len(said) >= _SHORTEST_HASH and sha256.startswith(said.lower())
    return hashed or said in (file, file.removeprefix(f"{FOLDER}/{dataset}/"), delivery_id)


def claimed(record: DeliveryRecord, file: str, *, here: bool, copies: tuple[str, ...] = ()) -> Claim:
    """What a delivery that the ledger knows claims.

    Args:
        record: its receipt.
        file: where it stands, or stood.
        here: whether its bytes stand in the folder now.
        copies: the other files with the same bytes.
    """
    return Claim(
        record.delivery_id,
        file,
        record.dataset,
        record.sha256,
        record.corrects or None,
        record.as_at,
        frozenset(record.covers),
        record.period,
        here=here,
        copies=copies,
    )


def by_name(file: str) -> tuple[str, str]:
    """Sorted by this, `2024-01.csv` comes before `2024-01-b.csv`."""
    return file.partition(".")[0], file


@dataclass(frozen=True)
class Withdrawn:
    """A sender's word that a delivery is not to be used.

    Attributes:
        file: the note that says so.
        said: what it says.
    """

    file: str
    said: WithdrawalNote

    def means(self, claim: Claim) -> bool:
        """Whether it means this delivery: not one that was drawn up later under the same name."""
        if self.file == f"{claim.file}{NOTE_ENDING}" or not claim.is_itself_named(self.said.withdraws):
            return False
        later = None not in (self.said.as_at, claim.as_at) and claim.as_at > self.said.as_at  # type: ignore[operator]
        return not later or self.said.withdraws == claim.delivery_id


def withdrawn_by(claims: Iterable[Claim], withdrawals: Iterable[Withdrawn]) -> Mapping[str, Withdrawn]:
    """The deliveries that a note withdraws, each with the first such note by name."""
    notes = sorted(withdrawals, key=lambda note: note.file)
    named = {claim.delivery_id: next((note for note in notes if note.means(claim)), None) for claim in claims}
    return {delivery: note for delivery, note in named.items() if note is not None}


def sent_order(claim: Claim) -> tuple[str, str, tuple[str, str], str]:
    """The order in which a sender drew deliveries up: by time, then period, then name.

    Without `as_at` the day in the period stands for it, so that a delivery without a note is compared with
    those that have one.
    """
    drawn_up = claim.as_at or instant_in(claim.period)
    as_at = "" if drawn_up is None else drawn_up.astimezone(UTC).isoformat()
    return as_at, claim.period, claim.in_order_of_names, claim.delivery_id


def instant_in(period: str) -> datetime | None:
    """The first moment, UTC, of the last day, month or year that a period names; None where it names none."""
    found = _DAY_OR_MONTH.findall(period)
    if not found:
        return None
    year, month, day = found[-1]
    try:
        return datetime(int(year), int(month or 1), int(day or 1), tzinfo=UTC)
    except ValueError:
        return None
