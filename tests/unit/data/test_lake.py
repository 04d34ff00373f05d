"""The lake: what is published is there whole, what is not is nowhere, what is damaged is named."""

import os
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from roundtable.data.lake import Lake
from roundtable.errors import SettingUnusable, StoreUnusable
from roundtable.ledger import audit, deliveries, models
from roundtable.ledger.database import close_ledger, open_ledger
from tests.faults.crossings import Crossings
from tests.faults.lake_job import receipt, sample, staged

TABLE, OTHER = "area_population", "area_deprivation"


@pytest.fixture
def lake(writer: Path) -> Lake:
    return Lake(writer)


def _publish(lake: Lake, source: str, rows: int = 2, table: str = TABLE, replacing: bool = False) -> int:
    removes = lake.listed(table) if replacing else ()
    return lake.publish(f"from {source}", [staged(lake, table, source, rows)], removes)


def _rows(lake: Lake, table: str = TABLE, snapshot: int | None = None) -> int:
    return sum(pq.read_metadata(file.path).num_rows for file in lake.files(table, snapshot))


def test_a_lake_that_nothing_was_staged_for_has_no_folder(lake: Lake) -> None:
    assert lake.current_snapshot() == 0
    assert lake.files(TABLE) == ()
    assert not lake.root.exists()
    assert not lake.scratch.exists()


def test_what_was_published_can_be_read(lake: Lake) -> None:
    assert _publish(lake, "one", 3) == 1
    (file,) = lake.files(TABLE)
    assert pq.read_table(file.path).equals(sample(TABLE, 3, file.source))
    assert (file.rows, file.added, file.bytes) == (3, 1, file.path.stat().st_size)
    assert file.path == lake.root / TABLE / f"{file.sha256}.parquet"


def test_what_was_sealed_and_not_published_is_no_part_of_the_lake(lake: Lake) -> None:
    file = staged(lake, TABLE, "one", 3)
    assert file.path.exists()
    assert lake.files(TABLE) == ()


def test_no_scratch_paths_are_alike(lake: Lake) -> None:
    paths = [lake.stage(), Lake(lake.folder).stage(), lake.stage()]
    assert len(set(paths)) == 3
    assert not [path for path in paths if path.exists()]


def test_an_old_snapshot_stays_what_it_was(lake: Lake) -> None:
    _publish(lake, "one", 1)
    _publish(lake, "two", 2)
    _publish(lake, "three", 4, replacing=True)
    assert [_rows(lake, TABLE, snapshot) for snapshot in (0, 1, 2, 3, None)] == [0, 1, 3, 4, 4]


def test_two_tables_change_in_one_snapshot(lake: Lake) -> None:
    adds = [staged(lake, TABLE, "one", 1), staged(lake, OTHER, "one", 2)]
    assert lake.publish("both", adds) == 1
    assert (_rows(lake, TABLE), _rows(lake, OTHER)) == (1, 2)


def test_a_table_can_go_back_to_what_it_was(lake: Lake) -> None:
    for source in ("one", "two", "one"):
        _publish(lake, source, replacing=True)
    first, last = lake.files(TABLE, 1), lake.files(TABLE, 3)
    assert [file.sha256 for file in first] == [file.sha256 for file in last]
    assert (first[0].added, last[0].added) == (1, 3)


def test_a_file_is_replaced_by_one_that_is_equal_to_it(lake: Lake) -> None:
    _publish(lake, "one")
    assert _publish(lake, "one", replacing=True) == 2
    assert len(lake.files(TABLE)) == 1


def test_what_is_written_with_a_snapshot_stands_and_falls_with_it(lake: Lake) -> None:
    def extra(snapshot: int) -> None:
        deliveries.record(receipt("first"), snapshot)
        raise ZeroDivisionError

    _publish(lake, "one")
    head = audit.head()
    with pytest.raises(ZeroDivisionError):
        lake.publish("two", [staged(lake, TABLE, "two", 1)], lake.files(TABLE), extra)
    assert (lake.current_snapshot(), len(lake.files(TABLE)), audit.head()) == (1, 1, head)
    assert deliveries.every_delivery() == ()
    lake.publish("two", [], (), lambda snapshot: deliveries.record(receipt("first"), snapshot))
    assert models.Delivery.objects.get().snapshot_id == 2


def test_what_is_not_in_the_last_snapshot_cannot_be_removed_from_it(lake: Lake) -> None:
    _publish(lake, "one")
    old = lake.files(TABLE)
    _publish(lake, "two", replacing=True)
    with pytest.raises(ValueError, match="not in the last snapshot"):
        lake.publish("again", [], old)
    assert lake.current_snapshot() == 2


def test_what_is_not_in_its_place_cannot_be_published(lake: Lake) -> None:
    file = staged(lake, TABLE, "one", 1)
    file.path.unlink()
    with pytest.raises(StoreUnusable, match="not there"):
        lake.publish("one", [file])
    assert lake.current_snapshot() == 0


def test_publishing_is_in_the_audit_chain(lake: Lake) -> None:
    _publish(lake, "one")
    old = lake.files(TABLE)[0].sha256
    _publish(lake, "two", replacing=True)
    event = list(audit.events())[-1]
    assert (event.action, event.about) == ("lake.published", "snapshot 2")
    assert event.detail["removed"] == {TABLE: [old]}
    assert event.detail["added"] == {TABLE: [lake.files(TABLE)[0].sha256]}


def _cut(path: Path) -> None:
    os.truncate(path, path.stat().st_size - 1)


def _flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.chmod(0o600)
    path.write_bytes(content)


