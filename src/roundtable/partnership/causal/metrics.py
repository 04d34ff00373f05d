"""What the shape of a causal map says of each node: an appendix to a decision, never its headline.

Every link that the map draws counts once, whatever its sign and strength; a link from a node to itself
counts for its own in and out and for nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass

import networkx as nx
import numpy as np
import numpy.typing as npt

from roundtable.partnership.causal.eigenvector import eigenvector
from roundtable.partnership.causal.graph import CausalMap
from roundtable.partnership.causal.shortest_paths import shortest_paths

#: Where the search for communities begins. Its result hangs on the start, so it is one and the same always.
_SEED = 20261123


@dataclass(frozen=True)
class NodeMetrics:
    """The measures of one node. Shares are of the nodes besides itself, 0 to 1.

    Attributes:
        id: the node.
        links_in: how many links reach it.
        links_out: how many links leave it.
        leverage: links out for each link in; None where nothing reaches it, since no number would be true.
        betweenness: the share of other pairs whose shortest ways pass through it (Freeman 1977).
        closeness: how near it stands to what it moves (Wasserman and Faust 1994).
        eigenvector: how much of what it moves moves much in turn (Bonacich 1987); None where the map
            has no such measure: `causal.eigenvector` says why.
        two_step_reach: the share of other nodes that it moves within two links.
        reach_efficiency: its two-step reach for each node that it moves directly; None where it moves none.
        articulation: whether the map, its links read both ways, falls apart without it.
        community: which group it belongs to, 1 for the largest; nodes of a group are linked more closely
            with each other than with the rest (Louvain: Blondel and others 2008, links read both ways).
    """

    id: str
    links_in: int
    links_out: int
    leverage: float | None
    betweenness: float
    closeness: float
    eigenvector: float | None
    two_step_reach: float
    reach_efficiency: float | None
    articulation: bool
    community: int


def node_metrics(causal_map: CausalMap) -> tuple[NodeMetrics, ...]:
    """The measures of every node, in the order of the map's nodes."""
    near = shortest_paths(len(causal_map.nodes), _ends(causal_map))
    standing = eigenvector(causal_map).values
    both_ways = _both_ways(causal_map)
    cuts = set(nx.articulation_points(both_ways))
    community = _communities(both_ways)
    found = []
    for row, node in enumerate(causal_map.nodes):
        leaving, reaching = causal_map.out_of(node.id), causal_map.into(node.id)
        moved = len({edge.target for edge in leaving} - {node.id})
        reach = float(near.two_steps[row]) / max(len(causal_map.nodes) - 1, 1)
        found.append(
            NodeMetrics(
                id=node.id,
                links_in=len(reaching),
                links_out=len(leaving),
                leverage=len(leaving) / len(reaching) if reaching else None,
                betweenness=float(near.betweenness[row]),
                closeness=float(near.closeness[row]),
                eigenvector=standing.get(node.id),
                two_step_reach=reach,
                reach_efficiency=reach / moved if moved else None,
                articulation=row in cuts,
                community=community[row],
            )
        )
    return tuple(found)


def _ends(causal_map: CausalMap) -> npt.NDArray[np.int64]:
    """The rows of the two ends of each link."""
    index = causal_map.index
    rows = [(index[edge.source], index[edge.target]) for edge in causal_map.edges]
    return np.array(rows, dtype=np.int64).reshape(-1, 2)


def _both_ways(causal_map: CausalMap) -> nx.Graph[int]:
    """The map without direction, by row: numbers, since the order of names in a set is not fixed."""
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(len(causal_map.nodes)))
    index = causal_map.index
    graph.add_edges_from(
        (index[edge.source], index[edge.target]) for edge in causal_map.edges if edge.source != edge.target
    )
    return graph


def _communities(graph: nx.Graph[int]) -> dict[int, int]:
    """The group of each row: the largest first, then by its first row."""
    if not graph.number_of_edges():
        return {row: place for place, row in enumerate(graph, 1)}
    groups = [sorted(group) for group in nx.community.louvain_communities(graph, seed=_SEED)]
    ordered = sorted(groups, key=lambda group: (-len(group), group[0]))
    return {row: place for place, group in enumerate(ordered, 1) for row in group}
