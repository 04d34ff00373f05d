"""One delivery from its note to its last row: unsealed, unpacked, planned, cast, without who was erased."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from roundtable.data.intake.arrival import Arrival
from roundtable.data.intake.becoming import Becoming
from roundtable.data.intake.finding_deliveries import FoundDelivery
from roundtable.data.intake.held_connections import HeldConnections
from roundtable.data.intake.limits import Limits
from roundtable.data.intake.note import DeliveryNote, ReadNote
from roundtable.data.intake.periods import id_prefixes
from roundtable.data.intake.planning import Plan, plan_for
from roundtable.data.intake.raw import readable
from roundtable.data.intake.reading import DeliveryReading, Scratch
from roundtable.data.intake.stopping import without_erased
from roundtable.data.intake.unpacking import SourceFile, unpacked
from roundtable.data.lake import Lake
from roundtable.data.quarantine.decided import decisions_of
from roundtable.governance.permission import Permission


@dataclass(frozen=True)
class ReadingWhole:
    """How the deliveries of one dataset are read today.

    Attributes:
        lake: where what is read will be kept.
        connections: the engines that rows are cast with.
        permits: what agreements in force let through, by table.
        limits: how much a delivery may ask for.
        progress: told how far it has got.
        ready: the tables of the dataset, made ready once for all of its deliveries.
    """

    lake: Lake
    connections: HeldConnections
    permits: Mapping[str, Permission]
    limits: Limits
    progress: Callable[[str], None]
    ready: dict[str, Becoming] = field(default_factory=dict)

    def planned(self, one: Arrival) -> Plan:
        """What a delivery claims and how it would be read, before one of its rows is.

        Raises:
            DeliveryRefused: it cannot be.
        """
        note = _noted(one)
        with self._unpacked(one) as (_, files):
            return plan_for(one, note, files, self.permits, self.ready)

    def read(self, one: Arrival) -> tuple[Plan, Scratch]:
        """Read all of it, into files that wait to be published or cleared away.

        Raises:
            DeliveryRefused: something is wrong with it.
            DiskFull: there is no room.
        """
        note = _noted(one)
        with self._unpacked(one) as (found, files):
            plan = plan_for(one, note, files, self.permits, self.ready)
            reading = DeliveryReading(
                found,
                one.id,
                one.hashed.sha256,
                plan.note,
                self.lake,
                self.connections,
                self.limits,
                self.progress,
                decisions_of(one.id, self.lake.keyring),
            )
            self.progress(f"{one.shown}: reading")
            prefixes = id_prefixes(plan.files, plan.periods, one.id)
            scratch = reading.read(plan.tables, plan.files, prefixes)
            return plan, without_erased(self.lake, one.found.dataset.id, scratch, prefixes)

    @contextmanager
    def _unpacked(self, one: Arrival) -> Iterator[tuple[FoundDelivery, tuple[SourceFile, ...]]]:
        with readable(one.found, self.lake.keyring) as found, unpacked(found, self.limits) as files:
            yield found, files


def _noted(one: Arrival) -> DeliveryNote:
    if not isinstance(one.note, ReadNote):
        raise one.note
    return one.note.said
