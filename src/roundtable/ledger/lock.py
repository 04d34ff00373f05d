"""One writer at a time: a lock that the operating system drops by itself when its holder dies."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from roundtable.errors import Busy, Place, Problem
from roundtable.ledger.address import private_folder
from roundtable.ledger.database import make_private_folder

#: The partnership folders that this process is the writer of.
_written_here: set[Path] = set()


@contextmanager
def writer_lock(folder: Path) -> Iterator[None]:
    """Be the one process that writes to a partnership, until the block ends.

    Nobody waits: the second writer is told at once. Readers need no lock. On a folder that several
    machines share, the file system must pass `flock` on to them all.

    Raises:
        Busy: somebody is writing, be it another process or this one.
    """
    file = make_private_folder(folder) / "writer.lock"
    handle = os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        _take(handle, file)
        _written_here.add(folder.resolve())
        try:
            yield
        finally:
            _written_here.discard(folder.resolve())
    finally:
        os.close(handle)


def is_writer(folder: Path) -> bool:
    """Whether this process holds the lock of a partnership folder."""
    return folder.resolve() in _written_here


def is_being_written(folder: Path) -> bool:
    """Whether any process holds it; asking takes no lock that a writer would meet."""
    file = private_folder(folder) / "writer.lock"
    if is_writer(folder) or not file.exists():
        return is_writer(folder)
    handle = os.open(file, os.O_RDONLY | os.O_CLOEXEC)
    try:
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(handle)
    return False


def _take(handle: int, file: Path) -> None:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        what = "another run is writing to this partnership"
        remedy = "wait for it to end, then run again; if it was killed, the lock is already gone"
        raise Busy(Problem(Place(str(file)), "writer-lock", what, remedy)) from error
