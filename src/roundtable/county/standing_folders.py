"""Where a county is put: whole or not at all, and never over files that are not an earlier county's."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from roundtable.county.truth_files import ABOUT
from roundtable.errors import Place, Problem, SettingUnusable

_DELIVERIES = "deliveries"
_UNFINISHED = ".county-unfinished"
#: Which deliveries an earlier county put there: a path a line, inside `deliveries/`.
_LIST = Path(".roundtable", "county-deliveries.txt")


@dataclass(frozen=True)
class Folders:
    """Where a county is put.

    Attributes:
        partnership: the partnership folder, whose `deliveries/` gets the files.
        truth: the folder for the truth; never inside the partnership folder.
        later: the folder for deliveries that are held back.
    """

    partnership: Path
    truth: Path
    later: Path


@dataclass(frozen=True)
class Unfinished:
    """Where the parts of a county stand while it is made."""

    deliveries: Path
    truth: Path
    later: Path


def folders_of(partnership: Path, truth: Path | None) -> Folders:
    """The folders of a county: beside the partnership folder, where no other is given for the truth.

    Raises:
        SettingUnusable: the truth would lie inside the partnership folder, where a run could read it.
    """
    beside = partnership.absolute()
    chosen = truth if truth is not None else beside.with_name(f"{beside.name}-truth")
    if chosen.resolve().is_relative_to(partnership.resolve()):
        what = "the truth would lie inside the partnership folder, where a run could read it"
        problem = Problem(
            Place(str(chosen)), "county-truth", what, "Give a folder elsewhere: --truth FOLDER."
        )
        raise SettingUnusable(problem)
    return Folders(partnership, chosen, beside.with_name(f"{beside.name}-later"))


def refuse_others(folders: Folders) -> None:
    """See that nothing stands in the way that an earlier county did not put there.

    Raises:
        SettingUnusable: something does; nothing has been written.
    """
    known = _listed(folders.partnership)
    for root in (folders.partnership / _DELIVERIES, folders.later):
        for path in _files(root):
            if path.relative_to(root).as_posix() not in known:
                what = "this file was not put here by an earlier county, and a county would stand beside it"
                remedy = "Give another folder, or move what is delivered there away."
                raise SettingUnusable(Problem(Place(str(path)), "county-folder", what, remedy))
    if _files(folders.truth) and not (folders.truth / ABOUT).is_file():
        what = "the folder for the truth holds something that is not an earlier county's truth"
        remedy = "Give an empty or a new folder: --truth FOLDER."
        raise SettingUnusable(Problem(Place(str(folders.truth)), "county-truth", what, remedy))


@contextmanager
def begun(folders: Folders) -> Iterator[Unfinished]:
    """Places to make a county in, out of the way of what stands; they are cleared away whatever happens.

    Raises:
        SettingUnusable: something stands in the way.
    """
    refuse_others(folders)
    unfinished = Unfinished(
        folders.partnership / _DELIVERIES / _UNFINISHED,
        folders.truth / _UNFINISHED,
        folders.later / _UNFINISHED,
    )
    places = (unfinished.deliveries, unfinished.truth, unfinished.later)
    try:
        for place in places:
            shutil.rmtree(place, ignore_errors=True)
        unfinished.deliveries.mkdir(parents=True)
        yield unfinished
    finally:
        for place in places:
            shutil.rmtree(place, ignore_errors=True)
        _without_empty(folders.later)


def published(folders: Folders, unfinished: Unfinished) -> None:
    """Put a county that is whole in the place of an earlier one."""
    earlier = _listed(folders.partnership)
    made = {
        path.relative_to(root).as_posix()
        for root in (unfinished.deliveries, unfinished.later)
        for path in _files(root)
    }
    # Both are listed first, so that whatever is interrupted is known for a county's the next time.
    _list(folders.partnership, earlier | made)
    for root in (folders.partnership / _DELIVERIES, folders.later):
        for name in earlier:
            (root / name).unlink(missing_ok=True)
    for path in _files(folders.truth):
        path.unlink()
    for source, target in (
        (unfinished.deliveries, folders.partnership / _DELIVERIES),
        (unfinished.later, folders.later),
        (unfinished.truth, folders.truth),
    ):
        for path in _files(source):
            goal = target / path.relative_to(source)
            goal.parent.mkdir(parents=True, exist_ok=True)
            path.replace(goal)
    _list(folders.partnership, made)
    for root in (folders.partnership / _DELIVERIES, folders.later):
        _without_empty(root)


def _files(root: Path) -> list[Path]:
    """Every file below a folder, but for those that are unfinished."""
    if not root.is_dir():
        return []
    return sorted(
        path
        for path in root.rglob("*")
        if not path.is_dir() and _UNFINISHED not in path.relative_to(root).parts
    )


def _without_empty(root: Path) -> None:
    for folder in sorted((path for path in root.rglob("*") if path.is_dir()), reverse=True):
        if not any(folder.iterdir()):
            folder.rmdir()
    if root.is_dir() and root.name != _DELIVERIES and not any(root.iterdir()):
        root.rmdir()


def _listed(partnership: Path) -> frozenset[str]:
    path = partnership / _LIST
    return frozenset(path.read_text(encoding="utf-8").splitlines()) if path.is_file() else frozenset()


def _list(partnership: Path, names: frozenset[str] | set[str]) -> None:
    path = partnership / _LIST
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(f"{name}\n" for name in sorted(names)), encoding="utf-8")
