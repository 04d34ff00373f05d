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
LIBRARIES = ("roundtable", "duckdb", "ibis-framework", "pyarrow", "networkx", "scipy")


class DataMissing(Exception):
    """What is to be measured is not on this machine."""


@dataclass(frozen=True)
class Line:
    """A line of the table: what was measured, what came out, and the limit, if there is one."""

    what: str
    figure: float
    unit: str
    limit: float | None = None

    @property
    def verdict(self) -> str:
        """PASS, MISS, or nothing where there is no limit."""
        if self.limit is None:
            return ""
        return "PASS" if self.figure <= self.limit else "MISS"

    def __str__(self) -> str:
        limit = "" if self.limit is None else f"at most {self.limit:g} {self.unit}".rstrip()
        return f"| {self.what} | {self.figure:.2f} {self.unit}".rstrip() + f" | {limit} | {self.verdict} |"


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
