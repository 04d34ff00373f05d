"""`kill -9` at every commit of two calls of `receive`: corrections, withdrawals, increments, one waiting."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from roundtable.data.lake import Lake
from roundtable.ledger import deliveries
from roundtable.ledger.database import close_ledger, open_ledger
from tests.factories_people import KEYRING
from tests.faults.killing import survive_every_kill
from tests.faults.observing import observe_store, see_old_or_new
from tests.faults.two_calls import first_lot, receive_twice


def test_deliveries_reconcile_to_the_same_wherever_they_were_stopped(make_folder: Callable[[], Path]) -> None:
    """Before and after each commit: whatever is decided is kept, and nothing else decides what comes next."""

    def make() -> Path:
        folder = make_folder()
        first_lot(folder)
        return folder

    observe = partial(observe_store, keyring=KEYRING)
    moments = survive_every_kill(receive_twice, observe, make, sound=see_old_or_new, calls=())
    assert moments >= 20


def test_what_the_two_calls_come_to(make_folder: Callable[[], Path]) -> None:
    folder = make_folder()
    first_lot(folder)
    receive_twice(folder)
    open_ledger(folder)
    found = {one.file.removeprefix("deliveries/"): one.status.value for one in deliveries.every_delivery()}
    assert found == {
        "crimes/2024-01.csv": "accepted",
        "crimes/2024-02.csv": "superseded",
        "crimes/2024-02-b.csv": "accepted",
        "crimes/2024-03.csv": "withdrawn",
        "crimes/2024-04.csv": "accepted",
        "crimes/2024-05.csv": "waiting",
        "incidents/2025-04.csv": "superseded",
        "incidents/2025-04-b.csv": "accepted",
        "register/n1.csv": "accepted",
        "register/n2.csv": "accepted",
    }
    assert {file.source for file in Lake(folder, KEYRING).listed()} == {
        one.delivery_id for one in deliveries.standing()
    }
    close_ledger()
