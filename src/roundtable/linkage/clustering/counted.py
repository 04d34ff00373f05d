"""Probabilities as whole numbers, so that their sums do not depend on the order in which they are added."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

#: Units in a probability of one: a power of two, so that turning units back loses nothing.
UNITS = 2**30


def in_units(probability: NDArray[np.float64]) -> NDArray[np.int64]:
    """Each probability as the nearest number of units."""
    return np.rint(probability * UNITS).astype(np.int64)


def stop_in_units(stop: float) -> int:
    """A stop as units: one at least, so that groups with nothing between them are never merged."""
    return max(1, round(stop * UNITS))
