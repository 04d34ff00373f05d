"""What scored pairs prove to be worth, by the company that they are in, against what the model says.

A model takes its comparisons to be independent, so that its probabilities can be too sure or too faint. No
label is needed to see it: where two profiles each have other companions, those say whether the two belong
together, and a pair of a weight that mostly stands within groups is worth more than the model says. What
pairs of a weight are worth is the share of them within groups, made to rise with the weight (isotonic
regression, Barlow, Bartholomew, Bremner and Brunk 1972, Statistical Inference under Order Restrictions). A
pair of two profiles that have nobody else says nothing about itself: there the model's probability stands.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import isotonic_regression

#: Pairs are taken together by quarters of a bit, from -20 to 40 bits.
_BITS, _LEAST, _MOST = 4, -20, 40
BINS = _BITS * (_MOST - _LEAST) + 1
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Pooled:
    """Scored pairs by weight: the bin of each, and what is counted of a bin.

    Attributes:
        bins: the bin of each pair.
        informed: whether others than the two say something of a pair.
        pairs, informed_pairs: how many there are in each bin.
        model: the model's probabilities in each bin, added up.
        lone: likewise of the pairs that are not informed.
    """

    bins: NDArray[np.int64]
    informed: NDArray[np.bool_]
    pairs: Floats
    informed_pairs: Floats
    model: Floats
    lone: Floats

    def added(self, wanted: NDArray[np.bool_], values: Floats | None = None) -> Floats:
        """The number of the pairs wanted in each bin, or the sum of their values."""
        weights = None if values is None else values[wanted]
        return np.bincount(self.bins[wanted], weights, BINS).astype(np.float64)

    def worth(self, inside: NDArray[np.bool_]) -> Floats:
        """What an informed pair of each bin is worth, where `inside` says which pairs stand within groups."""
        count = self.informed_pairs
        there = np.flatnonzero(count)
        worth = np.zeros(BINS)
        if len(there):
            share = self.added(inside & self.informed)[there] / count[there]
            worth[there] = isotonic_regression(share, weights=count[there]).x
        return worth


def weight_of(probability: Floats) -> Floats:
    """The weight of evidence in bits, between the least and the most that is told apart."""
    with np.errstate(divide="ignore"):
        bits = np.log2(probability) - np.log2(1 - probability)
    weight: Floats = np.clip(bits, _LEAST, _MOST)
    return weight


def bin_middles() -> Floats:
    """The weight in bits at the middle of each bin."""
    return _LEAST + np.arange(BINS) / _BITS


def pooled(
    widest: NDArray[np.int32], left: NDArray[np.int32], right: NDArray[np.int32], probability: Floats
) -> Pooled:
    """Pairs by weight; `widest` are the groups at the lowest stop, which say who has companions at all."""
    bins = np.rint((weight_of(probability) - _LEAST) * _BITS).astype(np.int64)
    size = np.bincount(widest, minlength=len(widest))[widest]
    informed = (size[left] > 2) | (size[right] > 2)
    return Pooled(
        bins,
        informed,
        np.bincount(bins, minlength=BINS).astype(np.float64),
        np.bincount(bins[informed], minlength=BINS).astype(np.float64),
        np.bincount(bins, probability, BINS).astype(np.float64),
        np.bincount(bins[~informed], probability[~informed], BINS).astype(np.float64),
    )
