"""How sure a ranking is: how often an item stays among the top, and the best and worst place it could take.

Two measures, because they answer two questions. The *share of draws* says how likely it is that an item
belongs among the top, if every strength in its range is as likely as another. The *places* say where the
item could stand whatever the strengths are: they follow from ranges, and to widen a range never narrows
them. A share may go either way when a range is widened, which is right: it is a likelihood. The spread of
draws mostly widens with a range, but draws of two links may offset one another, so it is not bound to.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.floating] | NDArray[np.integer]
#: The middle nine tenths of the draws, unless told otherwise.
LIKELY = 0.9


@dataclass(frozen=True)
class Interval:
    """Where values lie: the middle one, and the ends of the part that holds most of them."""

    low: float
    middle: float
    high: float


def interval(values: Numbers, inner: float = LIKELY) -> Interval:
    """The median of draws and the ends of the inner share of them; all nought where there are none.

    Args:
        values: one value a draw.
        inner: the share of draws that lie between the ends, 0 to 1.
    """
    if not len(values):
        return Interval(0.0, 0.0, 0.0)
    tail = (1 - inner) / 2
    low, middle, high = np.quantile(np.asarray(values, dtype=np.float64), (tail, 0.5, 1 - tail))
    return Interval(float(low), float(middle), float(high))


def top_shares(scores: Numbers, k: int) -> NDArray[np.float64]:
    """The share of draws in which each item is among the `k` highest.

    Items that tie across the line share the places that are left equally: two items that tie for one
    place have half of it each. The shares therefore sum to `k` (or to the number of items, if fewer), and
    the order of the items changes nothing.

    Args:
        scores: shape (draws, items); more is higher. For a ranking by size, hand in absolute values.
        k: how many places there are.

    Returns:
        Shape (items,), each 0 to 1; nought for all where there are no draws or no places.
    """
    draws, items = scores.shape
    if not draws or not items or k <= 0:
        return np.zeros(items)
    if k >= items:
        return np.ones(items)
    line = np.partition(scores, items - k, axis=1)[:, items - k, None]
    above, level = scores > line, scores == line
    left = (k - above.sum(axis=1)) / level.sum(axis=1)
    return np.asarray((above + level * left[:, None]).mean(axis=0))


def places(low: Numbers, high: Numbers) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The best and the worst place, counted from 1, that each item could take within its range.

    An item stands surely behind those whose low end lies above its high end, and surely before those
    whose high end lies below its low end. A wider range anywhere never narrows any item's places.

    Args:
        low: the low end of each item's score, shape (items,).
        high: the high end.
    """
    lows, highs = np.sort(np.asarray(low)), np.sort(np.asarray(high))
    surely_above = len(lows) - np.searchsorted(lows, high, side="right")
    surely_below = np.searchsorted(highs, low, side="left")
    return (surely_above + 1).astype(np.int64), (len(lows) - surely_below).astype(np.int64)
