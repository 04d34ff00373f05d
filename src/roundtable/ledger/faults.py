"""What can go wrong with the database, in words a user can act on."""

from __future__ import annotations

import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import DatabaseError, InterfaceError, connection, transaction

from roundtable.errors import Busy, DiskFull, Place, Problem, StoreUnusable, UserError

#: Below this much room SQLite's "I/O error" and "cannot open" mean a full disk: it needs a page to say so.
HARDLY_ANY_ROOM = 256 * 1024

_RESTORE = "restore it and the folder lake beside it from a backup of the same moment"
_BROKEN = {
    sqlite3.SQLITE_CORRUPT: ("the ledger is damaged", _RESTORE),
    sqlite3.SQLITE_NOTADB: ("this file is not a ledger", _RESTORE),
    sqlite3.SQLITE_READONLY: ("the ledger may not be written", "let your user write the file and its folder"),
    sqlite3.SQLITE_PERM: ("the ledger may not be written", "let your user write the file and its folder"),
    sqlite3.SQLITE_CANTOPEN: ("the ledger cannot be opened", "let your user read and write its folder"),
    sqlite3.SQLITE_IOERR: ("the disk fails under the ledger", "see that the disk is sound and mounted"),
}
#: PostgreSQL's classes of error that are the server's or its administrator's, not ours.
_SERVERS_OWN = ("08", "28", "3D", "53", "57", "58", "XX", "25006", "42501")

#: What a database says where a table or a column is not there: an unreleased version made the ledger.
_ANOTHER_SHAPE = re.compile(r"no such (table|column)|table \S+ has no column named")
_ANOTHER_SHAPE_STATES = ("42703", "42P01")


@contextmanager
def plain_faults() -> Iterator[None]:
    """Turn what the database says about itself into a user error; a fault of ours stays a traceback.

    Raises:
        DiskFull: there is no room for the ledger to grow.
        Busy: another process holds it for longer than we wait.
        StoreUnusable: it cannot be reached, or is damaged, or may not be written.
    """
    try:
        yield
    except (DatabaseError, InterfaceError) as error:
        explained = _explained(error)
        if explained is None:
            raise
        raise explained from error


@contextmanager
def ledger_transaction() -> Iterator[None]:
    """One change that happens whole or not at all. Inside another one it is a part of that one."""
    with plain_faults(), transaction.atomic():
        yield


def ledger_place() -> Place:
    """Where the ledger is, without any password."""
    settings = connection.settings_dict
    if connection.vendor == "sqlite":
        return Place(str(settings["NAME"]))
    server = ":".join(str(settings[part]) for part in ("HOST", "PORT") if settings[part])
    return Place(f"PostgreSQL database '{settings['NAME']}' at {server or 'this machine'}")


def _explained(error: Exception) -> UserError | None:
    cause = error.__cause__
    if isinstance(cause, sqlite3.Error):
        return _of_sqlite(cause)
    return _of_postgresql(error, cause)


def _of_sqlite(cause: sqlite3.Error) -> UserError | None:
    code = getattr(cause, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
    starved = code in (sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN) and _hardly_any_room()
    if code == sqlite3.SQLITE_FULL or starved:
        return _full()
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return _busy()
    if code == sqlite3.SQLITE_ERROR and _ANOTHER_SHAPE.match(str(cause)):
        return _of_older_shape(str(cause))
    if code in _BROKEN:
        what, remedy = _BROKEN[code]
        return StoreUnusable(Problem(ledger_place(), "ledger-unusable", f"{what}: {cause}", remedy))
    return None


def _of_postgresql(error: Exception, cause: BaseException | None) -> UserError | None:
    state = getattr(cause, "sqlstate", None)
    if state == "53100":
        return _full()
    if state in ("55P03", "40P01"):
        return _busy()
    if state in _ANOTHER_SHAPE_STATES:
        return _of_older_shape(_first_line(error))
    lost = state is None and type(error).__name__ in ("OperationalError", "InterfaceError")
    if lost or str(state).startswith(_SERVERS_OWN):
        what = f"the database cannot be used: {_first_line(error)}"
        remedy = "see that the server runs, that DATABASE_URL names it, and that its user owns the database"
        return StoreUnusable(Problem(ledger_place(), "ledger-unusable", what, remedy))
    return None


def _of_older_shape(says: str) -> StoreUnusable:
    what = f"its tables are not those of this version: {says}; a version that was not released made it"
    remedy = (
        "move the folder .roundtable away (empty a database on a server) and run `roundtable receive DIR`, "
        "which takes deliveries in anew; encrypted ones, which end in .vault, have to be sent again first"
    )
    return StoreUnusable(Problem(ledger_place(), "ledger-of-older-shape", what, remedy))


def _full() -> DiskFull:
    remedy = "free some space and run again; nothing is half written"
    return DiskFull(Problem(ledger_place(), "disk-full", "there is no room for the ledger to grow", remedy))


def _busy() -> Busy:
    remedy = "wait for it to end and run again"
    return Busy(Problem(ledger_place(), "ledger-busy", "another process holds the ledger", remedy))


def _hardly_any_room() -> bool:
    folder = Path(connection.settings_dict["NAME"]).parent
    return folder.is_dir() and shutil.disk_usage(folder).free < HARDLY_ANY_ROOM


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0]
