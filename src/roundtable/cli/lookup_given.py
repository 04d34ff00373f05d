"""What `roundtable lookup` was given: typed, read from a file, or the id of a record; one of the three."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from roundtable.errors import SettingUnusable
    from roundtable.linkage.lookup.asked import Asked

STANDARD_INPUT = "-"


def asked_from(typed: Mapping[str, str | None], file: str | None, record: str | None) -> Asked | str:
    """What is known of somebody, or the id of a record.

    Args:
        typed: what was typed, by the names of its parts.
        file: where to read it; `-` is standard input.
        record: the id of a record.

    Raises:
        SettingUnusable: nothing was given, or it was given in two ways, or the file cannot be opened.
        ForeignFileUnusable: the file does not say what is known.
    """
    from roundtable.linkage.lookup.asked_file import asked_of

    known = {name: text for name, text in typed.items() if text is not None}
    ways = [one for one in (known, file, record) if one]
    if len(ways) != 1:
        what = "nothing was given to look up" if not ways else "the person was given in two ways"
        raise _unusable("--from", what, "Give --from FILE, or --record ID, or what is known by its options.")
    if known.keys() & {"number", "dataset"} and not known.keys() >= {"number", "dataset"}:
        raise _unusable("--number", "a source's own number needs its dataset", "Give both.")
    if record is not None:
        return record
    return asked_of(known, "command line") if file is None else _read(file)


def _read(file: str) -> Asked:
    from roundtable.linkage.lookup.asked_file import MOST, asked_in

    if file == STANDARD_INPUT:
        return asked_in(sys.stdin.buffer.read(MOST + 1), "standard input")
    try:
        with Path(file).expanduser().open("rb") as opened:
            return asked_in(opened.read(MOST + 1), file)
    except OSError as error:
        raise _unusable("--from", f"'{file}' cannot be opened", str(error.strerror or error)) from None


def _unusable(option: str, what: str, remedy: str) -> SettingUnusable:
    from roundtable.errors import Place, Problem, SettingUnusable

    return SettingUnusable(Problem(Place("command line", key=option), "lookup-given", what, remedy))
