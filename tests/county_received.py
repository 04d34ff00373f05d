"""A synthetic county laid out from the example, sent, received and worked through, for tests that use it."""

from __future__ import annotations

import shutil
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from roundtable.county.making import Wanted, make_county
from roundtable.county.plan import CountyPlan
from roundtable.county.standing_folders import folders_of
from roundtable.data.engine import EngineName
from roundtable.data.intake.receive import receive
from roundtable.data.lake import Lake
from roundtable.governance.clock import trusted_clock
from roundtable.governance.keys import Keyring, make_keys
from roundtable.ledger.database import open_ledger
from roundtable.ledger.lock import writer_lock
from roundtable.partnership.loading import load_partnership
from roundtable.partnership.model.whole import Partnership
from roundtable.pipeline import run
from tests.conftest import ROOT

DAY = date(2026, 11, 23)


@dataclass(frozen=True)
class ReceivedCounty:
    """A county whose deliveries were taken in.

    Attributes:
        partnership: the example, laid out in a folder of its own; its ledger is open.
        truth: the folder of what is true.
        keyring: its keys.
    """

    partnership: Partnership
    truth: Path
    keyring: Keyring

    @property
    def lake(self) -> Lake:
        """Its lake, with the keys."""
        return Lake(self.partnership.folder, self.keyring)


def sent_county(
    folder: Path, people: int, datasets: Collection[str] | None = None, hold_back: int = 0
) -> ReceivedCounty:
    """A county that nothing was received of yet; ROUNDTABLE_KEYS names where its keys go.

    Args:
        folder: where it is laid out; it does not exist yet.
        people: how many.
        datasets: the ids of the datasets that are sent; without them, all.
        hold_back: how many of the newest files of each table are not sent. Files cost more than rows.
    """
    shutil.copytree(ROOT / "examples" / "north-yorkshire", folder)
    partnership = load_partnership(folder)
    sent = tuple(one for one in partnership.datasets if datasets is None or one.id in datasets)
    wanted = Wanted(
        CountyPlan(people, 1, DAY), sent, nights=1, hold_back=hold_back, open_data=datasets is None
    )
    folders = folders_of(folder, None)
    make_county(wanted, folders, _silent)
    open_ledger(folder, partnership.charter.id)
    return ReceivedCounty(partnership, folders.truth, make_keys(folder, DAY))


def take_in(county: ReceivedCounty) -> None:
    """Receive everything that was sent."""
    with writer_lock(county.partnership.folder):
        receive(county.partnership, county.lake, trusted_clock)


def worked_county(folder: Path, people: int) -> ReceivedCounty:
    """A county of which everything was received and every step of a run worked out."""
    county = sent_county(folder, people, hold_back=8)
    run(folder, engine=EngineName.DUCKDB, clock=trusted_clock, progress=_silent)
    return county


def _silent(_told: str) -> None:
    return None
