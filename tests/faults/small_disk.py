"""A disk as small as a test wants it: a file system in memory, mounted for as long as a block lasts."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.needs import needs

PAGE = 4096
#: The file that takes the room of others.
BALLAST = "ballast"


@contextmanager
def small_disk(folder: Path, size: int) -> Iterator[Path]:
    """A new disk of so many bytes, mounted on a folder that is made for it."""
    needs("the right to mount a small disk (root)", _may_mount(folder))
    folder.mkdir()
    _mount(folder, size)
    try:
        yield folder
    finally:
        subprocess.run(["umount", folder], check=True)


@contextmanager
def ballast(disk: Path, free: int) -> Iterator[None]:
    """Fill a disk until so many bytes are free, as long as the block lasts."""
    weight = shutil.disk_usage(disk).free - free
    assert weight > 0, "the disk is smaller than what is to stay free"
    _lay(disk / BALLAST, weight)
    try:
        yield
    finally:
        make_room(disk)


def fill(disk: Path) -> None:
    """Fill a disk to its last page, until somebody makes room."""
    if weight := shutil.disk_usage(disk).free:
        _lay(disk / BALLAST, weight)


def make_room(disk: Path) -> None:
    """Take away what fills the disk."""
    (disk / BALLAST).unlink(missing_ok=True)


def _lay(file: Path, weight: int) -> None:
    with file.open("wb") as handle:
        os.posix_fallocate(handle.fileno(), 0, weight)


def _may_mount(folder: Path) -> bool:
    if os.geteuid() != 0 or shutil.which("mount") is None:
        return False
    folder.mkdir()
    try:
        mounted = subprocess.run(["mount", "-t", "tmpfs", "tmpfs", folder], capture_output=True, check=False)
        if mounted.returncode == 0:
            subprocess.run(["umount", folder], check=True)
        return mounted.returncode == 0
    finally:
        folder.rmdir()


def _mount(folder: Path, size: int) -> None:
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", folder], check=True)
