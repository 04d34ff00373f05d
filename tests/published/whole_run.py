"""The demonstration run whole on the real open data, in a folder of its own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from roundtable import demonstration, pipeline
from roundtable.data.engine import EngineName
from roundtable.data.lake import Lake
from roundtable.data.tables import LAKE_TABLES
from roundtable.ledger.database import close_ledger
from roundtable.pipeline import RunOutcome
from tests.conftest import SHARED_DATA

DAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@dataclass(frozen=True)
class WholeRun:
    """A run that went through; its ledger is open."""

    folder: Path
    outcome: RunOutcome

    def table(self, name: str) -> pa.Table:
        """A table of the lake as the run left it."""
        files = [pq.read_table(file.path) for file in Lake(self.folder).files(name)]
        return pa.concat_tables([LAKE_TABLES[name].schema.empty_table(), *files])

    def rows(self, name: str) -> list[dict[str, object]]:
        """The same as rows."""
        found: list[dict[str, object]] = self.table(name).to_pylist()
        return found


def run_demonstration(folder: Path, engine: EngineName) -> WholeRun:
    """Run it, or run it again."""
    return WholeRun(
        folder, pipeline.run(folder, engine=engine, clock=lambda: DAY, progress=lambda told: None)
    )


@contextmanager
def demonstrated(folder: Path, engine: EngineName) -> Iterator[WholeRun]:
    """A demonstration of its own, with a ledger in its folder, run for the first time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("DATABASE_URL", raising=False)
        demonstration.prepare(folder, SHARED_DATA, lambda: DAY)
        yield run_demonstration(folder, engine)
        close_ledger()
