"""A lake with linked people, and posts that may be given some of them. The ledger is on SQLite here."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from roundtable.governance.keys import make_keys
from roundtable.ledger.database import close_ledger, open_ledger
from roundtable.ledger.lock import writer_lock
from tests.factories_rights import NOW, People
from tests.unit.reviewing.county import Reviewing, reviewing


@pytest.fixture
def people(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[People]:
    """Nobody is in the lake yet; this process may write."""
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("ROUNDTABLE_KEYS", str(tmp_path / "keys"))
    folder = tmp_path / "county"
    folder.mkdir()
    open_ledger(folder, "county")
    with writer_lock(folder):
        yield People(folder, make_keys(folder, NOW.date()))
    close_ledger()


@pytest.fixture
def county(people: People, tmp_path: Path) -> Reviewing:
    """Twelve people with records of the police and of care, linked with doubts."""
    return reviewing(people, tmp_path)
