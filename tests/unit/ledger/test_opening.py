"""Opening a ledger: once made, it is only read; what is not a ledger is refused in plain words."""

import sqlite3
import time
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import connection
from django.db.backends.utils import CursorWrapper

from roundtable.errors import StoreUnusable
from roundtable.ledger.address import private_folder, sqlite_file
from roundtable.ledger.database import close_ledger, ledger_exists, ledger_id, open_ledger
from roundtable.ledger.deliveries import every_delivery
from roundtable.ledger.models import Partnership


@pytest.fixture
def on_sqlite(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    return tmp_path


def _bytes(folder: Path) -> dict[str, tuple[bytes, int]]:
    return {
        str(path): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def _refused(folder: Path, partnership: str | None = None) -> str:
    with pytest.raises(StoreUnusable) as caught:
        open_ledger(folder, partnership)
    close_ledger()
    (problem,) = caught.value.problems
    assert problem.remedy
    return str(problem)


def test_there_is_a_ledger_once_it_was_opened_and_not_before(folder: Path) -> None:
    assert not ledger_exists(folder)
    open_ledger(folder, "county")
    close_ledger()
    assert ledger_exists(folder)


def test_asking_whether_there_is_one_makes_nothing(on_sqlite: Path) -> None:
    assert not ledger_exists(on_sqlite)
    assert not private_folder(on_sqlite).exists()


def test_opening_it_again_changes_no_byte(on_sqlite: Path) -> None:
    open_ledger(on_sqlite, "county")
    close_ledger()
    before = _bytes(on_sqlite)
    assert list(before) == [str(sqlite_file(on_sqlite))]
    assert ledger_exists(on_sqlite)
    open_ledger(on_sqlite, "county")
    ledger_id()
    close_ledger()
    assert _bytes(on_sqlite) == before


def test_opening_it_again_sends_no_statement_that_writes(
    ledger: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    close_ledger()
    sent: list[str] = []
    execute = CursorWrapper.execute

    def listen(cursor: CursorWrapper, sql: str, params: Any = None) -> Any:
        sent.append(sql.lstrip())
        return execute(cursor, sql, params)

    monkeypatch.setattr(CursorWrapper, "execute", listen)
    open_ledger(ledger, "county")
    assert sent
    assert [sql for sql in sent if not sql.startswith("SELECT")] == []


def test_opening_it_again_is_quick(on_sqlite: Path) -> None:
    open_ledger(on_sqlite)
    close_ledger()
    began = time.process_time()
    open_ledger(on_sqlite)
    close_ledger()
    assert time.process_time() - began < 0.15


def test_it_keeps_the_partnership_and_refuses_another(folder: Path) -> None:
    open_ledger(folder)
    open_ledger(folder, "county")
    open_ledger(folder)
    assert Partnership.objects.get().partnership_id == "county"
    assert "'county', not of 'borough'" in _refused(folder, "borough")


def test_it_keeps_its_mark(folder: Path) -> None:
    open_ledger(folder)
    mark = ledger_id()
    open_ledger(folder, "county")
    assert ledger_id() == mark
    assert len(mark) == 32


def test_two_folders_have_two_ledgers(on_sqlite: Path) -> None:
    open_ledger(on_sqlite / "one")
    mark = ledger_id()
    open_ledger(on_sqlite / "other")
    assert ledger_id() != mark
    open_ledger(on_sqlite / "one")
    assert ledger_id() == mark


def test_a_file_that_is_no_database_is_refused(on_sqlite: Path) -> None:
    private_folder(on_sqlite).mkdir()
    sqlite_file(on_sqlite).write_bytes(b"this is a letter to the council, not a database" * 100)
    assert "not a ledger" in _refused(on_sqlite)


def test_a_damaged_ledger_is_refused(on_sqlite: Path) -> None:
    open_ledger(on_sqlite)
    close_ledger()
    content = bytearray(sqlite_file(on_sqlite).read_bytes())
    content[100:4096] = b"\xff" * (4096 - 100)
    sqlite_file(on_sqlite).write_bytes(content)
    assert "damaged" in _refused(on_sqlite)


def test_somebody_elses_sqlite_file_is_refused_and_left_as_it_was(on_sqlite: Path) -> None:
    private_folder(on_sqlite).mkdir()
    with sqlite3.connect(sqlite_file(on_sqlite)) as other:
        other.execute("PRAGMA journal_mode = WAL")
        other.execute("CREATE TABLE holiday (day)")
    other.close()
    before = sqlite_file(on_sqlite).read_bytes()
    assert "'holiday'" in _refused(on_sqlite)
    assert sqlite_file(on_sqlite).read_bytes() == before


@pytest.mark.parametrize(
    "database_url", [pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True
)
def test_another_programs_database_is_refused(folder: Path) -> None:
    ledger_exists(folder)
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE spatial_ref_sys (srid integer)")
    open_ledger(folder)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations")
    assert "'django_migrations'" in _refused(folder)


def test_a_ledger_of_a_newer_version_is_refused(ledger: Path) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('ledger', '0999_later', '2099-01-01')"
        )
    assert "0999_later" in _refused(ledger)


def test_a_ledger_of_a_version_that_was_not_released_says_what_to_do(on_sqlite: Path) -> None:
    open_ledger(on_sqlite, "county")
    close_ledger()
    with sqlite3.connect(sqlite_file(on_sqlite)) as ledger:
        ledger.execute("ALTER TABLE ledger_delivery DROP COLUMN note_fingerprint")
    open_ledger(on_sqlite, "county")
    with pytest.raises(StoreUnusable) as caught:
        every_delivery()
    close_ledger()
    (problem,) = caught.value.problems
    assert problem.rule == "ledger-of-older-shape"
    assert "`roundtable receive DIR`" in problem.remedy


def test_the_tables_are_those_of_the_models(ledger: Path) -> None:
    told = StringIO()
    call_command("makemigrations", "ledger", check=True, dry_run=True, stdout=told)
    assert "No changes detected" in told.getvalue()


def test_what_is_committed_lasts_and_what_is_deleted_is_gone(on_sqlite: Path) -> None:
    open_ledger(on_sqlite)
    wanted = {"journal_mode": "wal", "synchronous": 2, "secure_delete": 1, "foreign_keys": 1}
    with connection.cursor() as cursor:
        found = {name: cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in wanted}
    assert found == wanted


def test_only_the_owner_may_look_into_the_folder(on_sqlite: Path) -> None:
    open_ledger(on_sqlite)
    assert private_folder(on_sqlite).stat().st_mode & 0o777 == 0o700


def test_nothing_can_be_asked_of_a_ledger_that_is_not_open(ledger: Path) -> None:
    close_ledger()
    with pytest.raises(ImproperlyConfigured):
        Partnership.objects.get()
