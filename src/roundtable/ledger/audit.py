"""The audit chain: what was done, each event holding the hash of the one before it.

An event's hash is the SHA-256 of the canonical JSON of its number, action, subject, detail, time, run,
attempt and of the hash before it. Whoever changes or takes out an event must therefore change every
event after it, and then the head differs from any head that was noted elsewhere. **Events cut off
the end leave a shorter chain that is whole in itself**: only a head kept outside the database, such
as on paper or in a partner's mailbox, shows that they are gone. `verify` takes such a head.

No personal data belongs in an event: an erasure could not reach it without breaking the chain. What
looks like an identifier is refused when it is appended, as the mistake in the program that it is.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.utils import timezone

from roundtable.errors import Place, Problem
from roundtable.ledger.attempt import current_attempt
from roundtable.ledger.faults import ledger_place, ledger_transaction, plain_faults
from roundtable.ledger.impersonal import see_that_impersonal
from roundtable.ledger.models import AuditEvent
from roundtable.ledger.numbering import lock_the_head

#: What stands before the first event.
BEGINNING = "0" * 64


@dataclass(frozen=True)
class Head:
    """The end of the chain: keep it elsewhere, and a cut tail is found out."""

    sequence: int
    hash: str


@dataclass(frozen=True)
class Event:
    """One event of the chain, as it was written."""

    sequence: int
    action: str
    about: str
    detail: Mapping[str, Any]
    at: datetime
    run: int | None
    attempt: int | None
    hash: str


@dataclass(frozen=True)
class Verdict:
    """What a reading of the whole chain found."""

    events: int
    head: Head
    problems: tuple[Problem, ...]


def append(action: str, about: str, detail: Mapping[str, Any], at: datetime | None = None) -> Event:
    """Add an event to the chain, in the transaction under way or in one of its own.

    Args:
        action: what was done, one of `ACTS` in ledger/acts.py.
        about: what it was done to.
        detail: anything JSON can hold. No personal data.
        at: when; without it, now.

    Raises:
        ValueError: something in it looks like a person's identifier.
    """
    see_that_impersonal(about, detail)
    with ledger_transaction():
        lock_the_head()
        before, attempt = _last(), current_attempt()
        row = AuditEvent(
            sequence=before.sequence + 1,
            action=action,
            about=about,
            detail=canonical_json(detail),
            at=(at or timezone.now()).astimezone(UTC),
            run=attempt.run if attempt else None,
            attempt=attempt.number if attempt else None,
            previous=before.hash,
        )
        row.hash = _hash(row)
        row.save(force_insert=True)
    return _event(row)


def events(after: int = 0) -> Iterator[Event]:
    """Every event with a number above `after`, in order."""
    with plain_faults():
        for row in AuditEvent.objects.filter(sequence__gt=after).order_by("sequence").iterator():
            yield _event(row)


def head() -> Head:
    """The end of the chain as it is now; number 0 when nothing has happened yet."""
    with plain_faults():
        return _last()


def verify(kept: Head | Sequence[Head] | None = None) -> Verdict:
    """Read the whole chain and say everything that is wrong with it.

    Args:
        kept: heads noted earlier and kept elsewhere. Without one, events cut off the end are not seen, nor
            a chain that was written anew from the start.
    """
    heads = _by_number(kept)
    problems: list[Problem] = []
    before, count = Head(0, BEGINNING), 0
    with plain_faults():
        for row in AuditEvent.objects.order_by("sequence").iterator():
            problems += _faults(row, before)
            if any(head.hash != row.hash for head in heads.get(row.sequence, ())):
                problems.append(_problem(row.sequence, "is not the event whose head was kept elsewhere"))
            before, count = Head(row.sequence, row.hash), count + 1
    problems += [
        _problem(number, "was kept elsewhere as the head, and is gone with all after it")
        for number in sorted(heads)
        if number > before.sequence
    ]
    return Verdict(count, before, tuple(problems))


def _by_number(kept: Head | Sequence[Head] | None) -> dict[int, list[Head]]:
    found: dict[int, list[Head]] = {}
    for head in (kept,) if isinstance(kept, Head) else kept or ():
        found.setdefault(head.sequence, []).append(head)
    return found


def canonical_json(value: Mapping[str, Any]) -> str:
    """JSON in which equal values are equal texts: sorted keys, no spaces, no number that is not one."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def _last() -> Head:
    row = AuditEvent.objects.order_by("-sequence").first()
    return Head(row.sequence, row.hash) if row else Head(0, BEGINNING)


def _hash(row: AuditEvent) -> str:
    body = {
        "sequence": row.sequence,
        "action": row.action,
        "about": row.about,
        "detail": row.detail,
        "at": row.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "run": row.run,
        "attempt": row.attempt,
        "previous": row.previous,
    }
    return hashlib.sha256(canonical_json(body).encode()).hexdigest()


def _faults(row: AuditEvent, before: Head) -> Iterator[Problem]:
    if row.sequence != before.sequence + 1:
        yield _problem(before.sequence + 1, f"is missing: the next one there is number {row.sequence}")
    elif row.previous != before.hash:
        yield _problem(row.sequence, "does not follow from the event before it")
    if row.hash != _hash(row):
        yield _problem(row.sequence, "has been changed since it was written")


def _problem(sequence: int, what: str) -> Problem:
    remedy = "keep the database as it is, and find out who could write to it since the last head that agrees"
    place = Place(ledger_place().file, key=f"audit event {sequence}")
    return Problem(place, "audit-chain", f"audit event {sequence} {what}", remedy)


def _event(row: AuditEvent) -> Event:
    return Event(
        row.sequence, row.action, row.about, json.loads(row.detail), row.at, row.run, row.attempt, row.hash
    )
