"""The Spark engine: the same steps, for a partnership that has outgrown one machine's memory.

pyspark and Java are an extra. Nothing here is imported unless Spark is asked for.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import ibis
import ibis.expr.types as ir
import pyarrow as pa
import pyarrow.parquet as pq

from roundtable.data.disk import room_to_write
from roundtable.data.engine import Engine, EngineName, arranged, no_memory
from roundtable.data.tables import LakeTable
from roundtable.data.vault.lake_files import read_lake_files, write_lake_file
from roundtable.errors import Place, Problem, SettingUnusable

if TYPE_CHECKING:
    from ibis.backends.pyspark import Backend
    from pyspark.sql import SparkSession

    from roundtable.governance.keys import Keyring

#: What every session is held to, whoever started it: one clock, and one way to write times.
SESSION = {
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.ansi.enabled": "true",
    "spark.sql.parquet.outputTimestampType": "TIMESTAMP_MICROS",
}
#: Whether Spark encrypts what it writes for itself: what it shuffles, spills and is handed from Python.
_ENCRYPTS = "spark.io.encryption.enabled"
_GLOB = re.compile(r"([\\\[\]{}*?,])")


class SparkEngine(Engine):
    """Works steps out with Spark."""

    name = EngineName.SPARK

    def __init__(
        self, session: SparkSession, backend: Backend, work: Path, keyring: Keyring | None = None
    ) -> None:
        self._session = session
        self._backend = backend
        self._work = work
        self._keyring = keyring
        self._numbers = count(1)

    def scan(self, table: LakeTable, paths: Sequence[Path]) -> ir.Table:
        """Lake files as one Ibis table."""
        name = f"{table.name}_{next(self._numbers)}"
        if not paths:
            return self.memory(table.schema.empty_table(), name)
        if table.vault:
            return self._unsealed(paths, table, name).select(table.schema.names)
        return self._view(paths, name).select(table.schema.names)

    def _unsealed(self, paths: Sequence[Path], table: LakeTable, name: str) -> ir.Table:
        """A table of the vault: opened in this process and handed over in memory, which bounds its size."""
        return self._handed_over(read_lake_files(paths, table, self._keyring), name)

    def _handed_over(self, table: pa.Table, name: str) -> ir.Table:
        self._session.createDataFrame(table).createOrReplaceTempView(name)
        return self._backend.table(name)

    def memory(self, table: pa.Table, name: str) -> ir.Table:
        """An Arrow table as an Ibis table, by way of a file: Ibis's own way would turn nulls to NaN.

        An engine that has the keys makes no file, which could hold identifiers.
        """
        if self._keyring is not None:
            return self._handed_over(table, name)
        path = self._work / f"memory-{next(self._numbers)}.parquet"
        pq.write_table(table, path)
        return self._view([path], name)

    def to_arrow(self, expr: ir.Table, table: LakeTable, *, ordered: bool = True) -> pa.Table:
        """What an expression comes to, whole and in memory."""
        if self._keyring is not None:
            return self._in_memory(arranged(expr, table, ordered=ordered), table)
        with room_to_write(self._work), self._worked_out(arranged(expr, table, ordered=ordered)) as files:
            parts = [pq.read_table(file).cast(table.schema) for file in files]
        return pa.concat_tables([table.schema.empty_table(), *parts]).combine_chunks()

    def write(self, expr: ir.Table, table: LakeTable, path: Path) -> None:
        """Write what an expression comes to: Spark's sorted parts, put together into one file."""
        if self._keyring is not None:
            held = self._in_memory(arranged(expr, table), table)
            write_lake_file(held.to_batches(), table, path, self._keyring)
            return
        with room_to_write(self._work), self._worked_out(arranged(expr, table)) as files:
            write_lake_file(_batches(files), table, path, self._keyring)

    def _in_memory(self, expr: ir.Table, table: LakeTable) -> pa.Table:
        """What comes of a step that may hold identifiers: never by way of files in the clear."""
        with _memory_explained():
            found = self._session.sql(str(self._backend.compile(expr))).toArrow()
        return found.cast(table.schema).combine_chunks()

    @contextmanager
    def _worked_out(self, expr: ir.Table) -> Iterator[list[Path]]:
        """Spark writes a folder of parts whose names are in the order of the rows."""
        folder = self._work / f"result-{next(self._numbers)}"
        try:
            with _memory_explained():
                self._session.sql(str(self._backend.compile(expr))).write.parquet(str(folder))
            yield sorted(folder.glob("part-*.parquet"))
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def _view(self, paths: Sequence[Path], name: str) -> ir.Table:
        files = [_GLOB.sub(r"\\\1", str(path.absolute())) for path in paths]
        self._session.read.parquet(*files).createOrReplaceTempView(name)
        return self._backend.table(name)


