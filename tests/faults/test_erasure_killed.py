"""`kill -9` at every moment of an erasure: run again, it finishes, and leaves what it always leaves."""

from collections.abc import Callable
from pathlib import Path

from tests.faults.crossings import WATCHED_BRIEFLY
from tests.faults.erasure_job import erase_person, folder_with_people, observe_erasure, see_erasing
from tests.faults.killing import survive_every_kill

CopiesOf = Callable[[Path], Callable[[], Path]]


def test_an_erasure_killed_anywhere_finishes_when_it_is_taken_up_again(
    tmp_path: Path, copies: CopiesOf
) -> None:
    make_folder = copies(folder_with_people(tmp_path))
    moments = survive_every_kill(
        erase_person, observe_erasure, make_folder, sound=see_erasing, calls=WATCHED_BRIEFLY
    )
    assert moments >= 20
