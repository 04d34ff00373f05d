"""What each factor of a foreign map is in this partnership: proposed by the product, decided by people.

The decisions stand in a matching file, which a person looks through and changes. A label that is a
factor's already is proposed as the same; one that is only like it is shown, and never taken for it.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from pydantic import Field

from roundtable.partnership.exchange.foreign_map import ForeignFactor, ForeignMap, Heading, in_one_line
from roundtable.partnership.model.causal import FactorKind
from roundtable.partnership.model.strict import Identifier, Strict, Text
from roundtable.partnership.model.whole import Partnership

#: Beyond so many pairs of labels only equal ones are looked for: likeness costs too much.
MOST_PAIRS = 100_000
_LIKE = 0.75
_LONGEST_ID = 60
_READABLE_ID = re.compile(r"[^\W\d_]+(-[^\W\d_]+)*")


class Undirected(StrEnum):
    """What becomes of links that do not say which way they point."""

    FORWARD = "forward"
    BOTH = "both"
    LEAVE_OUT = "leave-out"


class KindOf(Strict):
    """What part all factors of one kind or style play, unless their own entry says otherwise."""

    called: Text = Field(description="The kind or the style in the tool's own word.")
    kind: FactorKind | None = Field(default=None, description="cause, state, lever or external.")


class FactorMatch(Strict):
    """What one factor of the map is."""

    factor: Text = Field(description="Its id in the map.")
    label: Text | None = None
    same_as: Text | None = Field(default=None, description="The factor or outcome it is; none for a new one.")
    outcome: Text | None = Field(default=None, description="The outcome of the partnership that it is.")
    perhaps: tuple[Text, ...] = ()
    id: Identifier | None = Field(default=None, description="The id of the new factor.")
    kind: FactorKind | None = Field(default=None, description="cause, state, lever or external.")


class Matching(Strict):
    """A matching file."""

    map: Text
    outcomes: tuple[Text, ...] = Field(default=(), description="Outcomes that the scenario is about.")
    undirected: Undirected | None = Field(default=None, description="forward, both or leave-out.")
    kinds: tuple[KindOf, ...] = ()
    factors: tuple[FactorMatch, ...] = ()

    def with_outcomes(self) -> Matching:
        """The same, each factor that is an outcome the same as it, and the scenario about it."""
        named = [one.outcome for one in self.factors if one.outcome is not None]
        factors = tuple(
            one.model_copy(update={"same_as": one.outcome}) if one.outcome else one for one in self.factors
        )
        outcomes = tuple(dict.fromkeys((*self.outcomes, *named)))
        return self.model_copy(update={"factors": factors, "outcomes": outcomes})


@dataclass(frozen=True)
class Known:
    """The factors and outcomes that a partnership has, by id, with their labels."""

    labels: Mapping[str, str]
    outcomes: frozenset[str]

    @classmethod
    def of(cls, partnership: Partnership) -> Known:
        """What a partnership knows."""
        outcomes = {one.id: one.name for one in partnership.charter.outcomes}
        factors = {one.id: one.label for scenario in partnership.scenarios for one in scenario.factors}
        return cls(outcomes | factors, frozenset(outcomes))


def proposed(map: ForeignMap, known: Known, name: str) -> Matching:
    """What the product would take each factor for; nothing in it is decided.

    Args:
        map: the foreign map.
        known: what the partnership has.
        name: what the map's file is called.
    """
    taken = set(known.labels)
    by_label: dict[str, list[str]] = {}
    for identifier, label in sorted(known.labels.items()):
        by_label.setdefault(_folded(label), []).append(identifier)
    search = len(map.factors) * len(by_label) <= MOST_PAIRS
    matches = []
    for factor in map.factors:
        same, perhaps = _alike(factor, by_label, known, search)
        new = None if same else _new_id(factor, taken)
        matches.append(
            FactorMatch(
                factor=factor.id.strip() or "factor",
                label=in_one_line(factor.label),
                same_as=same,
                perhaps=perhaps,
                id=new,
                kind=_kind(factor.kind),
            )
        )
    kinds = tuple(KindOf(called=one, kind=_kind(one)) for one in _words(map.factors))
    matched = {one.same_as for one in matches if one.same_as}
    return Matching(
        map=name,
        outcomes=tuple(sorted(matched & known.outcomes)),
        kinds=kinds,
        factors=tuple(matches),
    )


def undecided(map: ForeignMap, matching: Matching) -> Iterator[str]:
    """A sentence for each kind of thing that somebody has to look at before the map comes in."""
    same = sum(one.same_as is not None for one in matching.factors)
    like = sum(one.same_as is None and bool(one.perhaps) for one in matching.factors)
    kinds = {one.called for one in matching.kinds if one.kind is not None}
    words = {factor.id.strip(): word_of(factor) for factor in map.factors}
    unknown = sum(
        one.same_as is None and one.kind is None and words.get(one.factor) not in kinds
        for one in matching.factors
    )
    if same:
        yield f"{same} of its factors seem to be here already: see 'same_as'."
    if like:
        yield f"{like} are like factors that are here: see 'perhaps', and fill in 'same_as' where they are."
    if unknown:
        yield f"{unknown} do not say whether they are a cause, a state, a lever or external: see 'kinds'."
    if not matching.outcomes:
        yield "It does not say which outcome the scenario is about: see 'outcomes'."
    if any(link.heading is Heading.UNDIRECTED for link in map.links) and matching.undirected is None:
        yield "Some links do not say which way they point: see 'undirected'."


def word_of(factor: ForeignFactor) -> str:
    """What the tool calls a factor of its sort: its kind, or else its style, on one line."""
    return in_one_line(factor.kind or factor.style)


def _words(factors: Sequence[ForeignFactor]) -> list[str]:
    return [word for word in dict.fromkeys(word_of(factor) for factor in factors) if word]


def _kind(word: str) -> FactorKind | None:
    plain = word.strip().casefold()
    return FactorKind(plain) if plain in set(FactorKind) else None


def _alike(
    factor: ForeignFactor, by_label: Mapping[str, list[str]], known: Known, search: bool
) -> tuple[str | None, tuple[str, ...]]:
    label = _folded(factor.label)
    equal = by_label.get(label, [])
    if factor.id in equal:
        return factor.id, ()
    if len(equal) == 1:
        return equal[0], ()
    if equal:
        return None, tuple(equal)
    near = difflib.get_close_matches(label, list(by_label), n=3, cutoff=_LIKE) if search else []
    found = [identifier for one in near for identifier in by_label[one]]
    if factor.id in known.labels and factor.id not in found:
        found.insert(0, factor.id)
    return None, tuple(found[:5])


def _new_id(factor: ForeignFactor, taken: set[str]) -> str:
    """An id in words: the map's own where it reads as one, else made of the label."""
    own = factor.id.strip()
    readable = _READABLE_ID.fullmatch(own) is not None and own == own.casefold() and len(own) <= _LONGEST_ID
    name = own if readable else _words_of_label(factor.label)
    found, number = name, 1
    while found in taken:
        number += 1
        found = f"{name}-{number}"
    taken.add(found)
    return found


def _words_of_label(label: str) -> str:
    plain = unicodedata.normalize("NFC", label.lower())
    words = re.sub(r"[\W_]+", "-", plain).strip("-")
    if len(words) > _LONGEST_ID:
        words = words[:_LONGEST_ID].rpartition("-")[0] or words[:_LONGEST_ID]
    return words if words and re.match(r"[^\W_]", words) else "factor"


def _folded(label: str) -> str:
    return unicodedata.normalize("NFC", in_one_line(label).casefold())
