"""A word of a closed set, given as an option: told apart only when it is used, so that help is quick."""

from __future__ import annotations

from enum import StrEnum
from typing import TypeVar

_Set = TypeVar("_Set", bound=StrEnum)


def chosen(kind: type[_Set], word: str, option: str) -> _Set:
    """The member that a word means.

    Raises:
        SettingUnusable: it is none of them.
    """
    from roundtable.errors import Place, Problem, SettingUnusable
    from roundtable.partnership.nearest import nearest

    words = [member.value for member in kind]
    if word in words:
        return kind(word)
    near = nearest(word, words)
    hint = f"did you mean '{near}'?" if near else f"write one of {', '.join(words)}"
    raise SettingUnusable(
        Problem(Place("command line", key=option), "word-unknown", f"'{word}' is none of them", hint)
    )
