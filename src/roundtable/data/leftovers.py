"""What a writer that was killed leaves behind: files that no snapshot names."""

from __future__ import annotations

import re
import shutil
from collections.abc import Collection, Iterator
from pathlib import Path

from roundtable.data.vault.lake_files import ENDINGS
from roundtable.ledger.address import private_folder

#: Pages of a run that tell of the data; the next run writes them anew.
PAGES = ("report.html",)

_NAME = re.compile(r"[0-9a-f]{64}")


def left_over_files(root: Path, named: Collection[tuple[str, str]]) -> Iterator[Path]:
    """The files of a lake, by the names that the lake gives, that are none of these (table, sha256)."""
    for path in sorted(root.glob("*/*")):
        if (
            path.suffix in ENDINGS
            and _NAME.fullmatch(path.stem)
            and (path.parent.name, path.stem) not in named
        ):
            yield path


def clear_folder(folder: Path) -> int:
    """Empty a folder of everything; how many things stood in it."""
    things = sorted(folder.iterdir()) if folder.is_dir() else []
    for thing in things:
        if thing.is_dir() and not thing.is_symlink():
            shutil.rmtree(thing)
        else:
            thing.unlink()
    return len(things)


def clear_pages(folder: Path) -> None:
    """Delete the pages of the last run of a partnership: they tell of data that may not be seen any more."""
    for name in PAGES:
        (private_folder(folder) / name).unlink(missing_ok=True)
