"""Where the map comes to rest when something on it is held up or down: a fuzzy cognitive map.

Every round, each node becomes a squashed sum of what acts on it (Kosko, "Fuzzy cognitive maps",
*International Journal of Man-Machine Studies* 24, 1986):

    x(j) := f( the sum over the links from i to j of  w(i,j) * x(i)  +  m * x(j) )

where m is nought under Kosko's rule and 1 under the modified rule, in which a node remembers itself
(Stylios and Groumpos, "Modeling complex systems using fuzzy cognitive maps", *IEEE Transactions on Systems,
Man and Cybernetics* A 34, 2004). Nodes that are held keep their value throughout.

With the hyperbolic tangent 0 is as now, 1 as much more as can be and -1 as much less; steepness 1 lets a
small change pass a link of strength w as w of itself, which is the unit that damped influence has. The map
may come to rest, go round in a cycle, or do neither in the rounds allowed; which is part of the answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from roundtable.partnership.causal.graph import CausalMap
from roundtable.partnership.dynamics.course import Course
from roundtable.partnership.dynamics.imposed import as_row, checked
from roundtable.partnership.dynamics.matrix import Links

Floats = NDArray[np.float64]
Held = NDArray[np.bool_]

#: Rounds before the map is said not to have come to rest.
MOST = 500
#: The longest cycle that is looked for, in rounds.
LONGEST_CYCLE = 60
#: It is at rest when no node moves by more than this in a round.
STILL = 1e-9
#: A swing smaller than this over the last rounds is the end of coming to rest.
SWING = 1e-4


class Transfer(StrEnum):
    """How a sum is squashed: into [-1, 1] about nought, or into [0, 1] about a half."""

    TANH = "tanh"
    SIGMOID = "sigmoid"


class Ending(StrEnum):
    """What became of the map."""

    SETTLED = "settled"
    CYCLE = "cycle"
    UNSETTLED = "unsettled"


@dataclass(frozen=True)
class Rule:
    """How a round is worked out.

    Attributes:
        transfer: the squashing function f.
        steepness: the steepness s of f: tanh(s * x), or 1 / (1 + exp(-s * x)).
        memory: what a node keeps of itself: 0 for Kosko's rule, 1 for the modified rule.
    """

    transfer: Transfer = Transfer.TANH
    steepness: float = 1.0
    memory: float = 0.0

    def squash(self, sums: Floats) -> Floats:
        """The next values."""
        if self.transfer is Transfer.TANH:
            return np.asarray(np.tanh(self.steepness * sums))
        # The logistic function by way of tanh: it cannot overflow, and scipy.special is slow to load.
        return np.asarray(0.5 * (1.0 + np.tanh(0.5 * self.steepness * sums)))

    @property
    def start(self) -> float:
        """Where a node begins that nobody has set: the middle of the scale."""
        return 0.0 if self.transfer is Transfer.TANH else 0.5


KOSKO = Rule()


@dataclass(frozen=True, eq=False)
class SteadyState:
    """What became of the map, and where every node is.

    Attributes:
        values: the value of each node, in order of their ids; the mean of a round trip if it cycles, and of
            the last `2 * LONGEST_CYCLE` rounds if it is unsettled.
        kind: whether it settled.
        period: the rounds of a cycle; None unless it is one.
        steps: the rounds taken before it came to rest or was given up.
        low: the least that each node had in the rounds that `values` is the mean of.
        high: the greatest.
        course: every round, for a chart.
    """

    values: Mapping[str, float]
    kind: Ending
    period: int | None
    steps: int
    low: Mapping[str, float]
    high: Mapping[str, float]
    course: Course


def steady_state(
    causal_map: CausalMap,
    weights: Floats,
    held: Mapping[str, float] | None = None,
    start: Mapping[str, float] | None = None,
    rule: Rule = KOSKO,
    most: int = MOST,
) -> SteadyState:
    """Where a map comes to rest.

    Args:
        causal_map: the map.
        weights: one signed strength an edge, in the order of the edges (see `strengths`).
        held: nodes that are kept at a value throughout.
        start: where other nodes begin; the middle of the scale unless given.
        rule: how a round is worked out.
        most: the rounds allowed before the map is said to be unsettled.
    """
    held, start = checked(causal_map, held or {}), checked(causal_map, start or {})
    kept = np.isin(np.arange(len(causal_map.nodes)), [causal_map.index[node] for node in held])
    begun = np.isin(np.arange(len(causal_map.nodes)), [causal_map.index[node] for node in start])
    values = np.where(begun, as_row(causal_map, start), rule.start)
    values = np.where(kept, as_row(causal_map, held), values)
    rounds = [values]
    carry = inward(causal_map, weights)
    for _ in range(most + 2 * LONGEST_CYCLE):
        rounds.append(_round(carry, rounds[-1], kept, values, rule))
        if at_rest(rounds[-1], rounds[-2]) and len(rounds) <= most + 1:
            return _state(causal_map, rounds, Ending.SETTLED, 1)
    last = np.array(rounds[-2 * LONGEST_CYCLE :])
    if not _swings(last).any():
        return _state(causal_map, rounds, Ending.SETTLED, 1)
    period = _period(last)
    ending = Ending.CYCLE if period else Ending.UNSETTLED
    return _state(causal_map, rounds, ending, period or len(last))


def inward(causal_map: CausalMap, weights: Floats) -> csr_array:
    """Signed strengths as a matrix of shape (nodes, nodes) whose row is the node that is moved."""
    return csr_array(Links.of(causal_map).matrix(weights).T)


def rested(carry: csr_array, kept: Held, values: Floats, rule: Rule = KOSKO) -> tuple[Floats, Held]:
    """Many cases at once: where each comes to rest, and whether it does.

    Args:
        carry: of `inward`.
        kept: whether a node is held, shape (nodes, cases).
        values: where each node begins, shape (nodes, cases).
        rule: how a round is worked out.

    Returns:
        The values, shape (nodes, cases), the mean of the last rounds where a case is not at rest; and
        whether each case is, shape (cases,).
    """
    now = values
    for _ in range(MOST):
        before, now = now, _round(carry, now, kept, values, rule)
        if at_rest(now, before):
            return now, np.ones(values.shape[1], dtype=np.bool_)
    last = np.empty((2 * LONGEST_CYCLE, *now.shape))
    for row in range(len(last)):
        last[row] = now = _round(carry, now, kept, values, rule)
    return np.asarray(last.mean(axis=0)), np.logical_not(_swings(last).any(axis=0))


def at_rest(now: Floats, before: Floats) -> bool:
    """Whether no node has moved."""
    return not now.size or float(np.abs(now - before).max()) < STILL


def _round(carry: csr_array, now: Floats, kept: Held, values: Floats, rule: Rule) -> Floats:
    sums: Floats = carry @ now + rule.memory * now
    return np.where(kept, values, rule.squash(sums))


def _swings(last: Floats) -> NDArray[np.bool_]:
    """Which nodes still moved in the last rounds, by more than the end of coming to rest."""
    return np.asarray(np.ptp(last, axis=0) >= SWING)


def _period(last: Floats) -> int | None:
    """The fewest rounds after which everything is as it was; None where nothing returns."""
    for period in range(2, LONGEST_CYCLE + 1):
        if at_rest(last[period:], last[:-period]):
            return period
    return None


def _state(causal_map: CausalMap, rounds: list[Floats], kind: Ending, last: int) -> SteadyState:
    ids = tuple(node.id for node in causal_map.nodes)
    seen = np.array(rounds[-last:])
    parts = (seen.mean(axis=0), seen.min(axis=0), seen.max(axis=0))
    middle, low, high = (dict(zip(ids, part.tolist(), strict=True)) for part in parts)
    return SteadyState(
        values=middle,
        kind=kind,
        period=last if kind is Ending.CYCLE else None,
        steps=len(rounds) - 1,
        low=low,
        high=high,
        course=Course("round", ids, tuple(node.label for node in causal_map.nodes), np.array(rounds)),
    )