@pytest.mark.parametrize(
    ("damage", "told"),
    [(Path.unlink, "it is not there"), (_cut, "was published with"), (_flip, "are not those")],
)
def test_damage_is_found_and_every_damaged_file_named(
    lake: Lake, damage: Callable[[Path], None], told: str
) -> None:
    _publish(lake, "one")
    _publish(lake, "two")
    paths = [file.path for file in lake.files(TABLE)]
    for path in paths:
        damage(path)
    with pytest.raises(StoreUnusable, match=told) as caught:
        Lake(lake.folder).files(TABLE)
    assert sorted(problem.place.file for problem in caught.value.problems) == sorted(map(str, paths))
    assert len(lake.listed(TABLE)) == 2


def test_a_damaged_file_is_mended_by_publishing_its_content_again(lake: Lake) -> None:
    _publish(lake, "one")
    _flip(lake.files(TABLE)[0].path)
    _publish(lake, "one", replacing=True)
    assert len(Lake(lake.folder).files(TABLE)) == 1


def test_a_snapshot_that_is_not_there_is_told_with_the_last_one(lake: Lake) -> None:
    with pytest.raises(SettingUnusable, match="nothing has been published"):
        lake.files(TABLE, 1)
    _publish(lake, "one")
    for number in (2, -1):
        with pytest.raises(SettingUnusable, match="the last one is 1"):
            lake.files(TABLE, number)


def test_erased_bytes_are_gone_and_the_snapshots_that_had_them_say_why(lake: Lake) -> None:
    _publish(lake, "one")
    old = lake.files(TABLE)
    _publish(lake, "two", replacing=True)
    lake.erase(old, "erasure request 12")
    assert not old[0].path.exists()
    with pytest.raises(StoreUnusable, match="erasure request 12"):
        lake.files(TABLE, 1)
    assert _rows(lake) == 2
    assert list(audit.events())[-1].action == "lake.erased"


def test_what_the_last_snapshot_has_cannot_be_erased(lake: Lake) -> None:
    _publish(lake, "one")
    with pytest.raises(ValueError, match="remove it from there"):
        lake.erase(lake.files(TABLE), "no reason")
    assert _rows(lake) == 2


def test_bytes_that_come_again_after_they_were_erased_are_there_for_the_new_snapshot_only(lake: Lake) -> None:
    _publish(lake, "one")
    old = lake.files(TABLE)
    _publish(lake, "two", replacing=True)
    lake.erase(old, "by mistake")
    _publish(lake, "one", replacing=True)
    lake.collect_orphans()
    assert _rows(lake) == 2
    with pytest.raises(StoreUnusable, match="by mistake"):
        lake.files(TABLE, 1)


def test_left_overs_are_cleared_and_nothing_else(lake: Lake) -> None:
    _publish(lake, "one")
    _publish(lake, "two", replacing=True)
    orphan = staged(Lake(lake.folder), TABLE, "killed", 1).path
    (lake.scratch / "spilt").mkdir()
    (lake.scratch / "spilt" / "block").touch()
    mine = lake.root / "notes.txt"
    mine.touch()
    kept = staged(lake, TABLE, "about to be published", 1)
    assert lake.collect_orphans() == 2
    assert not orphan.exists()
    assert list(lake.scratch.iterdir()) == []
    assert mine.exists()
    lake.publish("kept", [kept])
    assert [_rows(lake, TABLE, snapshot) for snapshot in (1, 2, 3)] == [2, 2, 3]


def test_left_overs_are_cleared_by_the_writer_alone(ledger: Path) -> None:
    with pytest.raises(RuntimeError, match="writer lock"):
        Lake(ledger).collect_orphans()


@pytest.mark.parametrize(
    ("table", "told"),
    [
        (sample(OTHER, 1, "a"), "has the columns"),
        (sample(TABLE, 1, "a").rename_columns(["a", "b", "c", "d", "e"]), "has the columns"),
        (sample(TABLE, 1, "a").set_column(3, "people", pa.array([1], pa.int32())), "has the columns"),
        (
            sample(TABLE, 1, "a").set_column(3, "people", pa.array([None], pa.int64())),
            "null in its column people",
        ),
    ],
)
def test_a_file_that_does_not_fit_its_table_is_a_mistake_of_ours(
    lake: Lake, table: pa.Table, told: str
) -> None:
    path = lake.stage()
    pq.write_table(table, path)
    with pytest.raises(ValueError, match=told):
        lake.seal(TABLE, path, "a")


def test_a_lake_knows_its_ledger_again(lake: Lake, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    _publish(lake, "one")
    close_ledger()
    open_ledger(lake.folder)
    Lake(lake.folder)
    close_ledger()
    monkeypatch.delenv("DATABASE_URL", raising=False)
    (tmp_path / "elsewhere").mkdir()
    (lake.folder / ".roundtable" / "lake").rename(tmp_path / "elsewhere" / "lake")
    (tmp_path / "elsewhere" / ".roundtable").mkdir()
    (tmp_path / "elsewhere" / "lake").rename(tmp_path / "elsewhere" / ".roundtable" / "lake")
    open_ledger(tmp_path / "elsewhere")
    with pytest.raises(StoreUnusable, match="another ledger"):
        Lake(tmp_path / "elsewhere")


def test_a_file_is_safe_on_the_disk_before_the_ledger_names_it(lake: Lake) -> None:
    path = lake.stage()
    pq.write_table(sample(TABLE, 1, "a"), path)
    (lake.root / TABLE).mkdir()
    crossings = Crossings()
    crossings.during(lambda: _seal_and_publish(lake, path))
    assert crossings.names == [
        "before fsync",
        "before replace",
        "before fsync",
        "before commit",
        "after commit",
    ]


def _seal_and_publish(lake: Lake, path: Path) -> None:
    lake.publish("a", [lake.seal(TABLE, path, "a")])
