"""The whole real run on Spark leaves the tables that it leaves on DuckDB."""

from __future__ import annotations

from pathlib import Path

import pytest

from roundtable.data.content_hash import content_hash
from roundtable.data.derived_tables import DERIVED_TABLES
from roundtable.data.engine import EngineName
from tests.published.whole_run import demonstrated

#: Tables that only deliveries about people or properties fill: the open data hold none.
NOT_FROM_OPEN_DATA = {"property_flags", "flag_overlap", "address_place"}

pytestmark = [pytest.mark.real, pytest.mark.whole_spark]


def _tables(folder: Path, engine: EngineName) -> dict[str, tuple[int, str]]:
    """How many rows each derived table has, and what they are."""
    with demonstrated(folder, engine) as run:
        tables = {table.name: run.table(table.name) for table in DERIVED_TABLES}
    return {name: (table.num_rows, content_hash(table)) for name, table in tables.items()}


def test_both_engines_leave_equal_tables(tmp_path: Path) -> None:
    on_duckdb = _tables(tmp_path / "duckdb", EngineName.DUCKDB)
    on_spark = _tables(tmp_path / "spark", EngineName.SPARK)
    assert on_spark == on_duckdb
    empty = {name for name, (rows, _) in on_duckdb.items() if not rows}
    assert empty == NOT_FROM_OPEN_DATA
