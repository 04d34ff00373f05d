"""What works out the steps of a run: DuckDB on one machine, Spark where a region outgrows it.

A step is written once, as Ibis expressions, and never learns which engine it has. This file and its
two neighbours, `engine_duckdb.py` and `engine_spark.py`, are the only ones that know either.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from roundtable.errors import Place, Problem, SettingUnusable
from roundtable.settings import memory_setting, threads_setting

if TYPE_CHECKING:
    import duckdb

    from roundtable.data.tables import LakeTable
    from roundtable.governance.keys import Keyring


class EngineName(StrEnum):
    """The engines there are."""

    DUCKDB = "duckdb"
    SPARK = "spark"


class Engine(ABC):
    """Reads lake files as Ibis tables and works expressions out. Opened by `open_engine`."""

    name: EngineName

    @abstractmethod
    def scan(self, table: LakeTable, paths: Sequence[Path]) -> ir.Table:
        """Lake files as one Ibis table with the columns of the schema; none at all is an empty table.

        Raises:
            StoreUnusable: the table is in the vault, and the engine was opened without the keys.
        """

    @abstractmethod
    def memory(self, table: pa.Table, name: str) -> ir.Table:
        """A small Arrow table, under a name of its own, as an Ibis table."""

    @abstractmethod
    def to_arrow(self, expr: ir.Table, table: LakeTable, *, ordered: bool = True) -> pa.Table:
        """What an expression comes to: the schema's columns and types, in the order of its key.

        Args:
            expr: the expression.
            table: what it is.
            ordered: whether the engine puts the rows in order; whoever does so itself saves it the memory.

        Raises:
            SettingUnusable: it takes more memory than the engine was given.
            DiskFull: there is no room to spill to.
        """

    @abstractmethod
    def write(self, expr: ir.Table, table: LakeTable, path: Path) -> None:
        """Write what an expression comes to as one Parquet file, in the order of the table's key.

        The rows go from the engine to the file in pieces, so the result need not fit in memory. Equal
        rows give equal bytes, whichever engine worked them out.

        Raises:
            SettingUnusable: it takes more memory than the engine was given.
            DiskFull: there is no room for the file or to spill to.
        """


@contextmanager
def open_engine(
    name: EngineName, folders: Sequence[Path], scratch: Path, keyring: Keyring | None = None
) -> Iterator[Engine]:
    """An engine that reads from `folders`, and spills to and writes in `scratch`, until the block ends.

    DuckDB is locked to those places and to the memory and threads that the settings give; Spark has no
    such lock.

    Args:
        name: which one.
        folders: what it may read.
        scratch: where it may spill.
        keyring: the keys of the vault, for a step that reads or writes its tables. An engine that has them
            writes nothing that it holds to a disk in the clear, and would rather fail for want of memory.

    Raises:
        SettingUnusable: Spark is asked for and pyspark or Java is missing.
    """
    scratch.mkdir(parents=True, exist_ok=True)
    with _opened(name, folders, scratch, keyring) as engine:
        yield engine


def _opened(
    name: EngineName, folders: Sequence[Path], scratch: Path, keyring: Keyring | None
) -> AbstractContextManager[Engine]:
    if name is EngineName.SPARK:
        from roundtable.data.engine_spark import spark_engine

        return spark_engine(scratch, memory_setting(), keyring)
    from roundtable.data.engine_duckdb import duckdb_engine

    return duckdb_engine(folders, scratch, memory_setting(), threads_setting(), keyring)


@contextmanager
def reading_connection(
    folders: Sequence[Path], scratch: Path, *, identifiers: bool = False
) -> Iterator[duckdb.DuckDBPyConnection]:
    """A plain DuckDB connection, locked as the engine is, for reading deliveries and for pages.

    With `identifiers`, nothing that it holds is ever written to a disk in the clear.
    """
    from roundtable.data.engine_duckdb import connected, lock_down

    scratch.mkdir(parents=True, exist_ok=True)
    with connected(scratch, memory_setting(), threads_setting(), identifiers=identifiers) as connection:
        lock_down(connection, [*folders, scratch])
        yield connection


def arranged(expr: ir.Table, table: LakeTable, *, ordered: bool = True) -> ir.Table:
    """The schema's columns in its types and in one total order: by key, then by the rest, nulls last."""
    wanted = ibis.Schema.from_pyarrow(table.schema)
    columns = [expr[name].cast(kind).name(name) for name, kind in wanted.items()]
    if not ordered:
        return expr.select(columns)
    rest = [name for name in wanted.names if name not in table.sort_key]
    return expr.select(columns).order_by([*table.sort_key, *rest])


def no_memory(told: str) -> SettingUnusable:
    """The error for a step that takes more memory than the engine was given; `told` is what it says."""
    what = f"the engine needs more memory than it may take: {told}"
    remedy = "give it more, such as ROUNDTABLE_MEMORY=2GB, or fewer threads, such as ROUNDTABLE_THREADS=1"
    return SettingUnusable(
        Problem(Place("environment", key="ROUNDTABLE_MEMORY"), "engine-memory", what, remedy)
    )
