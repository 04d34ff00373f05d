"""`kill -9` at every moment of a job that fills the ledger and the lake."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.faults.killing import survive_every_kill
from tests.faults.lake_job import receive_and_run
from tests.faults.observing import observe_store, see_old_or_new
from tests.postgres import PostgresServer


def test_a_job_killed_anywhere_and_run_again_leaves_what_it_always_leaves(
    make_folder: Callable[[], Path],
) -> None:
    assert survive_every_kill(receive_and_run, observe_store, make_folder, sound=see_old_or_new) >= 30


@pytest.mark.postgres
def test_so_it_is_on_postgresql(make_folder: Callable[[], Path], postgres_server: PostgresServer) -> None:
    moments = survive_every_kill(
        receive_and_run, observe_store, make_folder, postgres_server.empty_database, see_old_or_new
    )
    assert moments >= 30
