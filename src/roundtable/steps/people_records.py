"""Records of people as linkage takes them: with the event that each was part of, its day and its place."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from roundtable.data.lake_table import FLAG, TEXT
from roundtable.data.person_tables import PERSON_RECORD
from roundtable.data.tables import LakeTable
from roundtable.steps.step import Bench

#: Person records as a purpose may see them. `recorded_at` is, where the source does not say it of the record,
#: the day of the event or contact that the record was part of; `event_id` tells events apart and no more.
#: `address_id` is, where the record has none, that of the contact; and where it has no address nor postcode
#: either, that of the event. `place_of_event` says so, for nobody need live where something happened.
PEOPLE_RECORDS = LakeTable(
    name="people_records",
    schema=PERSON_RECORD.schema.append(pa.field("event_id", TEXT)).append(pa.field("place_of_event", FLAG)),
    sort_key=PERSON_RECORD.sort_key,
    description="Person records with their event, day and place; worked out in passing, never kept.",
)
#: Nothing stands between the parts of an event's name in any of them.
_BETWEEN = "\x1f"


def people_records(bench: Bench) -> pa.Table:
    """The records that the purpose may link; columns that it may not see are null."""
    records = bench.table("person_record")
    events = _events(bench.table("event"), bench.table("involvement"))
    joined = records.left_join(events, "record_id").drop("record_id_right")
    joined = joined.left_join(_contacts(bench.table("contact")), "record_id").drop("record_id_right")
    day = joined.happened.coalesce(joined.started).cast(ibis.dtype("timestamp('UTC')"))
    own = joined.address_id.coalesce(joined.met_at)
    placed = own.isnull() & joined.address.isnull() & joined.postcode.isnull() & joined.happened_at.notnull()
    told = joined.mutate(
        recorded_at=joined.recorded_at.coalesce(day),
        address_id=ibis.ifelse(placed, joined.happened_at, own),
        place_of_event=placed,
    )
    return bench.engine.to_arrow(told.select(PEOPLE_RECORDS.schema.names), PEOPLE_RECORDS)


def _contacts(contact: ir.Table) -> ir.Table:
    """For each record that was part of a contact: its last day, and where it was."""
    met = contact.filter(contact.record_id.notnull())
    return met.group_by("record_id").agg(started=met.started.max(), met_at=met.address_id.max())


def _events(event: ir.Table, involvement: ir.Table) -> ir.Table:
    """For each record that was part of an event: which, its day and its place; the first of several."""
    by_row = event.select("event_id", "delivery_id", happened="occurred_from", happened_at="address_id")
    numbered = event.filter(event.source_id.notnull())
    by_number = numbered.group_by("dataset", "source_id").agg(
        happened=numbered.occurred_from.min(), happened_at=numbered.address_id.min()
    )
    same_row = involvement.filter(involvement.event_id.notnull())
    same_row = same_row.left_join(by_row, ["event_id", "delivery_id"]).select(
        "record_id",
        "happened",
        "happened_at",
        part_of=same_row.delivery_id + _BETWEEN + same_row.event_id,
    )
    other = involvement.filter(involvement.event_id.isnull() & involvement.event_source_id.notnull())
    other = other.left_join(
        by_number, [other.dataset == by_number.dataset, other.event_source_id == by_number.source_id]
    ).select("record_id", "happened", "happened_at", part_of=other.dataset + _BETWEEN + other.event_source_id)
    every = same_row.union(other)
    return every.group_by("record_id").agg(
        event_id=every.part_of.min(), happened=every.happened.min(), happened_at=every.happened_at.min()
    )
