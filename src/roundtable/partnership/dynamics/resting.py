"""Where outcomes come to rest over everything that the strengths of the links may be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from roundtable.partnership.causal.graph import CausalMap
from roundtable.partnership.dynamics.cognitive import inward, rested
from roundtable.partnership.dynamics.imposed import as_row
from roundtable.partnership.dynamics.strengths import drawn, limits, middles

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Resting:
    """What outcomes come to in some cases, a case being what is held.

    Attributes:
        middle: at the middle strengths, shape (outcomes, cases).
        ends: at the least of every strength and at the greatest, shape (2, outcomes, cases).
        draws: at drawn strengths, shape (samples, outcomes, cases).
        still: whether a case came to rest: first at the middle strengths, then at the ends and the draws,
            shape (3 + samples, cases).
    """

    middle: Floats
    ends: Floats
    draws: Floats
    still: NDArray[np.bool_]


def resting(
    causal_map: CausalMap,
    outcome_ids: Sequence[str],
    cases: Sequence[Mapping[str, float]],
    samples: int,
    seed: int,
) -> Resting:
    """Where outcomes come to rest in each case, at many strengths of the links.

    Args:
        causal_map: the map; every outcome and every node held stands on it.
        outcome_ids: the outcomes wanted.
        cases: for each case the nodes that are held, and at what.
        samples: how many times strengths are drawn.
        seed: where the draws begin.
    """
    rows = [causal_map.index[outcome_id] for outcome_id in outcome_ids]
    values = np.array([as_row(causal_map, case) for case in cases]).T
    kept = np.array([[node.id in case for case in cases] for node in causal_map.nodes])
    found = [rested(inward(causal_map, each), kept, values) for each in _strengths(causal_map, samples, seed)]
    outcomes = np.array([reached[rows] for reached, _ in found])
    still = np.array([at_rest for _, at_rest in found])
    return Resting(outcomes[0], outcomes[1:3], outcomes[3:], still)


def _strengths(causal_map: CausalMap, samples: int, seed: int) -> Iterator[Floats]:
    """The middle of every range, the least of every range, the greatest of every range, and the draws."""
    yield middles(causal_map)
    yield from limits(causal_map)
    yield from drawn(causal_map, samples, seed)
