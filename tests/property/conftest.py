"""What the properties of intake share: a ledger that is made once and copied for each example."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from roundtable.ledger.address import sqlite_file
from roundtable.ledger.database import close_ledger, open_ledger


@pytest.fixture(scope="module")
def ledger_file(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The file of a new ledger on SQLite, not to be changed."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("DATABASE_URL", raising=False)
        folder = tmp_path_factory.mktemp("new-ledger")
        open_ledger(folder, "test")
        close_ledger()
        yield sqlite_file(folder)
