"""`kill -9` at every moment of a whole run, from the folder to the report."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.faults.killing import WATCHED_BRIEFLY, survive_every_kill
from tests.faults.observing import see_old_or_new
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
    assert _survive(make_town) >= 30


@pytest.mark.postgres
def test_so_it_is_on_postgresql(make_town: MakeFolder, postgres_server: PostgresServer) -> None:
    assert _survive(make_town, postgres_server.empty_database) >= 30


def _survive(make_town: MakeFolder, empty_database: Callable[[], str] | None = None) -> int:
    """The number of kills. A whole run takes its time; a smaller job is killed at each sync as well."""
    return survive_every_kill(
        run_whole, observe_run, make_town, empty_database, see_old_or_new, WATCHED_BRIEFLY
    )