def _batches(files: Sequence[Path]) -> Iterator[pa.RecordBatch]:
    for file in files:
        with pq.ParquetFile(file) as part:
            yield from part.iter_batches()


@contextmanager
def spark_engine(scratch: Path, memory: str, keyring: Keyring | None = None) -> Iterator[SparkEngine]:
    """Open Spark: the session that is already there, left open after; or a local one, closed after.

    Raises:
        SettingUnusable: pyspark or Java is missing; or the session that is there would write what the
            vault holds to disks in the clear.
    """
    _require_spark()
    from pyspark.sql import SparkSession

    found = SparkSession.getActiveSession()
    if found is not None and keyring is not None:
        _see_that_it_encrypts(found)
    with TemporaryDirectory(dir=scratch, prefix="spark-", ignore_cleanup_errors=True) as work:
        session = found or _started(Path(work), scratch / "spark.log", memory, encrypts=keyring is not None)
        try:
            for key, value in SESSION.items():
                session.conf.set(key, value)
            yield SparkEngine(session, ibis.pyspark.connect(session), Path(work), keyring)
        finally:
            if found is None:
                session.stop()


def _see_that_it_encrypts(session: SparkSession) -> None:
    if session.sparkContext.getConf().get(_ENCRYPTS, "false") != "true":
        what = f"this Spark session writes what it shuffles and spills in the clear ({_ENCRYPTS} is not true)"
        remedy = f"start it with {_ENCRYPTS}=true, or let Roundtable start its own"
        place = Place("environment", key="ROUNDTABLE_ENGINE")
        raise SettingUnusable(Problem(place, "spark-in-the-clear", what, remedy))


def _started(work: Path, log: Path, memory: str, *, encrypts: bool) -> SparkSession:
    """A local session of two threads that talks to this machine alone."""
    from pyspark.sql import SparkSession

    settings: dict[str, bool | float | int | str | None] = {
        "spark.master": "local[2]",
        "spark.app.name": "roundtable",
        "spark.driver.memory": _java_memory(memory),
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.local.dir": str(work / "local"),
        "spark.sql.shuffle.partitions": "2",
        "spark.sql.warehouse.dir": str(work / "warehouse"),
        _ENCRYPTS: "true" if encrypts else "false",
        **SESSION,
    }
    with _log_in(log):
        return SparkSession.builder.config(map=settings).getOrCreate()


def _java_memory(memory: str) -> str:
    """Our words for an amount in Java's: whole mebibytes, and never less than Spark itself needs."""
    number = memory.rstrip("TGMiB ")
    unit = memory.removeprefix(number).strip()[0]
    return f"{max(1024, int(float(number) * 1024 ** 'MGT'.index(unit)))}m"


@contextmanager
def _log_in(log: Path) -> Iterator[None]:
    """Start Java with its error stream in a file: it would fill the terminal with warnings otherwise."""
    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    sys.stderr.flush()
    kept = os.dup(2)
    try:
        with log.open("ab") as file:
            os.dup2(file.fileno(), 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)


def _require_spark() -> None:
    missing = []
    if find_spec("pyspark") is None:
        missing.append(_problem("pyspark is not installed", "pip install 'roundtable[spark]'"))
    if shutil.which("java") is None and not os.environ.get("JAVA_HOME"):
        missing.append(
            _problem("Java is not installed", "install Java 17, such as: apt install openjdk-17-jre")
        )
    if missing:
        raise SettingUnusable(missing)


def _problem(what: str, how: str) -> Problem:
    place = Place("environment", key="ROUNDTABLE_ENGINE")
    return Problem(place, "engine-spark", f"Spark was asked for, and {what}", f"{how}; or use duckdb")


@contextmanager
def _memory_explained() -> Iterator[None]:
    """Say which setting to change when the engine's memory does not suffice."""
    from py4j.protocol import Py4JJavaError

    try:
        yield
    except Py4JJavaError as error:
        if "OutOfMemoryError" in str(error):
            raise no_memory("Java has no more heap") from error
        raise
