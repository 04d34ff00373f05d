"""Everything that is held about a person: what, from where, who looked, and what was made of it.

Other people are left out: that others were in an event is told, and not who. What is under seal is left out
too, and a sentence that always stands there says that something may be.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pyarrow.compute as pc

from roundtable.data.lake_file import LakeFile
from roundtable.data.subjects.belonging import KNOWN_BY, Belonging, RowId, belonging_to, pairs
from roundtable.data.subjects.finding import Sought, find
from roundtable.data.subjects.hidden import hidden_rows
from roundtable.data.subjects.leaving_out import GUARDED
from roundtable.data.subjects.records import batches_of
from roundtable.data.tables import LAKE_TABLES
from roundtable.errors import Place, Problem, SettingUnusable
from roundtable.ledger import copies, deliveries, looks, rectifications, requests
from roundtable.rights.office import Office
from roundtable.rights.wings import holdings

#: Stands on every answer, whether or not anything was left out: its absence would tell.
MAY_BE_WITHHELD = "Information about other people, and what the law keeps from being told, is left out."
_IDS = frozenset({"row_id", "delivery_id", "address_id", "event_id", "contact_id", "involvement_id"})


def found(office: Office, sought: Sought, by: str, about: str) -> tuple[dict[str, Any], ...]:
    """The records that fit what is known, for a post to pick from; the chain is told who looked.

    Raises:
        SettingUnusable: too little is known, or there is no such post.
        StoreUnusable: this process has no keys.
    """
    office.answering(by)
    if not sought.says_enough:
        what = "that could be anybody"
        remedy = "give a number, a property, or a name with --born"
        raise SettingUnusable(Problem(Place("command line"), "find-too-little", what, remedy))
    rows = find(office.lake, sought, office.sealed(by))
    looks.note_look(about, [row["record_id"] for row in rows], {"by": by, "how": "found"}, office.now)
    return tuple(_said(row) for row in rows)


def shown(office: Office, records: Iterable[str], by: str, about: str) -> dict[str, Any]:
    """Everything held about the person of these records; the chain is told who looked.

    Args:
        office: open for writing: that somebody looked is written down.
        records: the ids of the records.
        by: the post that looks.
        about: in what connection, such as `request 4`.

    Raises:
        SettingUnusable: there is no such post, or none of the records.
        StoreUnusable: this process has no keys.
    """
    office.answering(by)
    left_out = office.sealed(by)
    rows = find(office.lake, Sought(records=frozenset(records)), left_out)
    if not rows:
        place, remedy = (
            Place("command line", key="--record"),
            "`subject find DIR` shows records with their ids",
        )
        raise SettingUnusable(Problem(place, "record-unknown", "there is no such record", remedy))
    seen = frozenset(str(row["record_id"]) for row in rows)
    before = looks.looks_at(seen)
    files = [file for file in office.lake.listed() if file.table in KNOWN_BY]
    own = belonging_to(office.lake, files, seen)
    hidden = hidden_rows(office.lake, left_out)
    told = {
        "records": [_said(row) for row in rows],
        "events": _events(office, files, own, hidden),
        "contacts": _contacts(office, files, own, hidden),
        "put_right": [
            {"column": one.which, "record_id": one.record_id, "by": one.made_by, "on": one.made_at.date()}
            for one in rectifications.every_rectification()
            if one.record_id in seen
        ],
        "from": _provenance(own),
        "looked": [
            {"number": one.sequence, "at": one.at, "about": one.about, **_who(one.detail)} for one in before
        ],
        "made_of_it": _derived(office, files, own),
        "requests": [
            {"number": one.number, "right": one.right, "received": one.received_on, "outcome": one.outcome}
            for one in requests.every_request()
            if one.records & seen
        ],
        "copies": [
            {"copy": one.number, "kind": one.kind, "what": one.what, "recipient": one.recipient,
             "until": one.until}
            for one in copies.every_copy()
            if one.may_exist_on(office.now.date())
        ],
        "held_in": holdings(office, seen),
        "withheld": MAY_BE_WITHHELD,
    }  # fmt: skip
    looks.note_look(about, seen, {"by": by, "how": "shown"}, office.now)
    return told


def _events(
    office: Office, files: list[LakeFile], own: Belonging, hidden: dict[str, frozenset[RowId]]
) -> list[dict[str, Any]]:
    """The events the person was in: what happened, their part, and facts of their own rows alone."""
    parts = _rows(office, files, own, "involvement", hidden)
    facts = _facts(office, files, own)
    wanted = (own.events | own.shared) - hidden.get("event", frozenset())
    made = []
    for batch in batches_of(office.lake, [file for file in files if file.table == "event"]):
        for row in batch.rows.filter(pairs(batch.rows, "delivery_id", "event_id", wanted)).to_pylist():
            part = [one for one in parts if _is_in(one, row)]
            event = (row["delivery_id"], row["event_id"])
            # A fact on a row that another person's part came with may be about that person.
            about = {(one["delivery_id"], one["involvement_id"]) for one in part} | ({event} & own.events)
            made.append(
                _said(row)
                | {
                    "part": sorted({one["role"] for one in part}),
                    "others_were_in_it": event in own.shared,
                    "facts": _together(facts, about - hidden.get("detail", frozenset())),
                }
            )
    return sorted(made, key=lambda one: (one["occurred_from"], one["dataset"], str(one.get("source_id"))))


def _is_in(part: dict[str, Any], event: dict[str, Any]) -> bool:
    if part["event_id"] is not None:
        return (part["delivery_id"], part["event_id"]) == (event["delivery_id"], event["event_id"])
    return (part["dataset"], part["event_source_id"]) == (event["dataset"], event["source_id"])


def _rows(
    office: Office, files: list[LakeFile], own: Belonging, table: str, hidden: dict[str, frozenset[RowId]]
) -> list[dict[str, Any]]:
    made: list[dict[str, Any]] = []
    row, delivery = GUARDED[table]
    for batch in batches_of(office.lake, [file for file in files if file.table == table]):
        mask = own.mask(table, batch.rows)
        if mask is not None:
            rows = batch.rows.filter(mask)
            out = pairs(rows, delivery, row, hidden.get(table, frozenset()))
            made += rows.filter(pc.invert(out)).to_pylist()
    return made


def _contacts(
    office: Office, files: list[LakeFile], own: Belonging, hidden: dict[str, frozenset[RowId]]
) -> list[dict[str, Any]]:
    facts = _facts(office, files, own)
    told = [
        _said(row) | {"facts": _together(facts, {(row["delivery_id"], row["contact_id"])})}
        for row in _rows(office, files, own, "contact", hidden)
    ]
    return sorted(told, key=lambda one: (one["started"], one["dataset"], str(one.get("source_id"))))


def _facts(office: Office, files: list[LakeFile], own: Belonging) -> dict[RowId, dict[str, str]]:
    """The facts about the person's rows and events, by the row."""
    found: dict[RowId, dict[str, str]] = {}
    for batch in batches_of(office.lake, [file for file in files if file.table == "detail"]):
        mine = pairs(batch.rows, "delivery_id", "of_id", own.rows | own.events)
        for row in batch.rows.filter(mine).to_pylist():
            found.setdefault((row["delivery_id"], row["of_id"]), {})[row["name"]] = row["value"]
    return found


