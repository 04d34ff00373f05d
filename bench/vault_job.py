"""What the benchmark of the vault starts as processes of their own.

python -m bench.vault_job receive FOLDER FILES     take files of incidents in
python -m bench.vault_job untyped FOLDER FILES     let DuckDB read the same as text and write Parquet
python -m bench.vault_job formats FOLDER           ways to encrypt a file, as JSON
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pyarrow.parquet.encryption as pe

from bench.lines import say
from roundtable.data.lake_table import LakeTable
from roundtable.data.vault.lake_files import open_lake_file, vault_dataset, write_lake_file
from roundtable.ledger.database import close_ledger, open_ledger
from roundtable.ledger.lock import writer_lock
from tests.factories_intake import DropOff
from tests.factories_people import KEYRING, incidents

_TIMES = 3


def receive(folder: Path, files: Path) -> None:
    """Take every file in, as `roundtable receive` does, with keys that are known."""
    place = folder / "deliveries" / "incidents"
    place.mkdir(parents=True)
    for file in files.iterdir():
        os.link(file, place / file.name)
    open_ledger(folder, "bench")
    with writer_lock(folder):
        drop_off = DropOff(folder, keyring=KEYRING)
        drop_off.agree(incidents())
        refused = [one for one in drop_off.receive().values() if one.refused]
    close_ledger()
    if refused:
        raise SystemExit(str(refused[0]))


def untyped(folder: Path, files: Path) -> None:
    """The least that anybody would have to do: read all columns as text, write them as Parquet."""
    folder.mkdir(parents=True)
    connection = duckdb.connect(config={"memory_limit": "1GB"})
    for file in sorted(files.iterdir()):
        read = f"SELECT * FROM read_csv('{file}', all_varchar = true)"
        connection.execute(f"COPY ({read}) TO '{folder / file.stem}.parquet' (COMPRESSION zstd)")


def formats(folder: Path) -> None:
    """Seconds to write and to read a million records of people, one way of encrypting beside the other."""
    (source,) = folder.glob("people.parquet")
    people = pq.read_table(source)
    table = LakeTable("people", people.schema, ("record_id",), "Measured.", vault=True)
    plain, sealed, modular = (folder / name for name in ("plain", "sealed", "modular"))
    key = b"a key that only measures: 32 byt"
    encryption = pe.create_encryption_properties(footer_key=key)
    decryption = pe.create_decryption_properties(footer_key=key)
    one = ["surname"]

    def write_modular() -> None:
        with pq.ParquetWriter(
            modular, people.schema, compression="zstd", encryption_properties=encryption
        ) as to:
            to.write_table(people, row_group_size=122_880)

    def read_sealed(columns: list[str] | None) -> None:
        with open_lake_file(sealed, table, KEYRING) as file:
            file.read(columns=columns)

    def in_engine(made: Callable[[duckdb.DuckDBPyConnection], None], columns: str) -> None:
        connection = duckdb.connect(config={"memory_limit": "1GB"})
        made(connection)
        connection.execute(f"CREATE TEMP TABLE t AS SELECT {columns} FROM v")

    def of_plain(connection: duckdb.DuckDBPyConnection) -> None:
        connection.execute(f"CREATE VIEW v AS FROM read_parquet('{plain}')")

    def of_sealed(connection: duckdb.DuckDBPyConnection) -> None:
        connection.register("v", vault_dataset([sealed], table, KEYRING))

    jobs: dict[str, Callable[[], object]] = {
        "plain: write": lambda: pq.write_table(people, plain, compression="zstd", row_group_size=122_880),
        "modular: write": write_modular,
        "sealed: write": lambda: write_lake_file(people.to_batches(), table, sealed, KEYRING),
        "plain: read": lambda: pq.read_table(plain),
        "modular: read": lambda: pq.read_table(modular, decryption_properties=decryption),
        "sealed: read": lambda: read_sealed(None),
        "plain: read one column": lambda: pq.read_table(plain, columns=one),
        "modular: read one column": lambda: pq.read_table(
            modular, columns=one, decryption_properties=decryption
        ),
        "sealed: read one column": lambda: read_sealed(one),
        "plain: engine": lambda: in_engine(of_plain, "*"),
        "sealed: engine": lambda: in_engine(of_sealed, "*"),
        "plain: engine, one column": lambda: in_engine(of_plain, "surname"),
        "sealed: engine, one column": lambda: in_engine(of_sealed, "surname"),
    }
    told = {name: _least(job) for name, job in jobs.items()}
    sizes = {f"{path.name}: bytes": float(path.stat().st_size) for path in (plain, modular, sealed)}
    sys.stdout.write(json.dumps(told | sizes))


def _least(job: Callable[[], object]) -> float:
    taken = []
    for _ in range(_TIMES):
        start = time.perf_counter()
        job()
        taken.append(time.perf_counter() - start)
    return min(taken)


def main(words: list[str]) -> None:
    """Do what is named."""
    jobs: dict[str, Callable[..., None]] = {"receive": receive, "untyped": untyped, "formats": formats}
    jobs[words[0]](*(Path(word) for word in words[1:]))


if __name__ == "__main__":
    say(" ".join(sys.argv[1:]))
    pa.set_cpu_count(os.cpu_count() or 1)
    main(sys.argv[1:])
