"""A whole name in one box taken apart: 'SURNAME, Given', 'Mr A Surname', 'Given Surname', 'Surname Given'.

Where a comma does not say which part is which, words do: by how much more often each stands in the boxes
for given names than in those for surnames of the sources that have both.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

from roundtable.linkage.cleaning.reference_table import words_of

#: No word tells more than this, in bits: even a surname is somebody's given name.
_MOST = 6.0
#: A name is taken to begin with the surname where the words say so by this much more, in bits.
_SURNAME_FIRST = 3.0
#: What each word more that is taken into the surname costs, in bits: most surnames are one word.
_LONGER = 2.0


@dataclass(frozen=True)
class Apart:
    """The parts of a whole name, each null where it has none."""

    given: str | None = None
    middle: str | None = None
    surname: str | None = None


def apart(left: str, right: str | None, leaning: Mapping[str, float], alone: Set[str]) -> Apart:
    """A whole name's parts.

    Args:
        left: the folded name, without titles; where the name has a comma, what stands before it.
        right: what stands after the comma; null where there is none.
        leaning: how much more often a word is a given name than a surname, in bits.
        alone: given names that often stand alone, so that what follows them is a middle name.
    """
    if right is not None:
        return _boxed(right.split(), left.split(), alone)
    words = left.split()
    if not words:
        return Apart()
    leans = [_leaning(word, leaning) for word in words]
    cut, surname_first = _cut(words, leans)
    given, surname = (words[cut:], words[:cut]) if surname_first else (words[:cut], words[cut:])
    return _boxed(given, surname, alone)


def parts_of_given(words: Sequence[str], alone: Set[str]) -> tuple[str | None, str | None]:
    """Given names as the first one and those in the middle; kept together where the first rarely stands alone."""
    if not words:
        return None, None
    initials = len(words) > 1 and all(len(word) == 1 for word in words[1:])
    if len(words) > 1 and (initials or words[0] in alone or len(words[0]) == 1):
        return words[0], " ".join(words[1:])
    return " ".join(words), None


def _boxed(given: Sequence[str], surname: Sequence[str], alone: Set[str]) -> Apart:
    first, middle = parts_of_given(given, alone)
    return Apart(first, middle, " ".join(surname) or None)


def _leaning(word: str, leaning: Mapping[str, float]) -> float:
    if len(word) == 1:
        return _MOST
    if word in words_of("particles"):
        return -_MOST
    return max(-_MOST, min(_MOST, leaning.get(word, 0.0)))


def _cut(words: Sequence[str], leans: Sequence[float]) -> tuple[int, bool]:
    """Where the name is cut, and whether the surname is the part before."""
    count = len(words)
    if count == 1:
        # One word by itself is a surname, unless it is much more often a given name.
        return (1, False) if leans[0] >= 2.0 else (0, False)
    total = sum(leans)
    best, found = float("-inf"), (1, False)
    before = 0.0
    for cut in range(1, count):
        before += leans[cut - 1]
        given_first = 2 * before - total - _LONGER * (count - cut - 1)
        surname_first = total - 2 * before - _SURNAME_FIRST - _LONGER * (cut - 1)
        # A surname is cut in two before its particle only if it would begin with the name.
        if given_first > best or (given_first == best and not found[1]):
            best, found = given_first, (cut, False)
        if surname_first > best:
            best, found = surname_first, (cut, True)
    return found
