"""Records of people as linkage takes them: with the event that each was part of, its day and its place.

What is joined here are identifiers, which the engine may not spill to a disk: to join and sort them takes it
several times the memory that they take. So the engine reads, and they are put together outside of it.
"""

from __future__ import annotations

import ibis.expr.types as ir
import pyarrow as pa
import pyarrow.compute as pc

from roundtable.data.lake_table import DAY, FLAG, INSTANT, TEXT, LakeTable, described, key, maybe
from roundtable.data.tables import LAKE_TABLES
from roundtable.steps.step import Bench

_RECORD = key("record_id", TEXT, "The keyed id of the record.")
_EVENT_OF_RECORD = described(
    "event_of_record",
    "The event that a record was part of, the first of several; worked out in passing, never kept.",
    _RECORD,
    maybe("event_id", TEXT, "What tells the event from others, and no more; null where there is none."),
    maybe("day", DAY, "Its first day; null where it is not known."),
    maybe("address_id", TEXT, "Where it was; null where that is not known."),
)
_CONTACT_OF_RECORD = described(
    "contact_of_record",
    "The contact that a record was part of, the last of several; worked out in passing, never kept.",
    _RECORD,
    maybe("day", DAY, "Its first day; null where it is not known."),
    maybe("address_id", TEXT, "Where it was; null where that is not known."),
)
#: Says of which records the address is only where something happened: nobody need live there.
PLACE_OF_EVENT = pa.field("place_of_event", FLAG, False)
#: Nothing stands between the parts of an event's name in any of them.
_BETWEEN = "\x1f"
#: What tells one row from any other, and so puts them in one order.
_ORDER = [(name, "ascending") for name in ("record_id", "delivery_id", "row_id")]


def people_records(bench: Bench) -> pa.Table:
    """The records that the purpose may link; columns that it may not see are null.

    They are PERSON_RECORD and two columns more. `recorded_at` is, where the source does not say it of the
    record, the day of the event or contact that it was part of; `event_id` is that event. `address_id` is,
    where the record has none, that of the contact; and where it has no address nor postcode either, that of
    the event, as `place_of_event` then says.
    """
    records = _read(bench, bench.table("person_record"), LAKE_TABLES["person_record"]).sort_by(_ORDER)
    events = _read(bench, _events(bench.table("event"), bench.table("involvement")), _EVENT_OF_RECORD)
    contacts = _read(bench, _contacts(bench.table("contact")), _CONTACT_OF_RECORD)
    event, contact = (_beside(records, found) for found in (events, contacts))
    day = pc.coalesce(event["day"], contact["day"]).cast(INSTANT)
    own = pc.coalesce(records["address_id"], contact["address_id"])
    unplaced = pc.and_(pc.is_null(records["address"]), pc.is_null(records["postcode"]))
    placed = pc.and_(pc.and_(pc.is_null(own), unplaced), pc.is_valid(event["address_id"]))
    changed = {
        "recorded_at": pc.coalesce(records["recorded_at"], day),
        "address_id": pc.if_else(placed, event["address_id"], own),
    }
    for name, column in changed.items():
        at = records.schema.get_field_index(name)
        records = records.set_column(at, records.schema.field(at), column)
    return records.append_column("event_id", event["event_id"]).append_column(PLACE_OF_EVENT, placed)


def _read(bench: Bench, rows: ir.Table, table: LakeTable) -> pa.Table:
    return bench.engine.to_arrow(rows.select(table.schema.names), table, ordered=False)


def _beside(records: pa.Table, found: pa.Table) -> pa.Table:
    """For each record, in its place, what was found of it; nulls where nothing was."""
    return found.take(pc.index_in(records["record_id"], value_set=found["record_id"].combine_chunks()))


def _contacts(contact: ir.Table) -> ir.Table:
    met = contact.filter(contact.record_id.notnull())
    return met.group_by("record_id").agg(day=met.started.max(), address_id=met.address_id.max())


def _events(event: ir.Table, involvement: ir.Table) -> ir.Table:
    by_row = event.select("event_id", "delivery_id", "address_id", day="occurred_from")
    numbered = event.filter(event.source_id.notnull())
    by_number = numbered.group_by("dataset", "source_id").agg(
        day=numbered.occurred_from.min(), address_id=numbered.address_id.min()
    )
    same_row = involvement.filter(involvement.event_id.notnull())
    same_row = same_row.left_join(by_row, ["event_id", "delivery_id"]).select(
        "record_id", "day", "address_id", part_of=same_row.delivery_id + _BETWEEN + same_row.event_id
    )
    other = involvement.filter(involvement.event_id.isnull() & involvement.event_source_id.notnull())
    other = other.left_join(
        by_number, [other.dataset == by_number.dataset, other.event_source_id == by_number.source_id]
    ).select("record_id", "day", "address_id", part_of=other.dataset + _BETWEEN + other.event_source_id)
    every = same_row.union(other)
    return every.group_by("record_id").agg(
        event_id=every.part_of.min(), day=every.day.min(), address_id=every.address_id.min()
    )
