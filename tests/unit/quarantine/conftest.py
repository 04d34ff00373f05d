"""A drop-off whose quarantine is worked."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from roundtable.ledger.address import private_folder, sqlite_file
from roundtable.ledger.database import open_ledger
from roundtable.ledger.lock import writer_lock
from tests.factories import agency
from tests.factories_intake import DropOff, crimes, licence
from tests.factories_people import KEYRING, incidents
from tests.unit.intake.conftest import new_ledger as new_ledger


@pytest.fixture
def drop_off(new_ledger: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[DropOff]:
    """Two datasets, one of them about people, and a post that answers for both."""
    monkeypatch.delenv("DATABASE_URL", raising=False)
    private_folder(tmp_path).mkdir(mode=0o700)
    shutil.copyfile(new_ledger, sqlite_file(tmp_path))
    open_ledger(tmp_path, "test")
    with writer_lock(tmp_path):
        made = DropOff(tmp_path, keyring=KEYRING)
        posts = [
            {"id": "police-data", "title": "Data manager", "kind": "iao"},
            {"id": "police-lead", "title": "Service lead", "kind": "service_lead"},
        ]
        foreign = {"id": "fire-dpo", "title": "Data protection officer", "kind": "dpo"}
        datasets = (crimes(), incidents())
        party = {"agency": "police", "role": "controller", "gives": True, "signed_on": "2026-01-01"}
        made.parts = [
            *datasets,
            licence(*datasets, parties=[party]),
            agency("police", kind="police", roles=posts),
            agency("fire", kind="fire_rescue", roles=[foreign]),
        ]
        yield made
