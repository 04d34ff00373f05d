"""DuckDB locked to one job, and what a user is told when an engine cannot be had or has too little."""

from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from roundtable.data.engine import EngineName, open_engine, reading_connection
from roundtable.data.tables import LakeTable
from roundtable.errors import SettingUnusable

NUMBERS = LakeTable("numbers", pa.schema([("n", pa.int64()), ("text", pa.string())]), ("text",), "Numbers.")


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path, Path]:
    """A folder that may be read, scratch, and a folder that may not be read; each with a file."""
    made = tuple(tmp_path / name for name in ("lake", "scratch", "elsewhere"))
    for folder in made:
        folder.mkdir()
        pq.write_table(pa.table({"n": [1], "text": ["a"]}), folder / "a.parquet")
    return made[0], made[1], made[2]


def test_the_engine_reads_its_folders_alone(folders: tuple[Path, Path, Path]) -> None:
    lake, scratch, elsewhere = folders
    with open_engine(EngineName.DUCKDB, [lake], scratch) as engine:
        assert engine.to_arrow(engine.scan(NUMBERS, [lake / "a.parquet"]), NUMBERS).num_rows == 1
        with pytest.raises(duckdb.PermissionException):
            engine.scan(NUMBERS, [elsewhere / "a.parquet"])


def test_a_reading_connection_is_locked(folders: tuple[Path, Path, Path]) -> None:
    lake, scratch, elsewhere = folders
    with reading_connection([lake], scratch) as connection:
        query = "SELECT n FROM read_parquet(?)"
        assert connection.execute(query, [str(lake / "a.parquet")]).fetchall() == [(1,)]
        for refused in (
            f"SELECT * FROM read_parquet('{elsewhere}/a.parquet')",
            f"COPY (SELECT 1) TO '{elsewhere}/b.csv'",
            f"ATTACH '{elsewhere}/b.duckdb'",
            "INSTALL httpfs",
            "SET enable_external_access = true",
            "SET memory_limit = '64GB'",
            f"SET allowed_directories = ['{elsewhere}']",
        ):
            with pytest.raises(duckdb.Error):
                connection.execute(refused)


def test_settings_reach_the_engine(folders: tuple[Path, Path, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ROUNDTABLE_MEMORY", "256MiB")
    monkeypatch.setenv("ROUNDTABLE_THREADS", "1")
    with reading_connection([], folders[1]) as connection:
        asked = ("memory_limit", "threads", "temp_directory", "TimeZone")
        found = [connection.execute(f"SELECT current_setting('{name}')").fetchall()[0][0] for name in asked]
    assert found == ["256.0 MiB", 1, str(folders[1]), "UTC"]


def test_too_little_memory_names_the_setting(
    folders: tuple[Path, Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ROUNDTABLE_MEMORY", "16MB")
    with open_engine(EngineName.DUCKDB, [folders[0]], folders[1]) as engine:
        many = engine.memory(pa.table({"n": range(300_000), "text": ["a" * 200] * 300_000}), "many")
        grouped = many.group_by("n").agg(text=many.text.group_concat())
        with pytest.raises(SettingUnusable, match="ROUNDTABLE_MEMORY"):
            engine.to_arrow(grouped, NUMBERS)


def test_it_spills_rather_than_fails(
    folders: tuple[Path, Path, Path], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A sort far larger than the memory allowed comes out whole."""
    monkeypatch.setenv("ROUNDTABLE_MEMORY", "64MB")
    count = 1_000_000
    text = pa.array(range(count)).cast(pa.string())
    wide = pa.compute.binary_join_element_wise(text, text, text, text, "-" * 30)
    pq.write_table(pa.table({"n": range(count), "text": wide}), folders[0] / "large.parquet")
    with open_engine(EngineName.DUCKDB, [folders[0]], folders[1]) as engine:
        engine.write(engine.scan(NUMBERS, [folders[0] / "large.parquet"]), NUMBERS, tmp_path / "out.parquet")
    found = pq.read_table(tmp_path / "out.parquet")
    assert found.num_rows == count
    assert found["n"].to_pylist() == found.sort_by("text")["n"].to_pylist()


def test_spark_without_its_parts_says_how_to_get_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("roundtable.data.engine_spark.find_spec", lambda _name: None)
    monkeypatch.setenv("PATH", "")
    monkeypatch.delenv("JAVA_HOME", raising=False)
    with (
        pytest.raises(SettingUnusable) as caught,
        open_engine(EngineName.SPARK, [tmp_path], tmp_path / "scratch"),
    ):
        raise AssertionError
    told = str(caught.value)
    assert "pip install" in told
    assert "openjdk" in told
    assert len(caught.value.problems) == 2
