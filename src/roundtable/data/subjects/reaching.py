"""Seals, objections and holds made to reach by what was put right, as they reach by what was sent.

A record whose NHS number was put right is the person's of the right number: it falls under what that number
falls under, and what covers the record covers the right number too. `settle` then goes on from there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial

from roundtable.data.lake import Lake
from roundtable.data.subjects.records import IDENTIFYING, PERSON, batches_of, identities, isin
from roundtable.data.subjects.rectified import overrides, put_right_identity
from roundtable.data.subjects.settling import settle
from roundtable.governance.rights.keyed import Keyed
from roundtable.governance.rights.likeness import Known
from roundtable.governance.rights.objections import BINDING, found_since
from roundtable.governance.rights.sealing import reached
from roundtable.ledger import legal_holds, requests, seals
from roundtable.ledger.faults import ledger_transaction
from roundtable.ledger.marks import Mark

Marks = frozenset[Mark]
#: What something covers, how it grows by a record, and how what it has grown by is kept.
Growing = tuple[Marks, Callable[[Marks, Known], Marks], Callable[[Marks], None]]


def settle_with_what_is_right(lake: Lake, at: datetime) -> None:
    """Settle what came and what was put right, until neither adds anything to the other.

    Raises:
        StoreUnusable: there is something to settle, and no key.
    """
    settle(lake, at)
    while _reach(lake):
        settle(lake, at)


def _reach(lake: Lake) -> bool:
    """Let everything that covers anybody grow by the records that were put right; whether any of it grew."""
    right = overrides(lake)
    if not right or lake.keyring is None:
        return False
    keyed, changed = Keyed(lake.keyring), frozenset(record for record, _ in right)
    known = [
        Known(put_right_identity(one, right), keyed)
        for batch in batches_of(lake, lake.files(PERSON), list(IDENTIFYING))
        for one in identities(batch.rows.filter(isin(batch.rows.column("record_id"), changed)))
    ]
    grew = False
    with ledger_transaction():
        for marks, reach, keep in _growing():
            more: Marks = frozenset().union(*(reach(marks, one) for one in known))
            if more:
                keep(more)
                grew = True
    return grew


def _growing() -> Iterator[Growing]:
    kinds = {seal.number: seal.kind for seal in seals.every_seal()}
    for number, marks in sorted(seals.standing_marks().items()):
        yield marks, partial(reached, kinds[number]), partial(seals.extend_seal, number)
    for request in requests.every_request():
        if request.right in BINDING and (request.is_open or request.upheld):
            yield request.marks, _found_since, partial(requests.extend_marks, request.number)
    for hold in legal_holds.standing_holds():
        yield hold.marks, _found_since, partial(legal_holds.extend_hold, hold.number)


def _found_since(marks: Marks, known: Known) -> Marks:
    return found_since(marks, known.one, known.keyed)
