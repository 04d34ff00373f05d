"""Runs an example: writes its tables, calls the step, and compares what comes out with what should."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

import pyarrow as pa
import pyarrow.parquet as pq

from roundtable.data.engine import Engine
from tests.spec.tables import TextTable, read


class Spec(Protocol):
    """What an example says: this step, given these tables, comes to that one."""

    def __call__(self, step: Callable[..., Any], *given: str, expect: str) -> None:
        """Check it; or, in the documentation, write it down."""


class OnEngine:
    """Checks a step of Ibis expressions, reading its tables from Parquet as a run does."""

    def __init__(self, engine: Engine, folder: Path) -> None:
        self._engine = engine
        self._folder = folder

    def __call__(self, step: Callable[..., Any], *given: str, expect: str) -> None:
        """Work the step out on the engine."""
        tables = [self._scanned(read(text), number) for number, text in enumerate(given)]
        wanted = read(expect)
        same(self._engine.to_arrow(step(*tables), wanted.table), wanted)

    def _scanned(self, written: TextTable, number: int) -> Any:
        path = self._folder / f"{number}.parquet"
        if written.table.vault:
            # What is in the vault is in no file in the clear, in an example neither.
            return self._engine.memory(written.arrow(), f"{written.table.name}_{path.stem}")
        pq.write_table(written.arrow(), path)
        return self._engine.scan(written.table, [path])


def in_memory(step: Callable[..., pa.Table], *given: str, expect: str) -> None:
    """Check an Arrow step."""
    wanted = read(expect)
    same(step(*(read(text).arrow() for text in given)), wanted)


def same(found: pa.Table, wanted: TextTable) -> None:
    """Whether a table has exactly the rows that were expected, in the columns that were written."""
    assert found.schema.equals(wanted.table.schema), "the step does not keep to the table's schema"
    rows = list(zip(*(found[name].to_pylist() for name in wanted.columns), strict=True))
    expected = wanted.rows()
    missing = [row for row in expected if rows.count(row) < expected.count(row)]
    surplus = [row for row in rows if expected.count(row) < rows.count(row)]
    assert (missing, surplus) == ([], []), f"{wanted.columns}\nexpected: {missing}\nfound: {surplus}"
