"""Making the ledger's own file forget: what was deleted from it, its free pages and its write-ahead log."""

from __future__ import annotations

from pathlib import Path

from django.db import connection

from roundtable.ledger.address import sqlite_file
from roundtable.ledger.faults import plain_faults
from roundtable.settings import database_url

#: The tables that hold keyed ids of records.
_KEYED = (
    "ledger_requestmark",
    "ledger_sealmark",
    "ledger_holdmark",
    "ledger_erasurerecord",
    "ledger_lookalias",
    "ledger_rectification",
    "ledger_reviewquestion",
    "ledger_linkdecision",
)


def purge() -> str:
    """Write the database anew without what was deleted; what that means, in a sentence.

    On SQLite `secure_delete` has overwritten deleted rows already; the log may still hold older pages, so it
    is emptied to nothing, before and after. On PostgreSQL the tables are written anew; its own log and its
    backups are its administrator's.

    Raises:
        StoreUnusable: the database cannot do so.
    """
    with plain_faults(), connection.cursor() as cursor:
        if connection.vendor != "sqlite":
            for table in _KEYED:
                cursor.execute(f"VACUUM FULL {table}")
            return "The ledger's tables were written anew; the server's log and backups are not ours to see."
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        cursor.execute("VACUUM")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return "The ledger's file was written anew and its write-ahead log emptied."


def ledger_files(folder: Path) -> tuple[Path, ...]:
    """The files of a ledger that is kept in the partnership folder: the database, its log, their index."""
    if database_url() is not None:
        return ()
    main = sqlite_file(folder)
    both = (main, *(main.with_name(main.name + ending) for ending in ("-wal", "-shm", "-journal")))
    return tuple(path for path in both if path.is_file())
