"""The demonstration: the example partnership with something delivered to it.

Where the real open data are at hand they are delivered as their publishers would. Elsewhere, or where
somebody asks for it, a synthetic county is made and sends what the example's contracts ask for: made-up
boundaries, and people who do not exist. It stands in a folder of its own, never in the source tree.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import roundtable
from roundtable.county.making import Wanted, make_county
from roundtable.county.plan import CountyPlan
from roundtable.county.standing_folders import folders_of
from roundtable.errors import Place, Problem, SettingUnusable
from roundtable.governance.clock import Clock
from roundtable.governance.keys import held_keyring, make_keys
from roundtable.ledger.database import open_ledger
from roundtable.partnership.loading import load_partnership

EXAMPLE = "north-yorkshire"
#: The published open data of the example, by the dataset of the contract they fulfil.
OPEN_DATA = {
    "boundaries-lsoa11": "place/ny_lsoa11.geojson",
    "boundaries-msoa11": "place/ny_msoa11.geojson",
    "deprivation-lsoa11": "place/england_imd2019_lsoa11.csv.gz",
    "police-uk": "place/police_uk_north_yorkshire.zip",
    "population-lsoa11": "place/ny_population2020_lsoa11_by_age.csv.gz",
}
#: How many people the demonstration's county has, and from what its chances are drawn.
PEOPLE, SEED = 30_000, 1
#: How many nightly files there are at most.
NIGHTS = 7
#: What marks a folder as a demonstration; it holds how many people its county has, once it has one.
MARK = Path(".roundtable", "demonstration")


@dataclass(frozen=True)
class Demonstration:
    """Where it is, and what it holds in a sentence."""

    folder: Path
    told: str


@dataclass(frozen=True)
class CountyWished:
    """What county the demonstration is to have.

    Attributes:
        people: how many people live in it.
        instead: whether it is made although the real open data are at hand.
        processes: how many work at once; the county is the same however many do.
        progress: told how far it is.
    """

    people: int = PEOPLE
    instead: bool = False
    processes: int = 1
    progress: Callable[[str], None] = lambda told: None


def example_folder() -> Path:
    """The example partnership: inside an installed package, or in the checkout it runs from."""
    package = Path(roundtable.__file__).parent
    installed = package / "examples" / EXAMPLE
    return installed if installed.is_dir() else package.parents[1] / "examples" / EXAMPLE


def prepare(folder: Path, shared: Path, clock: Clock, county: CountyWished | None = None) -> Demonstration:
    """Make the demonstration folder, or bring an earlier one up to date.

    Args:
        folder: where it is to be; what an earlier demonstration delivered and ran is kept.
        shared: where the real open data stand, if they do.
        clock: the trusted clock, by which its keys are made.
        county: what county it is to have where the real data are not at hand.

    Raises:
        SettingUnusable: the folder holds something that is not a demonstration, or lies in the
            source tree; or a county is asked for where real data were delivered.
    """
    wished = county or CountyWished()
    example = example_folder()
    _refuse_unsafe(folder, example)
    (folder / ".roundtable").mkdir(parents=True, exist_ok=True)
    (folder / MARK).touch()
    shutil.copytree(example, folder, dirs_exist_ok=True)
    if not wished.instead and all((shared / name).is_file() for name in OPEN_DATA.values()):
        for dataset, name in sorted(OPEN_DATA.items()):
            _deliver(folder, dataset, shared / name)
        return Demonstration(
            folder,
            "Real open data of North Yorkshire were delivered to it. There are no people in them: "
            "`roundtable demo --county --to FOLDER` makes a county of people who do not exist instead.",
        )
    _see_to_keys(folder, clock)
    return _with_county(folder, wished)


def _see_to_keys(folder: Path, clock: Clock) -> None:
    """Make the keys of its identity vault, where they stand by the setting ROUNDTABLE_KEYS, once."""
    open_ledger(folder, load_partnership(folder).charter.id)
    if held_keyring(folder) is None:
        make_keys(folder, clock().date())


def _with_county(folder: Path, wished: CountyWished) -> Demonstration:
    """Make the county once: what was taken in of it need not stand in `deliveries/` any longer."""
    if (folder / MARK).read_text(encoding="utf-8") == str(wished.people):
        return Demonstration(folder, f"The county of {wished.people:,} people made for it before stands.")
    partnership = load_partnership(folder)
    plan = CountyPlan(wished.people, SEED, partnership.charter.as_of)
    folders = folders_of(folder, None)
    made = make_county(
        Wanted(plan, partnership.datasets, NIGHTS, processes=wished.processes), folders, wished.progress
    )
    (folder / MARK).write_text(str(wished.people), encoding="utf-8")
    return Demonstration(
        folder,
        f"A synthetic county of {wished.people:,} people who do not exist was delivered to it: "
        f"{len(made.files):,} files with {made.rows:,} rows. What is true of it stands apart, in "
        f"{folders.truth}. Nothing in it, boundaries included, says anything of the real North Yorkshire.",
    )


def _refuse_unsafe(folder: Path, example: Path) -> None:
    inside = Path(roundtable.__file__).resolve().parents[2]
    if (inside / "pyproject.toml").exists() and folder.resolve().is_relative_to(inside):
        raise SettingUnusable(_problem(folder, "lies inside the source tree", "give a folder outside it"))
    if folder.resolve() == example.resolve() or (
        folder.exists() and any(folder.iterdir()) and not (folder / MARK).exists()
    ):
        raise SettingUnusable(
            _problem(folder, "holds something that is not a demonstration", "give an empty or a new folder")
        )


def _problem(folder: Path, what: str, remedy: str) -> Problem:
    return Problem(
        Place(str(folder)), "demo-folder", f"the folder for the demonstration {what}", f"{remedy}: --to DIR"
    )


def _deliver(folder: Path, dataset: str, source: Path) -> None:
    target = folder / "deliveries" / dataset / source.name
    if target.exists():
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    # A hidden name until it is whole: the intake never sees half a copy.
    part = target.with_name(f".{target.name}")
    shutil.copyfile(source, part)
    part.replace(target)
