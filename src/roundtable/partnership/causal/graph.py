"""The causal map as one graph: factors and outcomes, and what is asserted of how each moves another.

A scenario has a map of its own; the partnership's map is all of them together, joined where they name
the same factor or outcome.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from roundtable.partnership.model.causal import Delay, Factor, FactorKind, Link, Sign
from roundtable.partnership.model.outcome import Direction, Outcome
from roundtable.partnership.model.scenario import Scenario
from roundtable.partnership.model.strict import Confidence
from roundtable.partnership.model.whole import Partnership


class NodeKind(StrEnum):
    """What stands at a place of the map: a factor of one of its kinds, or an outcome."""

    CAUSE = FactorKind.CAUSE.value
    STATE = FactorKind.STATE.value
    LEVER = FactorKind.LEVER.value
    EXTERNAL = FactorKind.EXTERNAL.value
    OUTCOME = "outcome"


@dataclass(frozen=True)
class Node:
    """A factor or an outcome.

    Attributes:
        id: as the folder names it.
        label: in plain words.
        kind: what part it plays.
        scenarios: the scenarios whose links or lists name it, in order.
        wanted: for an outcome, which way is better.
    """

    id: str
    label: str
    kind: NodeKind
    scenarios: tuple[str, ...] = ()
    wanted: Direction | None = None

    @property
    def controllable(self) -> bool:
        """Whether the table could set out to move it: all but what comes from outside, and the outcomes."""
        return self.kind not in (NodeKind.EXTERNAL, NodeKind.OUTCOME)


@dataclass(frozen=True)
class Edge:
    """What is asserted of how one node moves another.

    Attributes:
        source: the id of the node that moves.
        target: the id of the node that is moved.
        sign: whether more of the one means more of the other.
        low: the least strength, 0 to 1. Nobody knowing the strength is the whole range.
        high: the greatest strength, 0 to 1.
        delay: how long before it is felt.
        confidence: the least confidence of those who assert it.
        known: whether anybody has given its strength.
        asserted_by: the agencies that say so, in order.
        disputed_by: the agencies that do not agree, in order.
        scenarios: the scenarios that hold it, in order.
    """

    source: str
    target: str
    sign: Sign
    low: float
    high: float
    delay: Delay = Delay.UNKNOWN
    confidence: Confidence = Confidence.UNKNOWN
    known: bool = True
    asserted_by: tuple[str, ...] = ()
    disputed_by: tuple[str, ...] = ()
    scenarios: tuple[str, ...] = ()

    @property
    def weights(self) -> tuple[float, float]:
        """The least and the greatest signed strength, -1 to 1; an unknown sign allows both."""
        match self.sign:
            case Sign.POSITIVE:
                return self.low, self.high
            case Sign.NEGATIVE:
                return -self.high, -self.low
            case Sign.NONE:
                return 0.0, 0.0
            case _:
                return -self.high, self.high

    @property
    def middle(self) -> float:
        """The middle of the range of signed strengths; nought where the sign is not known."""
        low, high = self.weights
        return (low + high) / 2


@dataclass(frozen=True)
class CausalMap:
    """Nodes in order of their ids and edges in order of their ends, at most one edge each way between two."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]

    def node(self, node_id: str) -> Node:
        """The node of that id; KeyError where there is none."""
        return self._by_id[node_id]

    def __contains__(self, node_id: str) -> bool:
        return node_id in self._by_id

    def out_of(self, node_id: str) -> tuple[Edge, ...]:
        """The edges that leave a node, in order of their targets."""
        return self._out.get(node_id, ())

    def into(self, node_id: str) -> tuple[Edge, ...]:
        """The edges that reach a node, in order of their sources."""
        return self._into.get(node_id, ())

    @cached_property
    def index(self) -> Mapping[str, int]:
        """The row of each node in a matrix."""
        return {node.id: row for row, node in enumerate(self.nodes)}

    def outcomes(self) -> tuple[Node, ...]:
        """The nodes that are outcomes."""
        return tuple(node for node in self.nodes if node.kind is NodeKind.OUTCOME)

    def keeping(self, node_ids: Iterable[str]) -> CausalMap:
        """The part of the map that stands between these nodes; an id that it has not is ignored."""
        kept = frozenset(node_ids)
        return CausalMap(
            tuple(node for node in self.nodes if node.id in kept),
            tuple(edge for edge in self.edges if edge.source in kept and edge.target in kept),
        )

    @cached_property
    def _by_id(self) -> dict[str, Node]:
        return {node.id: node for node in self.nodes}

    @cached_property
    def _out(self) -> dict[str, tuple[Edge, ...]]:
        return _grouped((edge.source, edge) for edge in self.edges)

    @cached_property
    def _into(self) -> dict[str, tuple[Edge, ...]]:
        return _grouped((edge.target, edge) for edge in self.edges)


