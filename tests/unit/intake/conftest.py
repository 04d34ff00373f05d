"""A drop-off with an open ledger, for every test of the intake."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from roundtable.ledger.address import private_folder, sqlite_file
from roundtable.ledger.database import close_ledger, open_ledger
from roundtable.ledger.lock import writer_lock
from tests.factories_intake import DropOff, crimes


@pytest.fixture(scope="session")
def new_ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a ledger in which nothing has happened: making one takes longer than most tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("DATABASE_URL", raising=False)
        folder = tmp_path_factory.mktemp("new-ledger")
        open_ledger(folder, "test")
        close_ledger()
    return sqlite_file(folder)


@pytest.fixture
def drop_off(new_ledger: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[DropOff]:
    """A folder in which the dataset `crimes` is agreed."""
    monkeypatch.delenv("DATABASE_URL", raising=False)
    private_folder(tmp_path).mkdir(mode=0o700)
    shutil.copyfile(new_ledger, sqlite_file(tmp_path))
    open_ledger(tmp_path, "test")
    with writer_lock(tmp_path):
        made = DropOff(tmp_path)
        made.agree(crimes())
        yield made
    close_ledger()
