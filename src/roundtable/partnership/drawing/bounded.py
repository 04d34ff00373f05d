"""A map that is too large to draw whole: the part round its outcomes, and what was left out."""

from __future__ import annotations

from dataclasses import dataclass

from roundtable.partnership.causal.graph import CausalMap, Edge

#: More than this on one sheet and no line can be followed by eye.
MOST_NODES, MOST_LINKS = 90, 180


@dataclass(frozen=True)
class Part:
    """What is drawn of a map.

    Attributes:
        map: the part.
        left_out: a sentence that says so; nothing when the whole is drawn.
    """

    map: CausalMap
    left_out: str = ""


def part(causal_map: CausalMap) -> Part:
    """The whole map where it can be drawn, else what stands nearest its outcomes.

    Nodes are taken in order of how few links lead from them to an outcome, the better linked first; of
    the links between those taken, the strongest.
    """
    nodes, links = len(causal_map.nodes), len(causal_map.edges)
    if nodes <= MOST_NODES and links <= MOST_LINKS:
        return Part(causal_map)
    kept = causal_map.keeping(_nearest(causal_map))
    strongest = sorted(kept.edges, key=_weakness)[:MOST_LINKS]
    chosen = CausalMap(kept.nodes, tuple(sorted(strongest, key=lambda edge: (edge.source, edge.target))))
    return Part(
        chosen,
        f"This map is too large to draw whole: {nodes:,} boxes and {links:,} links. Drawn here are the "
        f"{len(chosen.nodes):,} boxes nearest its outcomes and {len(chosen.edges):,} links between them.",
    )


def _nearest(causal_map: CausalMap) -> list[str]:
    """The nodes by how many links lead to the nearest outcome; those that reach none come last."""
    distance = {node.id: 0 for node in causal_map.outcomes()}
    ring = sorted(distance)
    while ring:
        reached = sorted({edge.source for one in ring for edge in causal_map.into(one)} - distance.keys())
        distance.update((one, distance[ring[0]] + 1) for one in reached)
        ring = reached
    beyond = len(causal_map.nodes)

    def order(node_id: str) -> tuple[int, int, str]:
        links = len(causal_map.into(node_id)) + len(causal_map.out_of(node_id))
        return (distance.get(node_id, beyond), -links, node_id)

    return sorted((node.id for node in causal_map.nodes), key=order)[:MOST_NODES]


def _weakness(edge: Edge) -> tuple[float, str, str]:
    return (-(edge.low + edge.high) if edge.known else 0.0, edge.source, edge.target)
