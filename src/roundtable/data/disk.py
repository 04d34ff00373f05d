"""A full disk, in one place: room asked for beforehand, and what everybody's errors say about it."""

from __future__ import annotations

import errno
import shutil
from pathlib import Path
from types import TracebackType

from roundtable.errors import DiskFull, Place, Problem, UserError

_FULL = (errno.ENOSPC, errno.EDQUOT)
#: What libraries say that do not hand the system's own number on.
_SAYINGS = (
    "no space left on device",
    "disk quota exceeded",
    "database or disk is full",
    "failed to offload data block",
    "could not write all the data",
)


def ensure_room(folder: Path, wanted: int) -> None:
    """See that a disk has room for so many bytes, before anything is written.

    Args:
        folder: where they will be written; it need not exist yet.
        wanted: how many.

    Raises:
        DiskFull: it has less.
    """
    free = shutil.disk_usage(_standing(folder)).free
    if free < wanted:
        what = f"{wanted:,} bytes are needed and {free:,} are free"
        raise DiskFull(Problem(Place(str(folder)), "disk-full", what, "free some space and run again"))


class room_to_write:
    """While the block lasts, an error that means a full disk becomes a DiskFull; others pass as they are."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __enter__(self) -> None:
        return None

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if isinstance(error, Exception) and means_full_disk(error):
            raise disk_full(self._folder) from error


def means_full_disk(error: Exception) -> bool:
    """Whether an error, whoever raised it, comes from a disk that is full."""
    if isinstance(error, UserError):
        return False
    if isinstance(error, OSError) and error.errno in _FULL:
        return True
    told = str(error).lower()
    return any(saying in told for saying in _SAYINGS)


def disk_full(folder: Path) -> DiskFull:
    """The error that tells a user so."""
    remedy = "free some space and run again; what was there before still stands"
    return DiskFull(Problem(Place(str(folder)), "disk-full", "there is no room left on the disk", remedy))


def _standing(folder: Path) -> Path:
    """The folder, or the nearest one above it that exists."""
    return next(place for place in (folder.absolute(), *folder.absolute().parents) if place.exists())
