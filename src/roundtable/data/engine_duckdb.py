"""The DuckDB engine: in memory, stateless, and locked to the folders of one job."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import duckdb
import ibis
import ibis.expr.types as ir
import pyarrow as pa
from ibis.backends.duckdb import Backend

from roundtable.data.disk import room_to_write
from roundtable.data.engine import Engine, EngineName, arranged, no_memory
from roundtable.data.parquet import ROWS_IN_A_GROUP
from roundtable.data.tables import LakeTable
from roundtable.data.vault.lake_files import vault_dataset, write_lake_file
from roundtable.governance.keys import Keyring

#: How DuckDB, which has no trusted source of chance built in, refuses to encrypt what it would spill.
CANNOT_ENCRYPT = "read-only crypto module"


class DuckDBEngine(Engine):
    """Works steps out with DuckDB."""

    name = EngineName.DUCKDB

    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        backend: Backend,
        scratch: Path,
        keyring: Keyring | None = None,
    ) -> None:
        self._connection = connection
        self._backend = backend
        self._scratch = scratch
        self._keyring = keyring
        self._numbers = count(1)

    def scan(self, table: LakeTable, paths: Sequence[Path]) -> ir.Table:
        """Lake files as one Ibis table."""
        name = f"{table.name}_{next(self._numbers)}"
        if not paths:
            return self.memory(table.schema.empty_table(), name)
        if table.vault:
            return self._registered(vault_dataset(paths, table, self._keyring), name)
        files = [str(path.absolute()) for path in paths]
        return self._backend.read_parquet(files, table_name=name).select(table.schema.names)

    def memory(self, table: pa.Table, name: str) -> ir.Table:
        """An Arrow table as an Ibis table; it is not copied."""
        return self._registered(table, name)

    def _registered(self, table: Any, name: str) -> ir.Table:
        self._connection.register(name, table)
        return self._backend.table(name)

    def to_arrow(self, expr: ir.Table, table: LakeTable, *, ordered: bool = True) -> pa.Table:
        """What an expression comes to, whole and in memory."""
        with memory_explained(), room_to_write(self._scratch):
            reader = self._reader(arranged(expr, table, ordered=ordered))
            return reader.read_all().cast(table.schema).combine_chunks()

    def write(self, expr: ir.Table, table: LakeTable, path: Path) -> None:
        """Write what an expression comes to; DuckDB sorts, spilling if it must, and hands rows over."""
        with memory_explained(), room_to_write(self._scratch):
            write_lake_file(self._reader(arranged(expr, table)), table, path, self._keyring)

    def _reader(self, expr: ir.Table) -> pa.RecordBatchReader:
        query = self._connection.execute(str(self._backend.compile(expr)))
        return query.to_arrow_reader(ROWS_IN_A_GROUP)


@contextmanager
def duckdb_engine(
    folders: Sequence[Path],
    scratch: Path,
    memory: str,
    threads: int | None,
    keyring: Keyring | None = None,
) -> Iterator[DuckDBEngine]:
    """Open DuckDB, hand it to Ibis, and only then lock it: Ibis sets options of its own."""
    with connected(scratch, memory, threads, identifiers=keyring is not None) as connection:
        backend = ibis.duckdb.from_connection(connection)
        lock_down(connection, [*folders, scratch])
        yield DuckDBEngine(connection, backend, scratch, keyring)


@contextmanager
def connected(
    scratch: Path, memory: str, threads: int | None, *, identifiers: bool = False
) -> Iterator[duckdb.DuckDBPyConnection]:
    """An empty database in memory that spills to `scratch`, fetches no extension and reads UTC.

    With `identifiers`, what it spills would be encrypted; and since DuckDB as it is installed has nothing
    that it would trust to encrypt with, it ends with an error instead, which `no_memory` puts in words.
    """
    config: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": memory,
        "temp_directory": str(scratch.absolute()),
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
        "temp_file_encryption": "true" if identifiers else "false",
    }
    if threads is not None:
        config["threads"] = threads
    connection = duckdb.connect(":memory:", config=config)
    try:
        connection.execute("SET TimeZone = 'UTC'")
        yield connection
    finally:
        connection.close()


def lock_down(connection: duckdb.DuckDBPyConnection, folders: Sequence[Path]) -> None:
    """Let the connection see these folders and nothing else, for as long as it lives."""
    allowed = ", ".join(_quoted(folder.absolute()) for folder in folders)
    connection.execute(f"SET allowed_directories = [{allowed}]")
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")


def _quoted(folder: Path) -> str:
    return "'" + str(folder).replace("'", "''") + "'"


@contextmanager
def memory_explained() -> Iterator[None]:
    """Say which setting to change when the engine's memory does not suffice."""
    try:
        yield
    except (duckdb.Error, OSError) as error:
        # Once rows stream, Arrow hands the engine's errors on as its own, with their text.
        if isinstance(error, duckdb.OutOfMemoryException) or "Out of Memory Error" in str(error):
            raise no_memory(str(error).splitlines()[0]) from error
        if CANNOT_ENCRYPT in str(error):
            raise no_memory("it holds identifiers, which it must not write to a disk") from error
        raise
