"""What is made once and copied for each life: a folder and, where it is kept there, its database."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from unittest.mock import patch

from roundtable.ledger.database import close_ledger, open_ledger
from roundtable.partnership.loading import load_partnership
from tests.faults.person_town import open_town, receive_first, receive_second, town_with_people
from tests.faults.small_run import town_with_data
from tests.postgres import PostgresServer


@dataclass(frozen=True)
class Prepared:
    """A folder that is copied for each life.

    Attributes:
        folder: the folder.
        new_database: makes a copy of its database and says its address; None where its ledger is in the
            folder.
    """

    folder: Path
    new_database: Callable[[], str] | None = None


def towns_with_people(root: Path, server: PostgresServer | None = None) -> tuple[Prepared, ...]:
    """The town of a dozen people with its ledger opened, with its first lot received, and with both."""
    stages = {"opened": open_town, "first_lot": receive_first, "both_lots": receive_second}
    place, made = town_with_people(root), []
    with _ledger_on(server):
        for name, job in stages.items():
            place = Path(shutil.copytree(place, root / name))
            job(place)
            made.append(_kept(place, name, server))
    return tuple(made)


def town_with_open_data(root: Path, server: PostgresServer) -> Prepared:
    """The town whose open data are delivered and not received, with its ledger opened."""
    town = town_with_data(root)
    with _ledger_on(server):
        open_ledger(town, load_partnership(town).charter.id)
        close_ledger()
    return _kept(town, "open_data", server)


def _kept(folder: Path, name: str, server: PostgresServer | None) -> Prepared:
    if server is None:
        return Prepared(folder)
    server.keep(name)
    return Prepared(folder, partial(server.copied_database, name))


@contextmanager
def _ledger_on(server: PostgresServer | None) -> Iterator[None]:
    """While the block lasts, ledgers are kept on the server, in an emptied database, or in folders."""
    with patch.dict(os.environ):
        os.environ.pop("DATABASE_URL", None)
        if server is not None:
            os.environ["DATABASE_URL"] = server.empty_database()
        yield
