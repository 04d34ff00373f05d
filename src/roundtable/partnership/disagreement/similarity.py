"""How alike the maps of two agencies are, and where they differ, link by link.

Two numbers, because either alone misleads. Of the links that both spoke of: the share to which both give
the same sign. And how far they spoke of the same things at all: Jaccard's coefficient (links that both
spoke of, over links that either spoke of; Jaccard 1912, The New Phytologist 11(2)).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

from roundtable.partnership.disagreement.claims import claim, labels
from roundtable.partnership.disagreement.voices import Voice, voices
from roundtable.partnership.model.whole import Partnership


@dataclass(frozen=True)
class Likeness:
    """How alike the maps of two agencies are.

    Attributes:
        first: the id of one agency, the earlier of the two.
        second: the id of the other.
        both: how many links both spoke of.
        same: to how many of those both give the same sign, or both are against.
        either: how many links at least one of them spoke of.
    """

    first: str
    second: str
    both: int
    same: int
    either: int

    @property
    def agreement(self) -> float | None:
        """The share of the links that both spoke of to which both give the same sign, 0 to 1.

        None when there is no such link: two agencies that talk of different things neither agree nor
        disagree.
        """
        return self.same / self.both if self.both else None

    @property
    def jaccard(self) -> float:
        """How far they spoke of the same links, 0 to 1."""
        return self.both / self.either if self.either else 0.0


@dataclass(frozen=True)
class Similarity:
    """The likeness of every two agencies that spoke, in order of their ids."""

    agencies: tuple[str, ...]
    pairs: tuple[Likeness, ...]

    def of(self, one: str, other: str) -> Likeness:
        """The likeness of two agencies, in either order; KeyError where one of them said nothing."""
        return self._by_pair[min(one, other), max(one, other)]

    def agreements(self) -> tuple[tuple[float | None, ...], ...]:
        """The matrix of agreement, rows and columns in order of the agencies; 1 with oneself."""
        return tuple(
            tuple(1.0 if one == other else self.of(one, other).agreement for other in self.agencies)
            for one in self.agencies
        )

    def most_different(self) -> tuple[Likeness, ...]:
        """Pairs that give different signs to at least one link: the most such links first."""
        differing = (pair for pair in self.pairs if pair.same < pair.both)
        return tuple(sorted(differing, key=lambda pair: (pair.same - pair.both, pair.first, pair.second)))

    @cached_property
    def _by_pair(self) -> Mapping[tuple[str, str], Likeness]:
        return {(pair.first, pair.second): pair for pair in self.pairs}


@dataclass(frozen=True)
class Difference:
    """A link to which two agencies give different signs, and what each of them says, in words."""

    first: str
    second: str
    source: str
    target: str
    words: str


def similarity(partnership: Partnership) -> Similarity:
    """How alike the maps of all agencies are that spoke of a link; no pairs where fewer than two did."""
    heard = voices(partnership)
    pairs = tuple(_likeness(one, other) for one, other in combinations(heard, 2))
    return Similarity(tuple(voice.agency for voice in heard), pairs)


def differences(partnership: Partnership, one: str, other: str) -> tuple[Difference, ...]:
    """The links to which two agencies give different signs, in order of their ends."""
    heard = {voice.agency: voice for voice in voices(partnership)}
    first, second = min(one, other), max(one, other)
    if first not in heard or second not in heard:
        return ()
    return tuple(_differences(partnership, heard[first], heard[second]))


def _likeness(one: Voice, other: Voice) -> Likeness:
    both = one.positions.keys() & other.positions.keys()
    same = sum(one.positions[ends] == other.positions[ends] for ends in both)
    either = len(one.positions) + len(other.positions) - len(both)
    return Likeness(one.agency, other.agency, len(both), same, either)


def _differences(partnership: Partnership, first: Voice, second: Voice) -> Iterator[Difference]:
    called = labels(partnership)
    names = [partnership.agency(voice.agency).name for voice in (first, second)]
    for ends in sorted(first.positions.keys() & second.positions.keys()):
        signs = [first.positions[ends], second.positions[ends]]
        if signs[0] != signs[1]:
            views = (
                f"{name} says: {claim(called, ends, sign)}" for name, sign in zip(names, signs, strict=True)
            )
            yield Difference(first.agency, second.agency, *ends, "; ".join(views) + ".")
