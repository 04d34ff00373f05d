"""How the priorities stand apart, in plain words: what divides, what is free, who is far from whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from roundtable.partnership.disagreement.concordance import Concordance
from roundtable.partnership.disagreement.priorities import Apart, Divides, Priorities, Wants
from roundtable.partnership.model.whole import Partnership
from roundtable.partnership.outline import Part, Point
from roundtable.partnership.wording import counted, listed, named

#: More agencies than these are counted and not named: which of equals come first would say nothing.
_NAMED = 4
#: Of many pairs as far apart, so many numbers of pairs are told.
_LEVELS = 3
#: Shares that differ by less are the same number of points, written in another way.
_SAME = 1e-9


def told_priorities(partnership: Partnership, stands: Priorities, most: int) -> tuple[Part, ...]:
    """Which outcome divides most, where agreement is free, the distances, and Kendall's W."""
    if len(stands.wants) < 2:
        who = named(partnership, [one.agency for one in stands.wants])
        said = f"Only {who} has shared out points" if who else "No agency has shared out points"
        before = (f"{said} between outcomes, so there is nothing to compare.", *scaled(stands))
        return (Part("What the agencies want most", before=before),)
    return (
        _told_dividing(partnership, stands, most),
        Part("Where agreement is free", before=(_free(partnership, stands),)),
        _told_distances(partnership, stands, most),
        Part("How far the whole table agrees", before=(concordance_said(stands.concordance),)),
    )


def points(share: float) -> str:
    """A share, 0 to 1, as an agency shares it out: `40 points`."""
    number = round(share * 100, 1)
    return "no point" if not number else f"{number:g} {'point' if number == 1 else 'points'}"


def scaled(stands: Priorities) -> tuple[str, ...]:
    """What a reader must know of the points: shared out anew, or left out. The test's reason stands apart."""
    return stands.said if stands.concordance.why_not is None else stands.said[:-1]


def drivers(one: Wants, other: Wants) -> tuple[str, ...]:
    """Every outcome over which two agencies differ most; several where they differ by as much."""
    gaps = {
        outcome: abs(one.shares.get(outcome, 0.0) - other.shares.get(outcome, 0.0))
        for outcome in sorted({*one.shares, *other.shares})
    }
    widest = max(gaps.values(), default=0.0)
    return tuple(outcome for outcome, gap in gaps.items() if widest and widest - gap < _SAME)


def concordance_said(agreed: Concordance) -> str:
    """Kendall's W with what it means, how likely it is by chance, and why where either is not given."""
    if agreed.w is None:
        return f"Kendall's W is not given: {agreed.why_not}."
    said = (
        f"Kendall's W is {agreed.w:.2f}, where 0 is no agreement of the rankings and 1 that all are alike "
        f"({agreed.rankings:,} agencies, {agreed.things:,} outcomes)."
    )
    probability = agreed.probability
    if probability is None:
        return f"{said} How likely that is by chance is not given: {agreed.why_not}."
    often = "less than once" if probability < 0.001 else f"about {probability * 1000:.0f} times"
    return (
        f"{said} Chance alone would make as much {often} in 1,000 (chi-square "
        f"{agreed.chi_square:.1f}, {agreed.things - 1} degrees of freedom)."
    )


def _told_dividing(partnership: Partnership, stands: Priorities, most: int) -> Part:
    heading = "Which outcome divides the table most"
    silent: tuple[str, ...] = ()
    if stands.silent:
        who = _some(partnership, stands.silent)
        silent = (f"Left out, for they shared out no points: {who}.",)
    if not stands.divides:
        said = "None: all give the same points to the same outcomes."
        return Part(heading, before=(said, *scaled(stands), *silent))
    shares = {one.agency: one.shares for one in stands.wants}
    levels = _levels(stands.divides)
    told = tuple(
        Point(_dividing(partnership, one, tied), tuple(_sides(partnership, stands, one, shares)))
        for one, tied in levels[:most]
    )
    left = len(levels) - most
    after = (f"And {left:,} more: --most {len(levels)} shows all.",) if left > 0 else ()
    return Part(heading, told, (*scaled(stands), *silent), after)


def _levels(divides: Sequence[Divides]) -> list[tuple[Divides, bool]]:
    """Each outcome, and whether another divides as much."""
    return [
        (one, any(abs(one.share - other.share) < _SAME for other in divides if other is not one))
        for one in divides
    ]


