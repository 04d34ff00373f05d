"""How the agencies' priorities differ: who stands how far from whom, over what, and where they agree.

Each agency shares 100 points between outcomes. What it gives no point, it gives nought. Points that do
not add up to 100 are shared out anew so that they do, and that is said.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

import numpy as np

from roundtable.partnership.disagreement.concordance import Concordance, concordance, ranks
from roundtable.partnership.model.agency import Agency
from roundtable.partnership.model.whole import Partnership
from roundtable.partnership.study import Study

#: Shares are exact to here, so that no sum of them differs from machine to machine.
_DIGITS = 12
#: A difference of up to ten points is none that a table need talk about.
CLOSE = 0.10


@dataclass(frozen=True)
class Wants:
    """What one agency wants most.

    Attributes:
        agency: its id.
        shares: the share, 0 to 1, that it gives each outcome to which it gives any; they sum to 1.
        statutory: the outcomes that the law, and not its choice, makes priorities.
        points: how many points it wrote down, which should be 100.
    """

    agency: str
    shares: Mapping[str, float]
    statutory: frozenset[str]
    points: float

    @property
    def normalised(self) -> bool:
        """Whether its points had to be shared out anew."""
        return abs(self.points - 100) > 1e-6


@dataclass(frozen=True)
class Apart:
    """How far two agencies' priorities stand apart.

    Attributes:
        first: the id of one agency, the earlier of the two.
        second: the id of the other.
        distance: half the sum of the differences of their shares: 0 the same, 1 nothing in common.
        driver: the outcome over which they differ most; None when they do not differ.
        difference: the first's share of the driver less the second's, -1 to 1.
        statutory: of the two, those whom the law binds to the driver: they cannot simply give way.
        common: outcomes to which both give a tenth of their points or more: where to begin.
    """

    first: str
    second: str
    distance: float
    driver: str | None
    difference: float
    statutory: tuple[str, ...]
    common: tuple[str, ...]


@dataclass(frozen=True)
class Divides:
    """How much one outcome divides the table.

    Attributes:
        outcome: its id.
        share: its part of all the distance between all pairs, 0 to 1.
        most: the ids of those who give it most, up to three of them; none where all give it alike.
        least: the ids of all who give it the least that anybody does, which is often nothing.
        bound: the ids of those whom the law binds to it.
        chosen: the ids of those who give it points by choice.
    """

    outcome: str
    share: float
    most: tuple[str, ...]
    least: tuple[str, ...]
    bound: tuple[str, ...]
    chosen: tuple[str, ...]


@dataclass(frozen=True)
class Priorities:
    """How the table's priorities stand.

    Attributes:
        wants: each agency that has shared out points, in order of id.
        silent: the ids of agencies that have not, though they exist on the day.
        outcomes: the outcomes to which anybody gives a point, in order. An outcome to which nobody gives
            any is no ground of agreement and is left out of the rankings.
        pairs: every two agencies, those furthest apart first.
        concordance: how far the rankings of all agree.
        divides: the outcomes, those that divide most first.
        free: outcomes on which no two agencies stand more than ten points apart.
        said: what a reader must know: points shared out anew, agencies left out, a test not made.
    """

    wants: tuple[Wants, ...]
    silent: tuple[str, ...]
    outcomes: tuple[str, ...]
    pairs: tuple[Apart, ...]
    concordance: Concordance
    divides: tuple[Divides, ...]
    free: tuple[str, ...]
    said: tuple[str, ...]

    def of(self, one: str, other: str) -> Apart | None:
        """How far two agencies stand apart, in either order; None where one of them is silent."""
        return self._by_ends.get((min(one, other), max(one, other)))

    @cached_property
    def _by_ends(self) -> Mapping[tuple[str, str], Apart]:
        return {(pair.first, pair.second): pair for pair in self.pairs}

    @cached_property
    def wanting(self) -> Mapping[str, tuple[str, ...]]:
        """The ids of the agencies that give points to each outcome, those that give it most first."""
        return {outcome: tuple(_wanting(self.wants, outcome)) for outcome in self.outcomes}


def standing(study: Study) -> Priorities:
    """The priorities of the partnership under study, worked out once for all who ask."""
    return study.shared(_standing)


def _standing(study: Study) -> Priorities:
    return priorities(study.partnership)


def priorities(partnership: Partnership) -> Priorities:
    """How far the priorities of the agencies that exist on the folder's day stand apart, and over what."""
    living = [one for one in partnership.agencies if one.existed_on(partnership.charter.as_of)]
    wants = tuple(_wants(agency) for agency in living if sum(p.points for p in agency.priorities) > 0)
    outcomes = tuple(sorted({outcome for one in wants for outcome in one.shares}))
    pairs = [_apart(one, other) for one, other in combinations(wants, 2)]
    agreed = concordance([ranks([one.shares.get(o, 0.0) for o in outcomes]) for one in wants])
    return Priorities(
        wants=wants,
        silent=tuple(sorted({agency.id for agency in living} - {one.agency for one in wants})),
        outcomes=outcomes,
        pairs=tuple(sorted(pairs, key=lambda pair: (-pair.distance, pair.first, pair.second))),
        concordance=agreed,
        divides=_divides(wants, outcomes),
        free=tuple(outcome for outcome in outcomes if len(wants) > 1 and _width(wants, outcome) <= CLOSE),
        said=_said(partnership, wants, agreed),
    )


