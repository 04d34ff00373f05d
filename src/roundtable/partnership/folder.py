"""The partnership folder on disk: which files are read, and what has no business there."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from roundtable.errors import PartnershipUnusable, Place, Problem
from roundtable.partnership.file_kinds import CHARTER_FILE, FOLDERS, REFERENCE_FOLDER, FileKind
from roundtable.partnership.nearest import nearest

YAML_ENDINGS = (".yaml", ".yml")
DELIVERIES = "deliveries"
_WELCOME_STEMS = ("README", "LICENSE", "LICENCE")


@dataclass(frozen=True, order=True)
class FolderFile:
    """One file that is read.

    Attributes:
        shown: its path as the user would type it, for messages.
        inside: its path inside the folder, with forward slashes.
        path: where to read it.
        kind: what it holds; None for a CSV file of reference figures.
    """

    shown: str
    inside: str
    path: Path
    kind: FileKind | None

    @property
    def stem(self) -> str:
        """Its name without the ending."""
        return self.path.stem


@dataclass(frozen=True)
class Survey:
    """What stands in the folder, each in order of its path."""

    yaml_files: tuple[FolderFile, ...]
    csv_files: tuple[FolderFile, ...]
    problems: tuple[Problem, ...]


def survey(folder: Path) -> Survey:
    """Find every file that is read and everything that should not be there.

    Raises:
        PartnershipUnusable: the folder is not a partnership at all.
    """
    require_partnership(folder)
    found = _Surveying(folder)
    with _readable(folder):
        found.top()
    files = sorted(found.files, key=lambda file: file.inside)
    return Survey(
        tuple(file for file in files if file.kind is not None),
        tuple(file for file in files if file.kind is None),
        tuple(found.problems),
    )


def read_bytes(file: FolderFile) -> bytes:
    """The bytes of a file.

    Raises:
        PartnershipUnusable: the system will not give them.
    """
    try:
        return file.path.read_bytes()
    except OSError as error:
        what = f"the file cannot be read: {error.strerror}"
        remedy = "Check that you may read it and that it is still there."
        raise PartnershipUnusable(Problem(Place(file.shown), "unreadable", what, remedy)) from None


def require_partnership(folder: Path) -> None:
    """See that a folder is a partnership's: that it has a `partnership.yaml`.

    Raises:
        PartnershipUnusable: it is not; the message says where the nearest one is, or how to begin.
    """
    with _readable(folder):
        _refuse_other_folders(folder)


@contextmanager
def _readable(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        what = f"the folder cannot be read: {error.strerror}"
        remedy = "Check that you may read it and everything in it."
        raise PartnershipUnusable(Problem(Place(_printable(folder)), "unreadable", what, remedy)) from None


def _refuse_other_folders(folder: Path) -> None:
    place = Place(_printable(folder))
    begin = f"Name the folder that holds {CHARTER_FILE}, or begin one with `roundtable init {place.file}`."
    if not folder.exists():
        raise PartnershipUnusable(Problem(place, "not-a-partnership", "there is no such folder", begin))
    if not folder.is_dir():
        raise PartnershipUnusable(Problem(place, "not-a-partnership", "this is a file, not a folder", begin))
    if (folder / CHARTER_FILE).is_file():
        return
    what = f"this folder is not a partnership: it has no {CHARTER_FILE}"
    raise PartnershipUnusable(Problem(place, "not-a-partnership", what, _likely(folder) or begin))


def _likely(folder: Path) -> str | None:
    """Where the partnership probably is, when it is not here."""
    names = sorted(entry.name for entry in folder.iterdir())
    inside = next((name for name in names if (folder / name / CHARTER_FILE).is_file()), None)
    if inside is not None:
        return f"Did you mean {_printable(folder / inside)}, which has one?"
    if (folder.resolve().parent / CHARTER_FILE).is_file():
        return f"Did you mean the folder above it ({_printable(folder / '..')}), which has one?"
    near = next((name for name in names if Path(name).stem.casefold() == "partnership"), None)
    if near is not None and near != CHARTER_FILE:
        return f"Did you mean '{near}'? Rename it to {CHARTER_FILE}."
    return None


class _Surveying:
    """Goes through the folder once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.files: list[FolderFile] = []
        self.problems: list[Problem] = []
        self._root = folder.resolve()

    def top(self) -> None:
        """Everything directly in the folder."""
        for entry in self._entries(self.folder):
            name = entry.name
            if name == DELIVERIES or self._left_the_folder(entry):
                continue
            if name == CHARTER_FILE:
                self._read(entry, FileKind.PARTNERSHIP)
            elif name in FOLDERS and entry.is_dir():
                self._inside(entry, FOLDERS[name])
            elif name in FOLDERS:
                self._stray(entry, f"'{name}' is a file where a folder should be", "Make it a folder.")
            elif entry.is_dir() or not _is_welcome(name):
                self._stray_top(entry)

    def _inside(self, folder: Path, kind: FileKind) -> None:
        for entry in self._entries(folder):
            if self._left_the_folder(entry):
                continue
            if entry.is_dir():
                remedy = f"Move its files up into {folder.name}/, or move it out of the partnership."
                self._stray(entry, f"folders inside {folder.name}/ are not read", remedy)
            elif entry.suffix in YAML_ENDINGS:
                self._read(entry, kind)
            elif entry.suffix == ".csv" and folder.name == REFERENCE_FOLDER:
                self._read(entry, None)
            elif not _is_welcome(entry.name):
                stem = entry.name.split(".")[0]
                remedy = f"Write it as YAML in {stem}.yaml, or move it out of {folder.name}/."
                self._stray(entry, f"'{entry.name}' does not end in .yaml and is not read", remedy)

    def _entries(self, folder: Path) -> Iterator[Path]:
        for entry in sorted(folder.iterdir()):
            if entry.name.startswith("."):
                continue
            if _printable(entry.name) != entry.name:
                self._stray(entry, "the file's name is not UTF-8", "Rename it with plain letters.")
            else:
                yield entry

    def _left_the_folder(self, entry: Path) -> bool:
        if not entry.is_symlink() or entry.resolve().is_relative_to(self._root):
            return False
        remedy = "Put a copy of the file there instead; a partnership's folder holds all that it says."
        self._stray(entry, "this link leads out of the partnership's folder", remedy, rule="link")
        return True

    def _read(self, entry: Path, kind: FileKind | None) -> None:
        if not entry.is_file():
            self._stray(entry, "this is not a file that can be read", "Put a file there, or delete it.")
            return
        inside = entry.relative_to(self.folder).as_posix()
        self.files.append(FolderFile(_printable(entry), inside, entry, kind))

    def _stray_top(self, entry: Path) -> None:
        known = FOLDERS if entry.is_dir() else {CHARTER_FILE: FileKind.PARTNERSHIP}
        near = nearest(entry.name, known)
        slash = "/" if entry.is_dir() else ""
        names = ", ".join([CHARTER_FILE, *(f"{name}/" for name in FOLDERS)])
        rename = f"Did you mean {near}{slash}? Rename it." if near else "Move it out of the folder."
        what = f"'{entry.name}{slash}' is not part of a partnership and is not read"
        self._stray(entry, what, f"{rename} What is read: {names}.")

    def _stray(self, entry: Path, what: str, remedy: str, *, rule: str = "stray-file") -> None:
        self.problems.append(Problem(Place(_printable(entry)), rule, what, remedy))


def _is_welcome(name: str) -> bool:
    return name.casefold().endswith(".md") or name.split(".")[0].upper() in _WELCOME_STEMS


def _printable(path: Path | str) -> str:
    return os.fsencode(path).decode("utf-8", "replace")
