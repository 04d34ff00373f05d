"""Memory of a command and all the processes it starts, taken together: what `rusage` cannot tell.

Linux reports the largest single process of those a parent waited for. A command that works in several
processes takes their sum, so this one looks a few times a second and adds up each one's own share
(proportional set size: a page that three processes share counts a third for each).
"""

from __future__ import annotations

import threading
from pathlib import Path

_EVERY = 0.1
_KILOBYTE = 1024


class TreeWatch:
    """Watches a process and its descendants until stopped; `peak` is in bytes."""

    def __init__(self, pid: int) -> None:
        self.peak = 0
        self._pid = pid
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def stop(self) -> int:
        """Stop looking; the most that was seen."""
        self._over.set()
        self._thread.join()
        return self.peak

    def _watch(self) -> None:
        while not self._over.wait(_EVERY):
            self.peak = max(self.peak, _sum(self._pid))


def _sum(pid: int) -> int:
    total, waiting = 0, [pid]
    while waiting:
        one = waiting.pop()
        total += _share(one)
        waiting += _children(one)
    return total


def _children(pid: int) -> list[int]:
    found: list[int] = []
    for listed in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            found += [int(word) for word in listed.read_text().split()]
        except OSError:
            continue
    return found


def _share(pid: int) -> int:
    try:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * _KILOBYTE
    except OSError:
        pass
    return 0
