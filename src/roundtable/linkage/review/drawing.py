"""Pairs drawn by chance: each pair of records as likely as any other of its stratum, and none twice."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from roundtable.linkage.review.linked import Ints, Linked, Longs

#: Rows of one record and of the other.
Rows = tuple[Longs, Longs]


@dataclass(frozen=True)
class Blocks:
    """Records in blocks, by which pairs within a block are counted off without making any of them.

    Attributes:
        rows: the rows of the records, block after block.
        starts: where each block begins.
        ends: how many pairs there are in the blocks up to each and with it.
    """

    rows: Longs
    starts: Longs
    ends: Longs

    @property
    def pairs(self) -> int:
        """How many pairs there are within blocks."""
        return int(self.ends[-1]) if self.ends.size else 0

    def at(self, numbers: Longs) -> Rows:
        """The pairs of these numbers, counted from 0."""
        block = np.searchsorted(self.ends, numbers, side="right")
        before = np.where(block > 0, self.ends[np.maximum(block - 1, 0)], 0)
        one, other = in_triangle(numbers - before)
        start = self.starts[block]
        return self.rows[start + one], self.rows[start + other]


def blocks_of(codes: Longs) -> Blocks:
    """The blocks of records with one code; a negative code is none."""
    rows = np.flatnonzero(codes >= 0)
    rows = rows[np.argsort(codes[rows], kind="stable")]
    _, starts, counts = np.unique(codes[rows], return_index=True, return_counts=True)
    counts = counts.astype(np.int64)
    return Blocks(rows.astype(np.int64), starts.astype(np.int64), np.cumsum(counts * (counts - 1) // 2))


def in_triangle(numbers: Longs) -> tuple[Longs, Longs]:
    """The pair (i, j), j below i, of each number of a triangle that is counted off row by row."""
    high = ((1 + np.sqrt(1 + 8 * numbers.astype(np.float64))) / 2).astype(np.int64)
    # The root of a large number may be off by one either way.
    high -= high * (high - 1) // 2 > numbers
    high += (high + 1) * high // 2 <= numbers
    return high, numbers - high * (high - 1) // 2


def distinct(chance: np.random.Generator, below: int, number: int) -> Longs:
    """So many different numbers below another, each as likely; all of them where there are not so many."""
    if below <= number:
        return np.arange(below, dtype=np.int64)
    return chance.choice(below, size=number, replace=False).astype(np.int64)


@dataclass(frozen=True)
class OfProfiles:
    """The pairs of records of some pairs of profiles."""

    linked: Linked
    left: Ints
    right: Ints

    def drawn(self, chance: np.random.Generator, number: int) -> Rows:
        """So many of them."""
        left_sizes, right_sizes = self.linked.sizes[self.left], self.linked.sizes[self.right]
        ends = np.cumsum(left_sizes * right_sizes)
        numbers = distinct(chance, int(ends[-1]) if ends.size else 0, number)
        pair = np.searchsorted(ends, numbers, side="right")
        within = numbers - np.where(pair > 0, ends[np.maximum(pair - 1, 0)], 0)
        one, other = np.divmod(within, np.maximum(right_sizes[pair], 1))
        return self._row(self.left[pair], one), self._row(self.right[pair], other)

    def _row(self, profiles: Ints, place: Longs) -> Longs:
        found: Longs = self.linked.rows[self.linked.starts[profiles] + place]
        return found


def codes_of(linked: Linked, of_profile: npt.NDArray[np.integer]) -> Longs:
    """Codes of profiles as codes of records."""
    found: Longs = of_profile[linked.of_record].astype(np.int64)
    return found
