"""What levels weigh: for one person against strangers, and against the better of strangers and mates.

A pair's match weight is Fellegi and Sunter's, in bits, prior included, as Splink 5 gives it. Two people of
one home share a surname, an address and a telephone, so what speaks against strangers need not speak for one
person. `weight` is the match weight against the *better* of the two other explanations:

    hw = mw + (log2 prior of mates - log2 prior of a match) + sum over the levels of log2(h / m)
    W  = mw - log2(1 + 2 ** hw)
    probability = 1 / (1 + 2 ** -W)

where hw is the weight of two people of one home against strangers. What mates share as surely as one person
shares it with himself cancels, and what is left is what one person alone has.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from roundtable.linkage.evidence.encoded import Encoded
from roundtable.linkage.evidence.levels import Levels
from roundtable.linkage.evidence.model import LEAST, LevelOdds, Model
from roundtable.linkage.evidence.pairs import Pairs, Rows
from roundtable.linkage.evidence.settings import Settings
from roundtable.linkage.evidence.waterfall import Part

Bits = NDArray[np.float64]
Places = NDArray[np.int64]
#: Shares are looked up for some words alone, where they are not even this part of those that there are.
_FEW = 8


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
    """A model made ready to weigh many pairs: the bits of each level, and the share of each word by code."""

    def __init__(self, model: Model, settings: Settings, encoded: Encoded) -> None:
        self._model, self._encoded = model, encoded
        self._bits = {one.name: bits(model.odds[one.name]) for one in settings.comparisons}
        self._counted = {
            one.name: [(gamma, column) for gamma, column in enumerate(one.counted_by_level()) if column]
            for one in settings.comparisons
        }
        self._share: dict[str, Bits] = {}

    def weigh(self, pairs: Pairs, levels: Mapping[str, NDArray[np.int8]]) -> Weights:
        """The weights of pairs whose levels are known."""
        match = np.full(len(pairs), self._model.log2_prior_match)
        mate = np.full(len(pairs), self._model.log2_prior_mate)
        for name, (person, home) in self._bits.items():
            level = levels[name]
            match += person[level]
            mate += home[level]
            for which, rare in self._rare(name, pairs, level):
                match[which] += rare
                mate[which] += rare
        return weights(match, mate)

    def parts(self, pairs: Pairs, levels: Mapping[str, NDArray[np.int8]]) -> tuple[Part, ...]:
        """What each comparison gives to the weight of one pair, in their order."""
        found = []
        for name, (person, _) in self._bits.items():
            level = levels[name]
            rare = sum(float(bits.sum()) for _, bits in self._rare(name, pairs, level))
            found.append(Part(name, int(level[0]), float(person[level[0]]), rare))
        return tuple(found)

    def _rare(self, name: str, pairs: Pairs, level: NDArray[np.int8]) -> Iterator[tuple[Places, Bits]]:
        """Bits for words that are rarer than those which strangers have in common, and which pairs have them.

        Splink's adjustment: the level's share among strangers gives way to the share of the word itself.
        """
        for gamma, column in self._counted[name]:
            which = np.flatnonzero(level == gamma)
            if not len(which):
                continue
            shares = self._shares(column, pairs, which)
            usual = np.log2(max(self._model.odds[name][gamma].u, LEAST))
            yield which, np.where(np.isnan(shares), 0.0, usual - np.log2(shares))

    def _shares(self, column: str, pairs: Pairs, which: Places) -> Bits:
        """The shares of the words of the left profiles, which are those of the right ones too."""
        codes, vocabulary = pairs.at(which).left(column), self._encoded.vocabulary(column)
        if column not in self._share:
            if len(codes) * _FEW < len(vocabulary):
                told, where = np.unique(codes, return_inverse=True)
                return self._model.shares(column, vocabulary.words(told))[where]
            self._share[column] = self._model.shares(column, vocabulary.arrow().to_pylist())
        shares: Bits = self._share[column][codes]
        return shares


def bits(odds: tuple[LevelOdds, ...]) -> tuple[Bits, Bits]:
    """What each level weighs for one person and for two of one home; the last, which -1 finds, is zero."""
    m, u, h = (np.array([max(getattr(one, part), LEAST) for one in odds]) for part in "muh")
    return np.append(np.log2(m / u), 0.0), np.append(np.log2(h / u), 0.0)


def weights(match: Bits, mate: Bits) -> Weights:
    """Against the better of strangers and mates; exact even where 2 ** mate is beyond a double."""
    weight = match - np.logaddexp2(0.0, mate)
    return Weights(match, weight, 1.0 / (1.0 + np.exp2(-np.clip(weight, -1000.0, 1000.0))))
