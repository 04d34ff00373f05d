"""`kill -9` at every moment of a whole run, from the folder to the report."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.faults.crossings import WATCHED_BRIEFLY
from tests.faults.killing import survive_every_kill
from tests.faults.observing import see_old_or_new
from tests.faults.prepared import town_with_open_data
from tests.faults.small_run import observe_run, run_whole, town_with_data
from tests.postgres import PostgresServer

MakeFolder = Callable[[], Path]


@pytest.fixture
def make_town(make_folder: MakeFolder, tmp_path: Path) -> MakeFolder:
    """Makes folders of the same town, all of whose data are delivered and none received."""
    town = town_with_data(tmp_path)

    def make() -> Path:
        return shutil.copytree(town, make_folder(), dirs_exist_ok=True)

    return make


def test_a_run_killed_anywhere_and_run_again_leaves_what_it_always_leaves(make_town: MakeFolder) -> None:
    """A whole run takes its time; a smaller job, next door, is killed before each sync as well."""
    moments = survive_every_kill(
        run_whole, observe_run, make_town, sound=see_old_or_new, calls=WATCHED_BRIEFLY
    )
    assert moments >= 50


@pytest.mark.postgres
def test_so_it_is_on_postgresql_before_each_commit(
    tmp_path: Path, copies: Callable[[Path], MakeFolder], postgres_server: PostgresServer
) -> None:
    """What a run does to files is the same whatever keeps the ledger, and the database after a commit is as
    before the next. How a ledger is made is killed at both, and at every moment, next door.
    """
    town = town_with_open_data(tmp_path, postgres_server)
    make = copies(town.folder)
    moments = survive_every_kill(
        run_whole, observe_run, make, town.new_database, see_old_or_new, calls=(), every=2
    )
    assert moments >= 24
