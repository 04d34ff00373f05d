"""Every setting that the environment may give: its name, what it is for, and what holds without it.

This is the only place that reads the environment. Each setting has a function that reads it and
refuses a value that cannot be used; `docs/settings.md` has a heading for each.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from urllib.parse import urlsplit

from roundtable.errors import Place, Problem, SettingUnusable


@dataclass(frozen=True)
class Setting:
    """One environment variable.

    Attributes:
        name: the variable.
        what: what it decides, as the end of the sentence "it decides ...".
        default: what holds when it is absent or empty, in words where no value stands for it.
    """

    name: str
    what: str
    default: str


ENGINE = Setting("ROUNDTABLE_ENGINE", "which engine works out the steps of a run: duckdb or spark", "duckdb")
MEMORY = Setting("ROUNDTABLE_MEMORY", "how much memory the engine may take before it spills to disk", "1GB")
THREADS = Setting("ROUNDTABLE_THREADS", "how many threads the engine may use", "one for each core")
DATABASE_URL = Setting(
    "DATABASE_URL", "which PostgreSQL database holds the ledger", "a SQLite file in the partnership folder"
)
SHARED_DATA = Setting(
    "ROUNDTABLE_SHARED_DATA", "where the demonstration looks for the real open data", "../shared/data"
)
DEMO = Setting("ROUNDTABLE_DEMO", "which folder the demonstration is made in", "~/roundtable-demo")
KEYS = Setting(
    "ROUNDTABLE_KEYS",
    "which folder holds the keys of the identity vaults, outside every partnership folder",
    "~/.config/roundtable/keys",
)

CHECKPOINTS = Setting(
    "ROUNDTABLE_CHECKPOINTS",
    "which folder signed checkpoints of the audit chain are written to after each run",
    "nowhere",
)

SETTINGS: tuple[Setting, ...] = (
    ENGINE,
    MEMORY,
    THREADS,
    DATABASE_URL,
    SHARED_DATA,
    DEMO,
    KEYS,
    CHECKPOINTS,
)

ENGINES = ("duckdb", "spark")
_SIZE = re.compile(r"[1-9]\d*(\.\d+)?\s*(MB|GB|TB|MiB|GiB|TiB)")
_POSTGRES = ("postgres", "postgresql")


def engine_setting(option: str | None = None) -> str:
    """The engine to use, `duckdb` or `spark`: an option's word before the environment's.

    Raises:
        SettingUnusable: it is neither.
    """
    value = option if option is not None else _given(ENGINE) or ENGINE.default
    if value in ENGINES:
        return value
    near = get_close_matches(value.lower(), ENGINES, n=1)
    hint = f"did you mean '{near[0]}'?" if near else f"write one of {', '.join(ENGINES)}"
    place = Place("command line", key="--engine") if option is not None else _place(ENGINE)
    raise SettingUnusable(Problem(place, "setting-engine", f"there is no engine '{value}'", hint))


def memory_setting() -> str:
    """The most memory the engine may take, such as `1GB`; beyond it, it spills to disk.

    Raises:
        SettingUnusable: it is not a number with a unit.
    """
    value = _given(MEMORY) or MEMORY.default
    if _SIZE.fullmatch(value):
        return value
    raise _unusable(MEMORY, "setting-memory", f"'{value}' is not an amount of memory", "write 1GB or 512MB")


def threads_setting() -> int | None:
    """How many threads the engine may use; None leaves it one for each core.

    Raises:
        SettingUnusable: it is not a whole number of at least one.
    """
    value = _given(THREADS)
    if value is None:
        return None
    if re.fullmatch(r"[1-9]\d{0,3}", value):
        return int(value)
    raise _unusable(
        THREADS, "setting-threads", f"'{value}' is not a number of threads", "write 1, 2 or more, or unset it"
    )


def database_url() -> str | None:
    """The PostgreSQL database of the ledger; None means SQLite in the partnership folder.

    Raises:
        SettingUnusable: it is not a PostgreSQL address. The message does not repeat the address,
            which may hold a password.
    """
    value = _given(DATABASE_URL)
    if value is None:
        return None
    try:
        parts = urlsplit(value)
        usable = parts.scheme in _POSTGRES and len(parts.path) > 1
    except ValueError:
        usable = False
    if usable:
        return value
    raise _unusable(
        DATABASE_URL,
        "setting-database",
        "it is not the address of a PostgreSQL database",
        "write postgresql://USER:PASSWORD@HOST:PORT/DATABASE, or unset it to keep the ledger in SQLite",
    )


def shared_data_folder() -> Path:
    """Where the real open data may stand; whether they do is for the caller to see."""
    return Path(_given(SHARED_DATA) or SHARED_DATA.default).expanduser()


def demo_folder() -> Path:
    """The folder the demonstration is made in."""
    return Path(_given(DEMO) or DEMO.default).expanduser()


def keys_folder() -> Path:
    """The folder that holds the keys of the identity vaults; it need not exist."""
    return Path(_given(KEYS) or KEYS.default).expanduser()


def checkpoints_folder() -> Path | None:
    """The folder, best on another machine, that checkpoints are written to; None where nobody wants any."""
    value = _given(CHECKPOINTS)
    return None if value is None else Path(value).expanduser()


def _given(setting: Setting) -> str | None:
    return os.environ.get(setting.name, "").strip() or None


def _place(setting: Setting) -> Place:
    return Place("environment", key=setting.name)


def _unusable(setting: Setting, rule: str, what: str, remedy: str) -> SettingUnusable:
    return SettingUnusable(Problem(_place(setting), rule, what, remedy))
