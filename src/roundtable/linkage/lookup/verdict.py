"""What a lookup comes to, in words: nobody, one person, several that look alike, and what would tell more."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations
from types import MappingProxyType

from roundtable.linkage.evidence.comparison import Comparison
from roundtable.linkage.evidence.model import LEAST
from roundtable.linkage.lookup.index import Index
from roundtable.linkage.lookup.look_up import Candidate, Found

#: Two people are about equally near where one is less than eight times as likely as the other: within so many
#: bits, the leaning of one slip in a name.
ALIKE = 3.0
#: How many further items are told at the most.
ITEMS = 2
_EACH_ALONE = "Each probability is that of one of them by itself, as if the others were not there."
#: Columns of which one is enough, with a name, for somebody to be found by.
_STRONG = ("date_of_birth", "nhs_number", "other_number", "source_person", "mobile", "email")
#: What is asked for, by comparison.
ITEM: Mapping[str, str] = MappingProxyType(
    {
        "given": "a given name",
        "surname": "a surname",
        "middle": "a middle name",
        "date_of_birth": "a date of birth",
        "sex": "the sex",
        "nhs_number": "an NHS number",
        "other_number": "a source's own number",
        "mobile": "a mobile number",
        "landline": "a landline number",
        "email": "an e-mail address",
        "place": "an address or a postcode",
        "source_person": "a source's own number",
    }
)


class Outcome(StrEnum):
    """How a lookup ends."""

    TOO_LITTLE = "too_little"
    """What was given is nothing that anybody could be found by."""
    TOO_MANY = "too_many"
    """It is shared by more than are looked at."""
    NOBODY = "nobody"
    """Nobody within reach is near."""
    UNSURE = "unsure"
    """Somebody is near, and it is not enough to take them for the same person."""
    SEVERAL = "several"
    """Several people are about equally near."""
    ONE = "one"
    """One person is near, and nobody else nearly so."""


@dataclass(frozen=True)
class Verdict:
    """What it comes to.

    Attributes:
        outcome: how it ends.
        alike: how many people are about equally near, the nearest among them.
        would_tell: what further item would tell most, the best first, in words.
        said: all of it in sentences.
    """

    outcome: Outcome
    alike: int
    would_tell: tuple[str, ...]
    said: tuple[str, ...]


def verdict(index: Index, found: Found) -> Verdict:
    """What a lookup comes to.

    Nothing in it tells whether somebody is not there or is out of reach.
    """
    if not found.people:
        return _nobody(found)
    best = found.people[0]
    alike = [one for one in found.people if best.weight - one.weight < ALIKE]
    if len(alike) > 1:
        wanted = _telling(index, found, alike)
        said = f"{len(alike)} people are about equally near: they cannot be told apart by what you gave."
        return Verdict(Outcome.SEVERAL, len(alike), wanted, (said, _apart(wanted), _EACH_ALONE))
    if best.probability < index.stop:
        wanted = _telling(index, found, alike)
        said = "Somebody is near, but not near enough to be taken for the same person."
        return Verdict(Outcome.UNSURE, 1, wanted, (said, _more(wanted)))
    return Verdict(Outcome.ONE, 1, (), ("One person is near, and nobody else is nearly so.",))


def _nobody(found: Found) -> Verdict:
    wanted = ("a date of birth with a name", "a number of the person")
    if not found.by:
        said = "Too little was given, or nothing that can be used: nobody could be found by it."
        return Verdict(Outcome.TOO_LITTLE, 0, wanted, (said, _more(wanted)))
    if found.too_many and set(found.too_many) == set(found.by):
        said = "So many records have what you gave in common that they were not looked at."
        return Verdict(Outcome.TOO_MANY, 0, wanted, (said, _more(wanted)))
    told = ["Nobody is near: no record that you may see agrees in enough of what you gave."]
    if found.too_many:
        told.append("Part of what you gave is shared by too many records to be looked at by itself.")
    if any(found.one.words.get(column) is not None for column in _STRONG):
        return Verdict(Outcome.NOBODY, 0, (), tuple(told))
    return Verdict(Outcome.NOBODY, 0, wanted, (*told, _more(wanted)))


def _telling(index: Index, found: Found, people: Sequence[Candidate]) -> tuple[str, ...]:
    """The items that were not given and would tell most: those in which the people are known to differ."""
    worth: dict[str, float] = {}
    for one in index.settings.comparisons:
        if not _given(found, one):
            item = ITEM.get(one.name, one.told.lower())
            worth[item] = max(worth.get(item, 0.0), _worth(index, one, people))
    best = sorted((item for item in worth if worth[item] > 0), key=lambda item: (-worth[item], item))
    return tuple(best[:ITEMS])


def _given(found: Found, one: Comparison) -> bool:
    return any(found.one.words.get(column) is not None for column in one.needs)


def _worth(index: Index, one: Comparison, people: Sequence[Candidate]) -> float:
    """Bits that an agreement would bring, for each two people whom it would tell apart."""
    closest = index.model.odds[one.name][-1]
    bits = math.log2(max(closest.m, LEAST) / max(closest.u, closest.h, LEAST))
    known = [_words(one, person) for person in people]
    if len(known) == 1:
        return bits if any(code >= 0 for code in known[0]) else 0.0
    return bits * sum(_differ(first, second) for first, second in combinations(known, 2))


def _words(one: Comparison, person: Candidate) -> tuple[int, ...]:
    scored, place = person.best
    return tuple(int(scored.encoded.codes[column][place]) for column in one.needs)


def _differ(first: Iterable[int], second: Iterable[int]) -> bool:
    both = [(a, b) for a, b in zip(first, second, strict=True) if a >= 0 and b >= 0]
    return bool(both) and all(a != b for a, b in both)


def _apart(wanted: Sequence[str]) -> str:
    if not wanted:
        return "Nothing that is held of them and was not given would tell them apart."
    return f"What would tell them apart best: {', or '.join(wanted)}."


def _more(wanted: Sequence[str]) -> str:
    if not wanted:
        return "Nothing that is held and was not given would tell more."
    return f"What would tell most: {', or '.join(wanted)}."
