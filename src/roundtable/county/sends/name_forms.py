"""What becomes of names that a form, a keyboard or a clerk is not made for.

A surname of two parts is cut or joined, a particle left out or run into the rest, a name from another
alphabet spelt in another of its ways. Which names have two parts, a particle or other spellings follows from
the words themselves, by `reference/particles.csv` and `reference/transliterations.csv`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from roundtable.county.reference_table import reference_rows

Flags = NDArray[np.bool_]
_JOINTS = re.compile(r"[ -]+")


@dataclass(frozen=True)
class NameShapes:
    """What is unusual about names, a value for each.

    Attributes:
        particle: the surname begins with a particle.
        compound: the surname has two parts or more, and no particle.
        accented: the given name or the surname has a letter with a mark.
        varied: the given name or the surname has other spellings in Latin letters.
    """

    particle: Flags
    compound: Flags
    accented: Flags
    varied: Flags


def shapes_of(given: pa.Array, surname: pa.Array) -> NameShapes:
    """What is unusual about some names; given names and surnames are beside each other."""
    return NameShapes(
        particle=_which(surname, has_particle),
        compound=_which(surname, is_compound),
        accented=_which(given, _is_marked) | _which(surname, _is_marked),
        varied=_which(given, has_spellings) | _which(surname, has_spellings),
    )


def has_particle(surname: str) -> bool:
    """Whether a surname begins with a particle: al-Masri, van der Berg, O'Neill."""
    return _particle(surname) is not None


def is_compound(surname: str) -> bool:
    """Whether a surname has two parts or more, and no particle: Garcia Lopez, Hill-Ward."""
    return len(_JOINTS.split(surname)) > 1 and not has_particle(surname)


def has_spellings(word: str) -> bool:
    """Whether a word has other spellings."""
    return word in _spellings()


def without_particle(surname: str, seed: int) -> str:
    """The surname after its particle: Berg for van der Berg."""
    found = _particle(surname)
    return surname if found is None else _capital(surname[len(found) :].lstrip(" -"))


def particle_joined(surname: str, seed: int) -> str:
    """The surname as one word: Vanderberg, Almasri, Oneill."""
    if not has_particle(surname):
        return surname
    return _capital(re.sub(r"[ '’-]+", "", surname).lower())


def first_part(surname: str, seed: int) -> str:
    """The first part of a surname of several."""
    return _JOINTS.split(surname)[0] if is_compound(surname) else surname


def last_part(surname: str, seed: int) -> str:
    """The last part of a surname of several."""
    return _JOINTS.split(surname)[-1] if is_compound(surname) else surname


def parts_joined(surname: str, seed: int) -> str:
    """A surname of several parts as one word."""
    return _capital(_JOINTS.sub("", surname).lower()) if is_compound(surname) else surname


def other_spelling(word: str, seed: int) -> str:
    """Another spelling of a word that has several; the word itself where it has none."""
    found = _spellings().get(word)
    return word if found is None else found[seed % len(found)]


def changed(
    words: pa.Array, which: Flags, change: Callable[[str, int], str], seeds: NDArray[np.int64]
) -> pa.Array:
    """Words with some of them changed; what is null stays so.

    Args:
        words: the words.
        which: those that are changed.
        change: makes another word of a word and its seed.
        seeds: a whole number for each word.
    """
    rows = np.flatnonzero(which)
    if not len(rows):
        return words
    meant = words.take(pa.array(rows)).to_pylist()
    made = [
        None if word is None else change(word, seed)
        for word, seed in zip(meant, seeds[rows].tolist(), strict=True)
    ]
    return pc.replace_with_mask(words, pa.array(which), pa.array(made, words.type))


def _which(words: pa.Array, wanted: Callable[[str], bool]) -> Flags:
    coded = words.dictionary_encode()
    known = [word is not None and wanted(word) for word in coded.dictionary.to_pylist()]
    found = pa.array(known, pa.bool_()).take(coded.indices)
    return np.asarray(pc.fill_null(found, False).to_numpy(zero_copy_only=False), dtype=np.bool_)


def _is_marked(word: str) -> bool:
    return not word.isascii()


def _capital(word: str) -> str:
    return word[:1].upper() + word[1:]


@cache
def _particle(surname: str) -> str | None:
    """The longest particle that a surname begins with, as it is written there."""
    lower = surname.lower().replace("’", "'")
    for one in _particles():
        # 'St John' has one and 'Stone' has none: a particle ends in its own mark or before a space.
        if lower.startswith(one if one[-1] in "-'" else f"{one} ") and len(lower) > len(one) + 1:
            return surname[: len(one)]
    return None


@cache
def _particles() -> tuple[str, ...]:
    return tuple(sorted((row["particle"] for row in reference_rows("sends", "particles")), key=len)[::-1])


@cache
def _spellings() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for row in reference_rows("sends", "transliterations"):
        found[row["word"]] = (*found.get(row["word"], ()), row["written"])
    return found
