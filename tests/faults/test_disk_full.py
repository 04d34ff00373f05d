"""A disk that fills up at each write in turn: old or new, DiskFull, and all is well once there is room."""

import os
import shutil
from functools import partial
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest

from roundtable.data.disk import room_to_write
from roundtable.data.lake import Lake
from roundtable.errors import DiskFull
from roundtable.ledger import audit
from roundtable.ledger.database import close_ledger, open_ledger
from roundtable.partnership.model.purpose import Purpose
from tests.faults.lake_job import leave_something_over, receive_and_run, sample
from tests.faults.nursery import the_nursery
from tests.faults.observing import Observation, observe_store, see_old_or_new
from tests.faults.small_disk import PAGE, ballast, small_disk
from tests.postgres import PostgresServer

#: How much more is free each time. Less is slower and finds no other write to fail.
STEP = 6 * PAGE
MODULES = (__name__, "pandas", "django.db.backends.sqlite3.base", "roundtable.ledger.migrations.0001_initial")


def _run(folder: Path) -> str:
    os.environ.pop("DATABASE_URL", None)
    try:
        with room_to_write(folder):
            receive_and_run(folder)
    except DiskFull:
        return "full"
    return "done"


def _run_again(folder: Path) -> Observation:
    os.environ.pop("DATABASE_URL", None)
    see_old_or_new(folder)
    receive_and_run(folder)
    return observe_store(folder)


def test_a_job_on_a_disk_that_fills_up_is_told_so_and_goes_on_when_there_is_room(tmp_path: Path) -> None:
    nursery = the_nursery()
    nursery.learn(MODULES)
    with small_disk(tmp_path / "disk", 16 << 20) as disk:
        expected = nursery.call(partial(_run_again, _new_folder(disk, "undisturbed"))).result()
        ends = []
        for number in range(200):
            folder = _new_folder(disk, str(number))
            with ballast(disk, number * STEP):
                ends.append(nursery.call(partial(_run, folder)).result())
            again = nursery.call(partial(_run_again, folder)).result()
            assert again == expected, f"with {number * STEP:,} bytes free"
            shutil.rmtree(folder)
            if ends[-1] == "done":
                break
    assert ends[-1] == "done"
    assert ends.count("full") >= 10


def test_what_the_writers_of_files_say_of_a_full_disk_is_understood(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", 1 << 20) as disk, ballast(disk, PAGE):
        table = sample("event_result", 20_000, "a")
        with pytest.raises(DiskFull), room_to_write(disk):
            pq.write_table(table, disk / "arrow.parquet", compression="none", use_dictionary=False)
        with pytest.raises(DiskFull), room_to_write(disk):
            duckdb.sql(f"COPY (SELECT uuid() AS a FROM range(100000)) TO '{disk}/duckdb.parquet'")
        with pytest.raises(DiskFull), room_to_write(disk):
            (disk / "python").write_bytes(b"x" * 2 * PAGE)


@pytest.mark.parametrize("looks_first", [True, False])
def test_an_export_that_has_no_room_leaves_nothing(
    writer: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, looks_first: bool
) -> None:
    if not looks_first:
        # As when somebody else fills the disk between the look and the copy.
        monkeypatch.setattr("roundtable.data.lake_export.ensure_room", lambda folder, wanted: None)
    head = audit.head()
    with small_disk(tmp_path / "disk", 8 * PAGE) as disk:
        with pytest.raises(DiskFull, match="bytes are needed" if looks_first else "no room left"):
            Lake(writer).export(None, disk / "out", Purpose.HARM_BY_PLACE)
        assert list(disk.iterdir()) == []
    assert audit.head() == head


@pytest.mark.postgres
def test_a_server_whose_disk_is_full_is_told_as_one(
    postgres_server: PostgresServer,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    with small_disk(postgres_server.folder / "disk", 24 << 20) as disk:
        (space := disk / "space").mkdir()
        shutil.chown(space, "postgres")
        postgres_server.execute(f"CREATE TABLESPACE small LOCATION '{space}'")
        postgres_server.execute("CREATE DATABASE on_small TABLESPACE small")
        monkeypatch.setenv("DATABASE_URL", postgres_server.url("on_small"))
        open_ledger(tmp_path)
        kept = audit.append("thing.done", "thing", {})
        with ballast(disk, 0), pytest.raises(DiskFull, match="no room for the ledger"):
            for _ in range(100):
                audit.append("thing.done", os.urandom(20_000).hex(), {})
        head = audit.verify()
        assert head.problems == ()
        assert head.events >= kept.sequence
        audit.append("thing.done", "thing", {})
        close_ledger()
        postgres_server.execute("DROP DATABASE on_small WITH (FORCE)")
        postgres_server.execute("DROP TABLESPACE small")


def _new_folder(disk: Path, name: str) -> Path:
    (disk / name).mkdir()
    return leave_something_over(disk / name)
