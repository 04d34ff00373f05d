"""Whether the tables that the last run made may still be shown: only under the seals they were made under.

A table that was made before a seal was set still counts what is under it, and so does one that was made
before a delivery came with something of whoever is sealed. To ask which of them would say that somebody is
there: a delivery of one person, and whether the tables stand afterwards, would tell whether that person is
under seal. So they stand under one state, that of everything the vault and the ledger know of people, and
whatever changes that closes them all, until the next run.
"""

from __future__ import annotations

import hashlib
import json

from roundtable.data.derived_tables import DERIVED_TABLES
from roundtable.data.lake import Lake
from roundtable.data.linked_tables import LINKED_TABLES
from roundtable.data.subjects.settling import state_now
from roundtable.errors import Busy, Place, Problem
from roundtable.governance.rights.objections import BINDING
from roundtable.ledger import requests, settled

#: The tables that steps make.
MADE = frozenset(table.name for table in (*DERIVED_TABLES, *LINKED_TABLES))


def note_made(lake: Lake) -> None:
    """Note that every step has gone through under what holds now. Only a run may, when its steps are done."""
    state = _state(lake)
    if state != _made():
        settled.note_made_under(state)


def may_be_shown(lake: Lake, snapshot: int | None = None) -> bool:
    """Whether what steps made may be shown.

    Args:
        lake: its ledger is open; no key is needed.
        snapshot: its number; None for the last. An older one stands only by what the last one has too,
            where there are people in the lake.
    """
    if _made() != _state(lake):
        return False
    if snapshot is None or _state(lake) == _NOBODY:
        return True
    now = {(file.table, file.sha256) for file in lake.listed()}
    then = {(file.table, file.sha256) for file in lake.listed(snapshot=snapshot) if file.table in MADE}
    return then <= now


def see_that_it_may_be_shown(lake: Lake, snapshot: int | None = None) -> None:
    """See that what steps made may be shown; where they have made nothing, it may.

    Raises:
        Busy: it was made before the last delivery, seal or decision about people.
    """
    made = any(file.table in MADE for file in lake.listed(snapshot=snapshot))
    if made and not may_be_shown(lake, snapshot):
        what = "these tables were made before the last change of deliveries, seals or people's requests"
        remedy = f"`roundtable run {lake.folder}` makes them anew"
        raise Busy(Problem(Place(str(lake.folder)), "made-before", what, remedy))


def _made() -> str:
    return settled.made_under() or _NOBODY


def _state(lake: Lake) -> str:
    upheld = [
        [one.number, str(one.outcome), sorted(one.upheld)]
        for one in requests.every_request()
        if one.right in BINDING and one.upheld
    ]
    return _digest([dict(state_now(lake)), upheld])


def _digest(value: object) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()


#: The state of a lake without people, seals and requests.
_NOBODY = _digest([{}, []])
