"""Opening the ledger of one partnership."""

from __future__ import annotations

import atexit
import os
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.db import connections

from roundtable.errors import Problem, StoreUnusable
from roundtable.ledger.address import ledger_address, private_folder, sqlite_file
from roundtable.ledger.attempt import no_attempt
from roundtable.ledger.faults import ledger_place, ledger_transaction, plain_faults
from roundtable.ledger.models import Partnership
from roundtable.ledger.shape import bring_up_to_date, has_shape
from roundtable.settings import database_url

ALIAS = "default"
#: The number of the one row that says whose ledger it is.
THE_ONE = 1


def open_ledger(folder: Path, partnership: str | None = None) -> None:
    """Open a partnership's ledger for this process, making it or bringing it up to date if it must be.

    An up-to-date ledger is only read: opening and closing it changes no byte of its file. A process has
    one ledger open; opening another one closes the first.

    Args:
        folder: the partnership folder.
        partnership: the partnership's id. A new ledger keeps it; a ledger that keeps another refuses.

    Raises:
        SettingUnusable: DATABASE_URL cannot be used.
        StoreUnusable: the database cannot be reached, is damaged, holds something else, was written by
            a newer version, or is another partnership's.
        DiskFull: there is no room to make it.
    """
    address = ledger_address(folder)
    if database_url() is None:
        make_private_folder(folder)
    _point_to(address)
    with plain_faults():
        if bring_up_to_date() and database_url() is None:
            _sync_folder(private_folder(folder))
        _recognise(partnership or "")


def close_ledger() -> None:
    """Close it; SQLite then tidies its log into the file. Done by itself when the process ends.

    Whatever asks anything of the ledger from here on has made a mistake, and gets an error of Django's.
    """
    no_attempt()
    connections.close_all()
    _use({})


def ledger_exists(folder: Path) -> bool:
    """Whether there is a ledger to open, without making one.

    Raises:
        SettingUnusable: DATABASE_URL cannot be used.
        StoreUnusable: the database server cannot be reached, or the file is no database.
    """
    file = sqlite_file(folder)
    if database_url() is None and not (file.is_file() and file.stat().st_size):
        return False
    _point_to(ledger_address(folder))
    with plain_faults():
        return has_shape()


def ledger_id() -> str:
    """The mark by which a lake knows its own ledger again."""
    with plain_faults():
        return Partnership.objects.get(number=THE_ONE).ledger_id


def make_private_folder(folder: Path) -> Path:
    """The folder's `.roundtable`, which only its owner may look into."""
    private = private_folder(folder)
    if not private.is_dir():
        private.mkdir(mode=0o700, parents=True, exist_ok=True)
        _sync_folder(folder)
    return private


def _point_to(address: dict[str, Any]) -> None:
    close_ledger()
    _use(address)
    atexit.unregister(close_ledger)
    atexit.register(close_ledger)


def _use(address: dict[str, Any]) -> None:
    """Django reads its databases once; a process that opens a second ledger must tell it so."""
    connections.settings = connections.configure_settings({ALIAS: address})
    connections[ALIAS] = connections.create_connection(ALIAS)


def _recognise(partnership: str) -> None:
    held = Partnership.objects.filter(number=THE_ONE).first()
    if held is None or (partnership and not held.partnership_id):
        _name(partnership)
    elif partnership and held.partnership_id != partnership:
        what = f"it is the ledger of the partnership '{held.partnership_id}', not of '{partnership}'"
        remedy = "give each partnership a database of its own, and keep `id` in partnership.yaml as it was"
        raise StoreUnusable(Problem(ledger_place(), "ledger-of-another", what, remedy))


def _name(partnership: str) -> None:
    with ledger_transaction():
        Partnership.objects.get_or_create(number=THE_ONE, defaults={"ledger_id": uuid4().hex})
        Partnership.objects.filter(number=THE_ONE, partnership_id="").update(partnership_id=partnership)


def _sync_folder(folder: Path) -> None:
    """See that a new name in a folder outlasts a power cut."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
