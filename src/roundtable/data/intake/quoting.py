"""The one place where a name or a text becomes part of an SQL statement."""

from __future__ import annotations


def identifier(name: str) -> str:
    """A column's name for SQL, whatever letters it has.

    Raises:
        ValueError: it holds a NUL character, which no header that was read can.
    """
    if "\0" in name:
        raise ValueError("a name with a NUL character cannot be quoted")
    return '"' + name.replace('"', '""') + '"'


def text(value: str) -> str:
    """A text for SQL.

    Raises:
        ValueError: it holds a NUL character.
    """
    if "\0" in value:
        raise ValueError("a text with a NUL character cannot be quoted")
    return "'" + value.replace("'", "''") + "'"
