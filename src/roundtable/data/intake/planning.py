"""Everything about a delivery that can be settled before one of its rows is read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from roundtable.data.intake.arrival import Arrival
from roundtable.data.intake.becoming import Becoming, becoming
from roundtable.data.intake.claims import Claim, instant_in
from roundtable.data.intake.finding_deliveries import FoundDelivery
from roundtable.data.intake.note import DeliveryNote
from roundtable.data.intake.periods import Periods, periods_of
from roundtable.data.intake.rules import refused
from roundtable.data.intake.unpacking import SourceFile
from roundtable.governance.permission import Permission
from roundtable.partnership.model.contract_terms import Arrival as Arrives


@dataclass(frozen=True)
class Plan:
    """How a delivery is about to be taken in.

    Attributes:
        tables: the tables that are taken in, by name, ready to be read.
        files: the files of those tables.
        periods: what each covers.
        arrives: how the deliveries of its tables add up.
        as_at: when it was drawn up: its note says so or, but for periods, the period that it is of.
        note: what its note says, as far as it can be compared.
        told: what the receipt should say already.
    """

    tables: Mapping[str, Becoming]
    files: Sequence[SourceFile]
    periods: Periods
    arrives: Arrives
    as_at: datetime | None
    note: DeliveryNote
    told: tuple[str, ...]

    def claim(self, one: Arrival) -> Claim:
        """What the delivery claims beside others."""
        return Claim(
            one.id,
            one.shown,
            one.found.dataset.id,
            one.hashed.sha256,
            self.note.corrects,
            self.as_at,
            self.periods.covered,
            self.periods.said,
            here=True,
            copies=one.copies,
        )


def unread(one: Arrival) -> Claim:
    """What a delivery claims of which nothing can be read but its note."""
    dataset, sha256 = one.found.dataset.id, one.hashed.sha256
    return Claim(
        one.id, one.shown, dataset, sha256, one.corrects, None, frozenset(), "", here=True, copies=one.copies
    )


def plan_for(
    one: Arrival,
    note: DeliveryNote,
    files: Sequence[SourceFile],
    permits: Mapping[str, Permission],
    ready: dict[str, Becoming],
) -> Plan:
    """Settle what can be settled.

    Args:
        one: the delivery.
        note: what its note says.
        files: the files in it.
        permits: what agreements in force let through, by table.
        ready: the dataset's tables that have been made ready by these permits already; more are added.

    Raises:
        DeliveryRefused: the note is another file's, nothing is permitted, or the contract cannot be used.
    """
    _see_that_note_fits(one, note)
    tables, told = _tables(one.found, files, permits, ready)
    taken = [file for file in files if file.table.name in tables]
    periods = periods_of(taken, note.period, one.found.name)
    arrives = _arrives(one, taken)
    of_its_period = None if arrives is Arrives.PERIODS else instant_in(periods.said)
    if len(taken) < len(files) and note.rows is not None:
        told = (*told, "The note's number of rows was not compared, since not every file was read.")
        note = note.model_copy(update={"rows": None})
    return Plan(tables, taken, periods, arrives, note.as_at or of_its_period, note, told)


def _arrives(one: Arrival, files: Sequence[SourceFile]) -> Arrives:
    """How the deliveries add up, which must be the same for every table in one of them.

    Raises:
        DeliveryRefused: it is not: a delivery stands or falls whole.
    """
    ways = sorted({file.table.terms.arrives for file in files})
    if len(ways) > 1:
        what = f"it holds tables that arrive in different ways: {' and '.join(ways)}"
        remedy = "A delivery stands or falls whole: have each kind sent in a file of its own."
        raise refused("arrives-mixed", one.shown, what, remedy)
    return ways[0]


def _see_that_note_fits(one: Arrival, note: DeliveryNote) -> None:
    if note.sha256 is not None and note.sha256.lower() != one.hashed.sha256:
        what = f"its SHA-256 is {one.hashed.sha256[:16]}…, and the note says {note.sha256[:16]}…"
        remedy = "It was damaged or changed on the way, or the note is another file's: send both again."
        raise refused("note-sha256", one.shown, what, remedy)


def _tables(
    found: FoundDelivery,
    files: Sequence[SourceFile],
    permits: Mapping[str, Permission],
    known: dict[str, Becoming],
) -> tuple[dict[str, Becoming], tuple[str, ...]]:
    """The tables of a delivery that may be taken in, ready to be read, and what to say of the others.

    Raises:
        DeliveryRefused: none may, or a contract cannot be used.
    """
    came = {file.table.name: file.table for file in files}
    ready: dict[str, Becoming] = {}
    told: list[str] = []
    for name, table in sorted(came.items()):
        permit = permits.get(name)
        if permit is None:
            told.append(f"Table '{name}' was not read: the contract names no canonical table for it.")
        elif permit.refusal is not None:
            told.append(f"Table '{name}' was not read. {permit.refusal}")
        else:
            if name not in known:
                known[name] = becoming(found.dataset, table, permit, found.shown)
            ready[name] = known[name]
    if ready:
        return ready, tuple(told)
    refusals = [str(permit.refusal) for name in sorted(came) if (permit := permits.get(name)) is not None]
    if not refusals:
        what = "the contract names no canonical table for anything in it"
        remedy = "Write 'canonical' for the tables that are to be taken in."
        raise refused("not-taken-in", found.shown, what, remedy)
    what = "no agreement in force lets any of it through"
    raise refused("not-permitted", found.shown, what, " ".join(dict.fromkeys(refusals)))
