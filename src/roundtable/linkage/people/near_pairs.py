"""The pairs that a night adds: those of new profiles, and those that a new profile brings together."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from roundtable.linkage.blocking.closure import closure
from roundtable.linkage.blocking.pairs import LeftOut, candidates_of_new
from roundtable.linkage.evidence.settings import Settings
from roundtable.linkage.people.arriving import Arrived
from roundtable.linkage.people.state import State
from roundtable.linkage.scoring.vector import Scorer

#: Friends of friends are looked for again among what was found so, this many times in all.
ROUNDS = 2
#: A neighbour carries to others where the pair weighs more than this, in bits.
ABOVE = 1.0
Positions = NDArray[np.int32]


@dataclass(frozen=True)
class Kept:
    """Pairs with their weights; the left one stands before the right one."""

    left: Positions
    right: Positions
    weight: NDArray[np.float64]

    def at(self, which: NDArray[np.bool_]) -> Kept:
        """Some of them."""
        return Kept(self.left[which], self.right[which], self.weight[which])

    def and_also(self, more: Kept) -> Kept:
        """These and others after them."""
        return Kept(
            np.concatenate([self.left, more.left]),
            np.concatenate([self.right, more.right]),
            np.concatenate([self.weight, more.weight]),
        )


def kept_pairs(state: State, arrived: Arrived, settings: Settings) -> tuple[Kept, Kept, tuple[LeftOut, ...]]:
    """The old pairs of profiles that are still there, the new ones, and the blocks that were too large.

    Args:
        state: what the run before left.
        arrived: the profiles of the night among the old ones.
        settings: those of the state's model.
    """
    old = Kept(state.left, state.right, state.weight)
    if arrived.dead.any():
        old = old.at(~(arrived.dead[old.left] | arrived.dead[old.right]))
    blocked = candidates_of_new(arrived.keys, arrived.first_new, settings.cap)
    scorer = Scorer(state.model, settings, arrived.encoded)
    new = _scored(scorer, blocked.left, blocked.right, settings.keep)
    for _ in range(ROUNDS):
        left, right = _friends(len(arrived.dead), old, new)
        more = _scored(scorer, left, right, settings.keep)
        if not len(more.left):
            break
        new = new.and_also(more)
    return old, new, blocked.left_out


def _scored(scorer: Scorer, left: Positions, right: Positions, keep: float) -> Kept:
    if not len(left):
        return Kept(left, right, np.zeros(0))
    weight = scorer.score(left, right).weights.weight
    return Kept(left, right, weight).at(weight >= keep)


def _friends(count: int, old: Kept, new: Kept) -> tuple[Positions, Positions]:
    """Unscored pairs with a likely neighbour in common, looked for where a new pair can have brought them so.

    That is within two likely steps of a new pair, so that a profile in the middle has all its neighbours.
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
