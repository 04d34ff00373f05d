"""The synthetic county: making it, and taking in what its agencies send, beside DuckDB on the same files.

Everything is made in a scratch folder (`TMPDIR`) and removed; 1 million people need about 10 GB there.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bench.lines import GIGABYTE, TIMES, Line, say
from bench.measure import Command, Measurement, in_turn, measure

ROUNDTABLE = Path(sys.executable).with_name("roundtable")
SMALL, MIDDLE, LARGE = 30_000, 100_000, 1_000_000
SEED = "1"
#: `receive` ends so when a planted delivery stands refused: the county sends some that must be.
REFUSED = frozenset({0, 3})


@dataclass(frozen=True)
class County:
    """A county of so many people in a scratch folder."""

    scratch: Path
    people: int

    @property
    def folder(self) -> Path:
        """Where it is."""
        return self.scratch / f"county-{self.people}"

    def making(self) -> Command:
        """Making it from nothing."""
        words = (ROUNDTABLE, "county", self.folder, "--people", str(self.people), "--seed", SEED)
        return Command(words, ready=self.clear, environment=self.environment, together=True)

    def receiving(self) -> Command:
        """Taking in everything, as if for the first time."""
        words = (ROUNDTABLE, "receive", self.folder)
        return Command(words, ready=self.renew, environment=self.environment, allowed=REFUSED)

    def reading(self) -> Command:
        """DuckDB reading the same files untyped and writing them as Parquet."""
        target = self.scratch / "untyped"
        words = (sys.executable, "-m", "bench.untyped", self.kept, target)
        return Command(words, ready=lambda: _away(target))

    @property
    def kept(self) -> Path:
        """The deliveries as they were sent: taking them in may encrypt or remove them."""
        return self.scratch / f"sent-{self.people}"

    @property
    def environment(self) -> dict[str, str]:
        """Keys of their own, outside the partnership folder."""
        return {"ROUNDTABLE_KEYS": str(self.scratch / "keys")}

    def clear(self) -> None:
        """Take everything away."""
        for folder in self.scratch.glob(f"county-{self.people}*"):
            _away(folder)
        os.sync()

    def keep(self) -> None:
        """Keep what was sent."""
        _away(self.kept)
        shutil.copytree(self.folder / "deliveries", self.kept)

    def renew(self) -> None:
        """Forget what was taken in and put a copy of what was sent back."""
        _away(self.folder / ".roundtable")
        _away(self.folder / "deliveries")
        shutil.copytree(self.kept, self.folder / "deliveries")
        subprocess.run(
            [ROUNDTABLE, "keys", "init", self.folder],
            env={**os.environ, **self.environment},
            check=True,
            stdout=sys.stderr,
        )
        os.sync()

    def rows(self) -> int:
        """How many rows were read, as the receipts count them."""
        told = subprocess.run(
            [ROUNDTABLE, "receive", self.folder, "--json"],
            env={**os.environ, **self.environment},
            check=False,
            capture_output=True,
            text=True,
        ).stdout
        return sum(int(one["rows"]["received"] or 0) for one in json.loads(told))


def _away(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)


def lines() -> list[Line]:
    """Everything that is measured here."""
    with tempfile.TemporaryDirectory(prefix="roundtable-bench-") as scratch:
        return list(_measured(Path(scratch)))


def _measured(scratch: Path) -> Iterator[Line]:
    small = County(scratch, SMALL)
    say(f"a county of {SMALL:,}")
    made = in_turn({"made": small.making()}, TIMES)["made"]
    yield Line(f"a county of {SMALL:,}, all deliveries, wall", made.wall, "s", 20)
    small.clear()
    middle, large = County(scratch, MIDDLE), County(scratch, LARGE)
    say(f"a county of {MIDDLE:,}")
    measure(middle.making())
    middle.keep()
    say(f"a county of {LARGE:,}")
    made = measure(large.making())
    yield Line(f"a county of {LARGE:,}, all deliveries, wall (once)", made.wall, "s", 360)
    yield Line(f"a county of {LARGE:,}, peak memory of all its processes", made.peak / GIGABYTE, "GB", 4)
    large.keep()
    say("receiving")
    commands = {"receive": large.receiving(), "untyped": large.reading(), "middle": middle.receiving()}
    # Once each: they take minutes, and a slow spell weighs little in that.
    taken = in_turn(commands, 1)
    yield from _receiving(taken, middle.rows(), large.rows())


def _receiving(taken: dict[str, Measurement], few: int, many: int) -> Iterator[Line]:
    receive, untyped, middle = taken["receive"], taken["untyped"], taken["middle"]
    yield Line(f"receive of the county of {LARGE:,} ({many:,} rows), wall (once)", receive.wall, "s")
    yield Line("the same files read untyped and written as Parquet by DuckDB, wall", untyped.wall, "s")
    yield Line("receive to DuckDB, vault encrypted, wall", receive.wall / untyped.wall, "times", 6)
    yield Line("receive to DuckDB, vault encrypted, processor", receive.cpu / untyped.cpu, "times")
    yield Line(f"receive of the county of {MIDDLE:,} ({few:,} rows), wall", middle.wall, "s")
    cost = (receive.wall / many) / (middle.wall / few)
    yield Line(f"a row at {LARGE:,} people to a row at {MIDDLE:,}, wall", cost, "times", 1.3)
    yield Line(f"receive of the county of {LARGE:,}, peak memory", receive.peak / GIGABYTE, "GB", 4)
