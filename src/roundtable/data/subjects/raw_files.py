"""Delivered files that hold an erased person: found by what they hold, and destroyed whole.

A file cannot be written anew without one row and still be the file that was received, so it goes. What it
brought stays in the lake without the person, and its receipt says what it was.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from roundtable.data.durable import sync_folder
from roundtable.data.intake.finding_deliveries import FOLDER, NOTE_ENDING, SEALED_ENDING
from roundtable.data.lake import Lake
from roundtable.data.subjects.needles import Needles
from roundtable.data.subjects.proving import Search
from roundtable.ledger import deliveries


def raw_paths(folder: Path, wanted: Iterable[str]) -> tuple[Path, ...]:
    """Where the files of these deliveries stand, plain or encrypted; those that are there.

    A file whose note alone is left, as when `destroy` was killed between the two, is there too.
    """
    ids = frozenset(wanted)
    found: set[Path] = set()
    for record in deliveries.every_delivery():
        if record.delivery_id in ids:
            path = folder / record.file
            standing = [one for one in (path, path.with_name(path.name + SEALED_ENDING)) if one.is_file()]
            found.update(standing or ([path] if _note_of(path).is_file() else []))
    return tuple(sorted(found))


def raw_paths_that_hold(lake: Lake, needles: Needles) -> tuple[Path, ...]:
    """Every file below `deliveries/` in which something of the person is found, refused ones among them."""
    search = Search(needles, lake.keyring)
    root = lake.folder / FOLDER
    return tuple(path for path in _below(root) if search.has(path, path.relative_to(lake.folder).as_posix()))


def destroy(paths: Iterable[Path]) -> int:
    """Delete files and the notes beside them, so that it lasts; how many files that was."""
    gone = 0
    for path in sorted(set(paths)):
        gone += path.is_file()
        path.unlink(missing_ok=True)
        _note_of(path).unlink(missing_ok=True)
        if path.parent.is_dir():
            sync_folder(path.parent)
    return gone


def _note_of(path: Path) -> Path:
    return path.with_name(path.name.removesuffix(SEALED_ENDING) + NOTE_ENDING)


def _below(root: Path) -> Iterator[Path]:
    if root.is_dir():
        yield from (path for path in sorted(root.rglob("*")) if path.is_file() and not path.is_symlink())
