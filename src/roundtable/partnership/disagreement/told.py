"""What the table does not agree on, in plain words: the maps, the contested links and the priorities."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from roundtable.partnership.disagreement.claims import claim, labels
from roundtable.partnership.disagreement.divided import DividedLink, divided_links
from roundtable.partnership.disagreement.priorities import standing
from roundtable.partnership.disagreement.priorities_told import told_priorities
from roundtable.partnership.disagreement.similarity import Likeness, Similarity, similarity
from roundtable.partnership.disagreement.votes import Bearing, ContestedLink, LinkVotes, contested_links
from roundtable.partnership.model.causal import Link
from roundtable.partnership.model.whole import Partnership
from roundtable.partnership.outline import Part, Point
from roundtable.partnership.study import Study
from roundtable.partnership.wording import counted, named


def told_disagreement(study: Study, most: int) -> tuple[Part, ...]:
    """How alike the maps are, what is contested and what turns on it, and how the priorities stand apart.

    Args:
        study: what is studied.
        most: how many to list at most, of each.
    """
    partnership = study.partnership
    return (
        _told_maps(partnership, similarity(partnership), most),
        _told_divided(partnership, divided_links(partnership), most),
        _told_contested(study, contested_links(study), most),
        *told_priorities(partnership, standing(study), most),
    )


def and_more(all_of_them: int, most: int) -> tuple[str, ...]:
    """How many were left out of a list, and how they are seen; nothing where none were."""
    left = all_of_them - most
    return (f"And {left:,} more: --most {all_of_them} shows all.",) if left > 0 else ()


def _told_maps(partnership: Partnership, alike: Similarity, most: int) -> Part:
    heading = "How alike the agencies' maps are"
    if len(alike.agencies) < 2:
        who = named(partnership, alike.agencies)
        said = f"Only {who} has said anything of a link" if who else "No agency has said anything of a link"
        return Part(heading, before=(f"{said}, so there is nothing to compare.",))
    comparable = [pair for pair in alike.pairs if pair.both]
    agreed = [pair for pair in comparable if pair.same == pair.both]
    parted = [pair for pair in comparable if pair.same < pair.both]
    before = (
        f"{counted(len(alike.agencies), 'agency', 'agencies')} spoke of links, which makes "
        f"{counted(len(alike.pairs), 'pair')}. {_silent_pairs(len(alike.pairs) - len(comparable))}"
        f"{_signs_given(len(comparable), len(agreed))}",
    )
    points = [*_most_alike(partnership, agreed, most), *_least_alike(partnership, parted, most)]
    return Part(heading, tuple(points), before)


def _silent_pairs(apart: int) -> str:
    if not apart:
        return ""
    verb = "neither agrees nor disagrees" if apart == 1 else "neither agree nor disagree"
    return f"{counted(apart, 'pair')} never spoke of the same link, and so {verb}. "


def _signs_given(comparable: int, agreed: int) -> str:
    if not comparable:
        return "No two spoke of the same link."
    if comparable == agreed:
        return "Every other pair gives the same sign to every link that both spoke of."
    return (
        f"Of the {counted(comparable, 'pair')} that did, {agreed:,} "
        f"{'gives' if agreed == 1 else 'give'} the same sign to every such link and {comparable - agreed:,} "
        f"{'does' if comparable - agreed == 1 else 'do'} not."
    )


def _most_alike(partnership: Partnership, agreed: Sequence[Likeness], most: int) -> Iterator[Point]:
    """Those who agree on everything that both spoke of: the more there was of it, the more that says."""
    if not agreed:
        return
    ordered = sorted(agreed, key=lambda pair: (-pair.both, -pair.jaccard, pair.first, pair.second))
    lines = [_pair_said(partnership, pair) for pair in ordered[:most]]
    text = "Most alike, the most in common first; they never gave the same link two signs:"
    yield Point(text, (*lines, *and_more(len(ordered), most)))


def _least_alike(partnership: Partnership, parted: Sequence[Likeness], most: int) -> Iterator[Point]:
    if not parted:
        return
    ordered = sorted(
        parted, key=lambda pair: (pair.same / pair.both, pair.same - pair.both, pair.first, pair.second)
    )
    lines = [_pair_said(partnership, pair) for pair in ordered[:most]]
    yield Point("Least alike first:", (*lines, *and_more(len(ordered), most)))


def _pair_said(partnership: Partnership, pair: Likeness) -> str:
    same = "all" if pair.same == pair.both and pair.both > 1 else f"{pair.same}"
    agree = f"the same sign to {same} of the {pair.both} links"
    if pair.both == 1:
        agree = f"{'the same sign' if pair.same else 'different signs'} to the one link"
    return (
        f"{named(partnership, (pair.first, pair.second))}: {agree} that both spoke of, "
        f"out of {pair.either} that either did."
    )


def _told_divided(partnership: Partnership, links: Sequence[DividedLink], most: int) -> Part:
    heading = "The links on which they differ most"
    if not links:
        return Part(heading, before=("No two agencies give the same link different signs.",))
    called = labels(partnership)
    points = tuple(
        Point(
            f"From '{called[one.ends[0]]}' to '{called[one.ends[1]]}': {counted(one.pairs, 'pair')} "
            f"{'differs' if one.pairs == 1 else 'differ'}.",
            tuple(
                f"{named(partnership, side.agencies)}: {claim(called, one.ends, side.sign)}."
                for side in one.sides
            ),
        )
        for one in links[:most]
    )
    return Part(heading, points, after=and_more(len(links), most))


def _told_contested(study: Study, links: Sequence[ContestedLink], most: int) -> Part:
    heading = "Contested links, those on which most turns first"
    if not links:
        return Part(heading, before=("Nobody disputes a link, and nobody voted against one.",))
    partnership, called = study.partnership, labels(study.partnership)
    points = tuple(_contested(partnership, called, one) for one in links[:most])
    before = ("By how much of the influence on an outcome goes through the link.",)
    return Part(heading, points, before, and_more(len(links), most))


def _contested(partnership: Partnership, called: Mapping[str, str], one: ContestedLink) -> Point:
    votes = one.votes
    scenario = partnership.scenario(votes.scenario)
    (link,) = (link for link in scenario.links if (link.from_, link.to) == votes.ends)
    who = named(partnership, votes.asserted_by)
    says = "says" if len(votes.asserted_by) == 1 else "say"
    return Point(
        f"{who} {says}: {claim(called, votes.ends, link.sign)} ('{scenario.title}').",
        (
            _bearing(partnership, one.bearing),
            *_disputes(partnership, called, link),
            *_votes(partnership, votes),
        ),
    )


def _bearing(partnership: Partnership, bearing: Bearing) -> str:
    if bearing.outcome is None:
        return "No outcome is known to turn on it."
    return (
        f"Number {bearing.rank:,} of {counted(bearing.of, 'link')} by what turns on it, which is most for "
        f"'{partnership.outcome(bearing.outcome).name}'."
    )


def _disputes(partnership: Partnership, called: Mapping[str, str], link: Link) -> Iterator[str]:
    for dispute in link.disputed:
        own = []
        if dispute.sign is not None:
            own.append(claim(called, (link.from_, link.to), dispute.sign))
        if dispute.strength is not None:
            was = f", not {link.strength.low:g} to {link.strength.high:g}" if link.strength else ""
            own.append(f"strength {dispute.strength.low:g} to {dispute.strength.high:g}{was}")
        if dispute.delay is not None:
            own.append(f"delay {dispute.delay.value}, not {link.delay.value}")
        instead = f" ({'; '.join(own)})" if own else ""
        yield f"{partnership.agency(dispute.by).name} disputes it{instead}: {dispute.says}"


def _votes(partnership: Partnership, votes: LinkVotes) -> Iterator[str]:
    answers = {"agree": votes.agree, "disagree": votes.disagree, "unsure": votes.unsure}
    told = [f"{answer} {len(by)} ({named(partnership, by)})" for answer, by in answers.items() if by]
    yield f"Votes: {'; '.join(told)}." if told else "Nobody has voted on it."
