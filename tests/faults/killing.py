"""Stop a job at every moment that counts, go on from there, and see that nothing shows that it was stopped.

With a ledger on SQLite, all that a process leaves is in its folder. So one life is enough to see what
`kill -9` would leave at each of its moments: at each it stands still, with all its threads, and the folder
is copied; a process that stands still and one that is dead hand the system nothing more. A copy that is
byte for byte the one before is the same beginning and is not tried again. `test_killed.py` kills a
process at every moment and compares what it leaves with such copies; with PostgreSQL, all are killed.
"""

import hashlib
import os
import shutil
import signal
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from tests.faults.crossings import WATCHED, Crossings, Watched
from tests.faults.nursery import everything_imported, stand_still, the_nursery

Job = Callable[[Path], None]
Observation = dict[str, Any]
Observe = Callable[[Path], Observation]


@dataclass(frozen=True)
class Stopped:
    """What a job left that was stopped: the moment, in words, and where the rest of it is to be done."""

    moment: str
    folder: Path
    url: str | None


def survive_every_kill(
    job: Job,
    observe: Observe,
    make_folder: Callable[[], Path],
    new_database: Callable[[], str] | None = None,
    sound: Callable[[Path], None] | None = None,
    calls: tuple[str, ...] = WATCHED,
    inside: str = "",
    every: int = 1,
) -> int:
    """Stop a job at each of its moments in turn, and run it again; the number of moments.

    Every life is a process of its own. `job`, `observe` and `sound` are functions of modules, or partials
    of such: they are handed to another process.

    Args:
        job: what is stopped and then run again, given the folder.
        observe: what must be equal in the end to what an undisturbed job leaves.
        make_folder: makes a new folder, the same each time, for a job to work in.
        new_database: makes a PostgreSQL database, the same each time, and says its address; without it,
            SQLite.
        sound: raises when what a killed job left behind is not usable as it stands.
        calls: what a moment comes before, besides each commit, which has one before it and one after.
        inside: a folder's name: of those calls, only what is done to files below such a folder counts.
        every: of how many moments one is tried, where all of them would take too long. Where commits alone
            count, 2 leaves out what is after a commit: the database is then as it is before the next.

    Raises:
        AssertionError: naming the first moment at which a kill makes a difference.
    """
    watched = Watched(calls, inside)
    place = make_folder(), new_database() if new_database else None
    copies = None if new_database else partial(_copy, place[0])
    undisturbed = partial(_undisturbed, job, observe, watched, copies is not None, *place)
    names, expected, modules = the_nursery().call(undisturbed, copies).result()
    assert names, "the job never did anything that lasts"
    # What the job imports on its way is imported beforehand, or each of its lives would do so again.
    the_nursery().learn(modules)
    numbered = list(enumerate(names, start=1))[::every]
    moments = {number: f"stopped at moment {number} of {len(names)}, {name}" for number, name in numbered}
    lives = (
        _killed(job, watched, make_folder, new_database, moments)
        if new_database
        else _copied(place[0], moments)
    )
    for left in lives:
        see_that_it_goes_on(job, observe, sound, left, expected)
        shutil.rmtree(left.folder)
    return len(names)


def see_that_it_goes_on(
    job: Job,
    observe: Observe,
    sound: Callable[[Path], None] | None,
    left: Stopped,
    expected: Observation,
) -> None:
    """Run a stopped job again in a process of its own, and compare what there is then.

    Raises:
        AssertionError: it fails, or it comes to something else; with the moment and the difference.
    """
    again = the_nursery().call(partial(_again, job, observe, sound, left.folder, left.url))
    assert again.status == 0, f"{left.moment}, and then: {again.raised}"
    assert again.value == expected, f"{left.moment}: {_difference(again.value, expected)}"


def enter(url: str | None) -> None:
    """For a child: keep the ledger in this PostgreSQL database, or in the folder."""
    os.environ.pop("DATABASE_URL", None)
    if url is not None:
        os.environ["DATABASE_URL"] = url


