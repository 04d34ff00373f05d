"""What every seal, request and hold was last brought up to, so that a reader can tell whether they are."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence

from roundtable.ledger.faults import ledger_transaction, plain_faults
from roundtable.ledger.models import HoldMark, RequestMark, RightsRequest, Seal, SealMark, Settling
from roundtable.ledger.numbering import lock_the_head

_THE_ONE = 1


def settled_at() -> str:
    """The state of things that was settled last; empty before the first time."""
    with plain_faults():
        held = Settling.objects.filter(number=_THE_ONE).first()
        return held.state if held else ""


def note_settled(state: str) -> None:
    """Note that a state of things is settled."""
    with ledger_transaction():
        lock_the_head()
        Settling.objects.update_or_create(number=_THE_ONE, defaults={"state": state})


def state_of(files: Sequence[str]) -> str:
    """The state of things: these files of records, and every seal, request and hold with its marks.

    SHA-256 of it as JSON, so that nothing has to be compared but two short texts; empty where there is
    nothing of either.
    """
    with plain_faults():
        parts = [
            list(files),
            [
                list(row)
                for row in Seal.objects.filter(lifted_at=None).order_by("number").values_list("number")
            ],
            [
                list(row)
                for row in RightsRequest.objects.order_by("number").values_list("number", "outcome", "upheld")
            ],
            _marks(SealMark.objects.values_list("seal_id", "what", "value")),
            _marks(RequestMark.objects.values_list("request_id", "what", "value")),
            _marks(HoldMark.objects.values_list("hold_id", "what", "value")),
        ]
    if not any(parts):
        return ""
    return hashlib.sha256(json.dumps(parts, separators=(",", ":")).encode()).hexdigest()


def _marks(rows: object) -> list[list[object]]:
    return sorted([*row] for row in rows)  # type: ignore[attr-defined]
