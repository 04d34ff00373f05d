"""What happens when: a change spreads link by link, each link as fast as the table said it is.

In the manner of MARVEL (van Zijderveld, "MARVEL: principles of a method for semi-qualitative system
behaviour and policy analysis", 2007; used in groups by Veldhuis and others, 2015). A link has a strength and
a speed. Chosen factors are pushed, and every link hands on the change of its source, bit by bit:

    felt(link) := felt(link) + ( strength * x(source) - felt(link) ) / weeks(link)
    x(node)    := the push on it, if any, and the sum of what is felt by way of its links, kept within [-1, 1]

The first line is a first-order delay (Sterman, *Business Dynamics*, 2000, chapter 11): after as many weeks as
the link takes, about two thirds is felt. Speeds are words because that is what a table can agree on.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from roundtable.partnership.causal.graph import CausalMap
from roundtable.partnership.dynamics.course import Course
from roundtable.partnership.dynamics.imposed import as_row, checked
from roundtable.partnership.dynamics.matrix import Links
from roundtable.partnership.dynamics.strengths import middles
from roundtable.partnership.model.causal import Delay

Floats = NDArray[np.float64]

#: What each word is taken to be, in weeks. A convention of this product, not a measurement: each is about the
#: middle of what people mean by the word (a month, half a year, two years), and nothing can be felt sooner
#: than the step, a week. Where nobody knows it is half a year, and the result names those links.
WEEKS: Mapping[Delay, int] = {
    Delay.NONE: 1,
    Delay.DAYS: 1,
    Delay.WEEKS: 4,
    Delay.MONTHS: 26,
    Delay.YEARS: 104,
    Delay.UNKNOWN: 26,
}
#: Three years, the time that a community safety plan covers.
HORIZON = 156
#: A node that still moves by more than this a week has not come to rest.
MOVING = 1e-4


@dataclass(frozen=True, eq=False)
class Propagation:
    """How a push has spread.

    Attributes:
        imposed: the nodes that were pushed, and by how much.
        course: every node at every week.
        moving: the nodes that have not come to rest at the end, in order.
        limited: the nodes that reached as far as they can go, in order, other than those pushed there.
        guessed: the links whose speed nobody knows and that had something to hand on, as their two ends.
    """

    imposed: Mapping[str, float]
    course: Course
    moving: tuple[str, ...]
    limited: tuple[str, ...]
    guessed: tuple[tuple[str, str], ...]


def propagate(
    causal_map: CausalMap,
    imposed: Mapping[str, float],
    steps: int = HORIZON,
    weights: Floats | None = None,
) -> Propagation:
    """Push some nodes from the first week on, and see what follows.

    Args:
        causal_map: the map.
        imposed: how far each node is pushed, -1 to 1; the push lasts, and what acts on the node adds to it.
        steps: weeks.
        weights: one signed strength an edge, in the order of the edges; the middles unless given.
    """
    imposed = checked(causal_map, imposed)
    strengths = middles(causal_map) if weights is None else weights
    push = as_row(causal_map, imposed)
    values: Floats = np.vstack([push, *_weeks(causal_map, strengths, push, steps)])
    return Propagation(
        imposed=imposed,
        course=Course(
            "week",
            _ids(causal_map),
            tuple(node.label for node in causal_map.nodes),
            np.asarray(np.round(values, 9) + 0.0, dtype=np.float64),
        ),
        moving=_named(causal_map, _last_move(values) > MOVING),
        limited=_named(causal_map, (np.abs(values).max(axis=0) >= 1) & (np.abs(push) < 1)),
        guessed=_guessed(causal_map, strengths, values),
    )


def _weeks(causal_map: CausalMap, strengths: Floats, push: Floats, steps: int) -> list[Floats]:
    links = Links.of(causal_map)
    taken = np.array([WEEKS[edge.delay] for edge in causal_map.edges], dtype=np.float64)
    felt, now, found = np.zeros(len(taken)), push, []
    for _ in range(steps):
        felt = felt + (strengths * now[links.sources] - felt) / taken
        arrived = np.bincount(links.targets, weights=felt, minlength=links.size)
        now = (push + arrived).clip(-1.0, 1.0)
        found.append(now)
    return found


def _last_move(values: Floats) -> Floats:
    return np.abs(values[-1] - values[-2]) if len(values) > 1 else np.zeros(values.shape[1])


def _guessed(causal_map: CausalMap, strengths: Floats, values: Floats) -> tuple[tuple[str, str], ...]:
    moved = np.abs(values).max(axis=0) > 0
    return tuple(
        (edge.source, edge.target)
        for edge, strength in zip(causal_map.edges, strengths, strict=True)
        if edge.delay is Delay.UNKNOWN and strength and moved[causal_map.index[edge.source]]
    )


def _named(causal_map: CausalMap, chosen: NDArray[np.bool_]) -> tuple[str, ...]:
    return tuple(node_id for node_id, is_so in zip(_ids(causal_map), chosen.tolist(), strict=True) if is_so)


def _ids(causal_map: CausalMap) -> tuple[str, ...]:
    return tuple(node.id for node in causal_map.nodes)