def _together(facts: dict[RowId, dict[str, str]], rows: set[RowId]) -> dict[str, str]:
    return dict(sorted(item for row in sorted(rows) for item in facts.get(row, {}).items()))


def _provenance(own: Belonging) -> list[dict[str, Any]]:
    received = deliveries.received_days()
    return [
        {
            "delivery": one.delivery_id,
            "dataset": one.dataset,
            "agency": one.agency,
            "file": one.file,
            "received": received[one.delivery_id],
            "agreements": list(one.agreements),
        }
        for one in deliveries.every_delivery()
        if one.delivery_id in own.deliveries
    ]


def _derived(office: Office, files: Iterable[LakeFile], own: Belonging) -> list[dict[str, str]]:
    """The tables that were worked out while the person's rows were there: what they could be counted in."""
    brought = [file.added for file in files if file.source in own.deliveries]
    if not brought:
        return []
    sources = {one.delivery_id for one in deliveries.every_delivery()}
    made = [file for file in office.lake.listed() if file.source not in sources and file.added > min(brought)]
    return [
        {"table": file.table, "step": file.source, "what": LAKE_TABLES[file.table].description}
        for file in made
        if file.table not in KNOWN_BY
    ]


def _who(detail: Any) -> dict[str, Any]:
    return {name: detail[name] for name in ("by", "how") if name in detail}


def _said(row: dict[str, Any]) -> dict[str, Any]:
    """A row without what is nothing, and without ids that mean nothing to a person."""
    return {name: _plain(value) for name, value in row.items() if value is not None and name not in _IDS}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value
