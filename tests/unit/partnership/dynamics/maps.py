"""Small causal maps built in code: edges as (from, to, low, high), negative numbers for a negative sign."""

from __future__ import annotations

from roundtable.partnership.causal.graph import CausalMap, Edge, Node, NodeKind
from roundtable.partnership.model.causal import Delay, Sign
from roundtable.partnership.model.outcome import Direction

Said = tuple[str, str, float, float]


def edge(source: str, target: str, low: float, high: float, delay: Delay = Delay.NONE) -> Edge:
    """An edge whose signed strength lies from low to high; on both sides of nought is an unknown sign."""
    if low < 0 < high:
        return Edge(source, target, Sign.UNKNOWN, 0.0, max(-low, high), delay)
    if low < 0 or high < 0:
        return Edge(source, target, Sign.NEGATIVE, -high, -low, delay)
    return Edge(source, target, Sign.POSITIVE, low, high, delay)


def causal_map(*edges: Edge, outcomes: tuple[str, ...] = ("harm",), alone: tuple[str, ...] = ()) -> CausalMap:
    """A map of these edges, the outcomes, and nodes that no edge touches."""
    ids = sorted({end for one in edges for end in (one.source, one.target)} | set(outcomes) | set(alone))
    nodes = [
        Node(i, i, NodeKind.OUTCOME, (), Direction.DOWN) if i in outcomes else Node(i, i, NodeKind.STATE)
        for i in ids
    ]
    return CausalMap(tuple(nodes), tuple(sorted(edges, key=lambda one: (one.source, one.target))))