def whole_map(partnership: Partnership) -> CausalMap:
    """The maps of all scenarios, joined where they name the same factor or outcome."""
    return _joined(partnership, partnership.scenarios)


def scenario_map(partnership: Partnership, scenario: Scenario) -> CausalMap:
    """The map of one scenario: its own factors and outcomes, and those of others that its links name."""
    return _joined(partnership, (scenario,))


def _joined(partnership: Partnership, scenarios: Iterable[Scenario]) -> CausalMap:
    chosen = tuple(scenarios)
    named: dict[str, set[str]] = {}
    for scenario in chosen:
        ends = (end for link in scenario.links for end in (link.from_, link.to))
        for node_id in (*(factor.id for factor in scenario.factors), *scenario.outcomes, *ends):
            named.setdefault(node_id, set()).add(scenario.id)
    factors = {factor.id: factor for one in partnership.scenarios for factor in one.factors}
    outcomes = {outcome.id: outcome for outcome in partnership.charter.outcomes}
    nodes = (_node(factors.get(i) or outcomes[i], tuple(sorted(named[i]))) for i in sorted(named))
    ends_to_links: dict[tuple[str, str], list[tuple[str, Link]]] = {}
    for scenario in chosen:
        for link in scenario.links:
            ends_to_links.setdefault((link.from_, link.to), []).append((scenario.id, link))
    edges = (_edge(source, target, said) for (source, target), said in sorted(ends_to_links.items()))
    return CausalMap(tuple(nodes), tuple(edges))


def _node(thing: Factor | Outcome, scenarios: tuple[str, ...]) -> Node:
    if isinstance(thing, Outcome):
        return Node(thing.id, thing.name, NodeKind.OUTCOME, scenarios, thing.direction)
    return Node(thing.id, thing.label, NodeKind(thing.kind.value), scenarios)


def _edge(source: str, target: str, said: list[tuple[str, Link]]) -> Edge:
    """One edge of all that the scenarios say: the widest range, and `complex` where signs differ."""
    links = [link for _, link in said]
    signs = {link.sign for link in links}
    delays = {link.delay for link in links}
    strengths = [link.strength for link in links if link.strength is not None]
    known = len(strengths) == len(links)
    return Edge(
        source=source,
        target=target,
        sign=signs.pop() if len(signs) == 1 else Sign.COMPLEX,
        low=min(s.low for s in strengths) if known else 0.0,
        high=max(s.high for s in strengths) if known else 1.0,
        delay=delays.pop() if len(delays) == 1 else Delay.UNKNOWN,
        confidence=_least(link.asserted.confidence for link in links),
        known=known,
        asserted_by=tuple(sorted({agency for link in links for agency in link.asserted.by})),
        disputed_by=tuple(sorted({dispute.by for link in links for dispute in link.disputed})),
        scenarios=tuple(sorted({scenario for scenario, _ in said})),
    )


def _least(found: Iterable[Confidence]) -> Confidence:
    order = (Confidence.UNKNOWN, Confidence.LOW, Confidence.MEDIUM, Confidence.HIGH)
    return min(found, key=order.index)


def _grouped(pairs: Iterator[tuple[str, Edge]]) -> dict[str, tuple[Edge, ...]]:
    found: dict[str, list[Edge]] = {}
    for node_id, edge in pairs:
        found.setdefault(node_id, []).append(edge)
    return {node_id: tuple(edges) for node_id, edges in found.items()}
