"""Whole runs on real data, beside the script by hand, against the limits that the project has set itself.

Everything is made in a scratch folder (`TMPDIR`) and removed. Needs the real data, where
`ROUNDTABLE_SHARED_DATA` says.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench.lines import GIGABYTE, TIMES, DataMissing, Line, say
from bench.measure import Command, Measurement, in_turn, measure
from roundtable.demonstration import OPEN_DATA, example_folder
from roundtable.settings import shared_data_folder

ROUNDTABLE = Path(sys.executable).with_name("roundtable")
STREET_ROWS = 67_159
SMALL, LARGE = 300_000, 3_000_000
#: A third weight set, read from where it stands because its licence has not been cleared.
DAYS = "place/weights_cchi2026_north_yorkshire_category.csv"
DAYS_TABLE = """
table: harm_weights
id: cambridge-days
title: Cambridge Crime Harm Index, averaged to open categories
source: The shared data beside the project
status: unverified
scheme: police-uk-category
unit: days
rows_from: days.csv
code_column: police_uk_category
value_column: north_yorkshire_cchi_days
"""


class Workshop:
    """A scratch folder with archives and partnership folders in it."""

    def __init__(self, scratch: Path, shared: Path) -> None:
        self.scratch = scratch
        self.shared = shared

    def archive(self, rows: int) -> Path:
        """The longer archive of so many rows, made once."""
        target = self.scratch / f"{rows}.zip"
        if not target.exists():
            _run("bench.archive", self.shared / OPEN_DATA["police-uk"], rows, target)
        return target

    def partnership(self, name: str, archive: Path) -> None:
        """Make the example partnership with its deliveries, as if for the first time."""
        folder = self.scratch / name
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(example_folder(), folder)
        for dataset, file in OPEN_DATA.items():
            source = archive if dataset == "police-uk" else self.shared / file
            target = folder / "deliveries" / dataset / source.name
            target.parent.mkdir(parents=True)
            shutil.copyfile(source, target)
        (folder / "reference").mkdir(exist_ok=True)
        shutil.copyfile(self.shared / DAYS, folder / "reference" / "days.csv")
        (folder / "reference" / "days.yaml").write_text(DAYS_TABLE, encoding="utf-8")
        # What is still on its way to the disk would be charged to whoever runs next.
        os.sync()

    def run(self, name: str, archive: Path) -> Command:
        """A first run on an archive, in a folder made ready before each."""
        folder = self.scratch / name
        return Command((ROUNDTABLE, "run", folder), ready=lambda: self.partnership(name, archive))

    def by_hand(self, archive: Path, weights: Path, target: Path) -> Command:
        """The script by hand on the same archive."""
        lsoa, msoa = (self.shared / OPEN_DATA[f"boundaries-{kind}"] for kind in ("lsoa11", "msoa11"))
        return Command((sys.executable, "-m", "bench.by_hand", archive, lsoa, msoa, weights, target))


def _run(module: str, *words: str | Path | int) -> None:
    """Run one of the benchmark's own modules in a process of its own, so that this one stays small."""
    subprocess.run([sys.executable, "-m", module, *map(str, words)], check=True, stdout=sys.stderr)


def real_run(workshop: Workshop) -> Iterator[Line]:
    """The real archive, whole: start-up and report included; then again, with nothing changed."""
    say("the real archive")
    archive = workshop.shared / OPEN_DATA["police-uk"]
    whole = in_turn({"whole": workshop.run("real", archive)}, TIMES)["whole"]
    yield Line(f"{STREET_ROWS:,} street rows, whole, wall", whole.wall, "s", 12)
    yield Line(f"{STREET_ROWS:,} street rows, whole, processor", whole.cpu, "s")
    yield from unchanged_run(workshop.scratch / "real")


def unchanged_run(folder: Path) -> Iterator[Line]:
    """A second run with nothing changed: what it writes, and what it costs beside bare start-up."""
    before = fingerprints(folder)
    commands = {
        "start": Command((ROUNDTABLE, "--version")),
        "again": Command((ROUNDTABLE, "run", folder)),
    }
    taken = in_turn(commands, 2 * TIMES + 1)
    after = fingerprints(folder)
    changed = sorted(name for name in {*before, *after} if before.get(name) != after.get(name))
    if changed:
        say(f"written by a run with nothing changed: {changed}")
    yield Line("files written by a second run with nothing changed", len(changed), "", 0)
    yield Line("second run, wall", taken["again"].wall, "s")
    yield Line("`roundtable --version`, wall", taken["start"].wall, "s")
    yield Line("second run beyond bare start-up, wall", taken["again"].wall - taken["start"].wall, "s", 2)


def fingerprints(folder: Path) -> dict[str, tuple[int, str]]:
    """When each file was last written and the hash of what is in it, by name."""
    return {
        path.relative_to(folder).as_posix(): (
            path.stat().st_mtime_ns,
            hashlib.sha256(path.read_bytes()).hexdigest(),
        )
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def long_runs(workshop: Workshop) -> Iterator[Line]:
    """Ten times the rows: what a row costs, what memory it takes, and the script by hand beside it."""
    say(f"{SMALL:,} and {LARGE:,} rows: making the archives")
    small, large = workshop.archive(SMALL), workshop.archive(LARGE)
    weights, sums = workshop.scratch / "weights.csv", workshop.scratch / "by-hand.parquet"
    # The first run is for the weights and the comparison; it also warms the machine's cache.
    measure(workshop.run("large", large))
    _run("bench.totals", "weights", workshop.scratch / "large", weights)
    by_hand = workshop.by_hand(large, weights, sums)
    measure(by_hand)
    _run("bench.totals", "compare", workshop.scratch / "large", sums)
    say(f"{SMALL:,} and {LARGE:,} rows: measuring")
    commands = {
        "product": workshop.run("large", large),
        "by hand": by_hand,
        "small": workshop.run("small", small),
    }
    yield from long_lines(in_turn(commands, TIMES))


def long_lines(taken: dict[str, Measurement]) -> Iterator[Line]:
    """The lines of the long runs."""
    product, by_hand, small = taken["product"], taken["by hand"], taken["small"]
    yield Line(f"{LARGE:,} rows, wall", product.wall, "s")
    yield Line(f"{LARGE:,} rows, script by hand, wall", by_hand.wall, "s")
    yield Line("product to script by hand, wall", product.wall / by_hand.wall, "times", 3)
    yield Line("product to script by hand, processor", product.cpu / by_hand.cpu, "times")
    yield Line(f"{SMALL:,} rows, wall", small.wall, "s")
    cost = (product.wall / LARGE) / (small.wall / SMALL)
    yield Line(f"a row at {LARGE:,} to a row at {SMALL:,}, wall", cost, "times", 1.3)
    yield Line(f"{LARGE:,} rows, peak memory", product.peak / GIGABYTE, "GB", 2)
    yield Line(f"{LARGE:,} rows, script by hand, peak memory", by_hand.peak / GIGABYTE, "GB")


def lines() -> list[Line]:
    """Everything that is measured here.

    Raises:
        DataMissing: the real data are not at hand.
    """
    shared = shared_data_folder()
    if not (shared / OPEN_DATA["police-uk"]).is_file():
        raise DataMissing(f"The real data are not at {shared}; ROUNDTABLE_SHARED_DATA says where to look.")
    with tempfile.TemporaryDirectory(prefix="roundtable-bench-") as scratch:
        workshop = Workshop(Path(scratch), shared.resolve())
        return [*real_run(workshop), *long_runs(workshop)]
