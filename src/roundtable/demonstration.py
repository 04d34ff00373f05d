"""The demonstration: the example partnership and, where they are at hand, its real open data.

It is made in a folder of its own, never in the source tree, and the real files are copied there as
their publishers would deliver them.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import roundtable
from roundtable.errors import Place, Problem, SettingUnusable

EXAMPLE = "north-yorkshire"
#: The published open data of the example, by the dataset of the contract they fulfil.
OPEN_DATA = {
    "boundaries-lsoa11": "place/ny_lsoa11.geojson",
    "boundaries-msoa11": "place/ny_msoa11.geojson",
    "deprivation-lsoa11": "place/england_imd2019_lsoa11.csv.gz",
    "police-uk": "place/police_uk_north_yorkshire.zip",
    "population-lsoa11": "place/ny_population2020_lsoa11_by_age.csv.gz",
}


@dataclass(frozen=True)
class Demonstration:
    """Where it is, and what it holds in a sentence."""

    folder: Path
    told: str


def example_folder() -> Path:
    """The example partnership: inside an installed package, or in the checkout it runs from."""
    package = Path(roundtable.__file__).parent
    installed = package / "examples" / EXAMPLE
    return installed if installed.is_dir() else package.parents[1] / "examples" / EXAMPLE


def prepare(folder: Path, shared: Path) -> Demonstration:
    """Make the demonstration folder, or bring an earlier one up to date.

    Args:
        folder: where it is to be; what an earlier demonstration delivered and ran is kept.
        shared: where the real open data stand, if they do.

    Raises:
        SettingUnusable: the folder holds something that is not a demonstration, or lies in the
            source tree.
    """
    example = example_folder()
    _refuse_unsafe(folder, example)
    (folder / ".roundtable").mkdir(parents=True, exist_ok=True)
    (folder / ".roundtable" / "demonstration").touch()
    shutil.copytree(example, folder, dirs_exist_ok=True)
    delivered = [_deliver(folder, dataset, shared / name) for dataset, name in sorted(OPEN_DATA.items())]
    if all(delivered):
        return Demonstration(folder, "Real open data of North Yorkshire were delivered to it.")
    return Demonstration(
        folder,
        f"The real open data are not all at {shared}, so part of them or none is delivered and the "
        "demonstration shows the partnership half. ROUNDTABLE_SHARED_DATA says where to look.",
    )


def _refuse_unsafe(folder: Path, example: Path) -> None:
    inside = Path(roundtable.__file__).resolve().parents[2]
    if (inside / "pyproject.toml").exists() and folder.resolve().is_relative_to(inside):
        raise SettingUnusable(_problem(folder, "lies inside the source tree", "give a folder outside it"))
    if folder.resolve() == example.resolve() or (
        folder.exists() and any(folder.iterdir()) and not (folder / ".roundtable" / "demonstration").exists()
    ):
        raise SettingUnusable(
            _problem(folder, "holds something that is not a demonstration", "give an empty or a new folder")
        )


def _problem(folder: Path, what: str, remedy: str) -> Problem:
    return Problem(
        Place(str(folder)), "demo-folder", f"the folder for the demonstration {what}", f"{remedy}: --to DIR"
    )


def _deliver(folder: Path, dataset: str, source: Path) -> bool:
    target = folder / "deliveries" / dataset / source.name
    if target.exists():
        return True
    if not source.is_file():
        return False
    target.parent.mkdir(parents=True, exist_ok=True)
    # A hidden name until it is whole: the intake never sees half a copy.
    part = target.with_name(f".{target.name}")
    shutil.copyfile(source, part)
    part.replace(target)
    return True
