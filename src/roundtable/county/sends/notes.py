"""The delivery note beside a file: how many rows, which bytes, what it covers, when it was drawn up."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

NOTE_ENDING = ".note.yaml"
WITHDRAWAL_ENDING = ".withdraw.note.yaml"
#: What a note says, by key, in the order in which it is written.
Said = Mapping[str, str | int | datetime | None]


def note_text(said: Said) -> str:
    """A note as YAML, a key a line in the order given; what is None is not said.

    Texts are quoted, because a period such as 2026-05-01 would otherwise be read as a date.
    """
    lines = [f"{key}: {_value(value)}" for key, value in said.items() if value is not None]
    return "\n".join(lines) + "\n"


def _value(value: str | int | datetime | None) -> str:
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%dT%H:%M:%SZ}"
    if isinstance(value, str):
        return "'" + value.replace("'", "''") + "'"
    return str(value)
