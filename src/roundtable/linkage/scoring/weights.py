"""What levels weigh: for a person against a stranger, and for a person against the better of stranger and mate.

A pair's match weight is Fellegi and Sunter's, in bits, prior included, as Splink 5 gives it. Two people of one home
share a surname, an address and a telephone, so what speaks against strangers need not speak for one person. `weight`
is the match weight against the *better* of the two other explanations:

    hw = mw + (log2 prior of mates - log2 prior of a match) + sum over the levels of log2(h / m)
    W  = mw - log2(1 + 2 ** hw)
    probability = 1 / (1 + 2 ** -W)

where hw is the weight of two people of one home against strangers. What mates share as surely as one person shares
it with himself cancels, and what is left is what one person alone has.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from roundtable.linkage.evidence.encoded import Encoded
from roundtable.linkage.evidence.levels import Levels
from roundtable.linkage.evidence.model import LEAST, LevelOdds, Model
from roundtable.linkage.evidence.pairs import Pairs, Rows
from roundtable.linkage.evidence.settings import Settings

Bits = NDArray[np.float64]


@dataclass(frozen=True)
class Weights:
    """The weights of pairs, in bits, and the probability that each is one person."""

    match_weight: Bits
    weight: Bits
    probability: Bits


@dataclass(frozen=True)
class Scored:
    """Pairs of profiles with their levels and weights; `left` and `right` are rows."""

    left: NDArray[np.int32]
    right: NDArray[np.int32]
    levels: Mapping[str, NDArray[np.int8]]
    weights: Weights


def weigh(
    model: Model, settings: Settings, encoded: Encoded, left: Rows, right: Rows, levels: Levels
) -> Weights:
    """The weights of pairs whose levels are known."""
    return Scales(model, settings, encoded).weigh(Pairs(encoded, encoded, left, right), levels)


class Scales:
    """A model made ready to weigh many pairs: the bits of each level, and the rarity of each word by its code."""

    def __init__(self, model: Model, settings: Settings, encoded: Encoded) -> None:
        self._model = model
        self._prior, self._mates = model.log2_prior_match, model.log2_prior_mate
        self._bits = {one.name: bits(model.odds[one.name]) for one in settings.comparisons}
        self._counted = {one.name: one.counted_by_level() for one in settings.comparisons}
        self._rarity = {
            column: _rarity(model, column, encoded.vocabulary(column).arrow().to_pylist())
            for column in settings.counted
        }
        self._encoded = encoded

    def weigh(self, pairs: Pairs, levels: Mapping[str, NDArray[np.int8]]) -> Weights:
        """The weights of pairs whose levels are known."""
        match = np.full(len(pairs), self._prior)
        mate = np.full(len(pairs), self._mates)
        for name, (person, home) in self._bits.items():
            level = levels[name]
            rare = self._rare(name, pairs, level)
            match += person[level] + rare
            mate += home[level] + rare
        return weights(match, mate)

    def _rare(self, name: str, pairs: Pairs, level: NDArray[np.int8]) -> Bits | float:
        """Bits for words that are rarer than the words which pairs of strangers have in common, as in Splink."""
        total: Bits | float = 0.0
        for gamma, column in enumerate(self._counted[name]):
            if column is None:
                continue
            held = np.flatnonzero(level == gamma)
            if not isinstance(total, np.ndarray):
                total = np.zeros(len(pairs))
            rarity = self._rarity[column][pairs.at(held).left(column)]
            usual = np.log2(max(self._model.odds[name][gamma].u, LEAST))
            total[held] = np.where(np.isnan(rarity), 0.0, usual + rarity)
        return total


def bits(odds: tuple[LevelOdds, ...]) -> tuple[Bits, Bits]:
    """What each level weighs for one person and for two people of one home; the last, which -1 finds, is zero."""
    m, u, h = (np.array([max(getattr(one, part), LEAST) for one in odds]) for part in "muh")
    return np.append(np.log2(m / u), 0.0), np.append(np.log2(h / u), 0.0)


def weights(match: Bits, mate: Bits) -> Weights:
    """The weight of a person against the better of stranger and mate; exact where 2 ** mate is beyond a double."""
    weight = match - np.logaddexp2(0.0, mate)
    return Weights(match, weight, 1.0 / (1.0 + np.exp2(-np.clip(weight, -1000.0, 1000.0))))


def _rarity(model: Model, column: str, words: list[str]) -> Bits:
    return -np.log2(model.shares(column, words))
