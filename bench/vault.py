"""Rows about people on their way into the vault, beside the least that reading them could take.

Everything is made up, in a scratch folder (`TMPDIR`), and removed.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from bench.lines import GIGABYTE, TIMES, Line, say
from bench.measure import Command, in_turn
from bench.vault_rows import incident_files
from roundtable.data.tables import LAKE_TABLES
from roundtable.data.vault.lake_files import read_lake_files
from tests.factories_people import KEYRING

FEW, MANY = 100_000, 1_000_000
JOB = (sys.executable, "-m", "bench.vault_job")


def lines() -> list[Line]:
    """Every line about the vault."""
    with tempfile.TemporaryDirectory(prefix="bench-vault-") as scratch:
        return [*_received(Path(scratch)), *_formats(Path(scratch))]


def _received(scratch: Path) -> Iterator[Line]:
    commands: dict[str, Command] = {}
    for rows in (FEW, MANY):
        files = scratch / f"files-{rows}"
        say(f"making {rows:,} rows")
        incident_files(rows, files)
        for word in ("receive", "untyped"):
            commands[f"{word} {rows}"] = _command(word, scratch / f"{word}-{rows}", files)
    taken = in_turn(commands, TIMES)
    product, least = taken[f"receive {MANY}"], taken[f"untyped {MANY}"]
    few = taken[f"receive {FEW}"]
    yield Line(f"{MANY:,} rows about people, received, wall", product.wall, "s")
    yield Line(f"{MANY:,} rows, read untyped and written by DuckDB, wall", least.wall, "s")
    yield Line("received to untyped, wall, the vault encrypted", product.wall / least.wall, "times", 6)
    yield Line("received to untyped, processor", product.cpu / least.cpu, "times")
    growth = (product.cpu / MANY) / (few.cpu / FEW)
    yield Line(f"processor a row at {MANY:,} rows to {FEW:,} rows", growth, "times", 1.1)
    yield Line(f"{MANY:,} rows about people, peak memory", product.peak / GIGABYTE, "GB")


def _command(word: str, folder: Path, files: Path) -> Command:
    return Command((*JOB, word, folder, files), ready=lambda: shutil.rmtree(folder, ignore_errors=True))


def _formats(scratch: Path) -> Iterator[Line]:
    table = LAKE_TABLES["person_record"]
    paths = sorted((scratch / f"receive-{MANY}" / ".roundtable" / "lake" / table.name).glob("*.vault"))
    folder = scratch / "formats"
    folder.mkdir()
    people: pa.Table = read_lake_files(paths, table, KEYRING).combine_chunks()
    pq.write_table(people, folder / "people.parquet")
    words = [*JOB, "formats", str(folder)]
    said = subprocess.run(words, stdout=subprocess.PIPE, text=True, check=True).stdout
    for name, figure in json.loads(said).items():
        size = name.endswith("bytes")
        yield Line(
            f"{MANY:,} records of people, {name}", figure / 1e6 if size else figure, "MB" if size else "s"
        )
