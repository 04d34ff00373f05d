"""Who looked at whom: the chain names a record by an alias made by chance, which an erasure can forget.

The chain itself can never be changed. When the row that ties an alias to a record is gone, the events
stay and no longer say about whom they are, not even to whoever has every key.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from roundtable.ledger import audit
from roundtable.ledger.audit import Event
from roundtable.ledger.faults import ledger_transaction, plain_faults
from roundtable.ledger.models import LookAlias
from roundtable.ledger.numbering import lock_the_head

#: The key of an event's detail under which the aliases stand.
LOOKED_AT = "looked_at"


def note_look(about: str, records: Iterable[str], detail: Mapping[str, Any], at: datetime) -> None:
    """Append an audit event that says which records were looked at, by their aliases.

    Args:
        about: in what connection, such as `request 4`; nothing that names a person.
        records: the ids of the records.
        detail: who and why; nothing that names a person.
        at: when.
    """
    with ledger_transaction():
        lock_the_head()
        wanted = sorted(set(records))
        known = _aliases(wanted)
        for record in wanted:
            if record not in known:
                known[record] = secrets.token_hex(8)
                LookAlias.objects.create(record_id=record, alias=known[record])
        audit.append("subject.looked_at", about, {**detail, LOOKED_AT: sorted(known.values())}, at)


def looks_at(records: Iterable[str]) -> tuple[Event, ...]:
    """Every event of the chain that says that one of these records was looked at."""
    aliases = frozenset(_aliases(sorted(set(records))).values())
    if not aliases:
        return ()
    return tuple(event for event in audit.events() if aliases & set(event.detail.get(LOOKED_AT, ())))


def forget_aliases(records: Iterable[str]) -> None:
    """Forget what the chain calls these records."""
    wanted = sorted(set(records))
    with ledger_transaction():
        for start in range(0, len(wanted), 500):
            LookAlias.objects.filter(record_id__in=wanted[start : start + 500]).delete()


def _aliases(records: list[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    with plain_faults():
        for start in range(0, len(records), 500):
            rows = LookAlias.objects.filter(record_id__in=records[start : start + 500])
            found.update({row.record_id: row.alias for row in rows})
    return found
