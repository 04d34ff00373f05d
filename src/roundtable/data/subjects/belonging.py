"""Which rows of the lake belong to a person: by the ids of their records, through every file there still is.

A row that a source sent became rows of several tables that share its id, so that all of it is found by that
and by the delivery, within which alone the id is its own:

- the rows of the person's own records, parts and contacts;
- events in which nobody else had a part; one that others were in too is theirs as well, and stays;
- details and results of those, and corrections that were put over the records.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import pyarrow as pa
import pyarrow.compute as pc

from roundtable.data.lake import Lake
from roundtable.data.lake_file import LakeFile
from roundtable.data.subjects.records import batches_of, isin

#: A delivery, and the id of a row that it brought.
RowId = tuple[str, str]
#: The ids that a table goes by: the column, and which of the found ids stand in it.
_OWN_ROWS = {"person_record": "row_id", "involvement": "involvement_id", "contact": "contact_id"}


@dataclass
class Belonging:
    """What belongs to a person.

    Attributes:
        records: the ids of the records.
        rows: rows that a source sent about the person.
        events: events in which nobody else had a part.
        shared: events that others were in too.
        shared_numbers: the sources' own ids of those.
        results: datasets and source ids of the events in `events`, by which their results are known.
        deliveries: the deliveries that brought any of it.
        people: what linkage calls whoever the records were put to, for each purpose.
    """

    records: frozenset[str]
    rows: set[RowId] = field(default_factory=set)
    events: set[RowId] = field(default_factory=set)
    shared: set[RowId] = field(default_factory=set)
    shared_numbers: set[str] = field(default_factory=set)
    results: set[tuple[str, str]] = field(default_factory=set)
    deliveries: set[str] = field(default_factory=set)
    people: set[str] = field(default_factory=set)

    def mask(self, table: str, rows: pa.Table) -> pa.ChunkedArray | None:
        """Which rows of a table belong to the person; None where none ever could."""
        match table:
            case "person_record" | "rectification" | "person_link" | "person_moved":
                return isin(rows.column("record_id"), self.records)
            case "involvement" | "contact":
                return isin(rows.column("record_id"), self.records)
            case "person_move":
                left, went = (isin(rows.column(name), self.people) for name in ("person_from", "person_to"))
                return pc.or_(pc.or_(left, went), isin(rows.column("record_id"), self.records))
            case "event":
                return pairs(rows, "delivery_id", "event_id", self.events)
            case "detail":
                return pairs(rows, "delivery_id", "of_id", self.rows | self.events)
            case "row_version":
                # What is left of an event that others were in still has its version.
                return pairs(rows, "delivery_id", "row_id", (self.rows | self.events) - self.shared)
            case "event_result":
                return pairs(rows, "dataset", "source_id", self.results)
            case _:
                return None


#: The tables that can hold rows of a person, and the columns that tell which.
KNOWN_BY: Mapping[str, tuple[str, ...]] = {
    "person_record": ("record_id",),
    "rectification": ("record_id",),
    "person_link": ("record_id",),
    "person_moved": ("record_id",),
    "person_move": ("person_from", "person_to", "record_id"),
    "involvement": ("record_id",),
    "contact": ("record_id",),
    "event": ("event_id", "delivery_id"),
    "detail": ("of_id", "delivery_id"),
    "row_version": ("row_id", "delivery_id"),
    "event_result": ("dataset", "source_id"),
}


def belonging_to(lake: Lake, files: Iterable[LakeFile], records: Iterable[str]) -> Belonging:
    """Work out what belongs to a person.

    Args:
        lake: with the keys, where there are records in the vault.
        files: the files to look through.
        records: the ids of the person's records.
    """
    by_table: dict[str, list[LakeFile]] = {}
    for file in files:
        by_table.setdefault(file.table, []).append(file)
    found = Belonging(frozenset(records))
    direct, named = _own_rows(lake, by_table, found)
    events = _events(lake, by_table, direct, named)
    others = _with_others(lake, by_table, found, events)
    found.events = {event for event in events if event not in others}
    found.shared = {event for event in events if event in others}
    kept = {name for event in found.shared if (name := events[event]) is not None}
    found.shared_numbers = {number for _, number in kept}
    for batch in batches_of(lake, by_table.get("person_link", ()), ["record_id", "person_id"]):
        own = batch.rows.filter(isin(batch.rows.column("record_id"), found.records))
        found.people |= set(own.column("person_id").to_pylist())
    found.results = {name for event in found.events if (name := events[event]) is not None} - kept
    return found


def _own_rows(
    lake: Lake, by_table: Mapping[str, list[LakeFile]], found: Belonging
) -> tuple[set[RowId], set[tuple[str, str]]]:
    """The rows about the person; the events they had a part in, by id and by dataset and source id."""
    direct: set[RowId] = set()
    named: set[tuple[str, str]] = set()
    for table, column in _OWN_ROWS.items():
        wanted = ["record_id", column, "delivery_id"]
        wanted += ["dataset", "event_id", "event_source_id"] if table == "involvement" else []
        for batch in batches_of(lake, by_table.get(table, ()), wanted):
            own = batch.rows.filter(isin(batch.rows.column("record_id"), found.records))
            found.rows |= set(_pairs_in(own, "delivery_id", column))
            found.deliveries |= set(own.column("delivery_id").to_pylist())
            if table == "involvement":
                direct |= set(_pairs_in(own, "delivery_id", "event_id"))
                named |= set(_pairs_in(own, "dataset", "event_source_id"))
    return direct, named


def _events(
    lake: Lake, by_table: Mapping[str, list[LakeFile]], direct: set[RowId], named: set[tuple[str, str]]
) -> dict[RowId, tuple[str, str] | None]:
    """The events, each with its dataset and source id, or None where it has none."""
    events: dict[RowId, tuple[str, str] | None] = {}
    columns = ["event_id", "delivery_id", "dataset", "source_id"]
    for batch in batches_of(lake, by_table.get("event", ()), columns):
        rows = batch.rows
        by_id = pairs(rows, "delivery_id", "event_id", direct)
        mask = pc.or_(by_id, pairs(rows, "dataset", "source_id", named))
        for row in rows.filter(mask).to_pylist():
            name = (row["dataset"], row["source_id"]) if row["source_id"] is not None else None
            events[row["delivery_id"], row["event_id"]] = name
    return events


def _with_others(
    lake: Lake,
    by_table: Mapping[str, list[LakeFile]],
    found: Belonging,
    events: Mapping[RowId, tuple[str, str] | None],
) -> set[RowId]:
    """Which of the events somebody else had a part in."""
    by_name: dict[tuple[str, str], set[RowId]] = {}
    for event, name in events.items():
        if name is not None:
            by_name.setdefault(name, set()).add(event)
    columns = ["record_id", "event_id", "delivery_id", "dataset", "event_source_id"]
    others: set[RowId] = set()
    for batch in batches_of(lake, by_table.get("involvement", ()), columns):
        rows = batch.rows.filter(pc.invert(isin(batch.rows.column("record_id"), found.records)))
        same_row = rows.filter(pairs(rows, "delivery_id", "event_id", set(events)))
        others |= set(_pairs_in(same_row, "delivery_id", "event_id"))
        by_source = rows.filter(pairs(rows, "dataset", "event_source_id", set(by_name)))
        for name in _pairs_in(by_source, "dataset", "event_source_id"):
            others |= by_name[name]
    return others


def pairs(rows: pa.Table, first: str, second: str, wanted: Collection[tuple[str, str]]) -> pa.ChunkedArray:
    """Which rows have one of these pairs of values."""
    likely = isin(rows.column(second), {other for _, other in wanted})
    if not pc.any(likely).as_py():
        return likely
    by_first: dict[str, set[str]] = {}
    for one, other in wanted:
        by_first.setdefault(one, set()).add(other)
    mask = pa.chunked_array([pa.repeat(False, rows.num_rows)])
    for name in sorted(by_first.keys() & set(pc.unique(rows.column(first)).to_pylist())):
        here = pc.and_(pc.equal(rows.column(first), name), isin(rows.column(second), by_first[name]))
        mask = pc.or_(mask, here)
    return mask


def _pairs_in(rows: pa.Table, first: str, second: str) -> Iterator[tuple[str, str]]:
    both = zip(rows.column(first).to_pylist(), rows.column(second).to_pylist(), strict=True)
    return ((one, other) for one, other in both if other is not None)
