"""Files written whole or not at all: each is made beside its place first, then moved there."""

from __future__ import annotations

import errno
from collections.abc import Mapping
from pathlib import Path

from roundtable.errors import DiskFull, Place, Problem, SettingUnusable


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
