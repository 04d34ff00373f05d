"""Each different pair of a holder and a row once: what is worked out for it serves all rows that show it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

Integers = NDArray[np.int64]
_WIDTH = 1 << 31


@dataclass(frozen=True)
class Pairs:
    """Pairs in order.

    Attributes:
        holders: the holder of each.
        rows: the row of each; -1 where there is none.
        at: for each thing that shows a pair, which one it is.
        marked: whether it is a pair of marked things.
    """

    holders: Integers
    rows: Integers
    at: Integers
    marked: NDArray[np.bool_]

    @classmethod
    def of(cls, holders: Integers, rows: Integers, marks: NDArray[np.bool_] | None = None) -> Pairs:
        """The pairs of holders and rows that stand side by side, apart for things that are marked."""
        wholes = 2 * holders if marks is None else 2 * holders + marks
        keys, at = np.unique(wholes * _WIDTH + rows + 1, return_inverse=True)
        return cls(keys // _WIDTH // 2, keys % _WIDTH - 1, at, keys // _WIDTH % 2 == 1)

    def of_rows(self, rows: Integers) -> Pairs:
        """The same holders beside other rows."""
        return Pairs(self.holders, rows, self.at, self.marked)

    def taken(self, texts: pa.Array) -> pa.Array:
        """The texts of the rows, a text for each pair; null where there is no row."""
        return texts.take(pa.array(self.rows, mask=self.rows < 0))

    def shown(self, texts: pa.Array) -> pa.Array:
        """Texts, one for each pair, as the things that show the pairs have them."""
        return texts.take(pa.array(self.at))


def nulled(texts: pa.Array, missing: NDArray[np.bool_]) -> pa.Array:
    """Texts, with nothing where they are missing."""
    if not missing.any():
        return texts
    return texts.take(pa.array(np.arange(len(texts)), mask=missing))


def joined(parts: Sequence[pa.Array], between: str) -> pa.Array:
    """Texts joined, without those that are missing; null where all are.

    Arrow's own way to skip what is null leaves out a row in which everything is (PyArrow 26).
    """
    whole = parts[0]
    for part in parts[1:]:
        both = pc.binary_join_element_wise(whole, part, between)
        whole = pc.coalesce(both, whole, part)
    return whole
