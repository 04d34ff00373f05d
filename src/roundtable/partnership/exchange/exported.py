"""What an export gives: the files, and what a standard asks for that the folder does not say."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any


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
