"""The moments of a job: before each call that lasts, and before and after each commit."""

import os
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Any
from unittest.mock import patch

from django.db.backends.base.base import BaseDatabaseWrapper

from roundtable.data.lake import Lake

#: What a program asks of the system that another program, or the same one after a crash, could see.
WATCHED = ("fsync", "replace", "rename", "unlink", "remove", "rmdir")
#: Without the calls that only a power cut could tell apart from a kill at the next moment.
WATCHED_BRIEFLY = WATCHED[1:]


@dataclass(frozen=True)
class Watched:
    """Which moments count.

    Attributes:
        calls: what a moment comes before, besides each commit, which has one before it and one after.
        inside: a folder's name: of those calls, only what is done to files below such a folder counts.
        staging: whether a moment comes before each new file of the lake, too.
    """

    calls: tuple[str, ...] = WATCHED
    inside: str = ""
    staging: bool = False


@dataclass
class Crossings:
    """Counts the moments of a job, and does something at each of them.

    Attributes:
        watched: which moments count.
        act: called with the number of each moment, from 1.
        names: the moments there have been.
    """

    watched: Watched = field(default_factory=Watched)
    act: Callable[[int], None] = lambda _number: None
    names: list[str] = field(default_factory=list)

    def during(self, job: Callable[[], None]) -> None:
        """Do a job, crossing a moment wherever one counts."""
        with ExitStack() as patches:
            for name in self.watched.calls:
                patches.enter_context(patch.object(os, name, self._before(name, getattr(os, name))))
            commit = self._around(BaseDatabaseWrapper._commit)  # type: ignore[attr-defined]
            patches.enter_context(patch.object(BaseDatabaseWrapper, "_commit", commit))
            if self.watched.staging:
                patches.enter_context(patch.object(Lake, "stage", self._before("stage", Lake.stage)))
            job()

    def _cross(self, name: str) -> None:
        self.names.append(name)
        self.act(len(self.names))

    def _before(self, name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        inside = self.watched.inside

        def crossing(*args: Any, **options: Any) -> Any:
            if not inside or any(f"/{inside}/" in str(arg) for arg in args):
                self._cross(f"before {name}")
            return call(*args, **options)

        return crossing

    def _around(self, commit: Callable[..., Any]) -> Callable[..., Any]:
        def crossing(database: BaseDatabaseWrapper) -> Any:
            self._cross("before commit")
            done = commit(database)
            self._cross("after commit")
            return done

        return crossing
