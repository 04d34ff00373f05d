"""Which changes move an outcome the wanted way most: one by one, and the best two together.

Only what the table could set out to move is looked at: no outside force, no outcome. Each factor is pushed as
far as can be in the direction that helps, and ranked by damped influence at the middle strengths. Beside the
rank stand how often it stays among the best when strengths are drawn, the best and the worst place that the
ranges allow, and which services touch it. The best pair is found by holding both factors (the fuzzy cognitive
map), because two factors of which one works by way of the other do not add up.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from roundtable.errors import Place, Problem, SettingUnusable
from roundtable.partnership.causal.graph import CausalMap
from roundtable.partnership.causal.submaps import upstream
from roundtable.partnership.dynamics.influence import Influences, Range, causal_map, influences
from roundtable.partnership.dynamics.resting import Resting, resting
from roundtable.partnership.dynamics.robustness import places, top_shares
from roundtable.partnership.dynamics.what_if import towards, way
from roundtable.partnership.model.outcome import Direction
from roundtable.partnership.model.strict import UNKNOWN
from roundtable.partnership.study import Study

#: How high an item must stand to be counted as staying among the best, unless told otherwise.
TOP = 3
#: Draws that pairs are compared over: they cost far more than single changes.
PAIR_DRAWS = 50


@dataclass(frozen=True)
class Touch:
    """A service that acts on the factor.

    Attributes:
        service: its id.
        provider: the id of the agency.
        running: whether it is active.
        helps: whether it moves the factor the way proposed; None where its effect is unknown or nought.
    """

    service: str
    provider: str
    running: bool
    helps: bool | None


@dataclass(frozen=True)
class Change:
    """One factor moved as far as can be.

    Attributes:
        node: its id.
        label: in plain words.
        amount: 1 where it is raised, -1 where it is lowered.
        gain: how far the outcome moves the wanted way, by damped influence; below nought is worse.
        held: how far it moves the wanted way when the factor is held, at the middle strengths.
        swings: whether the map does not come to rest then.
        top_share: the share of draws in which it is among the best; None where nothing was drawn.
        best: the best place that the ranges of the links allow, counted from 1.
        worst: the worst.
        services: what acts on it, in order of their ids.
    """

    node: str
    label: str
    amount: float
    gain: Range
    held: float
    swings: bool
    top_share: float | None
    best: int
    worst: int
    services: tuple[Touch, ...]

    @property
    def disagree(self) -> bool:
        """Whether pushing it and holding it point different ways."""
        return way(self.gain.middle) * way(self.held) < 0


@dataclass(frozen=True)
class Pair:
    """The two changes that do most together.

    Attributes:
        changes: the two, the better first.
        held: how far the outcome moves the wanted way with both held, at the middle strengths.
        more: how much that is more than the best of the changes alone.
        swings: whether the map does not come to rest then.
        top_share: the share of draws in which no pair does more; None where nothing was drawn.
    """

    changes: tuple[Change, Change]
    held: float
    more: float
    swings: bool
    top_share: float | None


@dataclass(frozen=True)
class GoalSeek:
    """What would move an outcome the way that is wanted.

    Attributes:
        outcome: its id.
        wanted: which way is better.
        changes: the best, best first; ties in order of their ids.
        considered: how many factors could be moved and act on the outcome one way or the other.
        pair: the best two of `changes`; None where no second change adds anything to a first.
        unclear: factors that act on the outcome but nobody knows which way, in order.
        top: how high a change must stand for its `top_share`.
    """

    outcome: str
    wanted: Direction
    changes: tuple[Change, ...]
    considered: int
    pair: Pair | None
    unclear: tuple[str, ...]
    top: int


def goal_seek(study: Study, outcome_id: str, most: int = 10, top: int = TOP) -> GoalSeek:
    """Which changes of factors that the table controls move an outcome the wanted way most.

    Args:
        study: the partnership and how many draws to make.
        outcome_id: the outcome.
        most: how many changes are wanted.
        top: how high a change must stand for its `top_share`.

    Raises:
        SettingUnusable: where the charter has no such outcome.
    """
    wanted = _wanted(study, outcome_id)
    whole, known = study.shared(causal_map), influences(study)
    on = known.on(outcome_id)
    movable = [node.id for node in whole.nodes if node.controllable]
    moving = [node_id for node_id in movable if on[node_id].middle]
    unclear = tuple(i for i in movable if not on[i].middle and way(on[i].size.high))
    amounts = {i: float(towards(wanted) * np.sign(on[i].middle)) for i in moving}
    gains = {i: on[i].times(amounts[i] * towards(wanted)) for i in moving}
    ranking = _Ranking(known, outcome_id, amounts, gains, wanted, top)
    chosen = sorted(moving, key=lambda i: (-gains[i].middle, i))[:most]
    changes, pair = _told(study, whole, ranking, chosen)
    return GoalSeek(outcome_id, wanted, changes, len(moving), pair, unclear, top)


class _Ranking:
    """How sure the place of each factor is among all that are compared."""

    def __init__(
        self,
        known: Influences,
        outcome_id: str,
        amounts: Mapping[str, float],
        gains: Mapping[str, Range],
        wanted: Direction,
        top: int,
    ) -> None:
        self.outcome_id, self.amounts, self.gains, self.wanted = outcome_id, amounts, gains, wanted
        best, worst = places(
            np.array([gain.low for gain in gains.values()]), np.array([gain.high for gain in gains.values()])
        )
        self.places = dict(zip(gains, zip(best.tolist(), worst.tolist(), strict=True), strict=True))
        self.shares = self._shares(known, top)

    def _shares(self, known: Influences, top: int) -> Mapping[str, float] | None:
        if known.samples is None:
            return None
        rows = [known.row(node_id) for node_id in self.gains]
        drawn = known.samples[:, rows, known.column(self.outcome_id)]
        turned = np.array([self.amounts[node_id] * towards(self.wanted) for node_id in self.gains])
        return dict(zip(self.gains, top_shares(drawn * turned, top).tolist(), strict=True))


def _told(
    study: Study, whole: CausalMap, ranking: _Ranking, chosen: list[str]
) -> tuple[tuple[Change, ...], Pair | None]:
    if not chosen:
        return (), None
    singles = [{node_id: ranking.amounts[node_id]} for node_id in chosen]
    pairs = [one | other for one, other in combinations(singles, 2)]
    leading = upstream(whole, [ranking.outcome_id])
    found = resting(
        leading, [ranking.outcome_id], [*singles, *pairs], min(study.samples, PAIR_DRAWS), study.seed
    )
    turn = towards(ranking.wanted)
    held = np.round(found.middle[0] * turn, 9) + 0.0
    changes = tuple(
        _change(study, whole, ranking, node_id, float(held[case]), not found.still[0, case])
        for case, node_id in enumerate(chosen)
    )
    return changes, _pair(changes, held, found, turn) if pairs else None


def _change(
    study: Study, whole: CausalMap, ranking: _Ranking, node_id: str, held: float, swings: bool
) -> Change:
    best, worst = ranking.places[node_id]
    amount = ranking.amounts[node_id]
    return Change(
        node=node_id,
        label=whole.node(node_id).label,
        amount=amount,
        gain=ranking.gains[node_id],
        held=held,
        swings=bool(swings),
        top_share=None if ranking.shares is None else ranking.shares[node_id],
        best=best,
        worst=worst,
        services=_touching(study, node_id, amount),
    )


def _pair(changes: tuple[Change, ...], held: NDArray[np.float64], found: Resting, turn: int) -> Pair | None:
    """The pair that does most, if it does more than any change alone; the first of those that do the same."""
    singles, together = held[: len(changes)], held[len(changes) :]
    best = int(np.argmax(together))
    one, other = list(combinations(range(len(changes)), 2))[best]
    more = float(together[best] - singles.max())
    if not way(more):
        return None
    drawn = found.draws[:, 0, len(changes) :] * turn
    return Pair(
        changes=(changes[one], changes[other]),
        held=float(together[best]),
        more=more,
        swings=not found.still[0, len(changes) + best],
        top_share=float(top_shares(np.round(drawn, 9), 1)[best]) if len(drawn) else None,
    )


def _touching(study: Study, node_id: str, amount: float) -> tuple[Touch, ...]:
    return tuple(
        Touch(
            service.id,
            service.provider,
            study.partnership.is_running(service),
            None if effect.size == UNKNOWN or not effect.size else float(effect.size) * amount > 0,
        )
        for service in study.partnership.services
        for effect in service.effects
        if effect.factor == node_id
    )


def _wanted(study: Study, outcome_id: str) -> Direction:
    known = {outcome.id: outcome.direction for outcome in study.partnership.charter.outcomes}
    if outcome_id not in known:
        what = f"the charter has no outcome '{outcome_id}'"
        remedy = f"Name one of: {', '.join(sorted(known))}."
        raise SettingUnusable(Problem(Place("the outcome asked for"), "unknown-outcome", what, remedy))
    return known[outcome_id]
