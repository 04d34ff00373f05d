"""What is at stake in a need, and how much of it could be averted: always side by side.

Harm at stake, in pounds a year, of a need about a factor f:

    the sum over outcomes o of  cases a year(o) x pounds a case(o) x |influence of f on o|
    x  (1 - known today)

- cases a year: counted by a run where one has counted them, estimated otherwise; unit: cases.
- influence: damped, without a unit, 0 to 1 (`dynamics.influence`). Its range is over the strengths of links.
- known today: the need's `current_level`, 0 to 1. Where nobody has said, anything from none to all.

An outcome whose cases or price nobody knows is left out and named beside; it is never nought. Pounds of
different years are not added: the sum is in one price base, and outcomes priced in another are named beside.

Harm avertable, in pounds a year, by a running service s that changes f:

    the same sum over those outcomes that s moves the right way  x  |effect of s on f|  x  reach
    reach = the least of 1 and  (free supply of s a year / people or places in the scenario's population)

- effect: the change in the factor for each one served, as a share of it, at most 1 (its `effects`).
- free supply a year: supply less demand in the present period, at the rate of that period for a whole year;
  in the unit of the service's capacity. A service that is full, or whose provider's skill is, reaches
  nobody more, so averts nothing more.

A service whose provider has not shown a skill that it requires averts nothing (0, with the reason): only the
services that are able are asked. Where none is, nothing more can be averted until one is.

The need has the service that could avert most. Limits: one unit of supply is taken to serve one of the
population once, and everybody in the population to bear the same share of the harm; that a full service
could see the right people first is not counted. So avertable is an order of size, and never above at stake.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from roundtable.partnership.dynamics.influence import Range, influences
from roundtable.partnership.dynamics.robustness import top_shares
from roundtable.partnership.joins.pounds import Pounds
from roundtable.partnership.joins.prices import Priced, Unpriced, one_price_base, prices
from roundtable.partnership.joins.services import Option, options
from roundtable.partnership.model.need import DataNeed
from roundtable.partnership.model.outcome import Direction
from roundtable.partnership.model.scenario import Scenario
from roundtable.partnership.model.service import Effect
from roundtable.partnership.model.strict import UNKNOWN
from roundtable.partnership.study import Study
from roundtable.partnership.wording import listed, named

#: How many needs a table can take in: a need's stability is the share of draws in which it is among them.
TOP = 5
_Triple = tuple[float, float, float]


@dataclass(frozen=True)
class Stake:
    """What rides on a need.

    Attributes:
        at_stake: harm at stake; None when no outcome that the factor reaches is priced.
        avertable: harm that the best service could avert; nothing where no provider has shown the skills;
            None when nothing is priced, no running service changes the factor, or its effect, its room or
            the population is not known.
        service: the id of that service; of the first by id where none can be priced.
        unpriced: the outcomes that the factor reaches and that are not in the sum, each with the reason.
        why_not: why nothing can be averted or said of it; empty when something can.
        top_share: the share of draws of link strengths in which the need is among the `TOP` with most at
            stake; None when there are no draws or nothing is priced.
    """

    at_stake: Pounds | None
    avertable: Pounds | None
    service: str | None
    unpriced: tuple[Unpriced, ...]
    why_not: str
    top_share: float | None = None


@dataclass(frozen=True)
class _Reached:
    """What a factor moves, in one price base."""

    priced: tuple[tuple[Priced, Range], ...]
    unpriced: tuple[Unpriced, ...]
    base: str | None

    @cached_property
    def harm(self) -> _Triple:
        """The pounds a year of all that it moves and that is priced."""
        return _harm(self.priced)


def stakes(study: Study) -> Mapping[str, Stake]:
    """What rides on every need, by its id."""
    return study.shared(_stakes)


def reached(study: Study, factor: str) -> Mapping[str, Range]:
    """The outcomes that a factor moves, whichever way, with its influence on each; in order of their ids."""
    return influences(study).moved_by(factor)


def _stakes(study: Study) -> Mapping[str, Stake]:
    moved = {
        factor: _moved(study, factor) for factor in {need.factor for _, need in study.partnership.needs()}
    }
    every = [(scenario, need, moved[need.factor]) for scenario, need in study.partnership.needs()]
    shares = _top_shares(study, [(need, reach) for _, need, reach in every])
    return {
        need.id: _stake(study, scenario, need, reach, shares.get(need.id)) for scenario, need, reach in every
    }


def _moved(study: Study, factor: str) -> _Reached:
    priced: list[tuple[Priced, Range]] = []
    unpriced: list[Unpriced] = []
    known = prices(study)
    for outcome, influence in reached(study, factor).items():
        price = known[outcome]
        if isinstance(price, Priced):
            priced.append((price, influence))
        else:
            unpriced.append(price)
    base = one_price_base(study, (price.price_base for price, _ in priced))
    other = [
        Unpriced(p.outcome, f"it is priced in {p.price_base}") for p, _ in priced if p.price_base != base
    ]
    kept = tuple((price, influence) for price, influence in priced if price.price_base == base)
    return _Reached(kept, tuple(sorted((*unpriced, *other), key=lambda one: one.outcome)), base)


def _stake(
    study: Study, scenario: Scenario, need: DataNeed, moved: _Reached, top_share: float | None
) -> Stake:
    found = options(study, need.factor)
    able = tuple(option for option in found if not option.missing)
    first = (able or found)[0].service.id if found else None
    if moved.base is None:
        return Stake(None, None, first, moved.unpriced, "nothing that it reaches is priced", None)
    at_stake = _share(moved.harm, _not_known(need), moved.base)
    if found and not able:
        nothing = Pounds(0.0, 0.0, 0.0, moved.base)
        return Stake(at_stake, nothing, first, moved.unpriced, _unable(study, found), top_share)
    averted = [
        (pounds, option.service.id)
        for option in able
        if (pounds := _averted(study, scenario, need, moved, option)) is not None
    ]
    if not averted:
        why = _why_not(scenario, able)
        return Stake(at_stake, None, first, moved.unpriced, why, top_share)
    best, service = min(averted, key=lambda one: (-one[0].middle, -one[0].high, one[1]))
    return Stake(at_stake, best, service, moved.unpriced, "", top_share)


def _not_known(need: DataNeed) -> _Triple:
    """The share of it that is not known today: least, middle and most."""
    if need.current_level is None:
        return 0.0, 0.5, 1.0
    return (1 - need.current_level,) * 3


def _share(harm: _Triple, share: _Triple, base: str) -> Pounds:
    low, middle, high = (pounds * part for pounds, part in zip(harm, share, strict=True))
    return Pounds(low, middle, high, base)


def _harm(priced: Iterable[tuple[Priced, Range]]) -> _Triple:
    """Pounds a year x influence, added up: least, middle and most."""
    low = middle = high = 0.0
    for price, influence in priced:
        low += price.pounds * influence.size.low
        middle += price.pounds * influence.size.middle
        high += price.pounds * influence.size.high
    return low, middle, high


def _averted(
    study: Study, scenario: Scenario, need: DataNeed, moved: _Reached, option: Option
) -> Pounds | None:
    """What one service could avert; None where its effect, its room or the population is not known."""
    effect = _sizes(option.effect)
    reach = _reach(scenario, option)
    if effect is None or reach is None or moved.base is None:
        return None
    up = float(option.effect.size) > 0
    helped = ((p, influence) for p, influence in moved.priced if _helps(study, p.outcome, influence, up))
    share = tuple(a * b * c for a, b, c in zip(_not_known(need), effect, reach, strict=True))
    return _share(_harm(helped), (share[0], share[1], share[2]), moved.base)


def _helps(study: Study, outcome: str, influence: Range, raised: bool) -> bool:
    """Whether to raise the factor, or to lower it, moves the outcome the way that is wanted."""
    wanted_up = study.partnership.outcome(outcome).direction is Direction.UP
    rises = influence.middle > 0 if raised else influence.middle < 0
    return influence.middle != 0 and rises == wanted_up


def _sizes(effect: Effect) -> _Triple | None:
    """How far the service changes the factor for each one served: least, middle and most, each 0 to 1."""
    if effect.size == UNKNOWN:
        return None
    middle = float(effect.size)
    ends = [middle if end is None else end for end in (effect.low, effect.high)]
    sizes = sorted(min(1.0, abs(end)) for end in ends)
    least = 0.0 if min(ends) <= 0 <= max(ends) else sizes[0]
    return least, min(1.0, abs(middle)), sizes[1]


def _reach(scenario: Scenario, option: Option) -> _Triple | None:
    """The share of the population that its free supply could serve in a year: least, middle and most."""
    people = scenario.population
    if option.free_a_year is None or people.value == UNKNOWN or float(people.value) <= 0:
        return None
    value = float(people.value)
    low, high = (value if end is None else end for end in (people.low, people.high))
    least, middle, most = (min(1.0, option.free_a_year / max(one, 1.0)) for one in (high, value, low))
    return least, middle, most


def _why_not(scenario: Scenario, found: tuple[Option, ...]) -> str:
    if not found:
        return "no running service changes it"
    if scenario.population.value == UNKNOWN:
        return "nobody knows how many people the scenario is about"
    if all(option.effect.size == UNKNOWN for option in found):
        return "nobody knows how much the services change it"
    return "nobody knows what room the services have"


def _unable(study: Study, found: tuple[Option, ...]) -> str:
    """That no provider has shown what its service takes."""
    providers = {option.service.provider for option in found}
    have = "has" if len(providers) == 1 else "have"
    services = listed(f"'{option.service.name}'" for option in found)
    return f"{named(study.partnership, sorted(providers))} {have} not shown the skills that {services} takes"


def _top_shares(study: Study, every: list[tuple[DataNeed, _Reached]]) -> Mapping[str, float]:
    """For each priced need, the share of draws in which it is among the `TOP`."""
    samples = influences(study).samples
    priced = [(need, moved) for need, moved in every if moved.base is not None]
    if samples is None or not priced:
        return {}
    scores = np.stack([score for _, score in _scores(study, samples, priced)], axis=1)
    return {need.id: float(share) for (need, _), share in zip(priced, top_shares(scores, TOP), strict=True)}


def _scores(
    study: Study, samples: NDArray[np.float32], priced: list[tuple[DataNeed, _Reached]]
) -> Iterator[tuple[str, NDArray[np.float64]]]:
    """The pounds at stake in every draw, need by need."""
    found = influences(study)
    rows = {node: row for row, node in enumerate(found.nodes)}
    for need, moved in priced:
        pounds = np.zeros(len(found.outcomes))
        for price, _ in moved.priced:
            pounds[found.column(price.outcome)] = price.pounds
        harm = np.abs(samples[:, rows[need.factor], :]).astype(np.float64) @ pounds
        yield need.id, harm * _not_known(need)[1]
