"""Time and memory of a command, measured from outside: a child process, its rusage, its median.

This process stays small on purpose. What Linux reports as a child's peak memory begins with that of
the process that started it, so a large parent would lend its size to every child.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bench.lines import GIGABYTE, say
from bench.process_tree import TreeWatch


class CommandFailed(Exception):
    """A measured command ended badly; a time without a result is not a measurement."""


@dataclass(frozen=True)
class Measurement:
    """One run of a command.

    Attributes:
        wall: seconds from start to end.
        cpu: seconds of processor time, user and system, of the process and all it waited for.
        peak: bytes of the largest resident set among the process and all it waited for.
    """

    wall: float
    cpu: float
    peak: int


@dataclass(frozen=True)
class Command:
    """What to run, in which environment, and what to make ready before each run, unmeasured.

    `together` says that it works in several processes, whose memory counts as a sum.
    """

    words: Sequence[str | Path]
    ready: Callable[[], None] = lambda: None
    environment: Mapping[str, str] = field(default_factory=dict)
    allowed: frozenset[int] = frozenset({0})
    together: bool = False


def measure(command: Command) -> Measurement:
    """Run a command once.

    Raises:
        CommandFailed: it ended with a status that is not allowed; the message holds its last words.
    """
    command.ready()
    with tempfile.TemporaryFile() as said:
        start = time.perf_counter()
        child = subprocess.Popen(
            [str(word) for word in command.words],
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=subprocess.STDOUT,
            env={**_compiled(), **command.environment},
        )
        tree = TreeWatch(child.pid) if command.together else None
        _, status, usage = os.wait4(child.pid, 0)
        wall = time.perf_counter() - start
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode not in command.allowed:
            said.seek(0)
            words = said.read().decode(errors="replace")[-2000:]
            raise CommandFailed(
                f"{' '.join(map(str, command.words))} ended with {child.returncode}:\n{words}"
            )
    peak = max(usage.ru_maxrss * 1024, tree.stop() if tree else 0)
    return Measurement(wall, usage.ru_utime + usage.ru_stime, peak)


def _compiled() -> dict[str, str]:
    """The environment, without the switch that makes Python compile every module at every start."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def in_turn(commands: Mapping[str, Command], times: int) -> dict[str, Measurement]:
    """The median of each command, run in turn (A B A B ...) so that a slow spell of the machine hits all."""
    taken: dict[str, list[Measurement]] = {name: [] for name in commands}
    for _ in range(times):
        for name, command in commands.items():
            taken[name].append(one := measure(command))
            say(f"{name}: {one.wall:.2f} s wall, {one.cpu:.2f} s processor, {one.peak / GIGABYTE:.2f} GB")
    return {name: median(measurements) for name, measurements in taken.items()}


def median(measurements: Sequence[Measurement]) -> Measurement:
    """The median of each figure for itself; of the peaks, the largest, for a limit is a limit."""
    return Measurement(
        statistics.median(one.wall for one in measurements),
        statistics.median(one.cpu for one in measurements),
        max(one.peak for one in measurements),
    )
