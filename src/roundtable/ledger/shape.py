"""The shape of a ledger's tables: whether it is this version's, and bringing an older one up to it."""

from __future__ import annotations

import pkgutil
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

from roundtable.errors import Problem, StoreUnusable
from roundtable.ledger import migrations
from roundtable.ledger.faults import ledger_place

LABEL = "ledger"
#: Any number will do, so long as every version of Roundtable locks the same one.
_SHAPING_LOCK = 7_305_118


def bring_up_to_date() -> bool:
    """Make the tables, or change them to this version's; True when anything had to be done.

    Everything is one transaction: a ledger that was being made or changed when the power went is as it
    was before. A ledger that is up to date is only read.

    Raises:
        StoreUnusable: the database holds something else, or was written by a newer Roundtable.
    """
    wanted = _wanted()
    applied = _applied()
    _refuse_what_is_not_ours(applied)
    _refuse_what_is_newer(applied, wanted)
    if applied == wanted:
        return False
    _reshape()
    return True


def has_shape() -> bool:
    """Whether the database holds a ledger of any version."""
    return bool(_applied())


def _wanted() -> frozenset[str]:
    return frozenset(module.name for module in pkgutil.iter_modules(migrations.__path__))


def _applied() -> frozenset[str]:
    if "django_migrations" not in _tables():
        return frozenset()
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM django_migrations WHERE app = %s", [LABEL])
        return frozenset(name for (name,) in cursor.fetchall())


def _tables() -> list[str]:
    with connection.cursor() as cursor:
        return connection.introspection.table_names(cursor)


def _refuse_what_is_not_ours(applied: frozenset[str]) -> None:
    """A server's database may hold an extension's tables; a file, or another program's tables, may not."""
    if applied:
        return
    tables = _tables()
    foreign = (
        tables if connection.vendor == "sqlite" else [name for name in tables if name.startswith("django_")]
    )
    if foreign:
        what = f"it holds something else than a ledger: the table '{sorted(foreign)[0]}'"
        raise StoreUnusable(
            Problem(ledger_place(), "ledger-foreign", what, "give the partnership a database of its own")
        )


def _refuse_what_is_newer(applied: frozenset[str], wanted: frozenset[str]) -> None:
    newer = sorted(applied - wanted)
    if newer:
        what = f"it was written by a newer version of Roundtable ({', '.join(newer)})"
        remedy = "install that version or a later one; this one would not understand what it reads"
        raise StoreUnusable(Problem(ledger_place(), "ledger-newer", what, remedy))


def _reshape() -> None:
    from django.db.migrations.executor import MigrationExecutor

    with _one_at_a_time():
        executor = MigrationExecutor(connection)
        leaves = [leaf for leaf in executor.loader.graph.leaf_nodes() if leaf[0] == LABEL]
        executor.migrate(leaves)


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """One transaction around every change of shape, which no other process can be in."""
    # SQLite takes no change of shape while it checks foreign keys, and cannot be told so inside one.
    connection.disable_constraint_checking()
    try:
        with transaction.atomic():
            if connection.vendor == "postgresql":
                with connection.cursor() as cursor:
                    cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_SHAPING_LOCK])
            yield
    finally:
        connection.enable_constraint_checking()
