"""A job that does everything a run does to the ledger and the lake, with a handful of rows."""

import hashlib
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from roundtable.data.lake import Lake
from roundtable.data.lake_file import StagedFile
from roundtable.data.tables import LAKE_TABLES
from roundtable.ledger import deliveries, runs
from roundtable.ledger.database import close_ledger, open_ledger
from roundtable.ledger.deliveries import DeliveryRecord, Member
from roundtable.ledger.lock import writer_lock
from roundtable.ledger.models import DeliveryStatus, Run, RunState

DELIVERIES = ("first", "second", "corrected")
CORRECTS = {"corrected": "first"}
STEPS = ("people", "ranks")
INPUTS = "f" * 64


def receive_and_run(folder: Path) -> None:
    """Take three deliveries in, one of them a correction, erase what it replaced, and work two steps out."""
    with writer_lock(folder):
        open_ledger(folder, "county")
        lake = Lake(folder)
        lake.collect_orphans()
        if is_done():
            return
        run = runs.begin_or_resume(INPUTS, {"pyarrow": "1"})
        for name in DELIVERIES:
            receive(lake, name)
        erase_what_was_replaced(lake)
        for step in STEPS:
            work(lake, run, step)
        runs.finish(run)
        close_ledger()


def is_done() -> bool:
    """Whether the last run finished with the same inputs, so that there is nothing to do."""
    last = runs.last_run()
    return last is not None and last.inputs == INPUTS and last.state == RunState.FINISHED


def receive(lake: Lake, name: str) -> None:
    """Take one delivery in: two tables, its receipt, and what it replaces, in one snapshot."""
    if deliveries.known(id_of(name)):
        return
    adds = [staged(lake, "area_population", name, 3), staged(lake, "quarantine", name, 1)]
    old = CORRECTS.get(name)
    removes = [file for file in lake.listed() if old and file.source == id_of(old)]
    lake.publish(
        f"delivery {name}",
        adds,
        removes,
        lambda snapshot: deliveries.record(receipt(name), snapshot, [id_of(old)] if old else []),
    )


def erase_what_was_replaced(lake: Lake) -> None:
    """Erase the files of the delivery that was corrected."""
    old = [file for file in lake.listed(snapshot=1) if not file.erased_why]
    if old:
        lake.erase(old, "its correction came")


def work(lake: Lake, run: Run, step: str) -> None:
    """One step: skipped when its key is known."""
    key = {"code": "1", "step": step}
    if runs.last_key(step) == key:
        runs.step_skipped(run, step, key)
        return
    adds = [staged(lake, "area_population", step, 2), staged(lake, "area_deprivation", step, 2)]
    lake.publish(
        f"step {step}",
        adds,
        [file for file in lake.listed() if file.source == id_of(step)],
        lambda snapshot: runs.step_done(run, step, key, "it has not run before", 4, snapshot),
    )


def staged(lake: Lake, table: str, source: str, rows: int) -> StagedFile:
    """A file of a table, the same each time."""
    path = lake.stage()
    pq.write_table(sample(table, rows, id_of(source)), path)
    return lake.seal(table, path, id_of(source))


def sample(table: str, rows: int, delivery: str) -> pa.Table:
    """A few rows of a table, the same each time for the same delivery."""
    schema = LAKE_TABLES[table].schema
    return pa.Table.from_pylist(
        [dict(_row(schema, number, delivery)) for number in range(rows)], schema=schema
    )


def receipt(name: str) -> DeliveryRecord:
    """The receipt of one of the deliveries."""
    return DeliveryRecord(
        delivery_id=id_of(name),
        dataset="counts",
        agency="council",
        file=f"deliveries/counts/{name}.csv",
        sha256=hashlib.sha256(name.encode()).hexdigest(),
        bytes=100,
        period="2026-01",
        status=DeliveryStatus.ACCEPTED,
        reason="",
        corrects=id_of(CORRECTS[name]) if name in CORRECTS else "",
        contract_fingerprint="c" * 64,
        permit_fingerprint="d" * 64,
        rows_received=4,
        rows_kept=3,
        rows_quarantined=1,
        agreements=("open-data",),
        members=(Member(f"{name}.csv", "counts", "e" * 64, 4, 3, 1),),
    )


def leave_something_over(folder: Path) -> Path:
    """What an earlier writer left behind: a file that no snapshot has, and scratch."""
    lake = folder / ".roundtable" / "lake" / "area"
    scratch = folder / ".roundtable" / "scratch"
    lake.mkdir(parents=True)
    (scratch / "spilt").mkdir(parents=True)
    (lake / f"{'0' * 64}.parquet").write_bytes(b"never published")
    (scratch / "1-1.parquet").write_bytes(b"half a fi")
    (scratch / "spilt" / "block").write_bytes(b"spilt")
    return folder


def id_of(name: str) -> str:
    """The id under which the ledger knows a source."""
    return hashlib.sha256(name.encode()).hexdigest()[:16]


def _row(schema: pa.Schema, number: int, delivery: str) -> Iterator[tuple[str, object]]:
    for field in schema:
        if field.name == "delivery_id":
            yield field.name, delivery
        elif pa.types.is_date(field.type):
            yield field.name, date(2026, 1, 1)
        else:
            yield field.name, number if pa.types.is_integer(field.type) else f"{field.name} {number}"
