"""The strengths of the links: the middle of what is said of each, and draws over the whole of it.

Every draw of a link is keyed by the two ends of the link and the seed, so it stays the same when another
link is added, a file is put in another order or Python is another version.
"""

from __future__ import annotations

from hashlib import shake_256

import numpy as np
from numpy.typing import NDArray

from roundtable.partnership.causal.graph import CausalMap

Floats = NDArray[np.float64]


def limits(causal_map: CausalMap) -> tuple[Floats, Floats]:
    """The least and the greatest signed strength of each edge, in the order of the edges."""
    both = np.array([edge.weights for edge in causal_map.edges], dtype=np.float64).reshape(-1, 2)
    return both[:, 0], both[:, 1]


def middles(causal_map: CausalMap) -> Floats:
    """The middle signed strength of each edge; nought where the sign is not known."""
    return np.array([edge.middle for edge in causal_map.edges], dtype=np.float64)


def drawn(causal_map: CausalMap, samples: int, seed: int) -> Floats:
    """Signed strengths drawn evenly over the range of each edge.

    The same place in the range is drawn however wide the range is (common random numbers), so that two
    maps which differ in one range are compared draw by draw.

    Returns:
        An array of shape (samples, edges).
    """
    low, high = limits(causal_map)
    places = [_uniform(f"{seed}\0{edge.source}\0{edge.target}", samples) for edge in causal_map.edges]
    even = np.array(places, dtype=np.float64).reshape(len(causal_map.edges), samples).T
    return low + even * (high - low)


def _uniform(key: str, count: int) -> Floats:
    """Numbers of [0, 1), of 53 bits each, from the digest of a key."""
    words = np.frombuffer(shake_256(key.encode()).digest(8 * count), dtype="<u8")
    return (words >> np.uint64(11)).astype(np.float64) * 2.0**-53
