"""The map and its findings: a region's partnership, and the North Yorkshire example, start-up included."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from bench.large_partnership import LargePartnership, Size
from bench.lines import GIGABYTE, TIMES, Line, say
from bench.measure import Command, in_turn
from roundtable.demonstration import example_folder

ROUNDTABLE = Path(sys.executable).with_name("roundtable")


def lines() -> list[Line]:
    """Everything that is measured here."""
    size = Size()
    say(
        f"{size.agencies} agencies, {size.factors:,} factors, {size.links:,} links, "
        f"{size.datasets:,} datasets, {size.needs:,} needs"
    )
    with tempfile.TemporaryDirectory(prefix="roundtable-bench-") as scratch:
        large = Path(scratch) / "large"
        LargePartnership(large, size).write()
        commands = {
            "check": Command((ROUNDTABLE, "check", large, "--fail-on", "never")),
            "findings": Command((ROUNDTABLE, "findings", large)),
            "example": Command((ROUNDTABLE, "findings", example_folder())),
        }
        taken = in_turn(commands, TIMES)
    check, findings, example = taken["check"], taken["findings"], taken["example"]
    return [
        Line("a large partnership: check, wall", check.wall, "s", 5),
        Line("a large partnership: all findings with 200 samples, wall", findings.wall, "s", 30),
        Line("a large partnership: all findings, peak memory", findings.peak / GIGABYTE, "GB", 1),
        Line("North Yorkshire: all findings, start-up included, wall", example.wall, "s", 2),
    ]
