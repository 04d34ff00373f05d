"""A disk that is full at each write of a job with people in it: what it received, worked out and erased."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.erasure_job import erase_person, folder_with_people, observe_erasure, see_erasing
from tests.faults.filling import survive_every_full_disk
from tests.faults.killing import Job
from tests.faults.person_town import receive_first, receive_second, run_steps
from tests.faults.prepared import Prepared
from tests.faults.small_disk import small_disk
from tests.faults.town_seen import observe_town, see_protected

Towns = tuple[Prepared, ...]


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    with small_disk(tmp_path / "disk", 16 << 20) as disk:
        yield disk


@pytest.mark.parametrize(("job", "lot", "writes"), [(receive_first, 0, 25), (receive_second, 1, 12)])
def test_deliveries_about_people_are_taken_in_whole_or_not_at_all(
    job: Job, lot: int, writes: int, towns: Towns, disk: Path
) -> None:
    """Sealed files, rows set aside, newer versions of rows; nobody is left in plain words."""
    tried, told = survive_every_full_disk(job, observe_town, towns[lot].folder, disk, see_protected)
    assert tried > told >= writes


def test_the_steps_about_homes_are_worked_out_or_not(towns: Towns, disk: Path) -> None:
    tried, told = survive_every_full_disk(run_steps, observe_town, towns[2].folder, disk, see_protected)
    assert tried > told >= 10


def test_an_erasure_finishes_when_there_is_room(tmp_path: Path, disk: Path) -> None:
    (folder := tmp_path / "people").mkdir()
    template = folder_with_people(folder)
    tried, told = survive_every_full_disk(erase_person, observe_erasure, template, disk, see_erasing)
    assert tried > told >= 10
