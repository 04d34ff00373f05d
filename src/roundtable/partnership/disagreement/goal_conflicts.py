"""Services that help what one agency wants most and hurt what another wants most.

A service moves factors; the causal map says how far those move each outcome. A conflict is told only
where both the help and the hurt are certain of sign, whatever the strengths of the links are within
their ranges: a sign that nobody knows makes no conflict.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from roundtable.partnership.disagreement.priorities import Priorities, standing
from roundtable.partnership.dynamics.influence import Influences, Range, influences
from roundtable.partnership.model.outcome import Direction
from roundtable.partnership.model.service import Effect, Service
from roundtable.partnership.model.strict import UNKNOWN
from roundtable.partnership.study import Study

#: Below a hundredth of the whole range, an effect that has come through several links is noise.
NEGLIGIBLE = 0.01


@dataclass(frozen=True)
class Touches:
    """What one service does to one outcome, and who cares.

    Attributes:
        outcome: the outcome's id.
        low: the least good it does, -1 to 1; below nought it does harm.
        middle: the good it does with every link at the middle of its range.
        high: the most good it does.
        wanted_by: ids of the agencies that give the outcome points, those that give most first.
    """

    outcome: str
    low: float
    middle: float
    high: float
    wanted_by: tuple[str, ...]

    @property
    def helps(self) -> bool:
        """Whether it is certain to help, and not only a little."""
        return self.low > 0 and self.middle >= NEGLIGIBLE

    @property
    def hurts(self) -> bool:
        """Whether it is certain to hurt, and not only a little."""
        return self.high < 0 and self.middle <= -NEGLIGIBLE


@dataclass(frozen=True)
class GoalConflict:
    """A running service that helps some prioritised outcomes and hurts others, the greatest first."""

    service: str
    helps: tuple[Touches, ...]
    hurts: tuple[Touches, ...]


def goal_conflicts(study: Study) -> tuple[GoalConflict, ...]:
    """Every running service that helps an outcome some agency wants and hurts one that another wants.

    An agency that wants both has a choice of its own to make, and no conflict with anybody: at least one
    agency must want what is helped and another what is hurt.
    """
    partnership = study.partnership
    if not partnership.scenarios or not partnership.services:
        return ()
    reach = influences(study)
    stands = standing(study)
    found = (
        _conflict(study, reach, stands, service)
        for service in partnership.services
        if partnership.is_running(service)
    )
    return tuple(one for one in found if one is not None)


def touches(study: Study, reach: Influences, stands: Priorities, service: Service) -> Iterator[Touches]:
    """What a service does to each prioritised outcome that the map leads it to.

    An outcome is passed over where the service moves it by an effect of unknown size: of such a sum
    nothing is certain.
    """
    through = [(effect, reach.moved_by(effect.factor)) for effect in service.effects]
    for outcome_id in stands.outcomes:
        effects = [_effect(effect, moved[outcome_id]) for effect, moved in through if outcome_id in moved]
        if not effects or None in effects:
            continue
        low, middle, high = (sum(one[i] for one in effects if one is not None) for i in range(3))
        if study.partnership.outcome(outcome_id).direction is Direction.DOWN:
            low, middle, high = -high, -middle, -low
        yield Touches(outcome_id, low, middle, high, stands.wanting[outcome_id])


def _effect(effect: Effect, through: Range) -> tuple[float, float, float] | None:
    """How far one effect moves the outcome; None where nobody knows how much."""
    if effect.size == UNKNOWN:
        return None
    size = float(effect.size)
    sizes = [size if end is None else end for end in (effect.low, effect.high)]
    ends = [one * other for one in sizes for other in (through.low, through.high)]
    return min(ends), size * through.middle, max(ends)


def _conflict(study: Study, reach: Influences, stands: Priorities, service: Service) -> GoalConflict | None:
    found = sorted(touches(study, reach, stands, service), key=lambda one: (-abs(one.middle), one.outcome))
    helps = tuple(one for one in found if one.helps)
    hurts = tuple(one for one in found if one.hurts)
    glad = {agency for one in helps for agency in one.wanted_by}
    sorry = {agency for one in hurts for agency in one.wanted_by}
    between_two = any(one != other for one in glad for other in sorry)
    return GoalConflict(service.id, helps, hurts) if between_two else None
