"""Which links run against the picture's reading direction, so that the rest can be laid out without a cycle.

The first of the steps of K. Sugiyama, S. Tagawa and M. Toda, "Methods for visual understanding of
hierarchical system structures", IEEE Transactions on Systems, Man, and Cybernetics 11 (1981). The first
order is that of P. Eades, X. Lin and W. F. Smyth, "A fast and effective heuristic for the feedback arc
set problem", Information Processing Letters 47 (1993); it is then mended by moving one node at a time.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from roundtable.partnership.causal.graph import CausalMap, Edge

#: How often every node is tried in another place; far more than maps of this size need.
_ROUNDS = 12


@dataclass(frozen=True)
class Arc:
    """One link as the picture lays it out.

    Attributes:
        edge: the link.
        backward: whether it runs from right to left, as one link of every loop must.
    """

    edge: Edge
    backward: bool

    @property
    def left(self) -> str:
        """The id of the end that stands further left."""
        return self.edge.target if self.backward else self.edge.source

    @property
    def right(self) -> str:
        """The id of the end that stands further right."""
        return self.edge.source if self.backward else self.edge.target


def arcs(causal_map: CausalMap) -> tuple[Arc, ...]:
    """Every link between two nodes, in the map's order, with the few that run backwards marked.

    An outcome is what the table reads towards, so a link that leaves an outcome for a factor always
    runs backwards. A link from a node to itself has no direction and is left out.
    """
    outcomes = {node.id for node in causal_map.outcomes()}
    edges = [edge for edge in causal_map.edges if edge.source != edge.target]
    within = {
        group: _order([node.id for node in causal_map.nodes if (node.id in outcomes) is group], edges)
        for group in (False, True)
    }
    place = {node: at for at, node in enumerate([*within[False], *within[True]])}
    return tuple(Arc(edge, place[edge.source] > place[edge.target]) for edge in edges)


def _order(nodes: Sequence[str], edges: Sequence[Edge]) -> list[str]:
    """The nodes from left to right, with few links among them that run backwards."""
    kept = set(nodes)
    pairs = [(edge.source, edge.target) for edge in edges if edge.source in kept and edge.target in kept]
    after: dict[str, set[str]] = {node: set() for node in nodes}
    before: dict[str, set[str]] = {node: set() for node in nodes}
    for source, target in pairs:
        after[source].add(target)
        before[target].add(source)
    return _mended(_greedy(nodes, after, before), after, before)


def _greedy(nodes: Sequence[str], after: Mapping[str, set[str]], before: Mapping[str, set[str]]) -> list[str]:
    """Sinks to the right, sources to the left, and else the node that most leaves and fewest reach."""
    left: list[str] = []
    right: list[str] = []
    remaining = set(nodes)
    while remaining:
        sinks = sorted(node for node in remaining if not after[node] & remaining)
        sources = sorted(node for node in remaining if not before[node] & remaining)
        if sources:
            left.extend(sources)
            remaining.difference_update(sources)
        elif sinks:
            right[:0] = sinks
            remaining.difference_update(sinks)
        else:
            best = min(
                remaining,
                key=lambda node: (len(before[node] & remaining) - len(after[node] & remaining), node),
            )
            left.append(best)
            remaining.discard(best)
    return left + right


def _mended(order: list[str], after: Mapping[str, set[str]], before: Mapping[str, set[str]]) -> list[str]:
    """Move one node at a time to where fewest of its links run backwards, until none gains by it."""
    for _ in range(_ROUNDS):
        moved = False
        for node in sorted(order):
            at = order.index(node)
            rest = order[:at] + order[at + 1 :]
            costs = _costs(rest, after[node], before[node])
            best = min(range(len(costs)), key=lambda place: (costs[place], abs(place - at)))
            if costs[best] < costs[at]:
                order = [*rest[:best], node, *rest[best:]]
                moved = True
        if not moved:
            break
    return order


def _costs(rest: Sequence[str], after: set[str], before: set[str]) -> list[int]:
    """How many of a node's links would run backwards, for each place that it could take among the rest."""
    costs = [sum(other in before for other in rest)]
    for other in rest:
        costs.append(costs[-1] - (other in before) + (other in after))
    return costs
