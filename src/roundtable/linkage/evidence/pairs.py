"""Pairs of profiles as two lists of rows, and what their columns say on either side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from roundtable.linkage.evidence.vocabulary import Vocabulary

Rows = NDArray[np.int32] | NDArray[np.int64]

#: Below this many pairs it is quicker to look at each than to find the different ones.
_FEW = 512


class Side(Protocol):
    """What pairs are read from: codes by column, and the words that they stand for."""

    @property
    def codes(self) -> Mapping[str, NDArray[np.int32]]: ...
    def vocabulary(self, column: str) -> Vocabulary: ...


@dataclass(frozen=True)
class Words:
    """The different pairs of words of one column, and where each pair of profiles finds its own.

    Attributes:
        left, right: the words, side by side.
        where: for each pair of profiles that has both words, its position in `left` and `right`.
        both: which pairs of profiles have both words.
    """

    left: list[str]
    right: list[str]
    where: NDArray[np.int64]
    both: NDArray[np.bool_]

    def spread(self, found: Sequence[bool] | NDArray[np.bool_]) -> NDArray[np.bool_]:
        """What was found for each pair of words, for each pair of profiles; false where a word is missing."""
        out = np.zeros(len(self.both), np.bool_)
        out[self.both] = np.asarray(found, np.bool_)[self.where]
        return out


class Pairs:
    """Some pairs of profiles. The right side may be read from another encoding in the same codes.

    Args:
        left_of: what the left rows are rows of.
        right_of: what the right rows are rows of; its codes mean the same words.
        left: rows.
        right: rows, as many.
    """

    def __init__(self, left_of: Side, right_of: Side, left: Rows, right: Rows) -> None:
        self._left_of, self._right_of = left_of, right_of
        self._left, self._right = left, right
        self._words: dict[str, Words] = {}

    def __len__(self) -> int:
        return len(self._left)

    def at(self, which: NDArray[np.int64]) -> Pairs:
        """The pairs at these positions."""
        return Pairs(self._left_of, self._right_of, self._left[which], self._right[which])

    def left(self, column: str) -> NDArray[np.int32]:
        """The codes of the left profiles."""
        return self._left_of.codes[column][self._left]

    def right(self, column: str) -> NDArray[np.int32]:
        """The codes of the right profiles."""
        return self._right_of.codes[column][self._right]

    def same(self, column: str) -> NDArray[np.bool_]:
        """Where both say the same word."""
        left = self.left(column)
        return (left == self.right(column)) & (left >= 0)

    def both(self, column: str) -> NDArray[np.bool_]:
        """Where both say something."""
        return (self.left(column) >= 0) & (self.right(column) >= 0)

    def words(self, column: str) -> Words:
        """The different pairs of words that these pairs have in the column."""
        if column not in self._words:
            self._words[column] = self._different(column)
        return self._words[column]

    def _different(self, column: str) -> Words:
        left, right = self.left(column), self.right(column)
        both = (left >= 0) & (right >= 0)
        left, right = left[both], right[both]
        if len(left) > _FEW:
            joined = (left.astype(np.int64) << 32) | right
            joined, where = np.unique(joined, return_inverse=True)
            left, right = (joined >> 32).astype(np.int32), (joined & 0xFFFFFFFF).astype(np.int32)
        else:
            where = np.arange(len(left))
        return Words(
            self._left_of.vocabulary(column).words(left),
            self._right_of.vocabulary(column).words(right),
            where,
            both,
        )
