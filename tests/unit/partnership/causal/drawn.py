"""Causal maps for tests, drawn as text: `a+b` says that more of a is more of b, `a-b` that it is less."""

from __future__ import annotations

from collections.abc import Iterable

from roundtable.partnership.causal.graph import CausalMap, Edge, Node, NodeKind
from roundtable.partnership.model.causal import Delay, Sign

SIGNS = {"+": Sign.POSITIVE, "-": Sign.NEGATIVE, "?": Sign.UNKNOWN, "0": Sign.NONE, "*": Sign.COMPLEX}


def drawn(
    links: str, *alone: str, delay: Delay = Delay.NONE, low: float = 1.0, high: float = 1.0
) -> CausalMap:
    """A map of the links given, such as `a+b b-c`, and of nodes without a link; every link is as strong."""
    edges = [
        Edge(text[0], text[2], SIGNS[text[1]], low, high, delay, asserted_by=("council",), scenarios=("s",))
        for text in links.split()
    ]
    return numbered(edges, alone)


def numbered(edges: Iterable[Edge], alone: Iterable[str] = ()) -> CausalMap:
    """A map of these edges, in the order that a map from the folder has."""
    listed = sorted(edges, key=lambda edge: (edge.source, edge.target))
    names = sorted({end for edge in listed for end in (edge.source, edge.target)} | set(alone))
    return CausalMap(tuple(Node(name, name.upper(), NodeKind.STATE) for name in names), tuple(listed))


def ids(causal_map: CausalMap) -> str:
    """The nodes of a map, written together."""
    return "".join(node.id for node in causal_map.nodes)


def ends(causal_map: CausalMap) -> list[str]:
    """The links of a map, each as its two ends."""
    return [edge.source + edge.target for edge in causal_map.edges]