def _dividing(partnership: Partnership, one: Divides, tied: bool) -> str:
    tie = ", as much as another" if tied else ""
    return f"'{partnership.outcome(one.outcome).name}': {one.share:.0%} of all the difference{tie}."


def _sides(
    partnership: Partnership, stands: Priorities, one: Divides, shares: Mapping[str, Mapping[str, float]]
) -> Iterator[str]:
    given = {agency: held.get(one.outcome, 0.0) for agency, held in shares.items()}
    highest, lowest = max(given.values()), min(given.values())
    for word, end in (("Most", highest), ("Least", lowest)):
        who = [agency for agency, share in given.items() if abs(share - end) < _SAME]
        yield f"{word}: {points(end)}, {_some(partnership, who)}."
    if one.bound:
        yield f"Bound to it by law: {_some(partnership, one.bound)}."


def _free(partnership: Partnership, stands: Priorities) -> str:
    if not stands.free:
        return "Nowhere: on every outcome some two agencies stand more than ten points apart."
    names = listed(f"'{partnership.outcome(one).name}'" for one in stands.free)
    return f"No two agencies stand more than ten points apart on {names}."


def _told_distances(partnership: Partnership, stands: Priorities, most: int) -> Part:
    groups = [
        (d, list(pairs)) for d, pairs in groupby(stands.pairs, key=lambda pair: round(pair.distance, 9))
    ]
    lines = [_at_distance(partnership, stands, distance, pairs, most) for distance, pairs in groups]
    middle = len(lines) > most
    before = (
        "How many of its 100 points the one would have to move to want what the other wants: 0 is the same, "
        "100 nothing in common. Those that stand as far apart are told together.",
    )
    shown = [*lines[: most - 1], lines[-1]] if middle and most > 1 else lines[:most]
    left = len(lines) - len(shown)
    after = (
        (
            f"Left out in between: {counted(left, 'distance')}. --most {len(lines)} shows all, and --between "
            "any two agencies.",
        )
        if left
        else ()
    )
    return Part("Who stands how far from whom, the furthest apart first", tuple(shown), before, after)


def _at_distance(
    partnership: Partnership, stands: Priorities, distance: float, pairs: Sequence[Apart], most: int
) -> Point:
    number = round(distance * 100, 1)
    wants = {one.agency: one for one in stands.wants}
    heading = f"{number:g} points: {counted(len(pairs), 'pair')}."
    if len(pairs) > most:
        return Point(heading, (_who_most(partnership, pairs),))
    named_pairs = sorted(pairs, key=lambda pair: _names(partnership, pair))
    lines = [_over(partnership, pair, wants) for pair in named_pairs]
    return Point(heading, tuple(lines))


def _who_most(partnership: Partnership, pairs: Sequence[Apart]) -> str:
    """Who stands in most of many pairs: to name the first few of equals would say nothing."""
    times = Counter(agency for pair in pairs for agency in (pair.first, pair.second))
    told = [
        f"{_some(partnership, sorted(who))}{' each' if len(who) > 1 else ''} in {number}"
        for number, who in _by_count(times)[:_LEVELS]
    ]
    return f"Most often: {'; '.join(told)}. --between tells any two of them apart."


def _by_count(times: Mapping[str, int]) -> list[tuple[int, list[str]]]:
    counts = sorted(set(times.values()), reverse=True)
    return [(number, [agency for agency, found in times.items() if found == number]) for number in counts]


def _names(partnership: Partnership, pair: Apart) -> tuple[str, str]:
    return partnership.agency(pair.first).name, partnership.agency(pair.second).name


def _over(partnership: Partnership, pair: Apart, wants: Mapping[str, Wants]) -> str:
    who = named(partnership, (pair.first, pair.second))
    over = [f"'{partnership.outcome(one).name}'" for one in drivers(wants[pair.first], wants[pair.second])]
    if not over:
        return f"{who}."
    if len(over) > _NAMED:
        return f"{who}: over {len(over)} outcomes alike."
    return f"{who}: most over {listed(over)}{' alike' if len(over) > 1 else ''}."


def _some(partnership: Partnership, agencies: Sequence[str]) -> str:
    few = len(agencies) <= _NAMED
    return named(partnership, agencies) if few else counted(len(agencies), "agency", "agencies")
