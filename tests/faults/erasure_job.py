"""A job that erases a person: ordered, carried out, proved; and what an undisturbed one leaves."""

import os
import secrets
from itertools import count
from pathlib import Path
from typing import Any
from unittest.mock import patch

from roundtable.data.subjects.settling import settle
from roundtable.governance.keys import Keyring, KeyVersion
from roundtable.ledger import erasures
from roundtable.ledger.database import close_ledger, open_ledger
from roundtable.ledger.lock import writer_lock
from roundtable.ledger.models import Outcome, Right
from roundtable.ledger.requests import every_request
from roundtable.rights import erasing, requesting
from tests.factories_rights import NHS_A, NHS_B, NOW, People
from tests.faults.observing import Observation, observe_store, see_old_or_new
from tests.faults.unprotected import files_that_say

#: Keys that are the same in every life, so that what is sealed is too.
KEYRING = Keyring("county", (KeyVersion(1, NOW.date(), b"k" * 32),))
#: What may stand in no file that our own processes wrote, whenever they are stopped.
SECRETS = (NHS_A, NHS_B, "Quillfeather")


def folder_with_people(folder: Path) -> Path:
    """A folder with two people in two deliveries, one of them delivered as a file too."""
    with _opened(folder):
        people = People(folder, KEYRING)
        people.incident("CRIME-1", surname="Quillfeather", nhs_number=NHS_A)
        people.part("PART-1", "CRIME-1", surname="Oak", nhs_number=NHS_B)
        people.deliver()
        people.contact("VISIT-1", surname="Quillfeather", nhs_number=NHS_A)
        people.deliver("care")
        raw = folder / "deliveries" / "police" / "0.csv"
        raw.parent.mkdir(parents=True)
        raw.write_text(f"nhs\n{NHS_A}\n", encoding="utf-8")
    return folder


def erase_person(folder: Path) -> None:
    """Ask for an erasure, grant it, order it and carry it out, from wherever it was left."""
    from tests.unit.rights.desk import GROUND, desk

    with _opened(folder):
        people = People(folder, KEYRING)
        people.lake.collect_orphans()
        office = desk(people)
        erasing.take_up(office)
        if any(job.done for job in erasures.every_erasure()):
            settle(people.lake, NOW)
            return
        if not every_request():
            own = [people.id_of("police", "CRIME-1"), people.id_of("care", "VISIT-1")]
            requesting.take(office, Right.ERASURE, NOW.date(), "dpo", own)
        if every_request()[0].is_open:
            why = "nothing stands against it"
            requesting.decide(office, 1, Outcome.GRANTED, "dpo", why, grounds=GROUND)
        erasing.carry_out(office, erasing.order_erasure(office, 1, "dpo", "siro"))
        settle(people.lake, NOW)


def see_erasing(folder: Path) -> None:
    """Whole snapshots, a whole chain, and nobody in plain words but in what partners sent."""
    assert files_that_say(folder, SECRETS, [folder / "deliveries"]) == []
    see_old_or_new(folder)
    assert files_that_say(folder, SECRETS, [folder / "deliveries"]) == []


def observe_erasure(folder: Path) -> Observation:
    """The store, the files that are left, and whether the bytes are gone."""
    seen = observe_store(folder, KEYRING)
    held = {
        path.relative_to(folder).as_posix(): NHS_A.encode() in path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.startswith("ledger.sqlite3") and path.name != "writer.lock"
    }
    return {**seen, "files": held}


def _opened(folder: Path) -> Any:
    from contextlib import ExitStack

    os.environ.pop("DATABASE_URL", None)
    stack = ExitStack()
    numbers = count(1)
    stack.enter_context(patch.object(secrets, "token_hex", lambda n=8: f"{next(numbers):0{2 * n}x}"))
    open_ledger(folder, "county")
    stack.callback(close_ledger)
    stack.enter_context(writer_lock(folder))
    return stack
