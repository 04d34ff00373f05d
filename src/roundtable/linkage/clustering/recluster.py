"""Clustering again only where something was touched, equal to clustering the whole."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from roundtable.linkage.clustering.average import average_linkage
from roundtable.linkage.clustering.components import components
from roundtable.linkage.clustering.constraints import Constraints, Pairs, Positions
from roundtable.linkage.clustering.counted import in_units, stop_in_units


def recluster(
    labels: NDArray[np.int32],
    touched: Positions,
    count: int,
    left: Positions,
    right: Positions,
    probability: NDArray[np.float64],
    constraints: Constraints,
    stop: float,
    order: Callable[[Positions], Positions] | None = None,
) -> tuple[NDArray[np.int32], Positions]:
    """The group of each of `count` profiles, and the profiles that were worked out again.

    Args:
        labels: the groups before, of the profiles that there were: positions have not changed, and new
            profiles stand after them.
        touched: profiles with a pair or a constraint that is new, changed or gone; new profiles are touched
            whether or not they are named.
        count: how many profiles there are now.
        left: a profile of each scored pair there is now.
        right: the other profile.
        probability: of the pair.
        constraints: what holds now.
        stop: the mean probability at which merging stops, as before.
        order: puts positions in the order in which the whole would have them, so that ties are broken as
            there; without it, they stay as they are.

    A component without a touched profile has the pairs that it had, and so the groups.
    """
    wanted = _of_touched(len(labels), touched, count, left, right, probability, constraints, stop)
    chosen = np.flatnonzero(wanted).astype(np.int32)
    if order is not None:
        chosen = order(chosen)
    number = np.full(count, -1, np.int32)
    number[chosen] = np.arange(len(chosen), dtype=np.int32)
    within = wanted[left] & wanted[right]
    kinds = constraints.kinds_for(count)
    part = Constraints(
        np.ascontiguousarray(kinds[:, chosen]),
        constraints.kind_names,
        _renumbered(constraints.apart, number),
        _renumbered(constraints.together, number),
        number[constraints.alone[wanted[constraints.alone]]],
    )
    found = average_linkage(
        len(chosen), number[left[within]], number[right[within]], probability[within], part, stop
    )
    after = np.arange(count, dtype=np.int32)
    after[: len(labels)] = labels
    lowest = np.full(len(chosen), count, np.int32)
    np.minimum.at(lowest, found, chosen)
    after[chosen] = lowest[found]
    return after, chosen


def _of_touched(
    before: int,
    touched: Positions,
    count: int,
    left: Positions,
    right: Positions,
    probability: NDArray[np.float64],
    constraints: Constraints,
    stop: float,
) -> NDArray[np.bool_]:
    """Whether each profile is in a component with a touched one.

    The components are of pairs at the stop or above and of those that are decided to be together: no other
    pair can bring two groups together that nothing else does.
    """
    near = in_units(probability) >= stop_in_units(stop)
    together = constraints.together
    component = components(
        count,
        np.concatenate([left[near], together.left]),
        np.concatenate([right[near], together.right]),
    )
    marked = np.zeros(count, np.bool_)
    marked[component[touched]] = True
    marked[component[before:]] = True
    wanted: NDArray[np.bool_] = marked[component]
    return wanted


def _renumbered(pairs: Pairs, number: NDArray[np.int32]) -> Pairs:
    left, right = number[pairs.left], number[pairs.right]
    both = (left >= 0) & (right >= 0)
    return Pairs.of(left[both], right[both])
