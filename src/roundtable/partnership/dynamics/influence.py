"""How far each factor moves each outcome, along every way through the map at once.

What it means: 0.4 is "a full push on this factor moves the outcome as a link of strength 0.4 would, in the
same direction"; -0.4 the same, the other way. A direct link counts its signed strength. What comes by way of
another node counts less for each step between, and no node passes on more than the whole of itself.

The influence t of node i on the outcome o is what settles of

    t(i) = the sum over the links from i to j, kept within [-1, 1], of  w(i,j) * ( [j is o] + d(i,j) * t(j) )

with w the signed strength and d the damping (`damping`). Where nothing reaches the whole this is Katz's
status index with a damping of its own for each tangle (Katz, "A new status index derived from sociometric
analysis", *Psychometrika* 18, 1953): all walks, each step counting d of the one before. Paths are never
listed, so that loops cost nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from roundtable.partnership.causal.graph import CausalMap, whole_map
from roundtable.partnership.dynamics.bounds import bounds
from roundtable.partnership.dynamics.damping import damping
from roundtable.partnership.dynamics.matrix import Links
from roundtable.partnership.dynamics.settling import settled
from roundtable.partnership.dynamics.strengths import drawn, limits, middles
from roundtable.partnership.study import Study

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Range:
    """An influence, each value in [-1, 1].

    Attributes:
        low: the least that any strengths within the ranges of the links allow.
        middle: with every link at the middle of its range, and nought where nobody knows its sign.
        high: the greatest.
    """

    low: float
    middle: float
    high: float

    @property
    def signed(self) -> int:
        """1 where it raises whatever the strengths, -1 where it lowers, 0 where it could be either."""
        return int(self.low > 0) - int(self.high < 0)

    def times(self, amount: float) -> Range:
        """What follows of so much of it: a negative amount turns it round."""
        ends = sorted((self.low * amount, self.high * amount))
        return Range(ends[0] + 0.0, self.middle * amount + 0.0, ends[1] + 0.0)

    @cached_property
    def size(self) -> Range:
        """How far it moves the outcome, whichever way: each value in [0, 1]."""
        ends = sorted((abs(self.low), abs(self.high)))
        return Range(0.0 if self.low <= 0 <= self.high else ends[0], abs(self.middle), ends[1])


@dataclass(frozen=True)
class Influences:
    """The influence of every node of a map on every outcome.

    Attributes:
        nodes: the ids of the nodes, in the order of the first axis; the map's own order.
        outcomes: the ids of the outcomes, in the order of the second axis.
        low: the least that the ranges of the links allow, shape (nodes, outcomes).
        middle: with every link at the middle of its range.
        high: the greatest that the ranges allow.
        samples: the influence with strengths drawn over the ranges, shape (samples, nodes, outcomes), single
            precision; every draw lies between low and high. None where no draws were asked for.
    """

    nodes: tuple[str, ...]
    outcomes: tuple[str, ...]
    low: Floats
    middle: Floats
    high: Floats
    samples: NDArray[np.float32] | None = None
    _on: dict[str, Mapping[str, Range]] = field(default_factory=dict, repr=False, compare=False)
    _moved: dict[str, Mapping[str, Range]] = field(default_factory=dict, repr=False, compare=False)

    def on(self, outcome_id: str) -> Mapping[str, Range]:
        """The influence of every node on an outcome, in the order of the nodes; nought where no way leads.

        KeyError where the partnership has no such outcome.
        """
        if outcome_id not in self._on:
            column = self.column(outcome_id)
            ends = (part[:, column].tolist() for part in (self.low, self.middle, self.high))
            self._on[outcome_id] = {
                node: Range(*values) for node, *values in zip(self.nodes, *ends, strict=True)
            }
        return self._on[outcome_id]

    def moved_by(self, node_id: str) -> Mapping[str, Range]:
        """The outcomes that a node moves, whichever way, in their order; none for an unknown node."""
        if node_id not in self._moved:
            self._moved[node_id] = self._moves(node_id) if node_id in self._rows else {}
        return self._moved[node_id]

    def _moves(self, node_id: str) -> Mapping[str, Range]:
        row = self._rows[node_id]
        columns = np.flatnonzero((self.low[row] != 0) | (self.high[row] != 0))
        ends = (part[row, columns].tolist() for part in (self.low, self.middle, self.high))
        return {self.outcomes[column]: Range(*values) for column, *values in zip(columns, *ends, strict=True)}

    def column(self, outcome_id: str) -> int:
        """Where an outcome stands on the last axis."""
        return self._columns[outcome_id]

    def row(self, node_id: str) -> int:
        """Where a node stands on the axis before it."""
        return self._rows[node_id]

    @cached_property
    def _rows(self) -> Mapping[str, int]:
        return {node: row for row, node in enumerate(self.nodes)}

    @cached_property
    def _columns(self) -> Mapping[str, int]:
        return {outcome: column for column, outcome in enumerate(self.outcomes)}


def causal_map(study: Study) -> CausalMap:
    """The map of the whole partnership, for `study.shared`."""
    return whole_map(study.partnership)


def influences(study: Study) -> Influences:
    """The influence of every factor on every outcome of the charter, worked out once a study.

    An outcome that no scenario's map names has a column of noughts. With no samples (the quick look) the
    bounds and the middle are the same as ever, because neither rests on a draw.
    """
    return study.shared(_influences)


def influences_of(
    whole: CausalMap, outcome_ids: Sequence[str], samples: int = 0, seed: int = 0
) -> Influences:
    """The influence of every node of a map on some outcomes.

    Args:
        whole: the map.
        outcome_ids: outcomes in the order wanted; one that the map has not is influenced by nothing.
        samples: how many times strengths are drawn.
        seed: where the draws begin.
    """
    links, kept = Links.of(whole), damping(whole)
    there = [column for column, outcome in enumerate(outcome_ids) if outcome in whole]
    columns = np.array([whole.index[outcome_ids[column]] for column in there], dtype=np.int64)
    shape = (len(whole.nodes), len(outcome_ids))
    low, middle, high = (np.zeros(shape) for _ in range(3))
    most = _most(links)
    low[:, there], high[:, there] = bounds(links, *limits(whole), kept, columns, most)
    middle[:, there] = damped(links, middles(whole), kept, columns)
    draws = np.zeros((samples, *shape), dtype=np.float32) if samples else None
    if draws is not None:
        for draw, strengths in enumerate(drawn(whole, samples, seed)):
            draws[draw][:, there] = damped(links, strengths, kept, columns)
    return Influences(tuple(n.id for n in whole.nodes), tuple(outcome_ids), low, middle, high, draws)


def damped(links: Links, strengths: Floats, kept: Floats, columns: NDArray[np.int64]) -> Floats:
    """The damped influence of every node on some of them, given one strength and one damping an edge.

    Returns:
        Shape (nodes, columns), each value in [-1, 1].
    """
    direct, carry = links.into(strengths, columns), links.matrix(strengths * kept)

    def step(values: Floats) -> Floats:
        moved: Floats = direct + carry @ values
        return moved.clip(-1.0, 1.0)

    return settled(step, direct.shape, _most(links))


def _influences(study: Study) -> Influences:
    outcomes = [outcome.id for outcome in study.partnership.charter.outcomes]
    return influences_of(study.shared(causal_map), sorted(outcomes), study.samples, study.seed)


def _most(links: Links) -> int:
    """More steps than the longest way without a loop, and enough for every tangle to shrink to nothing."""
    return links.size + 500
