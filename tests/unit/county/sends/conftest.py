"""A small county by the example's contracts, made once for all of these tests."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from roundtable.county.making import Made, Wanted, make_county
from roundtable.county.plan import CountyPlan
from roundtable.county.sends.planned_files import SentTable, sent_files
from roundtable.county.standing_folders import Folders, folders_of
from roundtable.demonstration import example_folder
from roundtable.partnership.loading import load_partnership
from roundtable.partnership.model.contract import Dataset

PEOPLE = 2_000


@dataclass(frozen=True)
class SmallCounty:
    """A county on the disk, and what it was made from."""

    folders: Folders
    datasets: tuple[Dataset, ...]
    wanted: Wanted
    made: Made

    @property
    def deliveries(self) -> Path:
        return self.folders.partnership / "deliveries"

    @property
    def tables(self) -> tuple[SentTable, ...]:
        return sent_files(self.wanted.plan, self.datasets, self.wanted.nights, open_data=True)


@pytest.fixture(scope="session")
def datasets() -> tuple[Dataset, ...]:
    return tuple(load_partnership(example_folder()).datasets)


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory, datasets: tuple[Dataset, ...]) -> SmallCounty:
    folder = tmp_path_factory.mktemp("county") / "our-county"
    shutil.copytree(example_folder(), folder)
    partnership = load_partnership(folder)
    wanted = Wanted(CountyPlan(PEOPLE, 3, partnership.charter.as_of), datasets, nights=10)
    folders = folders_of(folder, None)
    return SmallCounty(folders, datasets, wanted, make_county(wanted, folders, lambda told: None))
