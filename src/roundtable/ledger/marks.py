"""Marks: keyed digests that stand for a record, an address or an identifier, without saying which."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Manager

from roundtable.ledger.models import MarkKind

#: Marks whose value is a record_id itself.
OF_RECORDS = frozenset({MarkKind.RECORD, MarkKind.LIKELY_RECORD})


@dataclass(frozen=True, order=True)
class Mark:
    """One digest.

    Attributes:
        what: what it was made of.
        value: 32 hexadecimal digits, made with the partnership's key.
    """

    what: MarkKind
    value: str


def records_in(marks: Iterable[Mark]) -> frozenset[str]:
    """The record ids among marks, whichever way they were reached."""
    return frozenset(mark.value for mark in marks if mark.what in OF_RECORDS)


def addresses_in(marks: Iterable[Mark]) -> frozenset[str]:
    """The address ids among marks."""
    return frozenset(mark.value for mark in marks if mark.what is MarkKind.ADDRESS)


def read_marks(rows: Iterable[Any]) -> frozenset[Mark]:
    """The marks of rows of the ledger."""
    return frozenset(Mark(MarkKind(row.what), row.value) for row in rows)


def write_marks(rows: Manager[Any], marks: Iterable[Mark], **owner: Any) -> None:
    """Keep marks that an owner does not have yet, in an order that is always the same."""
    kept = read_marks(rows.filter(**owner))
    wanted = sorted(set(marks) - kept)
    rows.bulk_create(
        [rows.model(what=mark.what.value, value=mark.value, **owner) for mark in wanted], batch_size=200
    )
