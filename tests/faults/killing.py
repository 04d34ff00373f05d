"""Kill a job at every moment that counts, run it again, and see that nothing shows that it was killed."""

import os
import signal
import sys
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any
from unittest.mock import patch

from django.db.backends.base.base import BaseDatabaseWrapper

from tests.faults.nursery import Nursery

Job = Callable[[Path], None]
Observation = dict[str, Any]
#: What a program asks of the system that another program, or the same one after a crash, could see.
WATCHED = ("fsync", "replace", "rename", "unlink", "remove", "rmdir")
#: Without the calls that only a power cut could tell apart from a kill at the next moment.
WATCHED_BRIEFLY = WATCHED[1:]


@dataclass
class Crossings:
    """Counts the moments of a job, and dies at one of them.

    Attributes:
        die_at: the number of the moment that is the last; None to live on.
        calls: what a moment comes before, besides each commit, which has one before it and one after.
        inside: a folder's name: of those calls, only what is done to files below such a folder counts.
        names: the moments there have been.
    """

    die_at: int | None
    calls: tuple[str, ...] = WATCHED
    inside: str = ""
    names: list[str] = field(default_factory=list)

    def cross(self, name: str) -> None:
        """One more moment; the last one of this life, perhaps."""
        self.names.append(name)
        if len(self.names) == self.die_at:
            os.kill(os.getpid(), signal.SIGKILL)

    def watched(self, job: Callable[[], None]) -> None:
        """Do a job, crossing a moment before each call that lasts, and before and after each commit."""
        with ExitStack() as patches:
            for name in self.calls:
                patches.enter_context(patch.object(os, name, self._before(name, getattr(os, name))))
            commit = self._around(BaseDatabaseWrapper._commit)  # type: ignore[attr-defined]
            patches.enter_context(patch.object(BaseDatabaseWrapper, "_commit", commit))
            job()

    def _before(self, name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def crossing(*args: Any, **options: Any) -> Any:
            if not self.inside or any(f"/{self.inside}/" in str(arg) for arg in args):
                self.cross(f"before {name}")
            return call(*args, **options)

        return crossing

    def _around(self, commit: Callable[..., Any]) -> Callable[..., Any]:
        def crossing(database: BaseDatabaseWrapper) -> Any:
            self.cross("before commit")
            done = commit(database)
            self.cross("after commit")
            return done

        return crossing


def survive_every_kill(
    job: Job,
    observe: Callable[[Path], Observation],
    make_folder: Callable[[], Path],
    empty_database: Callable[[], str] | None = None,
    sound: Callable[[Path], None] | None = None,
    calls: tuple[str, ...] = WATCHED,
    inside: str = "",
    every: int = 1,
) -> int:
    """Kill a job at each of its moments in turn, and run it again; the number of moments.

    Every life is a process of its own. `job`, `observe` and `sound` are functions of modules, or partials
    of such: they are handed to another process.

    Args:
        job: what is killed and then run again, given the folder.
        observe: what must be equal in the end to what an undisturbed job leaves.
        make_folder: makes a new folder, the same each time, for a job to work in.
        empty_database: empties a PostgreSQL database and says its address; without it, SQLite.
        sound: raises when what a killed job left behind is not usable as it stands.
        calls: what a moment comes before, besides each commit, which has one before it and one after.
        inside: a folder's name: of those calls, only what is done to files below such a folder counts.
        every: of how many moments one is tried, where all of them would take too long.

    Raises:
        AssertionError: naming the first moment at which a kill makes a difference.
    """
    where = _Where(make_folder, empty_database)
    with Nursery(_modules(job, observe, sound)) as nursery:
        names, expected, modules = nursery.call(
            partial(_undisturbed, job, observe, (calls, inside), *where.new())
        ).result()
    assert names, "the job never did anything that lasts"
    # What the job imports on its way is imported beforehand, or each of its lives would do so again.
    with Nursery(modules) as nursery:
        for number, name in list(enumerate(names, start=1))[::every]:
            moment = f"killed at moment {number} of {len(names)}, {name}"
            place = where.new()
            died = nursery.call(partial(_die, job, number, (calls, inside), *place))
            assert died.status == -signal.SIGKILL, f"not {moment}: {died.status} {died.raised}"
            again = nursery.call(partial(_again, job, observe, sound, *place))
            assert again.status == 0, f"{moment}, and then: {again.raised}"
            assert again.value == expected, f"{moment}: {_difference(again.value, expected)}"
    return len(names)


@dataclass(frozen=True)
class _Where:
    make_folder: Callable[[], Path]
    empty_database: Callable[[], str] | None

    def new(self) -> tuple[Path, str | None]:
        return self.make_folder(), self.empty_database() if self.empty_database else None


def _modules(*functions: Callable[..., Any] | None) -> set[str]:
    plain = [getattr(function, "func", function) for function in functions if function is not None]
    return {function.__module__ for function in plain} | {__name__}


def _enter(url: str | None) -> None:
    os.environ.pop("DATABASE_URL", None)
    if url is not None:
        os.environ["DATABASE_URL"] = url


def _undisturbed(
    job: Job,
    observe: Callable[[Path], Observation],
    watched: tuple[tuple[str, ...], str],
    folder: Path,
    url: str | None,
) -> tuple[list[str], Observation, list[str]]:
    _enter(url)
    crossings = Crossings(None, *watched)
    crossings.watched(partial(job, folder))
    seen = observe(folder)
    return crossings.names, seen, sorted(name for name in sys.modules if name != "__main__")


def _die(job: Job, at: int, watched: tuple[tuple[str, ...], str], folder: Path, url: str | None) -> None:
    _enter(url)
    Crossings(at, *watched).watched(partial(job, folder))


def _again(
    job: Job,
    observe: Callable[[Path], Observation],
    sound: Callable[[Path], None] | None,
    folder: Path,
    url: str | None,
) -> Observation:
    _enter(url)
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
