"""Tables of the vault in the lake and in the engine: nothing in the clear, nothing without the key."""

import hashlib
import json
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from roundtable.data.content_hash import content_hash
from roundtable.data.engine import EngineName, open_engine, reading_connection
from roundtable.data.engine_duckdb import CANNOT_ENCRYPT
from roundtable.data.lake import Lake
from roundtable.data.lake_file import StagedFile
from roundtable.data.subjects.settling import settle
from roundtable.data.tables import LAKE_TABLES
from roundtable.data.vault import lake_files, rotating
from roundtable.data.vault.lake_files import open_lake_file, read_lake_files
from roundtable.data.vault.rotating import rotate, versions_of
from roundtable.data.vault.unsealing import UnsealedFile
from roundtable.errors import SettingUnusable, StoreUnusable
from roundtable.governance import keys
from roundtable.governance.keys import Keyring, needed_keyring
from roundtable.partnership.model.purpose import Purpose
from tests.factories_people import KEYRING

PEOPLE = LAKE_TABLES["person_record"]
AT = datetime(2026, 12, 1, tzinfo=UTC)
NAME = "Featherby"


def people(count: int, begun: int = 0) -> pa.Table:
    """Records of people who do not exist."""
    rows = [
        {
            "record_id": f"{number:032x}",
            "dataset": "d",
            "source_table": "t",
            "agency": "police",
            "surname": f"{NAME}{number % 97}",
            "address": f"{number} Elm Row",
            "date_of_birth": date(1980, 1, 1 + number % 28),
            "row_id": f"f/{number}",
            "delivery_id": "0" * 16,
        }
        for number in range(begun, begun + count)
    ]
    return pa.Table.from_pylist(rows, PEOPLE.schema)


def staged(lake: Lake, rows: pa.Table, source: str) -> StagedFile:
    path = lake.stage()
    lake.write(PEOPLE.name, rows.to_batches(), path)
    assert NAME.encode() not in path.read_bytes()
    return lake.seal(PEOPLE.name, path, source)


