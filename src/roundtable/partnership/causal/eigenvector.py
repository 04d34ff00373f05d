"""Eigenvector centrality: a factor stands high if what it moves stands high. Not every map has one.

Bonacich (Power and centrality, American Journal of Sociology 92, 1987). The measure is the leading
eigenvector of the map's links. It lives on loops: a map without a loop has none, and one whose strongest
knots of loops are equally strong has many, or none that settles. Both are said, and no number is made up.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import networkx as nx
import numpy as np
import numpy.typing as npt
from scipy import sparse

from roundtable.partnership.causal.graph import CausalMap

_ROUNDS = 5_000
_SETTLED = 1e-12
#: Two loops are equally strong when their growth differs by less than this.
_SAME = 1e-8


class Standing(StrEnum):
    """Whether the measure exists, and if not, why."""

    DEFINED = "defined"
    NO_LOOP = "not defined: the map has no loop"
    SEVERAL = "not defined: several groups of loops are equally strong"
    UNSETTLED = "did not settle in 5,000 rounds"


@dataclass(frozen=True)
class Eigenvector:
    """Eigenvector centrality.

    Attributes:
        values: by id of the node, 0 to 1, of length 1 as a vector; empty unless it is defined.
        standing: whether it is defined, and why not.
    """

    values: Mapping[str, float]
    standing: Standing


def eigenvector(causal_map: CausalMap) -> Eigenvector:
    """Eigenvector centrality of every node, counting the links that leave it.

    Equal to networkx's `eigenvector_centrality` of the map with its links turned round.
    """
    graph: nx.DiGraph[int] = nx.DiGraph()
    graph.add_nodes_from(range(len(causal_map.nodes)))
    index = causal_map.index
    graph.add_edges_from((index[edge.source], index[edge.target]) for edge in causal_map.edges)
    knots = [k for k in nx.strongly_connected_components(graph) if _loops(graph, k)]
    if not knots:
        return Eigenvector({}, Standing.NO_LOOP)
    growths = [_growth(graph, sorted(knot)) for knot in knots]
    strongest = sorted((growth for growth in growths if growth is not None), reverse=True)
    if len(strongest) > 1 and strongest[0] - strongest[1] < _SAME:
        return Eigenvector({}, Standing.SEVERAL)
    found = None if None in growths else _leading(_matrix(graph, sorted(graph)))
    if found is None:
        return Eigenvector({}, Standing.UNSETTLED)
    return Eigenvector(
        {node.id: float(v) for node, v in zip(causal_map.nodes, found, strict=True)}, Standing.DEFINED
    )


def _loops(graph: nx.DiGraph[int], knot: set[int]) -> bool:
    return len(knot) > 1 or any(graph.has_edge(node, node) for node in knot)


def _matrix(graph: nx.DiGraph[int], rows: list[int]) -> sparse.csr_array:
    return sparse.csr_array(nx.to_scipy_sparse_array(graph, rows, dtype=np.dtype(np.float64)))


def _growth(graph: nx.DiGraph[int], knot: list[int]) -> float | None:
    """The factor by which the number of ways within a knot of loops grows with each link."""
    matrix = _matrix(graph, knot)
    found = _leading(matrix)
    return None if found is None else float(found @ (matrix @ found))


def _leading(matrix: sparse.csr_array) -> npt.NDArray[np.float64] | None:
    """The leading eigenvector; adding each node to itself keeps it, and stops it from swinging."""
    size = matrix.shape[0]
    now: npt.NDArray[np.float64] = np.full(size, 1 / np.sqrt(size))
    for _ in range(_ROUNDS):
        after: npt.NDArray[np.float64] = now + matrix @ now
        after /= np.linalg.norm(after)
        if np.abs(after - now).max() < _SETTLED:
            return after
        now = after
    return None
