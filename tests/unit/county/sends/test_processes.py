"""One process or three: the same bytes, truth included."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date
from pathlib import Path

from roundtable.county.making import Wanted, make_county
from roundtable.county.plan import CountyPlan
from roundtable.county.standing_folders import folders_of
from roundtable.partnership.model.contract import Dataset

#: Two whole shards and one of a single person.
PEOPLE = 10_001
#: Enough of the tables to have every way of arriving, and the biggest.
SOME = (
    "address-gazetteer",
    "adult-social-care-cases",
    "ed-attendance-records",
    "housing-tenancies",
    "population-lsoa11",
    "probation-supervision",
    "recorded-crime",
    "school-absence",
    "youth-justice-cases",
)


def _hashes(root: Path) -> dict[str, str]:
    return {
        path.relative_to(root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }


def test_however_many_processes_work(tmp_path: Path, datasets: tuple[Dataset, ...]) -> None:
    chosen = tuple(dataset for dataset in datasets if dataset.id in SOME)
    assert len(chosen) == len(SOME)
    wanted = Wanted(CountyPlan(PEOPLE, 2, date(2026, 11, 23)), chosen, nights=3)
    found = []
    for processes in (1, 2, 3):
        root = tmp_path / str(processes)
        folder = root / "county"
        folder.mkdir(parents=True)
        make_county(replace(wanted, processes=processes), folders_of(folder, None), lambda told: None)
        found.append(_hashes(root))
    assert len(found[0]) > 100
    assert "county-truth/record_identity.parquet" in found[0]
    assert found[0] == found[1] == found[2]


def test_another_seed_makes_another_county(tmp_path: Path, datasets: tuple[Dataset, ...]) -> None:
    chosen = tuple(dataset for dataset in datasets if dataset.id == "crisis-contacts")
    found = []
    for seed in (1, 2):
        folder = tmp_path / str(seed)
        folder.mkdir()
        wanted = Wanted(CountyPlan(500, seed, date(2026, 11, 23)), chosen, nights=0)
        make_county(wanted, folders_of(folder, None), lambda told: None)
        found.append(_hashes(folder / "deliveries"))
    assert found[0].keys() == found[1].keys()
    assert found[0] != found[1]
