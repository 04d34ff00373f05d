"""Pairs of profiles as two lists of rows, and what their columns say on either side."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.process import cpdist

from roundtable.linkage.evidence.vocabulary import Vocabulary

Letters = NDArray[np.uint32]
Rows = NDArray[np.int32] | NDArray[np.int64]

#: Below this many pairs it is quicker to look at each than to find the different ones.
_FEW = 512


class Side(Protocol):
    """What pairs are read from: codes by column, and the words that they stand for."""

    @property
    def codes(self) -> Mapping[str, NDArray[np.int32]]:
        """By column, a code a row; -1 where it says nothing."""

    def vocabulary(self, column: str) -> Vocabulary:
        """The words of a column."""


class Words:
    """The different pairs of words of one column, so that what costs something is worked out once for each.

    Attributes:
        left, right: the words, side by side.
    """

    def __init__(self, left: list[str], right: list[str], where: NDArray[np.int64]) -> None:
        """`where` says for each pair of profiles where its words stand; -1 that one of them is missing."""
        self.left, self.right, self._where = left, right, where
        self._measured: dict[str, NDArray[Any]] = {}

    def at(self, which: NDArray[np.int64]) -> Words:
        """The words of the pairs at these positions, with what was worked out already."""
        fewer = Words(self.left, self.right, self._where[which])
        fewer._measured = self._measured
        return fewer

    def measured(self, name: str, scorer: Callable[..., Any], kind: type[np.generic]) -> NDArray[Any]:
        """A measure of RapidFuzz between the words of each pair, letters as bytes, which is DuckDB's way."""
        if name not in self._measured:
            left, right = _as_bytes(self.left), _as_bytes(self.right)
            self._measured[name] = cpdist(left, right, scorer=scorer, dtype=kind)
        return self._measured[name]

    def letters(self, width: int) -> tuple[Letters, Letters]:
        """The words as numbers of letters, a row a word, cut or filled up with zeros to the width."""
        for name, words in (("left", self.left), ("right", self.right)):
            if name not in self._measured:
                flat = np.array(words, f"U{width}").view(np.uint32)
                self._measured[name] = flat.reshape(-1, width)
        return self._measured["left"], self._measured["right"]

    def told(self, check: Callable[[str, str], bool]) -> NDArray[np.bool_]:
        """Where the words of a pair of profiles pass a check."""
        return self.spread([check(one, other) for one, other in zip(self.left, self.right, strict=True)])

    def spread(self, found: Sequence[bool] | NDArray[np.bool_]) -> NDArray[np.bool_]:
        """What was found for each pair of words, for each pair of profiles; false where a word is missing."""
        out: NDArray[np.bool_] = np.append(np.asarray(found, np.bool_), False)[self._where]
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
        fewer = Pairs(self._left_of, self._right_of, self._left[which], self._right[which])
        fewer._words = {column: words.at(which) for column, words in self._words.items()}
        return fewer

    def left(self, column: str) -> NDArray[np.int32]:
        """The codes of the left profiles."""
        return self._left_of.codes[column][self._left]

    def right(self, column: str) -> NDArray[np.int32]:
        """The codes of the right profiles."""
        return self._right_of.codes[column][self._right]

    def same(self, column: str) -> NDArray[np.bool_]:
        """Where both say the same word."""
        left = self.left(column)
        held: NDArray[np.bool_] = (left == self.right(column)) & (left >= 0)
        return held

    def long(self, column: str, letters: int) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
        """Which words have so many letters, on the left and on the right."""
        left = self._left_of.vocabulary(column).letters[self.left(column)] >= letters
        right = self._right_of.vocabulary(column).letters[self.right(column)] >= letters
        return left, right

    def both(self, column: str) -> NDArray[np.bool_]:
        """Where both say something."""
        there: NDArray[np.bool_] = (self.left(column) >= 0) & (self.right(column) >= 0)
        return there

    def words(self, column: str) -> Words:
        """The different pairs of words that these pairs have in the column."""
        if column not in self._words:
            self._words[column] = self._different(column)
        return self._words[column]

    def _different(self, column: str) -> Words:
        left, right = self.left(column), self.right(column)
        there = np.flatnonzero((left >= 0) & (right >= 0))
        left, right = left[there], right[there]
        where = np.full(len(self), -1)
        if len(left) > _FEW:
            joined, places = np.unique((left.astype(np.int64) << 32) | right, return_inverse=True)
            left, right = (joined >> 32).astype(np.int32), (joined & 0xFFFFFFFF).astype(np.int32)
            where[there] = places
        else:
            where[there] = np.arange(len(left))
        words_of_left, words_of_right = self._left_of.vocabulary(column), self._right_of.vocabulary(column)
        return Words(words_of_left.words(left), words_of_right.words(right), where)


def _as_bytes(words: list[str]) -> list[str]:
    """A letter for each byte of a word; almost all words are that already."""
    if "".join(words).isascii():
        return words
    return [word.encode().decode("latin-1") for word in words]
