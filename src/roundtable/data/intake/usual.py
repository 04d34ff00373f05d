"""How many rows are usual: a delivery of ten times as many waits for a person, one of a tenth is told of.

A delivery is compared with the median of those of its kind that stand and that the sender drew up before
it: of the same dataset, for the same tables, by the period where they bring several. So a history that is
sent first is compared with nothing, and the order of arrival changes nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from roundtable.data.intake.claims import Claim
from roundtable.data.intake.limits import Limits
from roundtable.ledger.deliveries import DeliveryRecord


@dataclass(frozen=True)
class Sized:
    """A delivery and how many rows it brought.

    Attributes:
        claim: which delivery.
        tables: the tables that its files are for.
        rows: how many rows came.
    """

    claim: Claim
    tables: frozenset[str]
    rows: int

    @property
    def rate(self) -> float:
        """Rows by period; of a delivery that has no periods, all of them."""
        return self.rows / max(1, len({period for _, period in self.claim.covers}))


@dataclass(frozen=True)
class Usual:
    """What is usual for a delivery: rows by period, and of how many deliveries that is the median."""

    rows: float
    of: int

    def told(self, one: Sized) -> str:
        """The comparison, in words."""
        return (
            f"{_rows(one.rate)} came, and the usual is {_rows(self.rows)} "
            f"(the median of the {self.of:,} earlier deliveries of its kind)"
        )


def sized(record: DeliveryRecord, claim: Claim) -> Sized:
    """A delivery that was read, and how many rows it brought."""
    return Sized(claim, frozenset(member.table for member in record.members), record.rows_received)


@dataclass(frozen=True)
class Volume:
    """Whether the number of rows is a matter for a person.

    Attributes:
        limits: how many times the usual is.
        released: the deliveries that a post has said are right as they are.
    """

    limits: Limits
    released: frozenset[str]

    def waits(self, one: Sized, earlier: Sequence[Sized]) -> str:
        """Why a delivery waits for a person; empty where it does not."""
        usual = usual_for(one, earlier, self.limits)
        if usual is None or one.claim.delivery_id in self.released or not too_many(one, usual, self.limits):
            return ""
        return usual.told(one)

    def few(self, one: Sized, earlier: Sequence[Sized]) -> tuple[str, ...]:
        """What to say of a delivery of far fewer rows than usual."""
        usual = usual_for(one, earlier, self.limits)
        if usual is None or not too_few(one, usual, self.limits):
            return ()
        return (f"Far fewer rows than usual: {usual.told(one)}. Ask the sender whether this is all of it.",)


def usual_for(one: Sized, earlier: Sequence[Sized], limits: Limits) -> Usual | None:
    """What is usual for a delivery; None where there are too few to compare it with."""
    alike = [other.rate for other in earlier if other.tables == one.tables]
    return Usual(median(alike), len(alike)) if len(alike) >= limits.usual_of else None


def too_many(one: Sized, usual: Usual, limits: Limits) -> bool:
    """Whether a person must look at it first."""
    return one.rate >= limits.surge_from and one.rate >= limits.surge * usual.rows


def too_few(one: Sized, usual: Usual, limits: Limits) -> bool:
    """Whether the sender should be asked if it is all there."""
    return usual.rows >= limits.surge_from and one.rate * limits.surge <= usual.rows


def _rows(number: float) -> str:
    whole = round(number)
    return f"{whole:,} row{'' if whole == 1 else 's'}"
