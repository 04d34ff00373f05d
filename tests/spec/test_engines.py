"""What every engine promises: the schema, one order, the same file, and nulls that stay null."""

from decimal import Decimal
from pathlib import Path

import ibis
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from roundtable.data.engine import Engine, EngineName
from roundtable.data.parquet import ROWS_IN_A_GROUP, write_parquet
from roundtable.data.tables import LAKE_TABLES, LakeTable
from roundtable.errors import DiskFull

SCHEMA = pa.schema(
    [
        pa.field("name", pa.string()),
        pa.field("x", pa.decimal128(9, 6)),
        pa.field("n", pa.int64()),
    ]
)
TABLE = LakeTable("things", SCHEMA, ("name",), "Things.")
IN_ORDER = [("a", None, 1), ("a", None, 2), ("b", Decimal("1.500000"), None), (None, None, 0)]


def _table(rows: list[tuple[str | None, Decimal | None, int | None]]) -> pa.Table:
    return pa.Table.from_pylist([dict(zip(SCHEMA.names, row, strict=True)) for row in rows], SCHEMA)


def test_one_order_whatever_the_order_of_the_rows(engine: Engine, tmp_path: Path) -> None:
    """By key, then by the other columns, nulls last; the same from several files and from memory."""
    shuffled = [IN_ORDER[3], IN_ORDER[1], IN_ORDER[2], IN_ORDER[0]]
    for number, rows in enumerate((shuffled[:2], shuffled[2:])):
        pq.write_table(_table(rows), tmp_path / f"{number}.parquet")
    from_files = engine.scan(TABLE, sorted(tmp_path.glob("*.parquet")))
    from_memory = engine.memory(_table(shuffled), f"shuffled_{tmp_path.name}")
    assert engine.to_arrow(from_files, TABLE).equals(_table(IN_ORDER))
    assert engine.to_arrow(from_memory, TABLE).equals(_table(IN_ORDER))


def test_no_files_are_an_empty_table(engine: Engine) -> None:
    """A table that nobody delivered reads as one with no rows."""
    for table in LAKE_TABLES.values():
        assert engine.to_arrow(engine.scan(table, []), table).equals(table.schema.empty_table())


def test_types_are_made_those_of_the_schema(engine: Engine) -> None:
    """A step need not write every cast itself."""
    expr = engine.memory(_table(IN_ORDER[:2]), "uncast")
    found = engine.to_arrow(expr.select("name", x=expr.n, n=expr.n.cast("int8")), TABLE)
    assert found.schema.equals(SCHEMA)
    assert found["x"].to_pylist() == [Decimal(1), Decimal(2)]


def test_a_null_that_may_not_be_is_an_error(engine: Engine) -> None:
    """A step that breaks its table's schema stops the run."""
    strict = LakeTable("strict", pa.schema([pa.field("n", pa.int64(), nullable=False)]), ("n",), "Strict.")
    expr = engine.memory(_table(IN_ORDER), "with_null").select("n")
    with pytest.raises((pa.ArrowInvalid, ValueError)):
        engine.to_arrow(expr, strict)


def test_files_are_the_same_bytes(engine: Engine, tmp_path: Path) -> None:
    """Equal rows give equal bytes on every engine: those of the one writer, fed in the one order."""
    count = 2 * ROWS_IN_A_GROUP + 17
    names = pa.array(range(count)).cast(pa.string())
    table = pa.table([names, pa.nulls(count, pa.decimal128(9, 6)), pa.array(range(count))], schema=SCHEMA)
    pq.write_table(table.take(pa.array(range(count - 1, -1, -1))), tmp_path / "in.parquet")
    engine.write(engine.scan(TABLE, [tmp_path / "in.parquet"]), TABLE, tmp_path / "out.parquet")
    in_order = table.sort_by("name")
    write_parquet(in_order.to_batches(max_chunksize=1000), SCHEMA, tmp_path / "same.parquet")
    assert (tmp_path / "out.parquet").read_bytes() == (tmp_path / "same.parquet").read_bytes()
    assert pq.ParquetFile(tmp_path / "out.parquet").num_row_groups == 3


def test_an_empty_result_is_a_file(engine: Engine, tmp_path: Path) -> None:
    """No rows are still a table, with its columns."""
    engine.write(engine.scan(TABLE, []), TABLE, tmp_path / "out.parquet")
    assert pq.read_table(tmp_path / "out.parquet").equals(SCHEMA.empty_table())


def test_folders_with_odd_names(engine: Engine, tmp_path: Path) -> None:
    """Brackets, commas, stars and quotes in a folder's name are letters, not patterns."""
    folder = tmp_path / "it's [a] {b,c} *? folder"
    folder.mkdir()
    pq.write_table(_table(IN_ORDER), folder / "a.parquet")
    assert engine.to_arrow(engine.scan(TABLE, [folder / "a.parquet"]), TABLE).equals(_table(IN_ORDER))


def test_a_full_disk_is_said_to_be_full(engine: Engine) -> None:
    """A result that the disk has no room for is the user's to mend."""
    with pytest.raises(DiskFull):
        engine.write(engine.memory(_table(IN_ORDER), "too_large"), TABLE, Path("/dev/full"))


def test_a_sum_that_does_not_fit_is_an_error(engine: Engine) -> None:
    """Whole numbers never wrap round."""
    large = engine.memory(pa.table({"n": pa.array([2**62, 2**62])}), "large")
    one = LakeTable("one", pa.schema([("n", pa.int64())]), ("n",), "One number.")
    with pytest.raises(Exception, match=r"(?i)overflow|out of range|out of bounds"):
        engine.to_arrow(large.agg(n=large.n.sum().cast("int64")), one)


def test_times_are_universal(engine: Engine) -> None:
    """The clock of the machine changes nothing."""
    expr = engine.memory(pa.table({"n": [1]}), "now").select(
        at=ibis.timestamp("2024-07-01 00:30:00").cast("timestamp('UTC')")
    )
    table = LakeTable("at", pa.schema([("at", pa.timestamp("us", "UTC"))]), ("at",), "A time.")
    assert str(engine.to_arrow(expr, table)["at"][0]) == "2024-07-01 00:30:00+00:00"


def test_an_engine_says_its_name(engine: Engine) -> None:
    """The run's record names the engine."""
    assert engine.name in EngineName
