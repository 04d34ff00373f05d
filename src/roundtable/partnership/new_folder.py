"""A new partnership folder: small, whole and without a fault, to be changed into one's own."""

from __future__ import annotations

import errno
import json
import re
import shutil
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from enum import StrEnum
from pathlib import Path

from roundtable.errors import DiskFull, Place, Problem, SettingUnusable
from roundtable.partnership.loading import load_partnership
from roundtable.partnership.model.whole import Area
from roundtable.partnership.schema import SCHEMA_FOLDER, write_schema_files

HERE = Path(__file__).parent
#: How long before the day described the template's meeting was held.
_BEFORE = timedelta(days=7)
#: How long the agreement of a template runs, and after how long it is looked at again.
_RUNS, _REVIEWED = timedelta(days=730), timedelta(days=365)
_PLACEHOLDER = re.compile(r"\{\{(\w+)\}\}")
#: What the template is made of; anything else that stands there is not part of it.
_ENDINGS = (".yaml", ".md", ".txt")
#: Under which name each file of the template is written, when not its own.
_RENAMED = {"gitignore.txt": ".gitignore"}


class Starter(StrEnum):
    """What a new partnership begins with."""

    OPEN_DATA = "open-data"
    """One scenario on open data, with nothing about any person: what nobody has to ask for."""
    PROPERTY_FLAGS = "property-flags"
    """Fire, adult social care and one hospital trust share flags on properties, and no names."""

    @property
    def template(self) -> Path:
        """The folder that it is made from."""
        return HERE / {Starter.OPEN_DATA: "template", Starter.PROPERTY_FLAGS: "template_property_flags"}[self]


def new_folder(
    folder: Path, name: str, as_of: date, starter: Starter = Starter.OPEN_DATA
) -> tuple[Path, ...]:
    """Make a partnership folder from a template, whole or not at all.

    Args:
        folder: where it is to be: a name that is free, or an empty folder.
        name: the partnership's name.
        as_of: the day that the folder describes.
        starter: what it begins with.

    Returns:
        The files written, as paths inside the folder, in order.

    Raises:
        SettingUnusable: something stands there already, it cannot be written, or the name is empty.
        DiskFull: there is no room; nothing has been written.
    """
    _refuse(folder, name)
    unfinished = folder.absolute().parent / f".{folder.absolute().name}.unfinished"
    try:
        shutil.rmtree(unfinished, ignore_errors=True)
        _write(unfinished, starter.template, _words(folder, name, as_of))
        unfinished.replace(folder.absolute())
    except OSError as error:
        shutil.rmtree(unfinished, ignore_errors=True)
        raise _cannot_write(folder, error) from error
    return tuple(sorted(path.relative_to(folder) for path in folder.rglob("*") if path.is_file()))


def area_written(folder: Path) -> Area:
    """The area that stands in a new folder: the template's, until somebody puts their own."""
    return load_partnership(folder).charter.area


def filled(text: str, words: Mapping[str, str]) -> str:
    """A template with each `{{word}}` replaced by what stands for it."""
    return _PLACEHOLDER.sub(lambda found: words[found[1]], text)


def _refuse(folder: Path, name: str) -> None:
    place = Place(str(folder))
    if not name.strip() or not name.isprintable():
        what = "a partnership needs a name, on one line"
        raise SettingUnusable(
            Problem(Place("--name"), "name", what, "Give it one: --name 'Our partnership'.")
        )
    if folder.exists() and not folder.is_dir():
        what = "there is a file of this name"
        raise SettingUnusable(Problem(place, "not-empty", what, "Give the name of a new folder."))
    if folder.is_dir() and any(folder.iterdir()):
        what = "there is something in this folder already, and nothing was written to it"
        raise SettingUnusable(Problem(place, "not-empty", what, "Give the name of a new or an empty folder."))


def _words(folder: Path, name: str, as_of: date) -> dict[str, str]:
    """What stands for each placeholder of the template, by its name."""
    identifier = re.sub(r"[\W_]+", "-", folder.absolute().name.casefold()).strip("-")[:80]
    return {
        "id": json.dumps(identifier or "partnership", ensure_ascii=False),
        "name": json.dumps(name.strip(), ensure_ascii=False),
        "title": name.strip(),
        "as_of": as_of.isoformat(),
        "year": f"{as_of.year:04}",
        # Before the day described, so that a real first meeting on that day is not taken for this one.
        "met_on": _shifted(as_of, -_BEFORE),
        "review_by": _shifted(as_of, _REVIEWED),
        "ends": _shifted(as_of, _RUNS),
    }


def _shifted(day: date, by: timedelta) -> str:
    """A day some time before or after another, or that day where the calendar ends between."""
    try:
        return (day + by).isoformat()
    except OverflowError:
        return day.isoformat()


def _write(folder: Path, template: Path, words: dict[str, str]) -> None:
    folder.mkdir(parents=True)
    for source in _files_of(template):
        inside = source.relative_to(template)
        target = folder / inside.with_name(_RENAMED.get(inside.name, inside.name))
        target.parent.mkdir(parents=True, exist_ok=True)
        text = source.read_text(encoding="utf-8")
        target.write_text(filled(text, words), encoding="utf-8")
    write_schema_files(folder / SCHEMA_FOLDER)


def _files_of(template: Path) -> Iterator[Path]:
    return (path for path in sorted(template.rglob("*")) if path.is_file() and path.suffix in _ENDINGS)


def _cannot_write(folder: Path, error: OSError) -> SettingUnusable | DiskFull:
    place = Place(str(folder))
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        what = "there is no room for the new folder, and nothing was left behind"
        return DiskFull(Problem(place, "disk-full", what, "Make room and try again."))
    what = f"the folder cannot be made: {error.strerror}"
    return SettingUnusable(Problem(place, "unwritable", what, "Choose a place where you may write."))
