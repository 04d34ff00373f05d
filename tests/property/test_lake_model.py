"""The lake does what a dictionary of lists would do, whatever is published, removed, erased and cleared."""

import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from roundtable.data.lake import Lake
from roundtable.data.lake_file import StagedFile
from roundtable.errors import StoreUnusable
from roundtable.ledger import audit
from roundtable.ledger.database import close_ledger, open_ledger
from roundtable.ledger.lock import writer_lock
from tests.faults.lake_job import id_of, staged

TABLES = ("area_population", "area_deprivation")
#: A table and the source of one of its files, as the ledger knows it.
Name = tuple[str, str]
SOURCES = {id_of(source): source for source in ("one", "two", "three")}

names = st.tuples(st.sampled_from(TABLES), st.sampled_from(sorted(SOURCES)))


class LakeMachine(RuleBasedStateMachine):
    """Beside the lake stands the model: for each snapshot the names of its files, and what was erased."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.lock = writer_lock(self.folder)
        self.lock.__enter__()
        open_ledger(self.folder)
        self.lake = Lake(self.folder)
        self.snapshots: list[frozenset[Name]] = [frozenset()]
        self.erased: set[tuple[Name, int]] = set()

    @rule(wanted=st.sets(names, max_size=3))
    def publish(self, wanted: set[Name]) -> None:
        """The next snapshot has these files, and of their tables no others."""
        touched = {table for table, _ in wanted}
        kept = {name for name in self.snapshots[-1] if name[0] not in touched}
        removes = [file for file in self.lake.listed() if file.table in touched]
        number = self.lake.publish("model", self._staged(wanted), removes)
        self.snapshots.append(frozenset(kept | wanted))
        assert number == len(self.snapshots) - 1

    @rule(wanted=st.sets(names, min_size=1, max_size=2))
    def fail_to_publish(self, wanted: set[Name]) -> None:
        """What fails leaves nothing but left-overs."""

        def extra(snapshot: int) -> None:
            raise ZeroDivisionError(snapshot)

        adds = self._staged(wanted - self.snapshots[-1])
        with pytest.raises(ZeroDivisionError):
            self.lake.publish("model", adds, self.lake.listed(), extra)

    @precondition(lambda self: len(self.snapshots) > 1)
    @rule(data=st.data())
    def erase(self, data: st.DataObject) -> None:
        """A file that only old snapshots have is destroyed in all of them."""
        number = data.draw(st.integers(1, len(self.snapshots) - 1))
        live = {(file.table, file.sha256) for file in self.lake.listed()}
        old = [file for file in self.lake.listed(snapshot=number) if (file.table, file.sha256) not in live]
        old = [file for file in old if not file.erased_why][:1]
        self.lake.erase(old, "model")
        for file in old:
            self._note_erased((file.table, file.source))

    @rule()
    def clear(self) -> None:
        """Another writer begins: it clears left-overs and nothing else."""
        self.lake = Lake(self.folder)
        self.lake.collect_orphans()
        every = [file for number in range(len(self.snapshots)) for file in self.lake.listed(snapshot=number)]
        named = {file.path for file in every if not file.erased_why}
        assert set(self.lake.root.glob("*/*.parquet")) == named

    @invariant()
    def every_snapshot_is_what_the_model_says(self) -> None:
        assert self.lake.current_snapshot() == len(self.snapshots) - 1
        assert audit.verify().problems == ()
        for number, names in enumerate(self.snapshots):
            for table in TABLES:
                self._compare(number, table, {name for name in names if name[0] == table})

    def teardown(self) -> None:
        """Leave nothing behind."""
        close_ledger()
        self.lock.__exit__(None, None, None)
        shutil.rmtree(self.folder)

    def _compare(self, number: int, table: str, names: set[Name]) -> None:
        listed = self.lake.listed(table, number)
        assert {(file.table, file.source) for file in listed} == names
        gone = {name for name in names if (name, number) in self.erased}
        if not gone:
            assert len(Lake(self.folder).files(table, number)) == len(names)
            return
        with pytest.raises(StoreUnusable) as caught:
            Lake(self.folder).files(table, number)
        assert len(caught.value.problems) == len(gone)

    def _note_erased(self, name: Name) -> None:
        for number, names in enumerate(self.snapshots):
            if name in names:
                self.erased.add((name, number))

    def _staged(self, wanted: set[Name]) -> list[StagedFile]:
        return [staged(self.lake, table, SOURCES[source], 2) for table, source in sorted(wanted)]


def test_the_lake_does_what_the_model_does(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    quick = settings(max_examples=15, stateful_step_count=12, deadline=None)
    run_state_machine_as_test(LakeMachine, settings=quick)
