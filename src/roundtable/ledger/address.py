"""Where a partnership's ledger is: a SQLite file in its folder, or a PostgreSQL database."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from roundtable.errors import Place, Problem, SettingUnusable
from roundtable.settings import DATABASE_URL, database_url

#: Seconds to wait for another process that is in the middle of a transaction.
PATIENCE = 30
#: What may follow the `?` of DATABASE_URL; each means to us what it means to the server's own tools.
URL_OPTIONS = ("host", "port", "connect_timeout", "sslmode", "sslrootcert", "sslcert", "sslkey", "passfile")

#: A committed transaction survives a power cut; a deleted row does not stay readable in the file.
SQLITE_PRAGMAS = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON"


def private_folder(folder: Path) -> Path:
    """What Roundtable keeps for itself inside a partnership folder."""
    return folder / ".roundtable"


def sqlite_file(folder: Path) -> Path:
    """The ledger of a partnership that has no database server."""
    return private_folder(folder) / "ledger.sqlite3"


def ledger_address(folder: Path) -> dict[str, Any]:
    """Django's settings for the ledger of a partnership folder.

    Raises:
        SettingUnusable: DATABASE_URL cannot be used. The message does not repeat it: it may hold a password.
    """
    url = database_url()
    return _sqlite(folder) if url is None else _postgresql(url)


def _sqlite(folder: Path) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(sqlite_file(folder).absolute()),
        "OPTIONS": {"init_command": SQLITE_PRAGMAS, "transaction_mode": "IMMEDIATE", "timeout": PATIENCE},
    }


def _postgresql(url: str) -> dict[str, Any]:
    if find_spec("psycopg") is None:
        raise _unusable(
            "the PostgreSQL driver is not installed", "install roundtable with its extra 'postgres'"
        )
    parts = urlsplit(url)
    options = dict(parse_qsl(parts.query, keep_blank_values=True))
    unknown = sorted(set(options) - set(URL_OPTIONS))
    if unknown:
        raise _unusable(
            f"after its '?' stands what Roundtable does not know: {', '.join(unknown)}",
            f"use only {', '.join(URL_OPTIONS)}",
        )
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.removeprefix("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", "") or unquote(parts.hostname or ""),
        "PORT": options.pop("port", "") or _port(url),
        "CONN_MAX_AGE": None,
        "OPTIONS": {"connect_timeout": "10", **options},
    }


def _port(url: str) -> str:
    try:
        return str(urlsplit(url).port or "")
    except ValueError as error:
        raise _unusable("its port is not a number up to 65535", "write it as HOST:5432") from error


def _unusable(what: str, remedy: str) -> SettingUnusable:
    place = Place("environment", key=DATABASE_URL.name)
    return SettingUnusable(Problem(place, "setting-database", what, remedy))
