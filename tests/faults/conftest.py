"""Where the fault tests work."""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest

from tests.faults.lake_job import leave_something_over
from tests.postgres import postgres_server as postgres_server
from tests.stores import database_url as database_url
from tests.stores import folder as folder
from tests.stores import ledger as ledger
from tests.stores import writer as writer

MEMORY = Path("/dev/shm")


@pytest.fixture
def make_folder() -> Iterator[Callable[[], Path]]:
    """Makes folders that an earlier writer left something in; in memory where there is such a place.

    A killed process takes nothing with it that it has handed to the system, so no disk is needed.
    """
    root = Path(tempfile.mkdtemp(prefix="roundtable-faults-", dir=MEMORY if MEMORY.is_dir() else None))
    numbers = count(1)

    def make() -> Path:
        folder = root / str(next(numbers))
        folder.mkdir()
        return leave_something_over(folder)

    yield make
    shutil.rmtree(root)
