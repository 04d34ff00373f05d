"""The pairs that a night adds: those of new profiles, and those that a new profile brings together."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from roundtable.linkage.blocking.closure import closure
from roundtable.linkage.blocking.pairs import LeftOut, candidates_of_new
from roundtable.linkage.clustering.constraints import Pairs, Positions
from roundtable.linkage.evidence.settings import Settings
from roundtable.linkage.people.arriving import Arrived
from roundtable.linkage.people.facts import two_people
from roundtable.linkage.people.pairs_kept import Kept
from roundtable.linkage.people.state import State
from roundtable.linkage.scoring.vector import Scorer

#: Friends of friends are looked for again among those that were found, so many times in all.
ROUNDS = 2
#: A neighbour carries to others where the pair weighs more than this, in bits.
ABOVE = 1.0


@dataclass(frozen=True)
class Added:
    """What a night found.

    Attributes:
        old: the pairs of before whose profiles are both still shown.
        new: the pairs that are kept besides.
        apart: of the pairs that were looked at, those that are two people by birth and name.
        left_out: blocks with a new profile that were too large to be looked at.
    """

    old: Kept
    new: Kept
    apart: Pairs
    left_out: tuple[LeftOut, ...]


def added_pairs(state: State, arrived: Arrived, settings: Settings) -> Added:
    """Look for the pairs of new profiles, score them, and look for what they bring together.

    Args:
        state: what the run before left.
        arrived: the profiles of the night among the old ones.
        settings: those of the state's model.
    """
    old = Kept(state.left, state.right, state.weight)
    if arrived.dead.any():
        old = old.at(~(arrived.dead[old.left] | arrived.dead[old.right]))
    blocked = candidates_of_new(arrived.keys, arrived.first_new, settings.cap)
    scoring = _Scoring(Scorer(state.model, settings, arrived.encoded), settings)
    new = scoring.kept(blocked.left, blocked.right)
    for _ in range(ROUNDS):
        more = scoring.kept(*friends(len(arrived.dead), old, new))
        if not len(more):
            break
        new = new.and_also(more)
    apart = (np.concatenate(side) for side in zip(*scoring.apart, strict=True))
    return Added(old, new, Pairs.of(*apart), blocked.left_out)


class _Scoring:
    """Scores pairs and keeps those that weigh enough; notes which of them are two people."""

    def __init__(self, scorer: Scorer, settings: Settings) -> None:
        self._scorer, self._keep, self._bar = scorer, settings.keep, settings.bar
        none = np.zeros(0, np.int32)
        self.apart: list[tuple[Positions, Positions]] = [(none, none)]

    def kept(self, left: Positions, right: Positions) -> Kept:
        if not len(left):
            return Kept(left, right, np.zeros(0))
        scored = self._scorer.score(left, right)
        known = two_people(scored, self._bar)
        self.apart.append((known.left, known.right))
        return Kept(left, right, scored.weights.weight).at(scored.weights.weight > self._keep)


def friends(count: int, old: Kept, new: Kept) -> tuple[Positions, Positions]:
    """Pairs that are not kept and have a likely neighbour in common, where a new pair may have made it so.

    They are looked for within two likely steps of a new likely pair: whoever can stand in the middle has all
    neighbours there.
    """
    near = np.zeros(count, np.bool_)
    likely = new.weight > ABOVE
    near[new.left[likely]] = near[new.right[likely]] = True
    every = old.and_also(new)
    likely = every.weight > ABOVE
    left, right = every.left[likely], every.right[likely]
    for _ in range(2):
        step = near[left] | near[right]
        near[left[step]] = near[right[step]] = True
    nodes = np.flatnonzero(near).astype(np.int32)
    number = np.full(count, -1, np.int32)
    number[nodes] = np.arange(len(nodes), dtype=np.int32)
    within = every.at(near[every.left] & near[every.right])
    one, other = closure(len(nodes), number[within.left], number[within.right], within.weight, ABOVE)
    return nodes[one], nodes[other]
