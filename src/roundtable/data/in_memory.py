"""A database in memory, for work on identifiers that a library does in SQL: it sees no file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import duckdb

from roundtable.data.engine_duckdb import memory_explained


@contextmanager
def in_memory_database(
    memory: str = "2GB", threads: int | None = None
) -> Iterator[duckdb.DuckDBPyConnection]:
    """An empty database that nothing can leave: no disk to spill to, no folder to read, no extension.

    Args:
        memory: the most it may take, such as `2GB`; beyond it, the work ends with words that say so.
        threads: how many it may use; None for one a core.
    """
    config: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": memory,
        "temp_directory": "",
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
    }
    if threads is not None:
        config["threads"] = threads
    connection = duckdb.connect(":memory:", config=config)
    try:
        connection.execute("SET TimeZone = 'UTC'")
        connection.execute("SET enable_external_access = false")
        connection.execute("SET lock_configuration = true")
        with memory_explained():
            yield connection
    finally:
        connection.close()
