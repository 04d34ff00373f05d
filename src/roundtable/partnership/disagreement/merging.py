"""Two maps of one story made one, by a matching of factors that people have confirmed.

Nothing is guessed: likely matches are proposed by how alike the labels are, and a person says which hold.
Nothing is averaged: where the two maps say different things of one link, the link stays as the first has
it, and the agencies of the second stand as disputing it, each with its own sign, strength and delay.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from roundtable.errors import PartnershipUnusable, Place, Problem
from roundtable.partnership.model.causal import Factor, Link, LinkDispute, Vote
from roundtable.partnership.model.scenario import Scenario

#: Labels less alike than this are not proposed.
LEAST_LIKENESS = 0.6
_WORDS = re.compile(r"\w+")


@dataclass(frozen=True)
class Candidate:
    """A factor of the second map that may be one of the first, for a person to confirm.

    Attributes:
        other: the id of the factor in the second map.
        kept: the id of the factor in the first that it may be.
        likeness: how alike their labels are, 0 to 1.
        words: the two labels, side by side.
    """

    other: str
    kept: str
    likeness: float
    words: str


@dataclass(frozen=True)
class Merged:
    """Two maps made one.

    Attributes:
        scenario: the first scenario with the factors and links of both; all else is the first's.
        said: what became of each factor and link of the second, in words and in order.
        conflicts: the ends of the links on which the two maps differ; each is now disputed.
    """

    scenario: Scenario
    said: tuple[str, ...]
    conflicts: tuple[tuple[str, str], ...]


def candidates(kept: Scenario, other: Scenario, least: float = LEAST_LIKENESS) -> tuple[Candidate, ...]:
    """Likely matches, for each factor of the second map the likeliest first; none is taken for granted.

    Likeness is the greater of two: how alike the labels are letter by letter (Ratcliff and Obershelp),
    and how many of their words they share (Jaccard).
    """
    found = (
        Candidate(theirs.id, ours.id, likeness, f"'{theirs.label}' may be '{ours.label}'")
        for theirs in other.factors
        for ours in kept.factors
        if (likeness := _likeness(theirs.label, ours.label)) >= least
    )
    return tuple(sorted(found, key=lambda one: (one.other, -one.likeness, one.kept)))


def merge(kept: Scenario, other: Scenario, matching: Mapping[str, str], place: Place) -> Merged:
    """Add the second map to the first.

    Args:
        kept: the first; its story, risks, needs and journey stay as they are.
        other: the second.
        matching: for each factor of the second that is a factor of the first: its id to the first's id.
            A factor left out is a new one, and outcomes are the same where their ids are.
        place: where the matching is written, for messages.

    Raises:
        PartnershipUnusable: with every match that cannot be: of a factor that is not there, two to one,
            or left out for a factor whose id the first map gives to something already.
    """
    problems = sorted(_problems(kept, other, matching, place))
    if problems:
        raise PartnershipUnusable(problems)
    new = tuple(factor for factor in other.factors if factor.id not in matching)
    said = [*_said_of_factors(kept, other, matching)]
    links = {_ends(link): link for link in kept.links}
    conflicts = []
    for theirs in sorted((_renamed(link, matching) for link in other.links), key=_ends):
        ours = links.get(_ends(theirs))
        links[_ends(theirs)] = theirs if ours is None else _together(ours, theirs)
        if ours is not None and not _alike(ours, theirs):
            conflicts.append(_ends(theirs))
            said.append(_said_of_conflict(theirs))
    merged = kept.model_copy(
        update={
            "factors": tuple(sorted((*_both_say(kept, other, matching), *new), key=lambda one: one.id)),
            "links": tuple(links[ends] for ends in sorted(links)),
            "outcomes": tuple(sorted({*kept.outcomes, *other.outcomes})),
        }
    )
    return Merged(merged, tuple(said), tuple(conflicts))


def _problems(
    kept: Scenario, other: Scenario, matching: Mapping[str, str], place: Place
) -> Iterator[Problem]:
    ours, theirs = {one.id for one in kept.factors}, {one.id for one in other.factors}
    taken: dict[str, str] = {}
    for old, new in sorted(matching.items()):
        for factor, known, which in ((old, theirs, "second"), (new, ours, "first")):
            if factor not in known:
                what = f"the {which} map has no factor '{factor}'"
                yield Problem(place, "no-such-factor", what, "Match factors that are in the two maps.")
        if new in taken:
            what = f"both '{taken[new]}' and '{old}' are matched to '{new}'"
            remedy = "Match one of them, and make one factor of the two in the second map if they are one."
            yield Problem(place, "matched-twice", what, remedy)
        taken.setdefault(new, old)
    for factor in sorted((theirs - matching.keys()) & ours):
        what = f"both maps have a factor '{factor}', and nobody has said whether it is the same"
        remedy = f"Match '{factor}' to '{factor}' if it is; otherwise give it another id in the second map."
        yield Problem(place, "match-not-said", what, remedy)


def _said_of_factors(kept: Scenario, other: Scenario, matching: Mapping[str, str]) -> Iterator[str]:
    ours = {factor.id: factor for factor in kept.factors}
    for factor in sorted(other.factors, key=lambda one: one.id):
        match = ours.get(matching.get(factor.id, ""))
        if match is None:
            yield f"'{factor.label}' is new."
        elif match.kind is factor.kind:
            yield f"'{factor.label}' is taken as '{match.label}'."
        else:
            kinds = f"of kind {match.kind}; the second map has it as {factor.kind}"
            yield f"'{factor.label}' is taken as '{match.label}', {kinds}."


def _said_of_conflict(theirs: Link) -> str:
    said = f"The two maps differ on the link from '{theirs.from_}' to '{theirs.to}'; it is now disputed."
    if theirs.votes:
        voted = ", ".join(f"{vote.by} ({vote.answer})" for vote in theirs.votes)
        said += f" Votes on the second map's version are left out: {voted}."
    return said


def _both_say(kept: Scenario, other: Scenario, matching: Mapping[str, str]) -> Iterator[Factor]:
    """The first map's factors, with what the second's agencies dispute of those that were matched."""
    theirs = {matching[one.id]: one for one in other.factors if one.id in matching}
    for factor in kept.factors:
        match = theirs.get(factor.id)
        if match is None:
            yield factor
            continue
        by = tuple(sorted({*factor.asserted.by, *match.asserted.by}))
        disputed = tuple(
            sorted({*factor.disputed, *match.disputed}, key=lambda one: (one.on, one.by, one.says))
        )
        asserted = factor.asserted.model_copy(update={"by": by})
        yield factor.model_copy(update={"asserted": asserted, "disputed": disputed})


def _renamed(link: Link, matching: Mapping[str, str]) -> Link:
    ends = {"from_": matching.get(link.from_, link.from_), "to": matching.get(link.to, link.to)}
    return link.model_copy(update=ends)


def _together(ours: Link, theirs: Link) -> Link:
    """One link of two: as the first has it, with all that was said of either."""
    if not _alike(ours, theirs):
        disputes = {*ours.disputed, *_as_disputes(theirs)}
        disputes.update(_about(theirs, dispute) for dispute in theirs.disputed)
        return ours.model_copy(update={"disputed": _in_order(disputes)})
    by = tuple(sorted({*ours.asserted.by, *theirs.asserted.by}))
    return ours.model_copy(
        update={
            "asserted": ours.asserted.model_copy(update={"by": by}),
            "disputed": _in_order({*ours.disputed, *theirs.disputed}),
            "evidence": tuple(sorted({*ours.evidence, *theirs.evidence})),
            "votes": _last_votes((*ours.votes, *theirs.votes)),
        }
    )


def _in_order(disputes: Iterable[LinkDispute]) -> tuple[LinkDispute, ...]:
    return tuple(sorted(disputes, key=lambda one: (one.on, one.by, one.says)))


def _as_disputes(theirs: Link) -> Iterator[LinkDispute]:
    """What the second map's agencies assert, as disputes of what the first's do."""
    evidence = f" Evidence: {'; '.join(theirs.evidence)}." if theirs.evidence else ""
    for agency in theirs.asserted.by:
        yield LinkDispute(
            by=agency,
            on=theirs.asserted.on,
            says=f"Asserted in another map: {_in_words(theirs)}.{evidence}",
            sign=theirs.sign,
            strength=theirs.strength,
            delay=theirs.delay,
        )


def _about(theirs: Link, dispute: LinkDispute) -> LinkDispute:
    """A dispute of the second map's link, which says of which link it was said."""
    return dispute.model_copy(update={"says": f"Of another map, {_in_words(theirs)}: {dispute.says}"})


def _in_words(link: Link) -> str:
    strength = "strength not known"
    if link.strength is not None:
        strength = f"strength {link.strength.low:g} to {link.strength.high:g}"
    return f"{link.sign.value}, {strength}, delay {link.delay.value}"


def _last_votes(votes: tuple[Vote, ...]) -> tuple[Vote, ...]:
    """One vote an agency: its last."""
    last = {vote.by: vote for vote in sorted(votes, key=lambda one: (one.on, one.answer))}
    return tuple(last[by] for by in sorted(last))


def _alike(ours: Link, theirs: Link) -> bool:
    return (ours.sign, ours.strength, ours.delay) == (theirs.sign, theirs.strength, theirs.delay)


def _ends(link: Link) -> tuple[str, str]:
    return link.from_, link.to


def _likeness(one: str, other: str) -> float:
    first, second = _WORDS.findall(one.casefold()), _WORDS.findall(other.casefold())
    letters = difflib.SequenceMatcher(None, " ".join(first), " ".join(second)).ratio()
    either = {*first, *second}
    shared = len({*first} & {*second}) / len(either) if either else 0.0
    return round(max(letters, shared), 9)
