"""Who merges with whom and how near they were: cut at any stop, without clustering again."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import NDArray

from roundtable.linkage.clustering.constraints import Contradiction
from roundtable.linkage.clustering.counted import UNITS, stop_in_units

#: The height of what is joined by decision: no stop is above it.
DECIDED = np.inf


@njit(cache=True)
def _labels(count, kept, gone, heights, stop):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
    label = np.arange(count).astype(np.int32)
    for merge in range(len(kept)):
        if heights[merge] >= stop:
            label[gone[merge]] = kept[merge]
    for position in range(count):
        # What a group merged into has a lower position, so that its label is settled by now.
        label[position] = label[label[position]]
    return label


@dataclass(frozen=True)
class MergeTree:
    """All merges down to a floor; each position is gone once at most.

    Attributes:
        count: how many profiles there are.
        kept, gone: the lowest positions of the two groups of each merge, the lower first.
        heights: the mean probability between them, `DECIDED` where they were joined by decision. It is never
            above the heights of the merges that made the two groups.
        floor: the stop below which nothing was worked out.
        contradictions: decisions that could not be followed.
    """

    count: int
    kept: NDArray[np.int32]
    gone: NDArray[np.int32]
    heights: NDArray[np.float64]
    floor: float
    contradictions: tuple[Contradiction, ...] = ()

    def cut(self, stop: float) -> NDArray[np.int32]:
        """The group of each profile at a stop: the lowest position in it.

        Raises:
            ValueError: the stop is below the floor.
        """
        if stop < self.floor:
            raise ValueError(f"merges were worked out down to {self.floor}, not to {stop}")
        height = stop_in_units(stop) / UNITS
        labels: NDArray[np.int32] = _labels(self.count, self.kept, self.gone, self.heights, height)
        return labels
