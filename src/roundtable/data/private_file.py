"""Files with people in them that leave: new, outside the partnership folder, for their owner's eyes alone."""

from __future__ import annotations

from pathlib import Path

from roundtable.data.durable import sync_file, sync_folder
from roundtable.errors import Place, Problem, SettingUnusable


def see_that_free(to: Path, folder: Path) -> None:
    """See that a file with people in it may be written somewhere.

    Args:
        to: the file.
        folder: the partnership folder.

    Raises:
        SettingUnusable: there is something already, its folder does not exist, or it is the partnership's.
    """
    place = Place(str(to))
    if to.exists():
        what, remedy = "there is something of this name already", "Give the name of a new file."
        raise SettingUnusable(Problem(place, "not-empty", what, remedy))
    if not to.absolute().parent.is_dir():
        what, remedy = "its folder does not exist", "Make the folder first, or give another."
        raise SettingUnusable(Problem(place, "no-folder", what, remedy))
    if to.resolve().is_relative_to(folder.resolve()):
        what = "it would stand in the partnership folder, where no personal data may"
        raise SettingUnusable(Problem(place, "inside-folder", what, "Give a place outside it."))


def write_privately(to: Path, text: str) -> None:
    """Write a file whole or not at all, that nobody but its owner ever may read."""
    draft = to.with_name(f".{to.name}.draft")
    draft.unlink(missing_ok=True)
    draft.touch(mode=0o600)
    draft.write_text(text, encoding="utf-8", newline="")
    sync_file(draft)
    draft.replace(to)
    sync_folder(to.absolute().parent)
