"""Working through steps: skip what stands, work out what does not, publish each in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import pyarrow as pa

from roundtable.data.engine import Engine, EngineName, open_engine
from roundtable.data.lake import Lake
from roundtable.data.lake_file import StagedFile
from roundtable.data.standing_rows import what_stands_rests_on
from roundtable.data.subjects.rectified import what_is_right_rests_on
from roundtable.data.tables import LAKE_TABLES
from roundtable.governance.clock import Clock
from roundtable.ledger import audit, runs
from roundtable.ledger.faults import ledger_transaction
from roundtable.ledger.models import Run, RunState
from roundtable.partnership.model.whole import Partnership
from roundtable.steps.key import StepKey, library_versions, step_key
from roundtable.steps.permitted import Permitted
from roundtable.steps.reading import bench_of
from roundtable.steps.step import Bench, Step, Use
from roundtable.steps.unsealed import left_out_for, what_is_left_rests_on

Progress = Callable[[str], None]


@dataclass(frozen=True)
class StepReport:
    """What became of one step; `why` is None when it was skipped."""

    name: str
    why: str | None
    rows: int = 0

    @property
    def told(self) -> str:
        """The same in words."""
        return "unchanged" if self.why is None else f"ran: {self.why}"


@dataclass
class Runner:
    """One run over one lake. Used in a `with` block: the engine is opened by the first step that works."""

    partnership: Partnership
    lake: Lake
    engine_name: EngineName
    permits: Mapping[Use, Permitted]
    inputs: str
    clock: Clock
    progress: Progress
    reports: list[StepReport] = field(default_factory=list)
    _skipped: list[tuple[str, StepKey]] = field(default_factory=list)
    _run: Run | None = None
    _engines: dict[bool, Engine] = field(default_factory=dict)
    _open: ExitStack = field(default_factory=ExitStack)

    def __enter__(self) -> Self:
        """Take up the run that an earlier process left under way, if it is this one."""
        held = runs.last_run()
        if held is not None and held.state == RunState.UNDER_WAY.value:
            self._begun()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the engine; a run that went through is finished, another stays under way."""
        self._open.close()
        if kind is None and self._run is not None:
            runs.finish(self._run, self.clock())

    @property
    def changed(self) -> bool:
        """Whether anything had to be written."""
        return self._run is not None

    def work(self, step: Step) -> None:
        """Work a step out, or skip it because nothing that it depends on has changed."""
        allowed = self.permits[step.use]
        files = {name: allowed.files(self.lake, name) for name in step.reads}
        permits = {name: allowed.of(found) for name, found in files.items()}
        left_out = left_out_for(step.purpose)
        names = {
            name: [
                *(file.sha256 for file in found),
                *what_stands_rests_on(self.lake, name),
                *what_is_left_rests_on(self.lake, left_out, name),
                *what_is_right_rests_on(self.lake, name),
            ]
            for name, found in files.items()
        }
        decided = step.decided() if step.decided is not None else None
        key = step_key(step.config(self.partnership), names, permits, decided)
        why = self._why(step.name, key)
        if why is None:
            return
        run = self._begun()
        self.progress(f"{step.name}: {step.does}")
        bench = self._bench(step, run)
        staged = [self._write(step, name, made) for name, made in sorted(step.make(bench).items())]
        self._publish(run, step, key, why, staged)

    def _bench(self, step: Step, run: Run) -> Bench:
        """What the step works with: what it may read, what it made last, and the keys if it needs them."""
        found = bench_of(self.partnership, self.lake, self.permits[step.use], self._working(step), step.reads)
        before = {
            name: [file.path for file in self.lake.files(name) if file.source == step.name]
            for name in step.goes_on_from
        }
        keyring = self.lake.keyring if self._touches_vault(step) else None
        return replace(found, before=before, run=run.id, keyring=keyring)

    def write_page(self, name: str, depends_on: Any, path: Path, write: Callable[[], None]) -> None:
        """Write a file that is no table, when what it depends on has changed or it is gone."""
        key = step_key(depends_on, {}, [])
        why = self._why(name, key, standing=path.is_file())
        if why is None:
            return
        run = self._begun()
        self.progress(f"{name}: write {path.name}")
        write()
        with ledger_transaction():
            runs.step_done(run, name, key.parts, why, rows=0, snapshot=None)
            audit.append("page.written", path.name, {"key": key.digest}, self.clock())
        self.reports.append(StepReport(name, why))

    def _why(self, name: str, key: StepKey, *, standing: bool = True) -> str | None:
        why = key.why(runs.last_key(name)) or (None if standing else "its file is gone")
        if why is None:
            self._skip(name, key)
        return why

    def _skip(self, name: str, key: StepKey) -> None:
        self.reports.append(StepReport(name, None))
        if self._run is None:
            self._skipped.append((name, key))
        else:
            runs.step_skipped(self._run, name, key.parts)

    def _begun(self) -> Run:
        """The run in the ledger: begun only when something has to be written."""
        if self._run is None:
            self._run = runs.begin_or_resume(self.inputs, library_versions(), self.clock())
            for name, key in self._skipped:
                runs.step_skipped(self._run, name, key.parts)
        return self._run

    def _working(self, step: Step) -> Engine:
        """The engine for a step: only one that touches the vault gets the keys."""
        keyed = self._touches_vault(step) and self.lake.keyring is not None
        if keyed not in self._engines:
            keyring = self.lake.keyring if keyed else None
            opening = open_engine(self.engine_name, [self.lake.root], self.lake.scratch, keyring)
            self._engines[keyed] = self._open.enter_context(opening)
        return self._engines[keyed]

    def _touches_vault(self, step: Step) -> bool:
        return any(LAKE_TABLES[name].vault for name in (*step.reads, *step.writes))

    def _write(self, step: Step, name: str, made: Any) -> StagedFile:
        table, path = LAKE_TABLES[name], self.lake.stage()
        if isinstance(made, pa.Table):
            ordered = made.select(table.schema.names).cast(table.schema)
            ordered = ordered.sort_by([(column, "ascending") for column in table.sort_key])
            self.lake.write(name, ordered.to_batches(), path)
        else:
            self._working(step).write(made, table, path)
        return self.lake.seal(name, path, step.name)

    def _publish(self, run: Run, step: Step, key: StepKey, why: str, staged: list[StagedFile]) -> None:
        kept = {(file.table, file.sha256) for file in staged}
        old = [file for name in step.writes for file in self.lake.listed(name) if file.source == step.name]
        stays = {(file.table, file.sha256) for file in old} & kept
        rows = sum(file.rows for file in staged)

        def done(snapshot: int) -> None:
            runs.step_done(run, step.name, key.parts, why, rows, snapshot)
            audit.append("data.read", step.name, self._read_by(step), self.clock())

        self.lake.publish(
            step.name,
            [file for file in staged if (file.table, file.sha256) not in stays],
            [file for file in old if (file.table, file.sha256) not in stays],
            done,
            self.clock(),
        )
        self.reports.append(StepReport(step.name, why, rows))

    def _read_by(self, step: Step) -> dict[str, Any]:
        """What a step read, for what, and the agreements that let it: for the audit chain."""
        allowed = self.permits[step.use]
        sources = {file.source for name in step.reads for file in allowed.files(self.lake, name)}
        agreements = {one for source in sources for one in allowed.agreements.get(source, ())}
        return {
            "tables": sorted(step.reads),
            "purpose": step.purpose.value,
            "action": step.action.value,
            "agreements": sorted(agreements),
        }
