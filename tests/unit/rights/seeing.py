"""What somebody sees of a lake with people in it, through the very functions that a run reads by."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from roundtable.data.engine import EngineName, open_engine
from roundtable.data.subjects.leaving_out import LeavingOut
from roundtable.data.subjects.settling import see_that_settled, settle
from roundtable.data.tables import LAKE_TABLES
from roundtable.governance.rights.sealing import LeftOut, sealed_from
from roundtable.ledger import seals
from tests.factories_rights import NOW, People

SEEN = ("event", "involvement", "contact", "detail", "event_result", "person_record", "address_record")


def seen_by(people: People, left_out: LeftOut) -> dict[str, list[dict[str, Any]]]:
    """Every table as it may be seen, row by row."""
    lake = people.lake
    with open_engine(EngineName.DUCKDB, [lake.root], lake.scratch, people.keyring) as engine:

        def whole(name: str) -> Any:
            return engine.scan(LAKE_TABLES[name], [file.path for file in lake.files(name)])

        leaving = LeavingOut(whole, engine.memory, left_out)
        return {
            name: engine.to_arrow(leaving.take_from(name, whole(name)), LAKE_TABLES[name]).to_pylist()
            for name in SEEN
        }


def seen_today(
    people: People, post: str | None = None, purpose: str = "safeguarding_adults", at: datetime = NOW
) -> dict[str, list[dict[str, Any]]]:
    """The same, with the seals that stand, brought up to what is in the lake."""
    settle(people.lake, NOW)
    see_that_settled(people.lake)
    return seen_by(people, sealed_from(post, purpose, at, seals.standing_marks(), seals.every_release()))


def all_of(seen: dict[str, list[dict[str, Any]]]) -> str:
    """Everything that is seen, as one text to look for things in."""
    return str(seen)
