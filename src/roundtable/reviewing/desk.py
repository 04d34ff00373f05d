"""The desk at which reviews are given out and taken in: a partnership, its ledger, its lake and its keys."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from roundtable.data.engine import EngineName
from roundtable.data.lake import Lake
from roundtable.data.lake_table import TEXT, Column, described, key
from roundtable.data.linked_tables import PERSON_LINK
from roundtable.data.person_tables import PERSON_RECORD
from roundtable.errors import Place, Problem, SettingUnusable
from roundtable.governance.clock import Clock
from roundtable.governance.keys import Keyring, held_keyring, needed_keyring
from roundtable.governance.policy.actions import Action
from roundtable.governance.policy.linking import linked_purposes
from roundtable.governance.rights.four_eyes import known_post
from roundtable.ledger.database import ledger_exists, open_ledger
from roundtable.ledger.lock import writer_lock
from roundtable.linkage.linking.index_rows import index_parts
from roundtable.linkage.people.state import State, StateUnusable
from roundtable.partnership.loading import load_partnership
from roundtable.partnership.model.purpose import Purpose
from roundtable.partnership.model.whole import Partnership
from roundtable.pipeline import permits_of_steps
from roundtable.reviewing.seen_by_post import SeenByPost
from roundtable.steps.permitted import Permitted
from roundtable.steps.reading import opened_bench

_WHOSE = described(
    "whose_record",
    "Whose a record is.",
    key("record_id", TEXT, "The record."),
    Column("dataset", TEXT, "The dataset."),
    Column("source_table", TEXT, "The table of its contract."),
    Column("agency", TEXT, "The agency that sent it."),
)
_INDEX = "link_index"


@dataclass(frozen=True)
class Desk:
    """What every act needs, for one purpose.

    Attributes:
        partnership: what is agreed, and which posts there are.
        lake: with the keys where this process has them.
        purpose: the purpose that records are linked for.
        engine: what works tables out.
        now: the trusted clock's time, asked once.
    """

    partnership: Partnership
    lake: Lake
    purpose: Purpose
    engine: EngineName
    now: datetime

    @property
    def keyring(self) -> Keyring:
        """The keys.

        Raises:
            StoreUnusable: this process has none.
        """
        return self.lake.keyring or needed_keyring(self.lake.folder)

    @cached_property
    def _allowed(self) -> Permitted:
        return permits_of_steps(self.partnership, self.now.date())[self.purpose, Action.LINK]

    def agency_of(self, post: str) -> str:
        """The agency of a post that exists and is held.

        Raises:
            SettingUnusable: there is no such post, or nobody holds it.
        """
        agency, _ = known_post(self.partnership, post, "--post")
        return agency.id

    def state(self) -> State:
        """What the last run left of linking for the purpose.

        Raises:
            SettingUnusable: no run has linked anybody for it yet, or one of another version did.
        """
        with opened_bench(self.partnership, self.lake, self._allowed, self.engine, (_INDEX,)) as bench:
            parts = index_parts(bench.arrow(_INDEX))
        try:
            return State.from_parts(parts)
        except StateUnusable:
            raise self._nothing_linked() from None

    def linked(self, *names: str) -> Mapping[str, pa.Table]:
        """Tables that the last run made of linking for the purpose, by name; also whose each record is.

        Raises:
            SettingUnusable: no run has linked anybody for it yet.
            Busy: they were made before the last delivery, seal or decision about people.
        """
        wanted = (PERSON_LINK.name, *names)
        with opened_bench(self.partnership, self.lake, self._allowed, self.engine, wanted) as bench:
            found = {name: bench.arrow(name) for name in wanted}
        if not found[PERSON_LINK.name].num_rows:
            raise self._nothing_linked()
        return found

    def agencies(self, record_ids: pa.ChunkedArray, seen: SeenByPost) -> pa.Array:
        """The agency of each record that stands and that a post may be given; null of the others."""
        with opened_bench(
            self.partnership, self.lake, self._allowed, self.engine, (PERSON_RECORD.name,)
        ) as bench:
            rows = bench.engine.to_arrow(bench.table(PERSON_RECORD.name).select(*_WHOSE.schema.names), _WHOSE)
        sources = pc.binary_join_element_wise(rows["dataset"], rows["source_table"], "\x1f")
        may = pa.array(["\x1f".join(one) for one in sorted(seen.hidden)], pa.string())
        rows = rows.filter(pc.is_in(sources, value_set=may))
        place = pc.index_in(record_ids, value_set=rows["record_id"].combine_chunks())
        found = rows["agency"].take(place)
        return found.combine_chunks() if isinstance(found, pa.ChunkedArray) else found

    def records(self, record_ids: Collection[str], seen: SeenByPost) -> Mapping[str, Mapping[str, Any]]:
        """Records as a post may be given them, by id: what it may not see of one is null."""
        name = PERSON_RECORD.name
        with opened_bench(self.partnership, self.lake, self._allowed, self.engine, (name,)) as bench:
            table = bench.table(name)
            wanted = table.filter(table.record_id.isin(sorted(record_ids)))
            rows = bench.engine.to_arrow(wanted, PERSON_RECORD).to_pylist() if record_ids else []
        return {
            row["record_id"]: {
                column: None if column in seen.hidden[source] else value for column, value in row.items()
            }
            for row in rows
            if (source := (row["dataset"], row["source_table"])) in seen.hidden
        }

    def _nothing_linked(self) -> SettingUnusable:
        folder = self.partnership.folder
        what = f"no run has linked records for {self.purpose.value} yet"
        remedy = f"`roundtable run {folder}` links them; then ask again"
        return SettingUnusable(Problem(Place(str(folder)), "nothing-linked", what, remedy))


@contextmanager
def open_desk(
    folder: Path, purpose: Purpose, clock: Clock, engine: EngineName = EngineName.DUCKDB, *, writes: bool
) -> Iterator[Desk]:
    """Open a partnership for its links to be reviewed.

    Args:
        folder: the partnership folder.
        purpose: the purpose that records are linked for.
        clock: the trusted clock.
        engine: what works tables out.
        writes: whether anything is kept; then this process is the only one that writes.

    Raises:
        PartnershipUnusable: the folder cannot be read.
        SettingUnusable: nothing has run here yet, or nobody is linked for this purpose.
        Busy: another process writes.
    """
    with opened(folder, writes=writes) as partnership:
        see_that_linked(partnership, purpose)
        yield Desk(partnership, Lake(folder, held_keyring(folder)), purpose, engine, clock())


def see_that_linked(partnership: Partnership, purpose: Purpose) -> None:
    """See that records of people are linked for a purpose at all.

    Raises:
        SettingUnusable: no agreement, whatever its dates, lets them be.
    """
    linked = linked_purposes(partnership)
    if purpose not in linked:
        what = f"no agreement lets records of people be linked for {purpose.value}"
        names = ", ".join(one.value for one in linked)
        remedy = (
            f"Name one of {names}." if linked else "docs/policy.md says which rung of the ladder it takes."
        )
        raise SettingUnusable(Problem(Place("command line", key="--purpose"), "not-linked", what, remedy))


@contextmanager
def opened(folder: Path, *, writes: bool) -> Iterator[Partnership]:
    """A partnership that has run before, with its ledger open, until the block ends.

    Args:
        folder: the partnership folder.
        writes: whether anything is kept; then this process is the only one that writes.

    Raises:
        PartnershipUnusable: the folder cannot be read.
        SettingUnusable: nothing has run here yet.
        Busy: another process writes.
    """
    partnership = load_partnership(folder)
    if not ledger_exists(folder):
        what, remedy = "nothing has run here yet", f"Begin with `roundtable run {folder}`."
        raise SettingUnusable(Problem(Place(str(folder)), "nothing-run", what, remedy))
    open_ledger(folder, partnership.charter.id)
    if not writes:
        yield partnership
        return
    with writer_lock(folder):
        yield partnership
