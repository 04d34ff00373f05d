"""What stands in the way of an erasure: legal holds, which no request overrides."""

from __future__ import annotations

from collections.abc import Iterable

from roundtable.errors import NotPermitted, Place, Problem
from roundtable.ledger.legal_holds import HoldRecord
from roundtable.ledger.marks import records_in


def held_by(records: Iterable[str], holds: Iterable[HoldRecord]) -> tuple[HoldRecord, ...]:
    """The holds that cover one of these records."""
    wanted = frozenset(records)
    return tuple(hold for hold in holds if not wanted.isdisjoint(records_in(hold.marks)))


def see_that_free(records: Iterable[str], holds: Iterable[HoldRecord]) -> None:
    """See that no hold covers any of these records.

    Raises:
        NotPermitted: naming each hold that does.
    """
    found = [
        Problem(
            Place("ledger", key=f"hold {hold.number}"),
            "legal-hold",
            f"records are under a legal hold until '{hold.set_by}' lifts it: {hold.reason}",
            f"it is to be looked at again on {hold.review_on}; lift it first if it is no longer needed",
        )
        for hold in held_by(records, holds)
    ]
    if found:
        raise NotPermitted(found)
