"""A PostgreSQL server of our own for the tests: private, in a temporary folder, gone afterwards."""

import atexit
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from tests.needs import needs

OWNER = "roundtable"
EMPTY = "empty"
COPY = "copy_of_kept"
#: Nothing is lost when a client is killed, and nobody pulls the plug on the server: it need not wait
#: for the disk.
SETTINGS = ("fsync=off", "full_page_writes=off", "listen_addresses=", "max_connections=20")


@dataclass(frozen=True)
class PostgresServer:
    """A running server, reached by its socket in a folder."""

    folder: Path

    def url(self, database: str) -> str:
        """What DATABASE_URL says for one of its databases."""
        return f"postgresql://{OWNER}@/{database}?host={self.folder}"

    def empty_database(self) -> str:
        """The address of a database with nothing in it: the same one each time, emptied."""
        self.execute("DROP SCHEMA IF EXISTS public CASCADE; CREATE SCHEMA public", EMPTY)
        return self.url(EMPTY)

    def keep(self, name: str) -> None:
        """Keep what stands in the database that is emptied, to which nobody is connected, under a name."""
        self.execute(f"CREATE DATABASE {name} TEMPLATE {EMPTY}")

    def copied_database(self, name: str) -> str:
        """The address of a copy of what was kept: the same one each time, made anew."""
        self.execute(f"DROP DATABASE IF EXISTS {COPY} WITH (FORCE)")
        self.execute(f"CREATE DATABASE {COPY} TEMPLATE {name}")
        return self.url(COPY)

    def execute(self, sql: str, database: str = "postgres") -> None:
        """Run a statement outside any transaction."""
        import psycopg

        with psycopg.connect(self.url(database), autocommit=True) as connection:
            connection.execute(sql.encode())


@pytest.fixture(scope="session")
def postgres_server() -> PostgresServer:
    programs = _programs()
    needs("a PostgreSQL server", programs is not None)
    assert programs is not None
    return the_server(programs)


@cache
def the_server(programs: Path) -> PostgresServer:
    """One server for all the tests of a process, however many folders of tests ask for it."""
    stack = ExitStack()
    atexit.register(stack.close)
    return stack.enter_context(running_server(programs))


@contextmanager
def running_server(programs: Path) -> Iterator[PostgresServer]:
    """A new, empty server, as long as the block lasts."""
    folder = Path(tempfile.mkdtemp(prefix="roundtable-postgres-"))
    try:
        _own(folder)
        made = [
            "-D",
            str(folder / "data"),
            "-U",
            OWNER,
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C",
            "--no-sync",
        ]
        subprocess.run(
            [programs / "initdb", *made], user=_user(), check=True, capture_output=True, cwd=folder
        )
        with _started(programs, folder) as process:
            server = PostgresServer(folder)
            _wait(server, process)
            server.execute(f"CREATE DATABASE {EMPTY}")
            yield server
    finally:
        shutil.rmtree(folder)


def _programs() -> Path | None:
    """The folder of the newest server's programs."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]))
    found = debian[-1] if debian else shutil.which("initdb")
    return Path(found).parent if found else None


def _user() -> str | None:
    """The server refuses to run as root."""
    return "postgres" if os.geteuid() == 0 else None


def _own(folder: Path) -> None:
    if _user():
        shutil.chown(folder, "postgres")


@contextmanager
def _started(programs: Path, folder: Path) -> Iterator["subprocess.Popen[bytes]"]:
    options = [part for setting in SETTINGS for part in ("-c", setting)]
    command = [str(programs / "postgres"), "-D", str(folder / "data"), "-k", str(folder), *options]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(command, user=_user(), stdout=log, stderr=log, cwd=folder)
        try:
            yield process
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(timeout=30)


def _wait(server: PostgresServer, process: "subprocess.Popen[bytes]") -> None:
    import psycopg

    for _ in range(200):
        try:
            return server.execute("SELECT 1")
        except psycopg.OperationalError:
            if process.poll() is not None:
                break
            time.sleep(0.05)
    raise RuntimeError((server.folder / "log").read_text())
