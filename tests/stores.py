"""A partnership folder with an open ledger, on each database that a ledger can be kept in."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from roundtable.ledger.database import close_ledger, open_ledger
from roundtable.ledger.lock import writer_lock
from tests.postgres import PostgresServer

BOTH = ("sqlite", pytest.param("postgres", marks=pytest.mark.postgres))


@pytest.fixture(params=BOTH)
def database_url(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str | None]:
    """What DATABASE_URL is set to: nothing, and then a new PostgreSQL database."""
    monkeypatch.delenv("DATABASE_URL", raising=False)
    if request.param == "sqlite":
        yield None
        return
    server: PostgresServer = request.getfixturevalue("postgres_server")
    url = server.empty_database()
    monkeypatch.setenv("DATABASE_URL", url)
    yield url


@pytest.fixture
def folder(database_url: str | None, tmp_path: Path) -> Iterator[Path]:
    """A partnership folder with nothing in it yet; whatever ledger it gets is closed afterwards."""
    yield tmp_path
    close_ledger()


@pytest.fixture
def ledger(folder: Path) -> Path:
    """A partnership folder whose new ledger is open."""
    open_ledger(folder, "county")
    return folder


@pytest.fixture
def writer(ledger: Path) -> Iterator[Path]:
    """The same, and this process is its writer."""
    with writer_lock(ledger):
        yield ledger
