"""A snapshot exported: a plain folder that other engines read, of copies and not of links."""

import json
from pathlib import Path

import duckdb
import pyarrow.dataset as ds
import pytest

from roundtable.data.content_hash import content_hash
from roundtable.data.lake import Lake
from roundtable.data.tables import LAKE_TABLES
from roundtable.errors import SettingUnusable, StoreUnusable
from roundtable.ledger import audit
from roundtable.partnership.model.purpose import Purpose
from tests.faults.lake_job import sample, staged

TABLE = "area_population"


@pytest.fixture
def lake(writer: Path) -> Lake:
    lake = Lake(writer)
    lake.publish("one", [staged(lake, TABLE, "one", 3)])
    lake.publish("two", [staged(lake, TABLE, "two", 2)])
    return lake


def test_an_export_holds_the_snapshot_that_was_asked_for(lake: Lake, tmp_path: Path) -> None:
    folder = lake.export(1, tmp_path / "out" / "march", Purpose.HARM_BY_PLACE)
    (source,) = {file.source for file in lake.files(TABLE, 1)}
    found = ds.dataset(folder / TABLE, format="parquet").to_table()
    assert content_hash(found) == content_hash(sample(TABLE, 3, source))


def test_the_last_snapshot_is_exported_unless_another_is_asked_for(lake: Lake, tmp_path: Path) -> None:
    folder = lake.export(None, tmp_path / "out", Purpose.HARM_BY_PLACE)
    rows = duckdb.sql(f"SELECT count(*) FROM '{folder}/{TABLE}/*.parquet'").fetchone()
    assert rows == (5,)


def test_every_table_out_of_the_vault_can_be_read_rows_or_not(lake: Lake, tmp_path: Path) -> None:
    folder = lake.export(None, tmp_path / "out", Purpose.HARM_BY_PLACE)
    tables = {name: table for name, table in LAKE_TABLES.items() if not table.vault}
    assert sorted(path.name for path in folder.iterdir() if path.is_dir()) == sorted(tables)
    for name, table in tables.items():
        assert ds.dataset(folder / name, format="parquet").schema.equals(table.schema)


def test_an_export_says_what_it_is(lake: Lake, tmp_path: Path) -> None:
    folder = lake.export(2, tmp_path / "out", Purpose.HARM_BY_PLACE)
    listed = json.loads((folder / "snapshot.json").read_text(encoding="utf-8"))
    assert listed["snapshot"] == 2
    assert listed["tables"][TABLE]["rows"] == 5
    assert listed["tables"][TABLE]["files"] == sorted(file.path.name for file in lake.files(TABLE))
    assert listed["tables"]["event"]["rows"] == 0
    assert listed["tables"]["event"]["columns"]["code"] == LAKE_TABLES["event"].columns["code"]


def test_whoever_changes_an_export_does_not_change_the_lake(lake: Lake, tmp_path: Path) -> None:
    folder = lake.export(None, tmp_path / "out", Purpose.HARM_BY_PLACE)
    for path in (folder / TABLE).iterdir():
        assert path.stat().st_nlink == 1
        path.write_bytes(b"")
    assert len(Lake(lake.folder).files(TABLE)) == 2


def test_an_export_is_in_the_audit_chain(lake: Lake, tmp_path: Path) -> None:
    lake.export(1, tmp_path / "out", Purpose.HARM_BY_PLACE)
    event = list(audit.events())[-1]
    assert (event.action, event.about) == ("lake.exported", "snapshot 1")
    assert event.detail == {"tables": {TABLE: 3}, "purpose": "harm_by_place"}


def test_an_export_takes_nobodys_place(lake: Lake, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    lake.export(None, tmp_path / "empty", Purpose.HARM_BY_PLACE)
    (tmp_path / "file").touch()
    for taken in (tmp_path / "empty", tmp_path / "file"):
        with pytest.raises(SettingUnusable, match="something stands there"):
            lake.export(None, taken, Purpose.HARM_BY_PLACE)


def test_a_damaged_snapshot_is_not_exported_at_all(lake: Lake, tmp_path: Path) -> None:
    lake.files(TABLE)[0].path.unlink()
    with pytest.raises(StoreUnusable):
        Lake(lake.folder).export(None, tmp_path / "out", Purpose.HARM_BY_PLACE)
    assert not (tmp_path / "out").exists()


def test_what_a_killed_export_left_is_no_hindrance(lake: Lake, tmp_path: Path) -> None:
    (tmp_path / ".out.draft" / "event").mkdir(parents=True)
    (tmp_path / ".out.draft" / "event" / "half.parquet").touch()
    folder = lake.export(None, tmp_path / "out", Purpose.HARM_BY_PLACE)
    assert not (folder / "event" / "half.parquet").exists()
    assert not (tmp_path / ".out.draft").exists()
