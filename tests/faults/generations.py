"""A writer that replaces two tables at once, over and over, so that a reader can catch it half way."""

import sys
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from roundtable.data.lake import Lake
from roundtable.data.lake_file import StagedFile
from roundtable.data.tables import LAKE_TABLES
from roundtable.ledger.database import open_ledger
from roundtable.ledger.lock import writer_lock

TABLES = ("area_population", "area_deprivation")


def generation(lake: Lake, number: int) -> int:
    """Publish the next generation of both tables: each file says which generation it is of."""
    adds = [_staged(lake, table, number) for table in TABLES]
    removes = [file for table in TABLES for file in lake.listed(table)]
    return lake.publish(f"generation {number}", adds, removes)


def seen(lake: Lake) -> set[str]:
    """The generations that one snapshot shows in its two tables."""
    now = lake.current_snapshot()
    paths = [file.path for table in TABLES for file in lake.files(table, now)]
    assert len(paths) == len(TABLES)
    return {value for path in paths for value in pq.read_table(path)["area_id"].to_pylist()}


def _staged(lake: Lake, table: str, number: int) -> StagedFile:
    row = {"area_kind": "k", "area_id": str(number), "as_of": date(2026, 1, 1), "delivery_id": "d"}
    row |= {"people": 1} if table == TABLES[0] else {"measure": "m", "value": 1}
    path = lake.stage()
    pq.write_table(pa.Table.from_pylist([row], schema=LAKE_TABLES[table].schema), path)
    return lake.seal(table, path, "generations")


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    with writer_lock(folder):
        open_ledger(folder)
        for each in range(1, int(sys.argv[2]) + 1):
            generation(Lake(folder), each)
