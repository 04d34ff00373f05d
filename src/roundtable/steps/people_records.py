"""Records of people as linkage takes them: with the event that each was part of, and the day it speaks of."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from roundtable.data.lake_table import TEXT
from roundtable.data.person_tables import PERSON_RECORD
from roundtable.data.tables import LakeTable
from roundtable.steps.step import Bench

#: Person records as a purpose may see them. `recorded_at` is, where the source does not say it of the record,
#: the day of the event or contact that the record was part of; `event_id` tells events apart and no more.
PEOPLE_RECORDS = LakeTable(
    name="people_records",
    schema=PERSON_RECORD.schema.append(pa.field("event_id", TEXT)),
    sort_key=PERSON_RECORD.sort_key,
    description="Person records with their event and their day; worked out in passing, never kept.",
)
#: Nothing stands between the parts of an event's name in any of them.
_BETWEEN = "\x1f"


def people_records(bench: Bench) -> pa.Table:
    """The records that the purpose may link; columns that it may not see are null."""
    records = bench.table("person_record")
    events = _events(bench.table("event"), bench.table("involvement"))
    contact = bench.table("contact")
    spoken = (
        contact.filter(contact.record_id.notnull()).group_by("record_id").agg(started=contact.started.max())
    )
    joined = records.left_join(events, "record_id").drop("record_id_right")
    joined = joined.left_join(spoken, "record_id").drop("record_id_right")
    day = joined.happened.coalesce(joined.started).cast(ibis.dtype("timestamp('UTC')"))
    dated = joined.mutate(recorded_at=joined.recorded_at.coalesce(day))
    return bench.engine.to_arrow(dated.select(PEOPLE_RECORDS.schema.names), PEOPLE_RECORDS)


def _events(event: ir.Table, involvement: ir.Table) -> ir.Table:
    """For each record that was part of an event: which, and its day. The first, where it was in several."""
    by_row = event.select("event_id", "delivery_id", happened="occurred_from")
    numbered = event.filter(event.source_id.notnull())
    by_number = numbered.group_by("dataset", "source_id").agg(happened=numbered.occurred_from.min())
    same_row = involvement.filter(involvement.event_id.notnull())
    same_row = same_row.left_join(by_row, ["event_id", "delivery_id"]).select(
        "record_id",
        "happened",
        part_of=same_row.delivery_id + _BETWEEN + same_row.event_id,
    )
    other = involvement.filter(involvement.event_id.isnull() & involvement.event_source_id.notnull())
    other = other.left_join(
        by_number, [other.dataset == by_number.dataset, other.event_source_id == by_number.source_id]
    ).select("record_id", "happened", part_of=other.dataset + _BETWEEN + other.event_source_id)
    every = same_row.union(other)
    return every.group_by("record_id").agg(event_id=every.part_of.min(), happened=every.happened.min())
