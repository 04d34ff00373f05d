"""What is known of somebody, read from a file or standard input: JSON, or CSV of a heading and a line.

Identifiers that are typed on a command line stay in the shell's history and show in its list of processes;
those that are read from here do not.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from roundtable.errors import ForeignFileUnusable, Place, Problem
from roundtable.linkage.lookup.asked import FILLS, Asked
from roundtable.partnership.encoding import decoded
from roundtable.partnership.nearest import nearest

#: More bytes than a record of one person ever has.
MOST = 64 * 1024
_PARTS = (*FILLS, "dataset")
#: The columns of a person's record are taken by their own names too.
_BY_COLUMN = {column: part for part, column in FILLS.items()}
_REMEDY = 'Write {"given": …, "surname": …, "born": "2001-02-03"}, or a heading and one line of CSV.'


def asked_in(content: bytes, file: str) -> Asked:
    """What a file says is known.

    Args:
        content: its bytes.
        file: what to call it in a message.

    Raises:
        ForeignFileUnusable: it is neither a JSON object nor one line of CSV, or names a part that there is
            not. No value stands in the message.
        PartnershipUnusable: it is no text in UTF-8.
    """
    if len(content) > MOST:
        raise _unusable(file, "too-large", f"the file has more than {MOST:,} bytes", _REMEDY)
    text = decoded(content, file)
    told = _from_json(text, file) if text.lstrip().startswith("{") else _from_csv(text, file)
    return asked_of(told, file)


def asked_of(told: Mapping[str, Any], file: str) -> Asked:
    """What is known, by the names of its parts.

    Raises:
        ForeignFileUnusable: a part that there is not, or one twice, or a day that is none.
    """
    found: dict[str, Any] = {}
    for written, value in told.items():
        part = _part(written, file)
        if value is None or (isinstance(value, str) and not value.strip()):
            continue
        if part in found:
            raise _unusable(file, "said-twice", f"'{part}' is said twice", "Say it once.", part)
        if not isinstance(value, str | int) or isinstance(value, bool):
            raise _unusable(file, "no-text", f"'{part}' is no text", "Write it in quotation marks.", part)
        found[part] = _day(str(value).strip(), file) if part == "born" else str(value).strip()
    return Asked(**found)


def _part(written: str, file: str) -> str:
    name = written.strip().casefold().replace("-", "_").replace(" ", "_")
    name = _BY_COLUMN.get(name, name)
    if name in _PARTS:
        return name
    near = nearest(name, _PARTS)
    hint = f"Did you mean '{near}'? " if near else ""
    what = "there is a part that is not known" if near is None else f"there is no part '{written.strip()}'"
    raise _unusable(file, "unknown-part", what, f"{hint}There are: {', '.join(_PARTS)}.")


def _day(text: str, file: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        what = "'born' is not a day"
        raise _unusable(file, "no-day", what, "Write it as 2001-02-03.", "born") from None


def _from_json(text: str, file: str) -> Mapping[str, Any]:
    try:
        told = json.loads(text, object_pairs_hook=lambda pairs: _once(pairs, file))
    except (ValueError, RecursionError):
        raise _unusable(file, "no-json", "this is not JSON", _REMEDY) from None
    if not isinstance(told, dict):
        raise _unusable(file, "no-object", "this is not one JSON object", _REMEDY)
    return told


def _once(pairs: list[tuple[str, Any]], file: str) -> dict[str, Any]:
    told = dict(pairs)
    if len(told) < len(pairs):
        raise _unusable(file, "said-twice", "a part is said twice", "Say each part once.")
    return told


def _from_csv(text: str, file: str) -> Mapping[str, Any]:
    try:
        lines = [line for line in csv.reader(io.StringIO(text), strict=True) if any(line)]
    except csv.Error:
        raise _unusable(file, "no-csv", "this is not CSV", _REMEDY) from None
    if len(lines) != 2 or len(lines[0]) != len(lines[1]):
        what = f"there are {len(lines)} lines, or the two are not of one length"
        raise _unusable(file, "no-line", what, _REMEDY)
    return _once(list(zip(*lines, strict=True)), file)


def _unusable(file: str, rule: str, what: str, remedy: str, key: str = "") -> ForeignFileUnusable:
    return ForeignFileUnusable(Problem(Place(file, key=key), rule, what, remedy))
