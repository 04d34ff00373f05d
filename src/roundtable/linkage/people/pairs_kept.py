"""The pairs on which people rest."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from roundtable.linkage.clustering.constraints import Positions


@dataclass(frozen=True)
class Kept:
    """Pairs with what they weigh in bits; the left one stands before the right one."""

    left: Positions
    right: Positions
    weight: NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.left)

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
