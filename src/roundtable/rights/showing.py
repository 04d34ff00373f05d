"""Everything that is held about a person: what, from where, who looked, and what was made of it.

Other people are left out: that others were in an event is told, and not who. What is under seal is left out
too, and a sentence that always stands there says that something may be.
"""

from __future__ import annotations

from collections.abc import Container, Iterable
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
from roundtable.errors import Place, Problem, SettingUnusable
from roundtable.governance.rights.controllers import dealing, refuse_rest
from roundtable.ledger import copies, deliveries, looks, rectifications, requests
from roundtable.rights.in_quarantine import found_held, shown_of, told_of
from roundtable.rights.made_of_it import made_of_it
from roundtable.rights.office import Office
from roundtable.rights.whose import note_look, reach_to_look
from roundtable.rights.wings import holdings

#: Stands on every answer, whether or not anything was left out: its absence would tell.
MAY_BE_WITHHELD = "Information about other people, and what the law keeps from being told, is left out."
_IDS = frozenset({"row_id", "delivery_id", "address_id", "event_id", "contact_id", "involvement_id"})


def found(office: Office, sought: Sought, by: str, about: str) -> tuple[dict[str, Any], ...]:
    """The records that fit what is known, for a post to pick from; the chain is told who looked.

    Raises:
        SettingUnusable: too little is known, or there is no such post.
        NotPermitted: the post answers for none of the data.
        StoreUnusable: this process has no keys.
    """
    reach = reach_to_look(office, by, about)
    if not sought.says_enough:
        what = "that could be anybody"
        remedy = "give a number, a property, or a name with --born"
        raise SettingUnusable(Problem(Place("command line"), "find-too-little", what, remedy))
    office.tell("Looking through the records that this post may see")
    rows = find(office.lake, sought, office.sealed(by), reach.deliveries)
    office.tell("Looking through the quarantine")
    held = found_held(office, sought, reach.deliveries)
    seen = [*(row["record_id"] for row in rows), *(one.record_id for one in held)]
    note_look(office, by, about, seen, "found")
    return (*(_said(row) for row in rows), *(told_of(one) for one in held))


def shown(office: Office, records: Iterable[str], by: str, about: str) -> dict[str, Any]:
    """Everything held about the person of these records; the chain is told who looked.

    Args:
        office: open for writing: that somebody looked is written down.
        records: the ids of the records.
        by: the post that looks.
        about: in what connection, such as `request 4`.

    Raises:
        SettingUnusable: there is no such post, or none of the records.
        NotPermitted: all of it is data of other agencies; it says of which, and who deals with them.
        StoreUnusable: this process has no keys.
    """
    reach = reach_to_look(office, by, about)
    left_out = office.sealed(by)
    sought = Sought(records=frozenset(records))
    hidden = hidden_rows(office.lake, left_out) if sought.records else {}
    office.tell("Looking the records up")
    rows, held = find(office.lake, sought, left_out, None, hidden), found_held(office, sought)
    if not rows and not held:
        place, remedy = (
            Place("command line", key="--record"),
            "`subject find DIR` shows records with their ids",
        )
        raise SettingUnusable(Problem(place, "record-unknown", "there is no such record", remedy))
    covers = _covered(
        office, by, about, {*(row["delivery_id"] for row in rows), *(h.delivery_id for h in held)}
    )
    rows = tuple(row for row in rows if row["delivery_id"] in reach.deliveries)
    held = tuple(one for one in held if one.delivery_id in reach.deliveries)
    seen = frozenset({*(str(row["record_id"]) for row in rows), *(one.record_id for one in held)})
    before = looks.looks_at(seen)
    files = [file for file in office.lake.listed() if file.table in KNOWN_BY]
    office.tell("Looking for what belongs to them: parts in events, contacts, facts")
    own = belonging_to(office.lake, files, seen)
    within = [file for file in files if file.source in reach.deliveries]
    happened = _own_events(office, within, own, hidden)
    office.tell("Looking for what was made of them, who looked, and where they are held")
    told = {
        "covers": covers,
        "records": [_said(row) for row in rows],
        "quarantine": [shown_of(office, one) for one in held],
        "events": _events(office, within, own, hidden, happened),
        "contacts": _contacts(office, within, own, hidden),
        "put_right": [
            {"column": one.which, "record_id": one.record_id, "by": one.made_by, "on": one.made_at.date()}
            for one in rectifications.every_rectification()
            if one.record_id in seen
        ],
        "from": _provenance(
            (own.deliveries | {one.delivery_id for one in held}) & reach.deliveries
        ),
        "looked": [
            {"number": one.sequence, "at": one.at, "about": one.about, **_who(one.detail)} for one in before
        ],
        "made_of_it": made_of_it(office, happened, rows),
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
        "held_in": holdings(office, seen, own),
        "withheld": MAY_BE_WITHHELD,
    }  # fmt: skip
    note_look(office, by, about, seen, "shown")
    return told


def _covered(office: Office, by: str, about: str, brought: Iterable[str]) -> list[str]:
    """Whose data the records are and who deals with them; refused where this post deals with none.

    Raises:
        NotPermitted: it does not.
    """
    came = office.came()
    found = dealing(office.partnership, by, {came[one] for one in brought}, office.now.date())
    if not found.may:
        note_look(office, by, about, (), "refused")
        refuse_rest(office.partnership, found)
    return list(found.told(office.partnership))


def _own_events(
    office: Office, files: list[LakeFile], own: Belonging, hidden: dict[str, frozenset[RowId]]
) -> list[dict[str, Any]]:
    """The rows of the events the person was in, as they stand in the lake."""
    wanted = (own.events | own.shared) - hidden.get("event", frozenset())
    brought = {delivery for delivery, _ in wanted}
    here = [file for file in files if file.table == "event" and file.source in brought]
    return [
        row
        for batch in batches_of(office.lake, here)
        for row in batch.rows.filter(pairs(batch.rows, "delivery_id", "event_id", wanted)).to_pylist()
    ]


def _events(
    office: Office,
    files: list[LakeFile],
    own: Belonging,
    hidden: dict[str, frozenset[RowId]],
    happened: list[dict[str, Any]],
) -> list[dict[str, Any]]:
    """The events the person was in: what happened, their part, and facts of their own rows alone."""
    parts = _rows(office, files, own, "involvement", hidden)
    facts = _facts(office, files, own)
    made = []
    for row in happened:
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


def _provenance(brought: Container[str]) -> list[dict[str, Any]]:
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
        if one.delivery_id in brought
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
