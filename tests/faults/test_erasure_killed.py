"""`kill -9` at every moment of an erasure: run again, it finishes, and leaves what it always leaves."""

import shutil
from itertools import count
from pathlib import Path

from tests.faults.erasure_job import erase_person, folder_with_people, observe_erasure
from tests.faults.killing import WATCHED_BRIEFLY, survive_every_kill


def test_an_erasure_killed_anywhere_finishes_when_it_is_taken_up_again(tmp_path: Path) -> None:
    template = folder_with_people(_new(tmp_path / "template"))
    numbers = count(1)

    def make_folder() -> Path:
        return Path(shutil.copytree(template, tmp_path / f"folder-{next(numbers)}"))

    moments = survive_every_kill(erase_person, observe_erasure, make_folder, calls=WATCHED_BRIEFLY)
    assert moments >= 20


def _new(folder: Path) -> Path:
    folder.mkdir()
    return folder
