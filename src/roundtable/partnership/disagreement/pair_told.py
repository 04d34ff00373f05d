"""Two agencies, link by link and point by point: what each of them says, side by side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from roundtable.partnership.disagreement.claims import claim, labels
from roundtable.partnership.disagreement.priorities import Apart, Wants, standing
from roundtable.partnership.disagreement.priorities_told import drivers, points, scaled
from roundtable.partnership.disagreement.similarity import differences, similarity
from roundtable.partnership.disagreement.voices import Said, Stance, Voice, voices
from roundtable.partnership.disagreement.votes import LinkVotes, link_votes
from roundtable.partnership.model.causal import Sign
from roundtable.partnership.model.whole import Partnership
from roundtable.partnership.outline import Part, Point
from roundtable.partnership.study import Study
from roundtable.partnership.wording import counted, listed


def told_pair(study: Study, one: str, other: str) -> tuple[Part, ...]:
    """The differences of two agencies, by their ids: of their maps first, then of their priorities."""
    return (_told_links(study.partnership, one, other), _told_points(study, one, other))


def _told_links(partnership: Partnership, one: str, other: str) -> Part:
    names = [partnership.agency(one).name, partnership.agency(other).name]
    heading = f"Link by link: {listed(names)}"
    heard = {voice.agency: voice for voice in voices(partnership)}
    told = (
        *(Point(found.words) for found in differences(partnership, one, other)),
        *_other_ranges(partnership, heard.get(one), heard.get(other)),
        *_voted_against(partnership, one, other),
    )
    silent = [partnership.agency(agency).name for agency in (one, other) if agency not in heard]
    if silent:
        verb = "has" if len(silent) == 1 else "have"
        said = f"{listed(silent)} {verb} asserted or disputed no link, so there are no two maps to compare."
        return Part(heading, told, (said,))
    return Part(heading, told, (_likeness(partnership, one, other),), _none(told))


def _none(told: tuple[Point, ...]) -> tuple[str, ...]:
    return () if told else ("They differ on no link.",)


def _likeness(partnership: Partnership, one: str, other: str) -> str:
    pair = similarity(partnership).of(one, other)
    either = f"Of {counted(pair.either, 'link')} that either spoke of, both spoke of {pair.both or 'none'}"
    if not pair.both:
        return f"{either}: they neither agree nor disagree."
    return f"{either}, and give the same sign to {pair.same or 'none'} of those."


def _other_ranges(partnership: Partnership, one: Voice | None, other: Voice | None) -> Iterator[Point]:
    """Links to which both give the same sign, and not the same strength or delay."""
    if one is None or other is None:
        return
    called = labels(partnership)
    theirs = {(said.scenario, said.source, said.target): said for said in other.said}
    for mine in one.said:
        said = theirs.get((mine.scenario, mine.source, mine.target))
        if said is None or Stance.AGAINST in (mine.stance, said.stance) or said.sign is not mine.sign:
            continue
        if (mine.strength, mine.delay) != (said.strength, said.delay):
            both = f"Both say: {claim(called, (mine.source, mine.target), mine.sign)}"
            views = f"{_view(partnership, one, mine, said)}; {_view(partnership, other, said, mine)}"
            yield Point(f"{both}; but {views}.")


def _view(partnership: Partnership, voice: Voice, said: Said, beside: Said) -> str:
    """What one gives where the other gives something else."""
    given = []
    if said.strength != beside.strength:
        known = said.strength
        given.append(f"strength {known.low:g} to {known.high:g}" if known else "strength not known")
    if said.delay is not beside.delay:
        given.append(f"delay {said.delay.value}")
    return f"{partnership.agency(voice.agency).name} gives {listed(given)}"


def _voted_against(partnership: Partnership, one: str, other: str) -> Iterator[Point]:
    """Links that the one stands by, and the other voted against without disputing them."""
    called = labels(partnership)
    signs = {
        (scenario.id, link.from_, link.to): link.sign
        for scenario in partnership.scenarios
        for link in scenario.links
    }
    for votes in link_votes(partnership):
        for stands_by, against in ((one, other), (other, one)):
            if _parted(votes, stands_by, against):
                sign = signs[votes.scenario, votes.source, votes.target]
                yield Point(_vote_said(partnership, called, votes, sign, stands_by, against))


def _parted(votes: LinkVotes, stands_by: str, against: str) -> bool:
    holds = stands_by in {*votes.asserted_by, *votes.agree} - set(votes.against)
    return holds and against in votes.disagree and against not in votes.disputed_by


def _vote_said(
    partnership: Partnership,
    called: Mapping[str, str],
    votes: LinkVotes,
    sign: Sign,
    stands_by: str,
    against: str,
) -> str:
    holder, voter = partnership.agency(stands_by).name, partnership.agency(against).name
    return f"{holder} stands by it that {claim(called, votes.ends, sign)}; {voter} voted against it."


def _told_points(study: Study, one: str, other: str) -> Part:
    partnership, stands = study.partnership, standing(study)
    heading = "Point by point: what each wants most"
    wants = {found.agency: found for found in stands.wants}
    pair = stands.of(one, other)
    if pair is None:
        silent = [partnership.agency(agency).name for agency in (one, other) if agency not in wants]
        verb = "has" if len(silent) == 1 else "have"
        said = f"{listed(silent)} {verb} shared out no points on the day, so there is nothing to compare."
        return Part(heading, before=(said,))
    names = [partnership.agency(agency).name for agency in (one, other)]
    rescaled = [said for said in scaled(stands) if said.startswith(tuple(names))]
    return Part(
        heading,
        tuple(_outcomes(partnership, wants[one], wants[other])),
        (_apart_said(partnership, pair, wants), *rescaled),
        _common(partnership, pair),
    )


def _apart_said(partnership: Partnership, pair: Apart, wants: Mapping[str, Wants]) -> str:
    if not pair.distance:
        return "They give the same points to the same outcomes."
    over = [f"'{partnership.outcome(o).name}'" for o in drivers(wants[pair.first], wants[pair.second])]
    alike = " alike" if len(over) > 1 else ""
    return (
        f"The one would have to move {pair.distance * 100:.3g} of its 100 points to want what the other "
        f"wants; they differ most over {listed(over)}{alike}."
    )


def _outcomes(partnership: Partnership, one: Wants, other: Wants) -> Iterator[Point]:
    """Every outcome that either wants; the widest apart first, and in order of their names where alike."""
    found = [
        (-round(abs(one.shares.get(outcome, 0.0) - other.shares.get(outcome, 0.0)), 9), outcome)
        for outcome in {*one.shares, *other.shares}
    ]
    for _, outcome in sorted(found, key=lambda row: (row[0], partnership.outcome(row[1]).name, row[1])):
        sides = "; ".join(
            f"{partnership.agency(side.agency).name} gives {points(side.shares.get(outcome, 0.0))}"
            + (", bound by law" if outcome in side.statutory else "")
            for side in (one, other)
        )
        yield Point(f"'{partnership.outcome(outcome).name}': {sides}.")


def _common(partnership: Partnership, pair: Apart) -> tuple[str, ...]:
    names = listed(f"'{partnership.outcome(one).name}'" for one in pair.common)
    return (f"Both give ten points or more to {names}: begin there.",) if names else ()
