"""Pairs scored without Splink: for a night's few and for one record, with the same weights."""

from __future__ import annotations

import numpy as np

from roundtable.linkage.evidence.encoded import Encoded
from roundtable.linkage.evidence.levels import levels_of
from roundtable.linkage.evidence.model import Model
from roundtable.linkage.evidence.pairs import Pairs, Rows
from roundtable.linkage.evidence.settings import Settings
from roundtable.linkage.evidence.waterfall import Part
from roundtable.linkage.scoring.weights import Scales, Scored


class Scorer:
    """A model made ready to score pairs of an encoding.

    Args:
        model: the model.
        settings: what it was learnt for.
        encoded: the profiles; to score others against them, give those as `right_of`.
    """

    def __init__(self, model: Model, settings: Settings, encoded: Encoded) -> None:
        self._settings, self._encoded = settings, encoded
        self._scales = Scales(model, settings, encoded)

    def score(self, left: Rows, right: Rows, *, right_of: Encoded | None = None) -> Scored:
        """The levels and weights of pairs.

        Args:
            left: rows of the encoding.
            right: as many rows of `right_of`, or of the encoding itself.
            right_of: other profiles in the same codes, as `Encoded.beside` makes them.
        """
        levels = levels_of(self._settings, self._encoded, left, right, right_of=right_of)
        pairs = Pairs(self._encoded, right_of or self._encoded, left, right)
        weights = self._scales.weigh(pairs, levels)
        return Scored(np.asarray(left, np.int32), np.asarray(right, np.int32), levels, weights)

    def parts(self, left: int, right: int, *, right_of: Encoded | None = None) -> tuple[Part, ...]:
        """What each comparison gives to the weight of one pair; for `waterfall`."""
        pairs = Pairs(self._encoded, right_of or self._encoded, np.array([left]), np.array([right]))
        levels = {one.name: one.levels_of(pairs) for one in self._settings.comparisons}
        return self._scales.parts(pairs, levels)


def score_vector(model: Model, settings: Settings, encoded: Encoded, left: Rows, right: Rows) -> Scored:
    """The levels and weights of pairs of one encoding."""
    return Scorer(model, settings, encoded).score(left, right)
