"""What each seal, request and hold was last brought up to, so that a reader can tell whether they all are."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping

from roundtable.ledger.faults import ledger_transaction, plain_faults
from roundtable.ledger.marks import Mark
from roundtable.ledger.models import Settling
from roundtable.ledger.numbering import lock_the_head


def settled_states() -> dict[str, str]:
    """The state in which each owner was settled last."""
    with plain_faults():
        return {row.owner: row.state for row in Settling.objects.all()}


def note_settled(states: Mapping[str, str]) -> None:
    """Note that these are the owners there are, each settled in a state."""
    with ledger_transaction():
        lock_the_head()
        Settling.objects.exclude(owner__in=list(states)).delete()
        for owner, state in sorted(states.items()):
            Settling.objects.update_or_create(owner=owner, defaults={"state": state})


def state_of(files: Iterable[str], marks: Iterable[Mark]) -> str:
    """The state of one owner: the files of records there are, and what it covers. SHA-256 of it as JSON."""
    parts = [sorted(files), [[mark.what.value, mark.value] for mark in sorted(marks)]]
    return hashlib.sha256(json.dumps(parts, separators=(",", ":")).encode()).hexdigest()