def distance(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    """Half the sum of absolute differences between two sets of shares, 0 to 1.

    Also called the total variation distance: the share of its points that one would have to move to want
    what the other wants.
    """
    return _half(_gaps(one, other))


def _gaps(one: Mapping[str, float], other: Mapping[str, float]) -> Mapping[str, float]:
    """What one gives each outcome less what the other gives it, in order of the outcomes."""
    return {outcome: one.get(outcome, 0.0) - other.get(outcome, 0.0) for outcome in sorted({*one, *other})}


def _half(gaps: Mapping[str, float]) -> float:
    return min(1.0, round(sum(map(abs, gaps.values())) / 2, _DIGITS))


def _wants(agency: Agency) -> Wants:
    given = {one.outcome: one.points for one in agency.priorities if one.points > 0}
    total = sum(given.values())
    return Wants(
        agency=agency.id,
        shares={outcome: round(given[outcome] / total, _DIGITS) for outcome in sorted(given)},
        statutory=frozenset(one.outcome for one in agency.priorities if one.statutory and one.points > 0),
        points=total,
    )


def _apart(one: Wants, other: Wants) -> Apart:
    exact = _gaps(one.shares, other.shares)
    gaps = {outcome: round(gap, _DIGITS) for outcome, gap in exact.items()}
    driver = max(gaps, key=lambda outcome: abs(gaps[outcome]))
    apart = _half(exact)
    return Apart(
        first=one.agency,
        second=other.agency,
        distance=apart,
        driver=driver if apart else None,
        difference=gaps[driver],
        statutory=tuple(who.agency for who in (one, other) if apart and driver in who.statutory),
        common=tuple(o for o in gaps if min(one.shares.get(o, 0.0), other.shares.get(o, 0.0)) >= CLOSE),
    )


def _divides(wants: tuple[Wants, ...], outcomes: tuple[str, ...]) -> tuple[Divides, ...]:
    """Each outcome's part of the whole distance: the differences over it, summed over every pair."""
    parts = {outcome: _part(_given(wants, outcome)) for outcome in outcomes}
    whole = sum(parts.values())
    if not whole:
        return ()
    found = [_dividing(wants, outcome, round(parts[outcome] / whole, _DIGITS)) for outcome in outcomes]
    return tuple(sorted(found, key=lambda one: (-one.share, one.outcome)))


def _part(given: list[float]) -> float:
    shares = np.array(given)
    return float(np.abs(shares[:, None] - shares).sum()) / 2


def _given(wants: tuple[Wants, ...], outcome: str) -> list[float]:
    return [one.shares.get(outcome, 0.0) for one in wants]


def _wanting(wants: tuple[Wants, ...], outcome: str) -> Iterator[str]:
    found = [one for one in wants if outcome in one.shares]
    return (one.agency for one in sorted(found, key=lambda one: (-one.shares[outcome], one.agency)))


def _dividing(wants: tuple[Wants, ...], outcome: str, share: float) -> Divides:
    ordered = sorted(wants, key=lambda one: (-one.shares.get(outcome, 0.0), one.agency))
    least = ordered[-1].shares.get(outcome, 0.0)
    above = [one.agency for one in ordered if one.shares.get(outcome, 0.0) > least]
    weighing = [one for one in wants if outcome in one.shares]
    return Divides(
        outcome=outcome,
        share=share,
        most=tuple(above[:3]),
        least=tuple(sorted(one.agency for one in ordered if one.agency not in above)),
        bound=tuple(one.agency for one in weighing if outcome in one.statutory),
        chosen=tuple(one.agency for one in weighing if outcome not in one.statutory),
    )


def _width(wants: tuple[Wants, ...], outcome: str) -> float:
    given = _given(wants, outcome)
    return round(max(given) - min(given), _DIGITS)


def _said(partnership: Partnership, wants: tuple[Wants, ...], agreed: Concordance) -> tuple[str, ...]:
    said = [
        f"{partnership.agency(one.agency).name} wrote down {one.points:g} points and not 100; they are "
        "shared out anew in the same proportions."
        for one in wants
        if one.normalised
    ]
    ended = [
        agency.name
        for agency in partnership.agencies
        if agency.priorities and not agency.existed_on(partnership.charter.as_of)
    ]
    said += [f"{name} does not exist on the day, and its priorities are left out." for name in ended]
    if agreed.why_not is not None:
        said.append(f"Agreement of the whole table: {agreed.why_not}.")
    return tuple(said)
