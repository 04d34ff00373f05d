"""Engines for reading deliveries, held over a whole call: to open and lock one costs more than a small file.

There are at most two: one for rows that may say who somebody is, which never writes what it holds to a disk
in the clear, and one for the rest. Both see the scratch folder and nothing else, however many deliveries they
read. A delivery leaves nothing in them for the next, and after an error the engine goes with it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    import duckdb


@dataclass
class HeldConnections:
    """The engines of one call of `receive`. Used in a `with` block, which closes them.

    Attributes:
        scratch: the one folder that they see.
    """

    scratch: Path
    _held: dict[bool, tuple[duckdb.DuckDBPyConnection, ExitStack]] = field(default_factory=dict)

    def __enter__(self) -> Self:
        """Nothing is opened before it is asked for."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close them all."""
        for identifiers in list(self._held):
            self._close(identifiers)

    @contextmanager
    def lent(self, *, identifiers: bool) -> Iterator[duckdb.DuckDBPyConnection]:
        """A locked engine with nothing in it, until the block ends; one block at a time.

        Args:
            identifiers: whether what it will hold may say who somebody is.
        """
        connection = self._opened(identifiers)
        try:
            yield connection
            _emptied(connection)
        except BaseException:
            self._close(identifiers)
            raise

    def _opened(self, identifiers: bool) -> duckdb.DuckDBPyConnection:
        from roundtable.data.engine import reading_connection

        if identifiers not in self._held:
            stack = ExitStack()
            opening = reading_connection([], self.scratch, identifiers=identifiers)
            self._held[identifiers] = stack.enter_context(opening), stack
        return self._held[identifiers][0]

    def _close(self, identifiers: bool) -> None:
        _, stack = self._held.pop(identifiers)
        stack.close()


def _emptied(connection: duckdb.DuckDBPyConnection) -> None:
    """Drop whatever a delivery made: tables of keys, and pieces of rows that were lent to the engine."""
    made = connection.execute(
        "SELECT 'TABLE' AS kind, table_name AS name FROM duckdb_tables() "
        "UNION ALL SELECT 'VIEW', view_name FROM duckdb_views() WHERE NOT internal"
    ).fetchall()
    for kind, name in made:
        connection.execute(f'DROP {kind} IF EXISTS "{name}"')
