"""The keys of one record: the numbers that `keys_of` gives, in a tenth of a millisecond.

What `keys_of` does to columns is done here to one number at a time, because for one record each step over a
column costs as much as a hundred over a number. That the two agree is held by a test.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from roundtable.linkage.blocking.keys import number_of, variants
from roundtable.linkage.evidence.settings import KeyPart, Settings

_ALL = 0xFFFF_FFFF_FFFF_FFFF
#: A profile without one of a key's parts has no such key.
NONE = 0


@dataclass(frozen=True)
class KeyType:
    """One type of key, and one choice of name parts where it has several.

    Attributes:
        family: what the settings call it: keys of one family meet one another.
        start: the number that it begins with.
        parts: what it is made of.
        columns: the columns that it reads.
    """

    family: str
    start: int
    parts: tuple[KeyPart, ...]
    columns: frozenset[str]


def key_types(settings: Settings) -> tuple[KeyType, ...]:
    """Every type of key in the settings, each choice of name parts by itself."""
    return tuple(
        KeyType(key.name, number_of(key.name), parts, frozenset(part.column for part in parts))
        for key in settings.keys
        for parts in variants(key)
    )


def key_of(one: KeyType, words: Mapping[str, str | None], codes: Mapping[str, int]) -> int:
    """A record's key of a type; `NONE` where it lacks a part, or has a word that nobody else has.

    Args:
        one: the type.
        words: the record's word in each column of the encoding.
        codes: the word's code there; -1 where there is none, or nobody else has it.
    """
    key = one.start
    for part in one.parts:
        if part.whole:
            number = codes[part.column]
            if number < 0:
                return NONE
        else:
            word = words[part.column]
            number = NONE if word is None else number_of(part.cut(word))
            if number == NONE:
                return NONE
        key = _mixed(key ^ _mixed(number))
    return key or 1


def _mixed(number: int) -> int:
    """SplitMix64's finaliser, as `blocking.keys` has it."""
    mixed = (number + 0x9E3779B97F4A7C15) & _ALL
    mixed = ((mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9) & _ALL
    mixed = ((mixed ^ (mixed >> 27)) * 0x94D049BB133111EB) & _ALL
    return mixed ^ (mixed >> 31)
