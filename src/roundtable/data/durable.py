"""Files and folders that are still there after a power cut."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

_AT_A_TIME = 1 << 20


def sync_file(path: Path) -> None:
    """See that what was written to a file is on the disk."""
    _sync(path, os.O_RDONLY)


def sync_folder(folder: Path) -> None:
    """See that the names in a folder are on the disk."""
    _sync(folder, os.O_RDONLY | os.O_DIRECTORY)


def lasting_folder(folder: Path) -> None:
    """Make a folder, and those above it that are missing, so that they last."""
    if not folder.is_dir():
        lasting_folder(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)
        sync_folder(folder.parent)


def write_lasting(path: Path, text: str) -> None:
    """Write a small file whole or not at all, so that it lasts."""
    draft = path.with_name(f".{path.name}.draft")
    draft.write_text(text, encoding="utf-8")
    sync_file(draft)
    draft.replace(path)
    sync_folder(path.parent)


def file_sha256(path: Path) -> str:
    """SHA-256 of a file's bytes, read a little at a time."""
    found = hashlib.sha256()
    with path.open("rb") as file:
        while read := file.read(_AT_A_TIME):
            found.update(read)
    return found.hexdigest()


def _sync(path: Path, flags: int) -> None:
    handle = os.open(path, flags)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