def kill(job: Job, at: int, watched: Watched, folder: Path, url: str | None = None) -> None:
    """Do a job in a process of its own, which kills itself at one of its moments."""
    died = the_nursery().call(partial(_die, job, at, watched, folder, url))
    assert died.status == -signal.SIGKILL, f"not killed at {at}: {died.status} {died.raised}"


def look(job: Job, watched: Watched, folder: Path) -> Iterator[Path]:
    """Copies of the folder of a job on SQLite, as it is at each moment; the job is then done."""
    done = the_nursery().call(partial(_stop, job, watched, folder), partial(_copy, folder))
    for number in range(1, done.result() + 1):
        yield _at(folder, number)


def _killed(
    job: Job,
    watched: Watched,
    make_folder: Callable[[], Path],
    new_database: Callable[[], str],
    moments: dict[int, str],
) -> Iterator[Stopped]:
    for number, moment in moments.items():
        left = Stopped(moment, make_folder(), new_database())
        kill(job, number, watched, left.folder, left.url)
        yield left


def _copied(folder: Path, moments: dict[int, str]) -> Iterator[Stopped]:
    last = b""
    for number, moment in moments.items():
        left = Stopped(moment, _at(folder, number), None)
        now = _bytes_of(left.folder)
        if now != last:
            yield left
        last = now


def _at(folder: Path, number: int) -> Path:
    return folder.with_name(f"{folder.name}-at-{number}")


def _copy(folder: Path, number: int) -> None:
    shutil.copytree(folder, _at(folder, number), symlinks=True)


def _bytes_of(folder: Path) -> bytes:
    """A hash of all that is in a folder: names, rights and bytes."""
    whole = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        held = hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
        whole.update(f"{path.relative_to(folder)}\0{path.lstat().st_mode}\0{held}\n".encode())
    return whole.digest()


def _undisturbed(
    job: Job, observe: Observe, watched: Watched, stops: bool, folder: Path, url: str | None
) -> tuple[list[str], Observation, list[str]]:
    enter(url)
    crossings = Crossings(watched, _stand_still) if stops else Crossings(watched)
    crossings.during(partial(job, folder))
    return crossings.names, observe(folder), everything_imported()


def _stop(job: Job, watched: Watched, folder: Path) -> int:
    enter(None)
    crossings = Crossings(watched, _stand_still)
    crossings.during(partial(job, folder))
    return len(crossings.names)


def _die(job: Job, at: int, watched: Watched, folder: Path, url: str | None) -> None:
    enter(url)
    Crossings(watched, partial(_die_at, at)).during(partial(job, folder))


def _die_at(last: int, number: int) -> None:
    if number == last:
        os.kill(os.getpid(), signal.SIGKILL)


def _stand_still(_number: int) -> None:
    stand_still()


def _again(
    job: Job, observe: Observe, sound: Callable[[Path], None] | None, folder: Path, url: str | None
) -> Observation:
    enter(url)
    if sound is not None:
        sound(folder)
    job(folder)
    return observe(folder)


def _difference(found: Observation, expected: Observation) -> str:
    parts = [part for part in sorted({*found, *expected}) if found.get(part) != expected.get(part)]
    return "; ".join(f"{part}: {_told(found.get(part), expected.get(part))}" for part in parts)


def _told(found: Any, expected: Any) -> str:
    """What is there and should not be, and the other way round; of long things their beginnings."""
    if isinstance(found, dict) and isinstance(expected, dict):
        found, expected = list(found.items()), list(expected.items())
    if isinstance(found, list) and isinstance(expected, list):
        more = [one for one in found if one not in expected]
        less = [one for one in expected if one not in found]
        found, expected = (more, less) if more or less else (found, expected)
    return f"{found!r:.2000} and not {expected!r:.2000}"
