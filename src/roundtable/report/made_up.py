"""Whether what is measured was made up: a synthetic county leaves a list of its files in the folder.

Without this, a page of a synthetic county under a real partnership's name looks like a page of real people.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from roundtable.ledger.address import private_folder

#: Written by `roundtable county`: a path a line, inside `deliveries/`.
LIST = "county-deliveries.txt"


def made_up(folder: Path, files: Iterable[str]) -> bool:
    """Whether any of these delivered files is of a synthetic county.

    Args:
        folder: the partnership folder.
        files: where deliveries stood, from the partnership folder.
    """
    path = private_folder(folder) / LIST
    if not path.is_file():
        return False
    listed = set(path.read_text(encoding="utf-8").splitlines())
    return any(file.removeprefix("deliveries/") in listed for file in files)
