"""A small town whose people a second month's registers join, twice; and what its lake and ledger say then."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pyarrow.parquet as pq

from roundtable.data.lake import Lake
from roundtable.ledger import audit
from roundtable.ledger.database import close_ledger, open_ledger
from roundtable.ledger.links import DecisionRecord, every_decision
from tests.cli.test_lookup_command import AGREEMENT, CONTRACT
from tests.town import Town

PURPOSE = "safeguarding_adults"
#: The first two are two people, until February's register makes them one.
JANUARY = """\
id,given,family,born,nhs
A1,Quillon,Featherby,1981-06-17,9990000018
A2,Quilla,Ashkettle,1983-02-05,9990000026
A3,Isolde,Grubstone,1973-11-20,9990000034
"""
FEBRUARY = JANUARY.replace("A2,Quilla,Ashkettle,1983-02-05,9990000026", "A2,Quillon,Featherby,1981-06-17,")
MARCH = FEBRUARY + "A4,Quillon,Featherby,1981-06-17,9990000018\n"
#: And so are the third and this one, of whom fire is given nothing.
KEPT_JANUARY = """\
id,given,family,born,nhs
B1,Peregrine,Ashkettle,1990-09-09,9990000042
"""
KEPT_FEBRUARY = """\
id,given,family,born,nhs
B1,Isolde,Grubstone,1973-11-20,9990000034
"""


def built(place: Path) -> Town:
    """The town in a folder, of which nothing has been received."""
    town = Town.built_in(place)
    town.change("scenarios/alone-at-risk.yaml", "rung: 1  #", "rung: 5  #")
    whole = CONTRACT.replace("canonical: person_record,", "canonical: person_record, arrives: whole,")
    kept = AGREEMENT.replace("joint_controller, receives: true,", "joint_controller, receives: false,")
    for id, agreement in (("cases", AGREEMENT), ("kept", kept)):
        town.write(f"datasets/{id}.yaml", dedent(whole.format(id=id)).lstrip())
        town.write(f"agreements/share-{id}.yaml", dedent(agreement.format(id=id, rung=5)).lstrip())
    return town


def receive(town: Town, month: str, cases: str, kept: str | None = None) -> None:
    """Put a month's registers where the next run takes them in."""
    town.write(f"deliveries/cases/2026-{month}.csv", cases)
    if kept is not None:
        town.write(f"deliveries/kept/2026-{month}.csv", kept)


def people_of(town: Town) -> dict[str, str]:
    """Whose each record is, as the lake has it."""
    open_ledger(town.folder)
    found = {
        row["record_id"]: row["person_id"]
        for file in Lake(town.folder).files("person_link")
        for row in pq.read_table(file.path).to_pylist()
    }
    close_ledger()
    return found


def undone_by(town: Town) -> dict[tuple[int, str], list[int | None]]:
    """What the lake's log says of what is undone, by run and kind."""
    open_ledger(town.folder)
    found: dict[tuple[int, str], list[int | None]] = {}
    for file in Lake(town.folder).files("person_move"):
        for row in pq.read_table(file.path).to_pylist():
            found.setdefault((row["run"], row["kind"]), []).append(row["undone_by"])
    close_ledger()
    return found


def decisions_of(town: Town) -> tuple[DecisionRecord, ...]:
    """Every decision for the purpose."""
    open_ledger(town.folder)
    found = every_decision(PURPOSE)
    close_ledger()
    return found


def events_of(town: Town, action: str) -> list[audit.Event]:
    """The events of one kind, in a chain that holds."""
    open_ledger(town.folder)
    assert not audit.verify().problems
    found = [event for event in audit.events() if event.action == action]
    close_ledger()
    return found
