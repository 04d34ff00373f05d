"""Whether the product and the script by hand found the same, row by row. Run as a process of its own.

    python -m bench.totals weights PARTNERSHIP TARGET.csv
    python -m bench.totals compare PARTNERSHIP BY_HAND.parquet

The first writes the product's own weights, so that both weigh alike; the second ends with 1 and shows
rows when they differ in a single sum.
"""

from __future__ import annotations

import sys
from pathlib import Path

import duckdb

WEIGHTS = """
    copy (
        select weight_set, code, weight from read_parquet(?) where scheme = 'police-uk-category' order by all
    ) to '{target}' (format csv, header true)
"""
DIFFERENT = """
    with product as (
        select weight_set, area_kind, area_id, month, code, records::bigint as records, harm::bigint as harm
        from read_parquet(?) where dataset = 'police-uk'
    ),
    by_hand as (select weight_set, area_kind, area_id, month, code, records, harm from read_parquet(?))
    (select 'product alone' as found, * from product except all select 'product alone', * from by_hand)
    union all
    (select 'by hand alone', * from by_hand except all select 'by hand alone', * from product)
"""
RECORDS = """
    select coalesce(sum(records), 0)::bigint from read_parquet(?)
    where dataset = 'police-uk' and area_kind = 'lsoa11' and weight_set = 'count'
"""


def _files(partnership: Path, table: str) -> list[str]:
    """The table's files; a folder that has run once, from nothing, holds no others."""
    return sorted(str(path) for path in (partnership / ".roundtable" / "lake" / table).glob("*.parquet"))


def write_weights(partnership: Path, target: Path) -> None:
    """Write the weights that the product worked out, one row for each weight set and code."""
    duckdb.execute(WEIGHTS.format(target=target), [_files(partnership, "harm_weight")])


def compare(partnership: Path, by_hand: Path) -> int:
    """Show every sum that differs, at most twenty, and return an exit status."""
    files = _files(partnership, "harm_area_month")
    rows = duckdb.execute(DIFFERENT, [files, str(by_hand)]).fetchmany(20)
    for row in rows:
        print(*row, sep=" | ")
    ((records,),) = duckdb.execute(RECORDS, [files]).fetchall()
    print(f"records measured: {records}")
    return 1 if rows or not records else 0


if __name__ == "__main__":
    if sys.argv[1] == "weights":
        write_weights(Path(sys.argv[2]), Path(sys.argv[3]))
    else:
        sys.exit(compare(Path(sys.argv[2]), Path(sys.argv[3])))
