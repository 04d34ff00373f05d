"""What taking in a foreign file would change in a folder: shown first, written only when asked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from roundtable.errors import ForeignFileUnusable, Place, Problem
from roundtable.partnership.exchange.changes import Change, changes_between
from roundtable.partnership.exchange.writing import write_files
from roundtable.partnership.exchange.yaml_editing import CannotEdit, edited, new_file


@dataclass(frozen=True)
class Plan:
    """What an import would do.

    Attributes:
        folder: the partnership folder.
        changes: every difference, in order of the files.
        kept: what has no row any more and stays all the same.
        contents: the bytes of each file that changes, by its path inside; None where it goes.
        told: what was left out or has to be added by hand, in sentences.
    """

    folder: Path
    changes: tuple[Change, ...]
    kept: tuple[str, ...]
    contents: dict[str, bytes | None]
    told: tuple[str, ...] = ()

    def write(self) -> None:
        """Do it.

        Raises:
            SettingUnusable: a file cannot be written; those before it have been.
            DiskFull: there is no room, and nothing was written.
        """
        write_files(self.folder, self.contents)


@dataclass(frozen=True)
class Edit:
    """One file as it is and as it should be.

    Attributes:
        inside: its path inside the folder.
        content: its bytes; None where there is no such file yet.
        now: what it says, as it is written.
        then: what it should say; None where it should go.
    """

    inside: str
    content: bytes | None
    now: Any
    then: Any

    def changes(self) -> Iterator[Change]:
        """Every difference."""
        if self.content is None or self.then is None:
            yield Change(self.inside, "", self.now, self.then)
        else:
            yield from changes_between(self.inside, self.now, self.then)


def contents_of(edits: list[Edit]) -> dict[str, bytes | None]:
    """The bytes of each file as it should be.

    Raises:
        ForeignFileUnusable: with every file that cannot be edited without changing what else it says.
    """
    contents: dict[str, bytes | None] = {}
    problems = []
    for edit in edits:
        try:
            contents[edit.inside] = _content(edit)
        except CannotEdit:
            what = "the file is written in a way that cannot be edited from outside (aliases, perhaps)"
            remedy = "Write out what '*name' repeats, or make the change in the file by hand."
            problems.append(Problem(Place(edit.inside), "cannot-edit", what, remedy))
    if problems:
        raise ForeignFileUnusable(problems)
    return contents


def _content(edit: Edit) -> bytes | None:
    if edit.then is None:
        return None
    return new_file(edit.then) if edit.content is None else edited(edit.content, edit.now, edit.then)
