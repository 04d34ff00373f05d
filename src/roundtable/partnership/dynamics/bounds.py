"""The least and the greatest influence that any strengths within the ranges of the links allow.

Interval arithmetic (Moore, *Interval Analysis*, 1966) on the equation of damped influence. Its first law,
inclusion isotonicity, is why a wider range of any link widens the bounds of every influence or leaves them,
and never narrows them: every operation here gives a wider answer for a wider question.

The bounds are sure, and exact where a factor acts on the outcome along paths of one sign only. Where paths of
both signs share links they may be wider than need be, because each path takes the strength that suits it.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import block_array, csr_array

from roundtable.partnership.dynamics.matrix import Links
from roundtable.partnership.dynamics.settling import settled

Floats = NDArray[np.float64]
Rows = NDArray[np.int64]


def bounds(
    links: Links, low: Floats, high: Floats, kept: Floats, columns: Rows, most: int
) -> tuple[Floats, Floats]:
    """The ends of the influence of every node on the outcomes.

    Args:
        links: where the edges stand.
        low: the least signed strength of each edge.
        high: the greatest.
        kept: the damping of each edge.
        columns: the rows of the outcomes among the nodes.
        most: the greatest number of steps.

    Returns:
        Two arrays of shape (nodes, outcomes), each value in [-1, 1].
    """
    size = links.size
    direct = np.vstack([links.into(low, columns), links.into(high, columns)])
    carry = _carrying(links, low * kept, high * kept)

    def step(ends: Floats) -> Floats:
        least, greatest = ends[:size], ends[size:]
        parts = (np.minimum(least, 0), np.maximum(least, 0), np.minimum(greatest, 0), np.maximum(greatest, 0))
        widest = np.maximum(np.abs(least), np.abs(greatest))
        moved: Floats = direct + carry @ np.vstack([*parts, widest])
        return moved.clip(-1.0, 1.0)

    ends = settled(step, (2 * size, len(columns)), most)
    return ends[:size], ends[size:]


def _carrying(links: Links, low: Floats, high: Floats) -> csr_array:
    """The product of a link and an influence, both intervals, as one matrix.

    Times (least below nought, least above, greatest below, greatest above, widest) it gives the least ends
    above the greatest ends. A link is positive, negative, or open: of no known sign, the same both ways.
    """
    is_open = (low < 0) & (high > 0)
    both = links.matrix(np.where(is_open, np.maximum(-low, high), 0.0))
    up_low, up_high = (links.matrix(np.where(low >= 0, end, 0.0)) for end in (low, high))
    down = (low < 0) & ~is_open
    down_low, down_high = (links.matrix(np.where(down, end, 0.0)) for end in (low, high))
    least = [up_high, up_low, down_high, down_low, -both]
    greatest = [down_low, down_high, up_low, up_high, both]
    carrying = csr_array(block_array([least, greatest], format="csr"))
    carrying.eliminate_zeros()
    return carrying
