"""What an export gives: the files, and what a standard asks for that the folder does not say."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

#: How many things are named that lack one field.
_NAMED = 3


@dataclass(frozen=True, order=True)
class Missing:
    """Something that is left blank.

    Attributes:
        about: the id of what it is about.
        field: what the standard calls it.
        where: where it would be written in the folder, or who could say it.
    """

    about: str
    field: str
    where: str

    def __str__(self) -> str:
        return f"{self.about}: {self.field} ({self.where})"


def told_missing(missing: Iterable[Missing]) -> list[str]:
    """The same, each field told once with how many lack it and the first of them, in order of the fields."""
    groups: dict[tuple[str, str], list[Missing]] = {}
    for one in missing:
        groups.setdefault((one.field, one.where.replace(f"/{one.about}.", "/*.")), []).append(one)
    return [_told(field, where, those) for (field, where), those in sorted(groups.items())]


def _told(field: str, where: str, those: Sequence[Missing]) -> str:
    if len(those) == 1:
        return str(those[0])
    first = ", ".join(one.about for one in those[:_NAMED])
    more = f" and {len(those) - _NAMED} more" if len(those) > _NAMED else ""
    return f"{field} of {len(those)}: {first}{more} ({where})"


@dataclass(frozen=True)
class Exported:
    """The files of an export by their names, whatever is blank in them, and what they cannot hold."""

    files: dict[str, bytes]
    missing: tuple[Missing, ...] = ()
    told: tuple[str, ...] = ()


def as_json(value: Any) -> bytes:
    """One JSON document, in the order given."""
    return (json.dumps(value, indent=2, ensure_ascii=False) + "\n").encode()


def without_blanks(mapping: dict[str, Any]) -> dict[str, Any]:
    """The same without what is not given; `false` and `0` are given."""
    return {key: value for key, value in mapping.items() if value not in (None, "", [], (), {})}
