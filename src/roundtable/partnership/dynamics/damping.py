"""How much less each further step along the map counts, so that loops never add up without end.

A step counts half (`STEP`), and less where loops are tangled together: among nodes that all lead to one
another it is `REACH` over the spectral radius of the links between them, each counted at full strength.
The radius is bounded from above by Collatz and Wielandt's quotient (Horn and Johnson, *Matrix Analysis*,
2nd edition, section 8.1), so the damped series converges whatever strengths the links turn out to have.

The damping rests on which links there are and never on how strong they are said to be: were a stronger
link to lower it, to widen a range could narrow an answer. Links in another tangle do not change it.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from roundtable.partnership.causal.graph import CausalMap
from roundtable.partnership.causal.knots import knots
from roundtable.partnership.dynamics.matrix import Links
from roundtable.partnership.model.causal import Sign

Floats = NDArray[np.float64]

#: What a step counts where no loops are tangled: half of the step before.
STEP = 0.5
#: The damped series of a tangle shrinks at least this fast a step.
REACH = 0.9
#: Rounds of the power method; the bound holds after any number of them and is tighter after more.
_ROUNDS = 100


def damping(causal_map: CausalMap) -> Floats:
    """What is kept of all that lies beyond each edge, in the order of the edges: at most `STEP`."""
    links = Links.of(causal_map)
    if not causal_map.edges:
        return np.zeros(0)
    acts = np.array([edge.sign is not Sign.NONE for edge in causal_map.edges], dtype=np.float64)
    tangle = _tangles(links, acts > 0)
    inside = acts * (tangle[links.sources] == tangle[links.targets])
    kept = np.minimum(STEP, REACH / np.maximum(_radius(links.matrix(inside), tangle), REACH))
    return np.where(inside > 0, kept[tangle[links.sources]], STEP)


def _tangles(links: Links, acting: NDArray[np.bool_]) -> NDArray[np.int64]:
    """A number for each node, the same for nodes that lead to one another along edges that act."""
    out: list[list[int]] = [[] for _ in range(links.size)]
    for source, target in zip(links.sources[acting].tolist(), links.targets[acting].tolist(), strict=True):
        out[source].append(target)
    found = np.zeros(links.size, dtype=np.int64)
    for number, knot in enumerate(knots(out)):
        found[knot] = number
    return found


def _radius(links: csr_array, tangle: NDArray[np.int64]) -> Floats:
    """An upper bound of each tangle's spectral radius; the power method, shifted by one to settle."""
    vector = np.ones(links.shape[0])
    count = int(tangle.max()) + 1
    bound = np.full(count, np.inf)
    for _ in range(_ROUNDS):
        moved = links @ vector + vector
        bound = np.minimum(bound, _greatest(moved / vector, tangle, count) - 1.0)
        vector = moved / _greatest(moved, tangle, count)[tangle]
    return bound


def _greatest(values: Floats, tangle: NDArray[np.int64], count: int) -> Floats:
    found = np.zeros(count)
    np.maximum.at(found, tangle, values)
    return found
