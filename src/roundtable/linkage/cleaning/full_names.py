"""A whole name in one box taken apart: 'SURNAME, Given', 'Mr A Surname', 'Given Surname', 'Surname Given'.

Where a comma does not say which part is which, words do: by how much more often each stands in the boxes
for given names than in those for surnames of the sources that have both.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

from roundtable.linkage.cleaning.letters import FOLDED, LETTERS_FOR_DIGITS, SHORTENED
from roundtable.linkage.cleaning.names import (
    BABY,
    BRACKETS,
    NOT_A_GIVEN_NAME,
    NOT_A_SURNAME,
    NOT_A_WHOLE_NAME,
    PREFIX_JOINED,
    TITLE_ALONE,
    TITLES,
)
from roundtable.linkage.cleaning.reference_table import words_of
from roundtable.linkage.cleaning.rule import Rule, outcome

#: No word tells more than this, in bits: even a surname is somebody's given name.
_MOST = 6.0
#: A name is taken to begin with the surname where the words say so by this much more, in bits.
_SURNAME_FIRST = 3.0
#: One word by itself goes into a box where it says so by this much, in bits; otherwise it may be either.
_SAYS = 1.5
#: What each word more that is taken into the surname costs, in bits: most surnames are one word.
_LONGER = 2.0
#: Stands for a hyphen in a whole name, while it is not yet known which words are which.
JOINT = "~"
_WHOLE = (SHORTENED, NOT_A_WHOLE_NAME, BRACKETS)
_BEFORE_COMMA = (NOT_A_SURNAME, FOLDED, LETTERS_FOR_DIGITS, PREFIX_JOINED, TITLES)
_AFTER_COMMA = (NOT_A_GIVEN_NAME, BABY, FOLDED, LETTERS_FOR_DIGITS, TITLES, TITLE_ALONE)
FULL_RULES: tuple[Rule, ...] = tuple(
    {rule.name: rule for rule in (*_WHOLE, *_BEFORE_COMMA, *_AFTER_COMMA)}.values()
)


@dataclass(frozen=True)
class Whole:
    """A whole name, folded: in one piece, or by its comma in two, of which the first is the surname.

    Attributes:
        before: all of it, or what stands before the comma; null where that cannot be used.
        after: what stands after the comma; null where that cannot be used or there is no comma.
        parted: whether the surname is known to be `before`.
        told: the names of the rules that tell of the name.
    """

    before: str | None
    after: str | None
    parted: bool
    told: tuple[str, ...]

    def in_one(self) -> str | None:
        """All of the name that can be used, as words."""
        return " ".join(part for part in (self.before, self.after) if part).replace(JOINT, " ") or None


def whole_name(text: str) -> Whole:
    """A whole name as sent, by the rules for names."""
    plain, told = outcome(_WHOLE, text)
    if plain is None:
        return Whole(None, None, False, told)
    before, comma, after = plain.partition(",")
    if not comma:
        return _uncut(plain, told)
    surname, of_surname = outcome(_BEFORE_COMMA, before)
    given, of_given = outcome(_AFTER_COMMA, after)
    return Whole(surname, given, True, tuple(dict.fromkeys((*told, *of_surname, *of_given))))


def _uncut(plain: str, told: tuple[str, ...]) -> Whole:
    """A name without a comma; of a child without a name of its own, the last word is the surname."""
    nameless = BABY.apply(plain) is None
    words = plain.split()
    if nameless:
        told = (*told, BABY.name)
        plain = words[-1] if BABY.apply(words[-1]) is not None and len(words) > 1 else ""
    found, more = _with_joints(plain)
    return Whole(found, None, nameless, tuple(dict.fromkeys((*told, *more))))


def _with_joints(plain: str) -> tuple[str | None, tuple[str, ...]]:
    """A name after the rules for it, with a mark where two words were one by a hyphen."""
    chunks = [FOLDED.apply(chunk) for chunk in plain.split()]
    hyphens = {chunk for chunk in chunks if chunk and " " in chunk}
    found, told = outcome(_BEFORE_COMMA, plain)
    for chunk in sorted(hyphens):
        clean = LETTERS_FOR_DIGITS.apply(chunk)
        if found and clean:
            found = found.replace(clean, clean.replace(" ", JOINT))
    return found, told


@dataclass(frozen=True)
class Apart:
    """The parts of a whole name, each null where it has none."""

    given: str | None = None
    middle: str | None = None
    surname: str | None = None


def apart(name: Whole, leaning: Mapping[str, float], alone: Set[str]) -> Apart:
    """A whole name's parts.

    Args:
        name: the name.
        leaning: how much more often a word is a given name than a surname, in bits.
        alone: given names that often stand alone, so that what follows them is a middle name.
    """
    if name.parted:
        return _boxed((name.after or "").split(), (name.before or "").split(), alone)
    words = (name.before or "").split()
    if not words:
        return Apart()
    leans = [_leaning(word, leaning) for word in words]
    if len(words) == 1 and JOINT not in words[0] and abs(leans[0]) < _SAYS:
        return Apart()
    cut, surname_first = _cut(words, leans)
    given, surname = (words[cut:], words[:cut]) if surname_first else (words[:cut], words[cut:])
    return _boxed(given, surname, alone)


def parts_of_given(words: Sequence[str], alone: Set[str]) -> tuple[str | None, str | None]:
    """The first given name and those in the middle; all together where the first rarely stands alone."""
    if not words:
        return None, None
    initials = len(words) > 1 and all(len(word) == 1 for word in words[1:])
    if len(words) > 1 and (initials or words[0] in alone or len(words[0]) == 1):
        return words[0], " ".join(words[1:])
    return " ".join(words), None


def _boxed(given: Sequence[str], surname: Sequence[str], alone: Set[str]) -> Apart:
    given, surname = ([part for word in words for part in word.split(JOINT)] for words in (given, surname))
    first, middle = parts_of_given(given, alone)
    return Apart(first, middle, " ".join(surname) or None)


def _leaning(word: str, leaning: Mapping[str, float]) -> float:
    if JOINT in word:
        return max(-_MOST, min(_MOST, sum(_leaning(part, leaning) for part in word.split(JOINT)) - 1.0))
    if len(word) == 1:
        return _MOST
    if word in words_of("particles"):
        return -_MOST
    return max(-_MOST, min(_MOST, leaning.get(word, 0.0)))


def _cut(words: Sequence[str], leans: Sequence[float]) -> tuple[int, bool]:
    """Where the name is cut, and whether the surname is the part before."""
    count = len(words)
    if count == 1:
        return (1, False) if leans[0] > 0 else (0, False)
    total = sum(leans)
    best, found = float("-inf"), (1, False)
    before = 0.0
    for cut in range(1, count):
        before += leans[cut - 1]
        given_first = 2 * before - total - _LONGER * (count - cut - 1)
        surname_first = total - 2 * before - _SURNAME_FIRST - _LONGER * (cut - 1)
        if given_first > best or (given_first == best and not found[1]):
            best, found = given_first, (cut, False)
        if surname_first > best:
            best, found = surname_first, (cut, True)
    return found
