"""What a step may see of the canonical tables when records or addresses are sealed, or people have objected.

It is asked at one place, where a step's tables are made, so that no table shows what another leaves out:

- records under seal are gone, and every event they were in, whole: with whoever else was in it, its
  details and its results. What is left of such an event would say where the person was, and when;
- so is everything at an address under seal: records, events, contacts, the address itself;
- a row that a source sent is left out whole: with an event or a contact goes whatever else its row brought,
  the record of its person among it;
- of people whose objection is upheld, their records, parts and contacts are gone; an event stays where others
  were in it too, without them.

A count made of what is left is lower everywhere by the same rows, so that no two figures differ by them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from roundtable.data.tables import LAKE_TABLES
from roundtable.governance.rights.sealing import LeftOut

#: What else has to be read to know what is left of a table.
BESIDE = {
    "event": ("involvement",),
    "involvement": ("event",),
    "event_result": ("event", "involvement"),
    "detail": ("event", "involvement", "contact"),
    "person_record": ("event", "involvement", "contact"),
}
#: The tables that can say anything of a person or an address, and the columns that tell their rows apart. The
#: id of a row that was sent is its own only within its delivery.
GUARDED: Mapping[str, tuple[str, ...]] = {
    "event": ("event_id", "delivery_id"),
    "event_result": ("event_result_id", "delivery_id"),
    "involvement": ("involvement_id", "delivery_id"),
    "contact": ("contact_id", "delivery_id"),
    "detail": ("of_id", "delivery_id"),
    "person_record": ("record_id",),
    "address_record": ("address_id",),
    "rectification": ("record_id",),
}
#: Tables that no step may read while anything is left out: what is under seal could be told by them.
CLOSED = frozenset({"quarantine", "row_version"})
_OF_ADDRESS = frozenset({"event", "contact", "person_record"})


def is_guarded(name: str) -> bool:
    """Whether a table can say anything of a person or an address."""
    named = {"record_id", "address_id"} & set(LAKE_TABLES[name].schema.names)
    return name in GUARDED or name in CLOSED or bool(named)


def tables_beside(names: Iterable[str]) -> tuple[str, ...]:
    """The tables that must be at hand whole to know what is left of those that a step reads, in order."""
    guarded = {name for name in names if is_guarded(name)}
    return tuple(sorted(guarded | {other for name in guarded for other in BESIDE.get(name, ())}))


@dataclass
class LeavingOut:
    """Takes out of the tables that somebody sees whatever they may not.

    What has to go is worked out on the tables as they stand, all of them. Somebody who is let see events and
    not who was in them would otherwise be shown the events of people under seal.

    Attributes:
        whole: a table as it stands, before permission has taken anything from it.
        memory: a small Arrow table as an Ibis table, under a name of its own.
        left_out: what may not be seen.
    """

    whole: Callable[[str], ir.Table]
    memory: Callable[[pa.Table, str], ir.Table]
    left_out: LeftOut
    _gone: dict[str, ir.Table] = field(default_factory=dict)

    def take_from(self, name: str, seen: ir.Table) -> ir.Table:
        """A table without what is left out.

        Args:
            name: which table it is.
            seen: as it may be seen otherwise; only its key is looked at.

        Raises:
            ValueError: it is one that is never handed out while anything is left out.
        """
        if not self.left_out.anything or not is_guarded(name):
            return seen
        if name in CLOSED:
            raise ValueError(f"no step reads {name}")
        if name not in GUARDED:
            return self._without_ids(name, seen)
        left = seen.anti_join(self.gone(name), GUARDED[name])
        if name == "person_record":
            rows = self.gone("detail").select("delivery_id", row_id="of_id")
            left = left.anti_join(rows, ["row_id", "delivery_id"])
        return left.anti_join(self._addresses, "address_id") if name in _OF_ADDRESS else left

    def _without_ids(self, name: str, seen: ir.Table) -> ir.Table:
        """A table that a step made, perhaps before something was sealed: without rows that name it."""
        for column, ids in (("record_id", self._people), ("address_id", self._addresses)):
            if column in LAKE_TABLES[name].schema.names:
                seen = seen.anti_join(ids, column)
        return seen

    def gone(self, name: str) -> ir.Table:
        """The keys of the rows of a table that are left out, each once."""
        if name not in self._gone:
            self._gone[name] = getattr(self, f"_{name}")().distinct()
        return self._gone[name]

    def _event(self) -> ir.Table:
        parts, event = self._parts_in_events, GUARDED["event"]
        sealed = parts.semi_join(self._sealed, "record_id").select(*event)
        at_address = self.whole("event").semi_join(self._addresses, "address_id").select(*event)
        left = parts.semi_join(self._people, "record_id").select(*event)
        others = parts.anti_join(self._people, "record_id").select(*event)
        return sealed.union(at_address).union(left.anti_join(others, event))

    def _involvement(self) -> ir.Table:
        own = self.whole("involvement").semi_join(self._people, "record_id")
        with_event = self._parts_in_events.semi_join(self.gone("event"), GUARDED["event"])
        of_part = with_event.select("involvement_id", delivery_id="part_delivery_id")
        return own.select(*GUARDED["involvement"]).union(of_part)

    def _event_result(self) -> ir.Table:
        events = self.whole("event").semi_join(self.gone("event"), GUARDED["event"])
        named = events.filter(events.source_id.notnull()).select("dataset", "source_id").distinct()
        results = self.whole("event_result").semi_join(named, ["dataset", "source_id"])
        return results.select(*GUARDED["event_result"])

    def _contact(self) -> ir.Table:
        contact = self.whole("contact")
        own = contact.semi_join(self._people, "record_id")
        there = contact.semi_join(self._addresses, "address_id")
        return own.select(*GUARDED["contact"]).union(there.select(*GUARDED["contact"]))

    def _detail(self) -> ir.Table:
        return (
            self.gone("event")
            .select("delivery_id", of_id="event_id")
            .union(self.gone("involvement").select("delivery_id", of_id="involvement_id"))
            .union(self.gone("contact").select("delivery_id", of_id="contact_id"))
            .select(*GUARDED["detail"])
        )

    def _person_record(self) -> ir.Table:
        return self._people

    def _address_record(self) -> ir.Table:
        return self._addresses

    def _rectification(self) -> ir.Table:
        return self._people

    @cached_property
    def _people(self) -> ir.Table:
        return self._ids("record_id", "left_out_people", self.left_out.people)

    @cached_property
    def _sealed(self) -> ir.Table:
        return self._ids("record_id", "left_out_records", self.left_out.records)

    @cached_property
    def _addresses(self) -> ir.Table:
        return self._ids("address_id", "left_out_addresses", self.left_out.addresses)

    @cached_property
    def _parts_in_events(self) -> ir.Table:
        """Every part in an event: the event and its delivery, the part and its delivery, the record."""
        columns = ("event_id", "delivery_id", "involvement_id", "part_delivery_id", "record_id")
        parts = self.whole("involvement").mutate(part_delivery_id=ibis._.delivery_id)
        same_row = parts.filter(parts.event_id.notnull()).select(*columns)
        other = parts.filter(parts.event_id.isnull() & parts.event_source_id.notnull())
        other = other.select(
            "dataset", "involvement_id", "part_delivery_id", "record_id", source_id="event_source_id"
        )
        events = self.whole("event")
        named = events.filter(events.source_id.notnull())
        named = named.select("dataset", "source_id", "event_id", "delivery_id")
        return same_row.union(other.join(named, ["dataset", "source_id"]).select(*columns))

    def _ids(self, column: str, name: str, ids: frozenset[str]) -> ir.Table:
        return self.memory(pa.table({column: pa.array(sorted(ids), pa.string())}), name)
