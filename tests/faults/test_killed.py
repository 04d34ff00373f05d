"""`kill -9` at every moment of a job that fills the ledger and the lake."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.faults.crossings import WATCHED, WATCHED_BRIEFLY, Watched
from tests.faults.killing import kill, look, survive_every_kill
from tests.faults.lake_job import receive_and_run
from tests.faults.observing import observe_store, see_old_or_new
from tests.postgres import PostgresServer

MakeFolder = Callable[[], Path]


def test_a_job_killed_anywhere_and_run_again_leaves_what_it_always_leaves(make_folder: MakeFolder) -> None:
    """A power cut's moments count too."""
    assert survive_every_kill(receive_and_run, observe_store, make_folder, sound=see_old_or_new) >= 30


@pytest.mark.postgres
def test_so_it_is_on_postgresql(make_folder: MakeFolder, postgres_server: PostgresServer) -> None:
    """Before and after each commit, and before each file gets its name or goes."""
    moments = survive_every_kill(
        receive_and_run,
        observe_store,
        make_folder,
        postgres_server.empty_database,
        see_old_or_new,
        WATCHED_BRIEFLY,
    )
    assert moments >= 30


def test_a_process_that_stands_still_has_left_what_a_killed_one_leaves(make_folder: MakeFolder) -> None:
    """At each moment, really killed: what lets jobs on SQLite be copied as they stand and gone on with."""
    folder, watched = make_folder(), Watched(WATCHED)
    for number, copy in enumerate(look(receive_and_run, watched, folder), start=1):
        killed = make_folder()
        kill(receive_and_run, number, watched, killed)
        assert _left(killed) == _left(copy), f"at moment {number}"


def _left(folder: Path) -> dict[str, int]:
    """The files and their sizes; the name of a file that is not finished begins with a process's number."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {
        str(path.relative_to(folder)).replace(path.name, path.name.partition("-")[2] or path.name): (
            path.stat().st_size
        )
        for path in files
    }
