"""Two calls of `receive`: a first lot, and then what corrects, withdraws, renews and outgrows it."""

from __future__ import annotations

import shutil
from pathlib import Path

from roundtable.ledger.database import close_ledger, open_ledger
from roundtable.ledger.lock import writer_lock
from tests.factories_intake import DropOff, crimes, csv_rows, good_rows
from tests.factories_people import KEYRING, incident, incident_file, incidents, register

LATER = "later"
BOOKS = "id,changed,state,name"


def first_lot(folder: Path) -> None:
    """What stands in `deliveries/` before the first call, and in `later/` before the second."""
    made = _drop_off(folder)
    for month in ("01", "02", "03", "04"):
        made.deliver("crimes", f"2024-{month}.csv", good_rows(12, f"2024-{month}") + b"bad\n")
    made.deliver("crimes", "2024-05.csv", good_rows(200, "2024-05"))
    made.deliver("incidents", "2025-04.csv", incident_file(incident("i1"), incident("i2", born="never")))
    made.deliver("register", "n1.csv", _night("1,,,Ann Ode", "2,,,Bo Moss"), "period: '2024-01-01'")
    later = DropOff(folder / LATER)
    later.deliver("crimes", "2024-02-b.csv", good_rows(3, "2024-02"), "corrects: 2024-02.csv")
    later.deliver("crimes", "w.withdraw.note.yaml", b"withdraws: 2024-03.csv\n")
    later.deliver("incidents", "2025-04-b.csv", incident_file(incident("i1")), "corrects: 2025-04.csv")
    later.deliver("register", "n2.csv", _night("2,,deleted,", "3,,,Cy Reed"), "period: '2024-01-02'")


def receive_twice(folder: Path) -> None:
    """Receive, put what comes later where it belongs, and receive again."""
    open_ledger(folder, "test")
    with writer_lock(folder):
        made = _drop_off(folder)
        made.lake.collect_orphans()
        made.receive()
        if (folder / LATER).is_dir():
            shutil.copytree(folder / LATER / "deliveries", folder / "deliveries", dirs_exist_ok=True)
            shutil.rmtree(folder / LATER)
        made.receive()
    close_ledger()


def _drop_off(folder: Path) -> DropOff:
    made = DropOff(folder, keyring=KEYRING)
    made.agree(crimes(), incidents(), register())
    return made


def _night(*rows: str) -> bytes:
    return csv_rows(*rows, header=BOOKS)
