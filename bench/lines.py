"""The lines of the table: what was measured, what came out, and the limit, if there is one."""

from __future__ import annotations

import os
import platform
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version

TIMES = 3
GIGABYTE = 1_000_000_000
#: Digits after the point; two for what is not named. A share has no unit.
_DIGITS = {"": 4, "%": 3}
LIBRARIES = ("roundtable", "duckdb", "ibis-framework", "pyarrow", "networkx", "scipy", "splink", "numba")


class DataMissing(Exception):
    """What is to be measured is not on this machine."""


@dataclass(frozen=True)
class Line:
    """A line of the table: what was measured, what came out, and the limit, if there is one.

    Attributes:
        what: what was measured.
        figure: what came out.
        unit: of what; nothing for a share.
        limit: the most that it may be.
        least: the least that it may be.
    """

    what: str
    figure: float
    unit: str
    limit: float | None = None
    least: float | None = None

    @property
    def verdict(self) -> str:
        """PASS, MISS, or nothing where there is no limit."""
        if self.limit is None and self.least is None:
            return ""
        below = self.least is not None and self.figure < self.least
        above = self.limit is not None and self.figure > self.limit
        return "MISS" if below or above else "PASS"

    def __str__(self) -> str:
        limit = "" if self.limit is None else f"at most {self.limit:g} {self.unit}".rstrip()
        limit = limit if self.least is None else f"at least {self.least:g} {self.unit}".rstrip()
        figure = f"{self.figure:.{_DIGITS.get(self.unit, 2)}f} {self.unit}".rstrip()
        return f"| {self.what} | {figure} | {limit} | {self.verdict} |"


def machine() -> str:
    """The day, the size of the machine and the versions that matter; nothing that names the machine."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / GIGABYTE
    libraries = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    return (
        f"{datetime.now(UTC):%d %B %Y}; {os.cpu_count()} cores, {memory:.0f} GB of memory; "
        f"{platform.system()}, Python {platform.python_version()}, {libraries}. "
        f"Medians of {TIMES}, in turn; peaks are the largest."
    )


def say(text: str) -> None:
    """Tell whoever waits how far it has got."""
    print(text, file=sys.stderr, flush=True)
