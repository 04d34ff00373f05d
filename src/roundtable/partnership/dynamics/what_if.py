"""What if: some factors are raised or lowered, and what follows for every outcome, worked out in two ways.

*Pushed* (damped influence): each change is a push, what follows of several pushes is added, and every step
further along the map counts less. *Held* (the fuzzy cognitive map): the factors are kept where they are put,
everything else finds its place, and loops may amplify, balance or swing. The two rest on different ideas of
the same map; where they point different ways the map is too little known to say, and the answer says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from roundtable.partnership.causal.graph import CausalMap
from roundtable.partnership.dynamics.cognitive import Ending, SteadyState, steady_state
from roundtable.partnership.dynamics.imposed import checked
from roundtable.partnership.dynamics.influence import Influences, Range, causal_map, influences
from roundtable.partnership.dynamics.propagation import HORIZON, Propagation, propagate
from roundtable.partnership.dynamics.resting import Resting, resting
from roundtable.partnership.dynamics.strengths import middles
from roundtable.partnership.model.outcome import Direction, Outcome
from roundtable.partnership.study import Study

#: An effect smaller than this, on a scale of 1, is none.
NEGLIGIBLE = 0.005


@dataclass(frozen=True)
class OutcomeEffect:
    """What the changes do to one outcome; all values in [-1, 1], nought is as now.

    Attributes:
        outcome: its id.
        name: in plain words.
        wanted: which way is better.
        pushed: by damped influence; the ends are what the ranges of the links allow.
        held: where it comes to rest with the factors held; the ends are the least and the greatest met at
            the ends of all ranges and in the draws.
        swinging: the share of those strengths at which the map does not come to rest.
    """

    outcome: str
    name: str
    wanted: Direction
    pushed: Range
    held: Range
    swinging: float

    @property
    def disagree(self) -> bool:
        """Whether the two ways of working it out point different ways."""
        return way(self.pushed.middle) * way(self.held.middle) < 0

    @property
    def better(self) -> bool | None:
        """Whether it moves the way that is wanted; None where neither way moves it or the two disagree."""
        moved = way(self.pushed.middle) or way(self.held.middle)
        return None if self.disagree or not moved else moved == towards(self.wanted)

    @property
    def sure(self) -> bool:
        """Whether it moves the same way whatever the strengths within their ranges."""
        return not self.disagree and bool(self.pushed.signed)


@dataclass(frozen=True, eq=False)
class WhatIf:
    """What follows of some changes.

    Attributes:
        changes: the factors changed and how far, in order of their ids.
        effects: on every outcome of the charter, in order of their ids.
        state: where the map comes to rest at the middle strengths with the factors held, round by round.
        spread: what happens when, at the middle strengths, week by week.
        said: what a reader has to know before using the numbers, in plain words; empty where nothing.
    """

    changes: Mapping[str, float]
    effects: tuple[OutcomeEffect, ...]
    state: SteadyState
    spread: Propagation
    said: tuple[str, ...]

    def on(self, outcome_id: str) -> OutcomeEffect:
        """The effect on one outcome; KeyError where the charter has none of that id."""
        for effect in self.effects:
            if effect.outcome == outcome_id:
                return effect
        raise KeyError(outcome_id)


def what_if(study: Study, changes: Mapping[str, float], weeks: int = HORIZON) -> WhatIf:
    """What follows for every outcome of changing some factors.

    Args:
        study: the partnership and how many draws to make.
        changes: how far each factor is changed: -1 as far down as can be, 1 as far up.
        weeks: how far ahead the course over time looks.

    Raises:
        SettingUnusable: where a change names what the map has not, or is not from -1 to 1.
    """
    whole = study.shared(causal_map)
    changes = checked(whole, changes)
    outcomes = sorted(study.partnership.charter.outcomes, key=lambda outcome: outcome.id)
    effects = _effects(study, whole, changes, outcomes)
    state = steady_state(whole, middles(whole), changes)
    spread = propagate(whole, changes, weeks)
    return WhatIf(changes, effects, state, spread, tuple(_said(effects, state, spread)))


def added(ranges: Iterable[Range]) -> Range:
    """Several effects together, none beyond the whole."""
    parts = [(each.low, each.middle, each.high) for each in ranges]
    low, middle, high = np.sum(parts, axis=0).clip(-1, 1).tolist() if parts else (0.0, 0.0, 0.0)
    return Range(low, middle, high)


def way(value: float) -> int:
    """1 for up, -1 for down, 0 where it is too little to speak of."""
    return 0 if abs(value) < NEGLIGIBLE else (1 if value > 0 else -1)


def towards(wanted: Direction) -> int:
    """1 where more is better, -1 where less is."""
    return 1 if wanted is Direction.UP else -1


def _effects(
    study: Study, whole: CausalMap, changes: Mapping[str, float], outcomes: list[Outcome]
) -> tuple[OutcomeEffect, ...]:
    there = [outcome.id for outcome in outcomes if outcome.id in whole]
    found = resting(whole, there, [changes], study.samples, study.seed)
    swinging = 1 - float(found.still.mean())
    return tuple(
        OutcomeEffect(
            outcome.id,
            outcome.name,
            outcome.direction,
            _pushed(influences(study), changes, outcome.id),
            _held(found, there.index(outcome.id)) if outcome.id in there else Range(0.0, 0.0, 0.0),
            swinging if outcome.id in there else 0.0,
        )
        for outcome in outcomes
    )


def _pushed(known: Influences, changes: Mapping[str, float], outcome_id: str) -> Range:
    """The sum of the pushes; a push on the outcome itself counts whole, beside what comes back to it."""
    parts = [known.on(outcome_id)[node_id].times(amount) for node_id, amount in changes.items()]
    itself = changes.get(outcome_id, 0.0)
    return added([*parts, Range(itself, itself, itself)])


def _held(found: Resting, row: int) -> Range:
    middle = found.middle[row, 0]
    met = np.concatenate([[middle], found.ends[:, row, 0], found.draws[:, row, 0]])
    return Range(*(round(float(value), 9) + 0.0 for value in (met.min(), middle, met.max())))


def _said(effects: tuple[OutcomeEffect, ...], state: SteadyState, spread: Propagation) -> Iterator[str]:
    held = "With these factors held the map"
    if state.kind is Ending.CYCLE:
        yield (
            f"{held} does not come to rest: it goes round in a cycle of {state.period} rounds. "
            "The figures for holding them are the mean of a round trip."
        )
    if state.kind is Ending.UNSETTLED:
        yield (
            f"{held} had not come to rest after {state.steps} rounds. "
            "The figures for holding them are the mean of the last rounds."
        )
    swinging = max((effect.swinging for effect in effects), default=0.0)
    if state.kind is Ending.SETTLED and swinging:
        yield (
            f"At the middle strengths the map comes to rest, but at {swinging:.0%} of the strengths tried it "
            "swings without end."
        )
    for effect in effects:
        if effect.disagree:
            yield (
                f"{effect.name}: the two ways of working it out point different ways, "
                "so the map does not say whether it rises or falls."
            )
    if spread.guessed:
        count = len(spread.guessed)
        links = "one link" if count == 1 else f"{count} links"
        yield f"Nobody has said how fast {links} on the way works; half a year is assumed."