@pytest.fixture
def keyring(
    writer: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Keyring:
    """The keys of the open ledger."""
    monkeypatch.setenv("ROUNDTABLE_KEYS", str(tmp_path_factory.mktemp("safe")))
    return keys.make_keys(writer, date(2026, 11, 23))


@pytest.fixture
def lake(writer: Path, keyring: Keyring) -> Lake:
    """A lake with two files of people, in two snapshots."""
    made = Lake(writer, keyring)
    made.publish("one", [staged(made, people(5), "one")])
    made.publish("two", [staged(made, people(4, 5), "two")])
    return made


def test_a_file_of_the_vault_is_read_with_the_key_alone(lake: Lake) -> None:
    paths = [file.path for file in lake.files(PEOPLE.name)]
    assert {path.suffix for path in paths} == {".vault"}
    assert not [path for path in paths if NAME.encode() in path.read_bytes()]
    found = read_lake_files(paths, PEOPLE, lake.keyring)
    assert sorted(found["record_id"].to_pylist()) == people(9)["record_id"].to_pylist()
    with pytest.raises(StoreUnusable, match="this process has no key"):
        read_lake_files(paths, PEOPLE, None)
    with pytest.raises(StoreUnusable, match="the key is another"):
        read_lake_files(paths, PEOPLE, KEYRING)


def test_without_a_key_nothing_is_written_to_the_vault(writer: Path) -> None:
    lake = Lake(writer)
    path = lake.stage()
    with pytest.raises(StoreUnusable, match="this process has no key"):
        lake.write(PEOPLE.name, people(1).to_batches(), path)
    assert not path.exists()


def test_plain_parquet_does_not_pass_for_a_file_of_the_vault(lake: Lake) -> None:
    path = lake.stage()
    pq.write_table(people(1), path)
    with pytest.raises(StoreUnusable, match="does not begin as a sealed file does"):
        lake.seal(PEOPLE.name, path, "three")


def test_equal_rows_are_the_same_file(lake: Lake) -> None:
    assert staged(lake, people(5), "x").sha256 == staged(lake, people(5), "y").sha256
    assert staged(lake, people(5), "x").sha256 != staged(lake, people(6), "y").sha256


def test_what_a_killed_writer_left_is_cleared_away(lake: Lake) -> None:
    orphan = staged(Lake(lake.folder, lake.keyring), people(3), "killed").path
    lake.collect_orphans()
    assert not orphan.exists()
    assert len(lake.files(PEOPLE.name)) == 2


def test_only_the_columns_asked_for_are_opened(lake: Lake, monkeypatch: pytest.MonkeyPatch) -> None:
    """Opening one column of a large file opens a small part of its chunks."""
    rows = people(60_000)
    unlike = pa.array([hashlib.sha256(str(number).encode()).hexdigest() for number in range(60_000)])
    at = rows.schema.get_field_index("address")
    file = staged(lake, rows.set_column(at, rows.schema.field(at), unlike), "large")
    monkeypatch.setattr(lake_files, "SMALL", 0)
    opened: list[int] = []
    real = UnsealedFile._opened

    def noted(self: UnsealedFile, number: int) -> bytes:
        opened.append(number)
        return real(self, number)

    monkeypatch.setattr(UnsealedFile, "_opened", noted)
    with open_lake_file(file.path, PEOPLE, lake.keyring) as parquet:
        parquet.read()
    whole = len(set(opened))
    opened.clear()
    with open_lake_file(file.path, PEOPLE, lake.keyring) as parquet:
        parquet.read(columns=["date_of_birth"])
    assert whole > 4
    assert len(set(opened)) < whole


@pytest.mark.parametrize("small", [0, lake_files.SMALL])
def test_the_engine_reads_the_vault_when_it_was_opened_with_the_keys(
    lake: Lake, monkeypatch: pytest.MonkeyPatch, small: int
) -> None:
    monkeypatch.setattr(lake_files, "SMALL", small)
    paths = [file.path for file in lake.files(PEOPLE.name)]
    with open_engine(EngineName.DUCKDB, [lake.root], lake.scratch, lake.keyring) as engine:
        found = engine.to_arrow(engine.scan(PEOPLE, paths), PEOPLE)
        some = engine.scan(PEOPLE, paths).filter(lambda t: t.surname == f"{NAME}3").count().execute()
    assert found.equals(people(9))
    assert some == 1
    with (
        open_engine(EngineName.DUCKDB, [lake.root], lake.scratch) as engine,
        pytest.raises(StoreUnusable, match="this process has no key") as caught,
    ):
        engine.scan(PEOPLE, paths)
    assert caught.value.problems[0].rule == "keys-missing"


def test_what_the_engine_writes_to_the_vault_is_sealed(lake: Lake) -> None:
    paths = [file.path for file in lake.files(PEOPLE.name)]
    path = lake.stage()
    with open_engine(EngineName.DUCKDB, [lake.root], lake.scratch, lake.keyring) as engine:
        engine.write(engine.scan(PEOPLE, paths), PEOPLE, path)
    assert NAME.encode() not in path.read_bytes()
    assert read_lake_files([path], PEOPLE, lake.keyring).equals(people(9))


def test_an_engine_with_keys_fails_rather_than_spills(lake: Lake, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ROUNDTABLE_MEMORY", "48MB")
    many = pa.concat_tables([people(2_000)] * 150)
    with open_engine(EngineName.DUCKDB, [lake.root], lake.scratch, lake.keyring) as engine:
        table = engine.memory(many, "many")
        with pytest.raises(SettingUnusable, match="ROUNDTABLE_MEMORY"):
            engine.write(table, PEOPLE, lake.stage())
        assert not _spilt(lake.scratch)


@pytest.mark.parametrize("identifiers", [False, True])
def test_identifiers_are_never_spilt(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, identifiers: bool
) -> None:
    """One sort that must spill: it does where it may, and where it may not, it ends and writes nothing."""
    monkeypatch.setenv("ROUNDTABLE_MEMORY", "64MB")
    many = pa.concat_tables([people(2_000).select(["record_id", "surname"])] * 500)
    with reading_connection([], tmp_path, identifiers=identifiers) as connection:
        connection.register("many", many)
        try:
            next(connection.execute("SELECT * FROM many ORDER BY surname, record_id").to_arrow_reader(1_000))
        except duckdb.Error as error:
            assert identifiers
            assert CANNOT_ENCRYPT in str(error)
        else:
            assert not identifiers
        assert bool(_spilt(tmp_path)) is not identifiers


def _spilt(scratch: Path) -> list[Path]:
    """Files with anything in them, but for those that the lake stages."""
    files = [path for path in scratch.rglob("*") if path.is_file() and path.suffix != ".parquet"]
    return [path for path in files if path.stat().st_size]


def test_an_export_leaves_the_vault_where_it_is(lake: Lake, tmp_path: Path) -> None:
    settle(lake, AT)
    folder = lake.export(None, tmp_path / "out", Purpose.HARM_BY_PLACE)
    listed = json.loads((folder / "snapshot.json").read_text(encoding="utf-8"))["tables"][PEOPLE.name]
    assert (listed["rows"], listed["files"], listed["vault"]) == (9, [], True)
    assert not (folder / PEOPLE.name).exists()
    assert not list(folder.rglob("*.vault"))


def test_a_rotation_seals_everything_again_and_changes_no_row(lake: Lake) -> None:
    assert lake.keyring is not None
    before = read_lake_files([file.path for file in lake.files(PEOPLE.name)], PEOPLE, lake.keyring)
    done = rotate(lake.folder, lake.keyring, AT)
    assert (done.added, done.files, done.erased, done.keyring.newest) == (True, 2, 0, 2)
    now = Lake(lake.folder, done.keyring)
    assert versions_of(now) == {2: 2}
    files = now.files(PEOPLE.name)
    assert {file.source for file in files} == {"one", "two"}
    after = read_lake_files([file.path for file in files], PEOPLE, done.keyring)
    assert content_hash(after) == content_hash(before)
    with pytest.raises(StoreUnusable, match="version 2 of the keys is needed"):
        read_lake_files([files[0].path], PEOPLE, lake.keyring)
    assert read_lake_files([now.files(PEOPLE.name, 1)[0].path], PEOPLE, done.keyring).num_rows == 5


def test_a_rotation_may_destroy_what_older_keys_sealed(lake: Lake) -> None:
    assert lake.keyring is not None
    old = [file.path for file in lake.files(PEOPLE.name)]
    done = rotate(lake.folder, lake.keyring, AT, erase_old=True)
    assert done.erased == 2
    assert not [path for path in old if path.exists()]
    with pytest.raises(StoreUnusable, match="sealed again"):
        Lake(lake.folder, done.keyring).files(PEOPLE.name, 2)


def test_a_rotation_that_was_cut_off_is_finished_first(lake: Lake) -> None:
    assert lake.keyring is not None
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rotating, "_sealed_again", _killed)
        with pytest.raises(KeyboardInterrupt):
            rotate(lake.folder, lake.keyring, AT)
    begun = needed_keyring(lake.folder)
    assert begun.newest == 2
    assert versions_of(Lake(lake.folder, begun)) == {1: 2}
    done = rotate(lake.folder, begun, AT)
    assert (done.added, done.files, done.keyring.newest) == (False, 2, 2)
    assert versions_of(Lake(lake.folder, done.keyring)) == {2: 2}


def _killed(_lake: Lake, _file: object) -> StagedFile:
    raise KeyboardInterrupt
