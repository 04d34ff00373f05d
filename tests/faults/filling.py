"""Fill the disk at every moment of a job, make room again, and see that nothing shows that it was full."""

import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path

from roundtable.data.disk import room_to_write
from roundtable.errors import DiskFull
from tests.faults.crossings import WATCHED_BRIEFLY, Crossings, Watched
from tests.faults.killing import Job, Observation, Observe, Stopped, enter, see_that_it_goes_on
from tests.faults.nursery import everything_imported, the_nursery
from tests.faults.small_disk import fill, make_room

#: Every moment before a write: a file of the lake is staged, another gets its name once it is written.
MOMENTS = Watched(WATCHED_BRIEFLY, staging=True)
#: A file by its number, its size and the time of its last change: whatever name it has.
Writing = set[tuple[int, int, int]]


def survive_every_full_disk(
    job: Job,
    observe: Observe,
    template: Path,
    disk: Path,
    sound: Callable[[Path], None],
) -> tuple[int, int]:
    """At each moment of a job in turn, fill the disk to its last page; and run the job again with room.

    Of moments between which no file is written, the last is tried: what fails is the write that comes next.

    Args:
        job: what is told that the disk is full, and then run again, given the folder; as `killing` has it.
        observe: what must be equal in the end to what an undisturbed job leaves.
        template: the folder in which it is done; copied to the disk each time.
        disk: a disk of our own, large enough for a few folders.
        sound: raises when what the job left behind is not usable as it stands.

    Returns:
        How many moments were tried, and in how many of them the job was told that the disk is full. In the
        others nothing more was written than there was room for.

    Raises:
        AssertionError: naming the first moment at which a full disk makes a difference, or the job ends
            with something else than a full disk.
    """
    folder = _copy(template, disk)
    undisturbed = partial(_undisturbed, job, observe, folder)
    writings, expected, modules = the_nursery().call(undisturbed).result()
    the_nursery().learn(modules)
    shutil.rmtree(folder)
    moments = [number for number in range(1, len(writings) + 1) if _is_written_next(writings, number)]
    told = 0
    for number in moments:
        folder = _copy(template, disk)
        moment = f"a full disk at moment {number} of {len(writings)}"
        ended = the_nursery().call(partial(_until_full, job, number, folder, disk))
        make_room(disk)
        assert ended.status == 0, f"{moment}: {ended.raised}"
        told += ended.value == "full"
        see_that_it_goes_on(job, observe, sound, Stopped(moment, folder, None), expected)
        shutil.rmtree(folder)
    return len(moments), told


def _copy(template: Path, disk: Path) -> Path:
    return Path(shutil.copytree(template, disk / "work", symlinks=True))


def _is_written_next(writings: list[Writing], number: int) -> bool:
    """Whether a file is new or another between a moment and the next; after the last one, perhaps."""
    return number == len(writings) or not writings[number] <= writings[number - 1]


def _undisturbed(job: Job, observe: Observe, folder: Path) -> tuple[list[Writing], Observation, list[str]]:
    enter(None)
    writings: list[Writing] = []
    Crossings(MOMENTS, lambda _number: writings.append(_written(folder))).during(partial(job, folder))
    return writings, observe(folder), everything_imported()


def _written(folder: Path) -> Writing:
    found = [path.lstat() for path in folder.rglob("*") if path.is_file()]
    return {(one.st_ino, one.st_size, one.st_mtime_ns) for one in found}


def _until_full(job: Job, at: int, folder: Path, disk: Path) -> str:
    enter(None)

    def act(number: int) -> None:
        if number == at:
            fill(disk)

    try:
        with room_to_write(folder):
            Crossings(MOMENTS, act).during(partial(job, folder))
    except DiskFull:
        return "full"
    return "done"
