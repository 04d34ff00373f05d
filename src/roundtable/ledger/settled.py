"""What each seal, request and hold was last brought up to, so that a reader can tell whether they all are."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping

from roundtable.ledger.faults import ledger_transaction, plain_faults
from roundtable.ledger.marks import Mark
from roundtable.ledger.models import Settling
from roundtable.ledger.numbering import lock_the_head

#: Stands for the tables that steps make, beside the seals, requests and holds themselves.
_MADE = "made by the last run"


def settled_states() -> dict[str, str]:
    """The state in which each owner was settled last."""
    with plain_faults():
        return {row.owner: row.state for row in Settling.objects.exclude(owner=_MADE)}


def made_under() -> str | None:
    """The state of all of it that the last run to go through made its tables under; None before the first."""
    with plain_faults():
        held = Settling.objects.filter(owner=_MADE).first()
        return held.state if held is not None else None


def note_made_under(state: str) -> None:
    """Note what the tables that stand were made under."""
    with ledger_transaction():
        lock_the_head()
        Settling.objects.update_or_create(owner=_MADE, defaults={"state": state})


def note_settled(states: Mapping[str, str]) -> None:
    """Note that these are the owners there are, each settled in a state."""
    with ledger_transaction():
        lock_the_head()
        Settling.objects.exclude(owner__in=[*states, _MADE]).delete()
        for owner, state in sorted(states.items()):
            Settling.objects.update_or_create(owner=owner, defaults={"state": state})


def state_of(files: Iterable[str], marks: Iterable[Mark]) -> str:
    """The state of one owner: the files of records there are, and what it covers. SHA-256 of it as JSON."""
    parts = [sorted(files), [[mark.what.value, mark.value] for mark in sorted(marks)]]
    return hashlib.sha256(json.dumps(parts, separators=(",", ":")).encode()).hexdigest()
