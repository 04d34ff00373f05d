"""Numbers without gaps: given out inside the transaction that uses them, by one writer at a time."""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.db.models import Manager, Max

from roundtable.ledger.models import Partnership


def lock_the_head() -> None:
    """Wait until no other transaction is adding to the ledger, and keep others waiting until ours ends.

    Every writer locks the same row first, so that two cannot number the same thing, or wait for each
    other. SQLite has done so already: its transactions begin by taking the whole file, so that inside one
    nothing is left to ask for.
    """
    if connection.vendor == "sqlite" and connection.in_atomic_block:
        return
    Partnership.objects.select_for_update().get()


def next_number(rows: Manager[Any], field: str) -> int:
    """The number after the last one; the head must be locked."""
    last = rows.aggregate(last=Max(field))["last"]
    return int(last or 0) + 1
