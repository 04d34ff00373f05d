"""Files written whole or not at all, and never over anything or into the partnership folder unasked.

Each is made beside its place first, then moved there.
"""

from __future__ import annotations

import errno
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from roundtable.errors import DiskFull, Place, Problem, SettingUnusable


def refuse_unfit(to: Path, partnership: Path, *, files: Iterable[Path] | None = None, replace: bool) -> None:
    """Make sure that files may be written where they are to go, before any of them is.

    Args:
        to: what the user named: a file, or the folder of several.
        partnership: the partnership folder. What is made of it never lies in it, or the next person
            takes a draft for what is agreed, and `check` complains of it.
        files: the files that would be written; the one that was named, unless it is a folder.
        replace: whether files that stand there may be written over.

    Raises:
        SettingUnusable: it lies inside the partnership folder, or a file stands there already.
    """
    if to.resolve().is_relative_to(partnership.resolve()):
        raise SettingUnusable(_inside(to, partnership))
    refuse_standing([to] if files is None else files, replace=replace)


def refuse_standing(targets: Iterable[Path], *, replace: bool) -> None:
    """Make sure that nothing is written over unless it is asked for.

    Raises:
        SettingUnusable: with every file that stands there already, and is not to be replaced.
    """
    problems = list(_standing(targets, replace=replace))
    if problems:
        raise SettingUnusable(problems)


def ending_of(to: Path, known: Sequence[str], what: str) -> str:
    """The ending of a file's name, in small letters.

    Args:
        to: the file to write.
        known: the endings that it may have, each with its dot.
        what: what is to be written, such as `a draft`.

    Raises:
        SettingUnusable: it has another, or none; a name such as `.md` is an ending and no name.
    """
    refuse_ending_alone(to)
    ending = to.suffix.casefold()
    if ending in known:
        return ending
    told = f"{what} cannot be written as '{ending}'" if ending else f"the name '{to.name}' has no ending"
    raise _setting(f"{told}", f"Give a file that ends in {', '.join(known)}.")


def refuse_ending_alone(to: Path) -> None:
    """Make sure that a target has a name.

    Raises:
        SettingUnusable: it is only an ending, such as `.svg`.
    """
    if to.name.startswith(".") and not to.suffix and to.name.strip("."):
        raise _setting(f"'{to.name}' is an ending without a name", f"Give a name before it: town{to.name}.")


def write_files(folder: Path, contents: Mapping[str, bytes | None]) -> tuple[Path, ...]:
    """Write every file into a folder, which is made where it is not there.

    Args:
        folder: where.
        contents: the bytes of each file by its path inside the folder; None for a file that goes.

    Returns:
        The files written, in order of their paths.

    Raises:
        SettingUnusable: one of them cannot be written.
        DiskFull: there is no room; nothing was changed.
    """
    made: list[tuple[Path, Path]] = []
    try:
        for inside, content in sorted(contents.items()):
            if content is not None:
                made.append(_beside(folder / inside, content))
        for unfinished, path in made:
            unfinished.replace(path)
        for inside, content in contents.items():
            if content is None:
                (folder / inside).unlink(missing_ok=True)
    except OSError as error:
        for unfinished, _ in made:
            unfinished.unlink(missing_ok=True)
        raise _cannot_write(folder, error) from error
    return tuple(path for _, path in made)


def write_file(path: Path, content: bytes) -> None:
    """Write one file.

    Raises:
        SettingUnusable: it cannot be written.
        DiskFull: there is no room; what was there before still stands.
    """
    write_files(path.parent, {path.name: content})


def _inside(path: Path, partnership: Path) -> Problem:
    beside = partnership.resolve().parent / path.name
    what = f"this lies inside the partnership folder {partnership}, which is for what is agreed"
    return Problem(Place(str(path)), "inside-the-folder", what, f"Name a place beside it, such as {beside}.")


def _standing(targets: Iterable[Path], *, replace: bool) -> Iterator[Problem]:
    for path in targets:
        if path.is_dir():
            what, remedy = "there is a folder of this name", "Choose another name."
            yield Problem(Place(str(path)), "not-free", what, remedy)
        elif path.exists() and not replace:
            what = "there is a file of this name already, and it was left as it is"
            yield Problem(Place(str(path)), "not-free", what, "Choose another name, or say --replace.")


def _setting(what: str, remedy: str) -> SettingUnusable:
    return SettingUnusable(Problem(Place("--to"), "unknown-format", what, remedy))


def _beside(path: Path, content: bytes) -> tuple[Path, Path]:
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".{path.name}.unfinished")
    try:
        unfinished.write_bytes(content)
    except OSError:
        unfinished.unlink(missing_ok=True)
        raise
    return unfinished, path


def _cannot_write(folder: Path, error: OSError) -> SettingUnusable | DiskFull:
    place = Place(str(error.filename or folder))
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        what = "there is no room for the file, and what was there before still stands"
        return DiskFull(Problem(place, "disk-full", what, "Make room and try again."))
    what = f"the file cannot be written: {error.strerror}"
    return SettingUnusable(Problem(place, "unwritable", what, "Choose a place where you may write."))
