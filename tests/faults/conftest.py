"""Where the fault tests work."""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest

from tests.faults.lake_job import leave_something_over
from tests.faults.prepared import Prepared, towns_with_people
from tests.postgres import PostgresServer
from tests.postgres import postgres_server as postgres_server
from tests.stores import database_url as database_url
from tests.stores import folder as folder
from tests.stores import ledger as ledger
from tests.stores import writer as writer

MEMORY = Path("/dev/shm")


@pytest.fixture(scope="session")
def memory() -> Iterator[Path]:
    """A folder to work in; in memory where there is such a place.

    A killed process takes nothing with it that it has handed to the system, so no disk is needed.
    """
    root = Path(tempfile.mkdtemp(prefix="roundtable-faults-", dir=MEMORY if MEMORY.is_dir() else None))
    yield root
    shutil.rmtree(root)


@pytest.fixture
def make_folder(memory: Path) -> Iterator[Callable[[], Path]]:
    """Makes folders that an earlier writer left something in."""
    root = Path(tempfile.mkdtemp(dir=memory))
    numbers = count(1)

    def make() -> Path:
        folder = root / str(next(numbers))
        folder.mkdir()
        return leave_something_over(folder)

    yield make
    shutil.rmtree(root)


@pytest.fixture
def copies(memory: Path) -> Iterator[Callable[[Path], Callable[[], Path]]]:
    """Says how to make copies of a folder, which are all the same."""
    root = Path(tempfile.mkdtemp(dir=memory))
    numbers = count(1)

    def copies_of(folder: Path) -> Callable[[], Path]:
        return lambda: Path(shutil.copytree(folder, root / str(next(numbers))))

    yield copies_of
    shutil.rmtree(root)


@pytest.fixture(scope="session")
def towns(memory: Path) -> tuple[Prepared, ...]:
    """The town of a dozen people with its ledger opened, with its first lot received, and with both."""
    return towns_with_people(Path(tempfile.mkdtemp(dir=memory)))


@pytest.fixture(scope="session")
def towns_on_postgres(memory: Path, postgres_server: PostgresServer) -> tuple[Prepared, ...]:
    """The same, their ledgers on PostgreSQL."""
    return towns_with_people(Path(tempfile.mkdtemp(dir=memory)), postgres_server)
