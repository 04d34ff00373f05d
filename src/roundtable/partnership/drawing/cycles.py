"""Which links run against the picture's reading direction, so that the rest can be laid out without a cycle.

The first of the steps of K. Sugiyama, S. Tagawa and M. Toda, "Methods for visual understanding of
hierarchical system structures", IEEE Transactions on Systems, Man, and Cybernetics 11 (1981). A loop is cut
at its weakest link, so that what the table takes for a root cause does not come to stand among the effects.
Two first orders are tried, that of P. Eades, X. Lin and W. F. Smyth, "A fast and effective heuristic for the
feedback arc set problem", Information Processing Letters 47 (1993), and one in which the strongest links come
first; each is mended by moving one node at a time, and the better is kept.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from roundtable.partnership.causal.graph import CausalMap, Edge

#: How often every node is tried in another place; far more than maps of this size need.
_ROUNDS = 12
#: Costs are exact to here, so that no order differs from machine to machine.
_DIGITS = 9


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


def burden(edge: Edge) -> float:
    """What it costs a picture that a link runs backwards: the more, the stronger the link is.

    The half that every link costs keeps one strong link from being spared at the price of many weak ones.
    """
    return 0.5 + (edge.low + edge.high) / 2


@dataclass(frozen=True)
class _Ends:
    """Some nodes, and the links among them with what each costs when it runs backwards."""

    after: Mapping[str, Mapping[str, float]]
    before: Mapping[str, Mapping[str, float]]

    def cost(self, order: Sequence[str]) -> float:
        """The sum over the links that run backwards in an order."""
        place = {node: at for at, node in enumerate(order)}
        return sum(
            cost
            for source, found in self.after.items()
            for target, cost in found.items()
            if place[source] > place[target]
        )


def _order(nodes: Sequence[str], edges: Sequence[Edge]) -> list[str]:
    """The nodes from left to right, with few and weak links among them that run backwards."""
    kept = set(nodes)
    after: dict[str, dict[str, float]] = {node: {} for node in nodes}
    before: dict[str, dict[str, float]] = {node: {} for node in nodes}
    for edge in edges:
        if edge.source in kept and edge.target in kept:
            after[edge.source][edge.target] = before[edge.target][edge.source] = burden(edge)
    ends = _Ends(after, before)
    tried = [_mended(first, ends) for first in (_greedy(nodes, ends), _strongest_first(nodes, ends))]
    return min(tried, key=lambda order: round(ends.cost(order), _DIGITS))


def _greedy(nodes: Sequence[str], ends: _Ends) -> list[str]:
    """Sinks to the right, sources to the left, and else the node that most leaves and least reaches."""
    left: list[str] = []
    right: list[str] = []
    remaining = set(nodes)
    while remaining:
        sinks = sorted(node for node in remaining if not ends.after[node].keys() & remaining)
        sources = sorted(node for node in remaining if not ends.before[node].keys() & remaining)
        if sources:
            left.extend(sources)
            remaining.difference_update(sources)
        elif sinks:
            right[:0] = sinks
            remaining.difference_update(sinks)
        else:
            best = min(remaining, key=lambda node: (_pull(node, remaining, ends), node))
            left.append(best)
            remaining.discard(best)
    return left + right


def _pull(node: str, remaining: Collection[str], ends: _Ends) -> float:
    """How much more reaches a node than leaves it, of what is left."""
    reaches = sum(cost for other, cost in sorted(ends.before[node].items()) if other in remaining)
    leaves = sum(cost for other, cost in sorted(ends.after[node].items()) if other in remaining)
    return round(reaches - leaves, _DIGITS)


def _strongest_first(nodes: Sequence[str], ends: _Ends) -> list[str]:
    """An order that keeps every link, the strongest first, unless it would close a circle of those kept."""
    links = [(-cost, source, target) for source in nodes for target, cost in ends.after[source].items()]
    kept: dict[str, set[str]] = {node: set() for node in nodes}
    for _, source, target in sorted(links):
        if not _leads(kept, target, source):
            kept[source].add(target)
    waits = {node: sum(node in found for found in kept.values()) for node in nodes}
    order: list[str] = []
    ready = sorted((node for node in nodes if not waits[node]), reverse=True)
    while ready:
        node = ready.pop()
        order.append(node)
        for target in sorted(kept[node], reverse=True):
            waits[target] -= 1
            if not waits[target]:
                ready.append(target)
    return order


def _leads(kept: Mapping[str, set[str]], start: str, end: str) -> bool:
    """Whether a way leads from one node to another."""
    seen, waiting = {start}, [start]
    while waiting:
        new = kept[waiting.pop()] - seen
        seen |= new
        waiting.extend(new)
    return end in seen


def _mended(order: list[str], ends: _Ends) -> list[str]:
    """Move one node at a time to where its links that run backwards cost least, until none gains by it."""
    for _ in range(_ROUNDS):
        moved = False
        for node in sorted(order):
            at = order.index(node)
            rest = order[:at] + order[at + 1 :]
            costs = _costs(rest, ends.after[node], ends.before[node])
            best = min(range(len(costs)), key=lambda place: (costs[place], abs(place - at)))
            if costs[best] < costs[at]:
                order = [*rest[:best], node, *rest[best:]]
                moved = True
        if not moved:
            break
    return order


def _costs(rest: Sequence[str], after: Mapping[str, float], before: Mapping[str, float]) -> list[float]:
    """What a node's links that run backwards would cost, for each place that it could take among the rest."""
    costs = [round(sum(before.get(other, 0.0) for other in rest), _DIGITS)]
    for other in rest:
        costs.append(round(costs[-1] - before.get(other, 0.0) + after.get(other, 0.0), _DIGITS))
    return costs
