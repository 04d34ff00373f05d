"""The steps that put records of people together: one for each purpose that they may be linked for.

Each purpose sees the records and the columns that it may, and calls people by ids of its own. What a purpose
may not see was not there when its records were linked.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import astuple
from functools import cached_property
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from roundtable.data.linked_tables import LINKED_TABLES, PURPOSE, without_purpose
from roundtable.data.tables import LAKE_TABLES
from roundtable.governance.policy.actions import Action
from roundtable.governance.policy.linking import linked_purposes
from roundtable.governance.pseudonyms import household_key, person_key
from roundtable.partnership.model.purpose import Purpose
from roundtable.partnership.model.whole import Partnership
from roundtable.steps.people_records import people_records
from roundtable.steps.step import Bench, Made, Step

if TYPE_CHECKING:
    from roundtable.linkage.linking.once import Once
    from roundtable.linkage.quality.reviewed import Reviewed

#: What a step sees of people: their records, what those were part of and when, and where homes are.
READS = ("person_record", "involvement", "event", "contact", "address_record")
WRITES = tuple(table.name for table in LINKED_TABLES)


def link_steps(partnership: Partnership) -> tuple[Step, ...]:
    """A step for each purpose that people are linked for, in order."""
    shared = _Shared()
    return tuple(_step(purpose, shared) for purpose in linked_purposes(partnership))


def link_step_name(purpose: Purpose) -> str:
    """What the step of a purpose is called."""
    return f"link people for {purpose.value}"


class _Shared:
    """What the purposes of one run have in common, made when it is first needed."""

    @cached_property
    def once(self) -> Once:
        """What was worked out already."""
        from roundtable.linkage.linking.once import Once

        return Once()


def _step(purpose: Purpose, shared: _Shared) -> Step:
    return Step(
        link_step_name(purpose),
        "find which records are of one person, who lives with whom, and how sure that is",
        READS,
        WRITES,
        _linking(purpose, shared),
        _as_of,
        purpose,
        Action.LINK,
        goes_on_from=WRITES,
        decided=_decided(purpose),
    )


def _as_of(partnership: Partnership) -> Any:
    return partnership.charter.as_of.isoformat()


def _decided(purpose: Purpose) -> Callable[[], Any]:
    def decided() -> Any:
        from roundtable.ledger.erasures import every_erasure
        from roundtable.ledger.links import every_decision
        from roundtable.linkage.review.settling import settled_of
        from roundtable.linkage.review.undone import undone_moves

        said = every_decision(purpose.value)
        settled = settled_of(said)
        undone = [[*move, *(one.number for one in by)] for move, by in undone_moves(said).items()]
        # An erasure takes tables of every purpose with it, whosever records it was about.
        erased = [[one.number, one.done] for one in every_erasure()]
        return [*settled.as_json(), undone, erased, list(map(astuple, _reviewed(purpose)))]

    return decided


def _linking(purpose: Purpose, shared: _Shared) -> Callable[[Bench], Made]:
    def make(bench: Bench) -> Made:
        if not bench.paths["person_record"] or bench.keyring is None:
            # The vault needs keys, which a place without people has none of.
            tables = (LAKE_TABLES[name] for name in WRITES)
            return {table.name: table.schema.empty_table() for table in tables if not table.vault}
        # Whoever has no records of people need not wait for what linkage is made of to be loaded.
        from roundtable.ledger.links import every_decision
        from roundtable.linkage.linking.run import Asked, link
        from roundtable.linkage.people.decisions import Decisions
        from roundtable.linkage.review.settling import settled_of
        from roundtable.linkage.review.undone import with_undone

        said = every_decision(purpose.value)
        settled = settled_of(said)
        asked = Asked(
            records=people_records(bench),
            addresses=bench.arrow("address_record"),
            before={name: _without_purpose(name, bench.made_before(name)) for name in WRITES},
            decisions=Decisions.of(settled.apart, settled.together),
            person_key=person_key(bench.keyring, purpose.value),
            household_key=household_key(bench.keyring, purpose.value),
            run=bench.run,
            today=bench.partnership.charter.as_of,
        )
        linked = link(asked, shared.once)
        linked["person_move"] = with_undone(linked["person_move"], linked["person_moved"], said)
        linked["link_quality"] = with_reviewed(linked["link_quality"], purpose)
        return {name: _for(purpose, made) for name, made in linked.items()}

    return make


def with_reviewed(quality: pa.Table, purpose: Purpose) -> pa.Table:
    """The measures, with what reviewers found of the newest sample that says anything."""
    from roundtable.linkage.quality.reviewed import reviewed_rows

    rows = list(reviewed_rows(_reviewed(purpose)))
    return pa.concat_tables([quality, pa.Table.from_pylist(rows, schema=quality.schema)])


def _reviewed(purpose: Purpose) -> list[Reviewed]:
    from roundtable.linkage.review.reviewed import estimated_for

    found = estimated_for(purpose.value)
    if found is None:
        return []
    from roundtable.linkage.quality.reviewed import Reviewed

    told = found[1]
    figures = [
        None if one.value is None else (one.value, one.low, one.high) for one in (told.precision, told.recall)
    ]
    return [Reviewed("all", "all", figures[0], figures[1], told.settled)]


def _without_purpose(name: str, rows: pa.Table) -> pa.Table:
    return rows.select(without_purpose(LAKE_TABLES[name]).names)


def _for(purpose: Purpose, made: pa.Table) -> pa.Table:
    """Rows with the purpose in front, as the lake has them."""
    words = pa.repeat(pa.scalar(purpose.value), made.num_rows)
    return made.add_column(0, pa.field(PURPOSE.name, PURPOSE.kind, False), words)
