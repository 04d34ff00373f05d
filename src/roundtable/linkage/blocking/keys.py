"""Keys: what two profiles must be alike in to be looked at as a pair, each as one number.

A key is worked out from codes and not from words, so that a million of them take a moment; of a word that is
cut, from the letters that are left. Codes never change when a vocabulary grows, and so neither do keys: those
of a night meet those of the run before it.
"""

from __future__ import annotations

from hashlib import blake2b
from itertools import combinations, product

import numpy as np
from numpy.typing import NDArray

from roundtable.linkage.blocking.pairs import NONE, Keys
from roundtable.linkage.evidence.encoded import Encoded
from roundtable.linkage.evidence.settings import Key, KeyPart, Settings

#: How many parts of a name are tried one by one or two by two: of four, six pairs.
TRIED = 4
#: A part of a key that stands for several: any one part of a name, or any two.
EACH, PAIR = "token_each", "token_pair"


def keys_of(settings: Settings, encoded: Encoded) -> dict[str, Keys]:
    """For each type of key in the settings, one key a profile; `NONE` where a profile lacks a part.

    A type whose parts name `token_each` or `token_pair` comes as several, called `type#1`, `type#2` and so
    on; they are of one family, in which any may meet any other.
    """
    keys: dict[str, Keys] = {}
    for key in settings.keys:
        choices = variants(key)
        for number, parts in enumerate(choices, 1):
            name = key.name if len(choices) == 1 else f"{key.name}#{number}"
            keys[name] = _keys(key.name, parts, encoded)
    return keys


def variants(key: Key) -> list[tuple[KeyPart, ...]]:
    """The parts with each choice of name parts written out."""
    choices: list[list[tuple[KeyPart, ...]]] = []
    for part in key.parts:
        several = {EACH: 1, PAIR: 2}.get(part.column, 0)
        if not several:
            choices.append([(part,)])
            continue
        places = combinations(range(1, TRIED + 1), several)
        choices.append(
            [tuple(part.model_copy(update={"column": f"token_{at}"}) for at in chosen) for chosen in places]
        )
    return [tuple(part for group in chosen for part in group) for chosen in product(*choices)]


def _keys(salt: str, parts: tuple[KeyPart, ...], encoded: Encoded) -> Keys:
    keys = np.full(len(encoded), number_of(salt), np.uint64)
    there = np.ones(len(encoded), np.bool_)
    for part in parts:
        numbers, said = _numbers(part, encoded)
        there &= said
        keys = _mixed(keys ^ _mixed(numbers))
    keys[keys == NONE] = np.uint64(1)
    keys[~there] = NONE
    return keys


def _numbers(part: KeyPart, encoded: Encoded) -> tuple[Keys, NDArray[np.bool_]]:
    """A number a profile for what counts of a column, and which profiles say something there."""
    codes = encoded.codes[part.column]
    if part.whole:
        return codes.astype(np.uint64), codes >= 0
    different, where = np.unique(codes, return_inverse=True)
    said = different[different >= 0]
    words = [part.cut(word) for word in encoded.vocabulary(part.column).words(said)]
    numbers = {word: number_of(word) for word in set(words)}
    of_code = np.zeros(len(different), np.uint64)
    of_code[different >= 0] = [numbers[word] for word in words]
    return of_code[where], of_code[where] != NONE


def number_of(word: str) -> int:
    """A number for a cut word, the same in every run; none for a word of which nothing is left."""
    return int.from_bytes(blake2b(word.encode(), digest_size=8).digest(), "big") if word else int(NONE)


def _mixed(numbers: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """SplitMix64's finaliser, by which numbers close together come out far apart (Steele and others 2014)."""
    mixed = numbers + np.uint64(0x9E3779B97F4A7C15)
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return mixed ^ (mixed >> np.uint64(31))
