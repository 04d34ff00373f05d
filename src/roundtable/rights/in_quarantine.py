"""Rows in quarantine at the desk: found by what they say, shown as far as they may be, and erased."""

from __future__ import annotations

from collections.abc import Container, Iterable
from typing import Any

from roundtable.data.subjects.finding import Sought
from roundtable.data.subjects.needles import SHORTEST, TELLING
from roundtable.data.subjects.quarantined import HeldPerson, fits, held_people
from roundtable.data.subjects.sealed_rows import without_sealed
from roundtable.governance.permission import permitted_for_any_purpose
from roundtable.ledger import deliveries
from roundtable.rights.office import Office


def found_held(
    office: Office, sought: Sought, within: Container[str] | None = None
) -> tuple[HeldPerson, ...]:
    """The rows in quarantine that are about who is sought, in order of dataset and place; none under seal.

    Args:
        office: with the keys.
        sought: what is known of the person, or the ids of the rows.
        within: the deliveries to look through; without it, all.
    """
    every = held_people(office.lake, office.partnership, office.lake.listed(), within)
    fitting = [one for one in every if fits(one, sought)]
    open_ones: set[str] = set()
    for dataset in sorted({one.dataset for one in fitting}):
        said = {one.record_id: one.said for one in fitting if one.dataset == dataset}
        open_ones |= set(without_sealed(office.lake, dataset, said))
    seen = (one for one in fitting if one.record_id in open_ones)
    return tuple(sorted(seen, key=lambda one: (one.dataset, one.delivery, one.file, one.line)))


def held_of(office: Office, records: Iterable[str]) -> tuple[HeldPerson, ...]:
    """The rows in quarantine that go by these ids, of whatever snapshot, sealed or not."""
    wanted = frozenset(records)
    every = held_people(office.lake, office.partnership, office.lake.ever_listed())
    return tuple(one for one in every if one.record_id in wanted)


def told_of(one: HeldPerson) -> dict[str, Any]:
    """A row as a post picks by it: where it stands and why, and nothing of what it says."""
    return {
        "record_id": one.record_id,
        "standing": "in quarantine",
        "dataset": one.dataset,
        "agency": one.agency,
        "file": one.delivery,
        "line": one.line,
        "reason": one.reason,
    }


def shown_of(office: Office, one: HeldPerson) -> dict[str, Any]:
    """A row as the person is shown it: what it says in the columns that agreements in force name."""
    today = office.now.date()
    granted = permitted_for_any_purpose(office.partnership, one.dataset, one.table, today).columns
    said = {name: value for name, value in one.said.items() if value and name in granted}
    return told_of(one) | {"received": deliveries.received_days()[one.delivery_id], "says": said}


def telling_values(rows: Iterable[HeldPerson]) -> frozenset[str]:
    """What rows say that can be one person's alone, long enough not to turn up by chance."""
    return frozenset(
        value
        for row in rows
        for name in TELLING
        if (value := row.person.get(name)) and len(value) >= SHORTEST
    )
