"""MICMAC: which factors drive the system, and which follow it, directly and through all that lies between.

Godet, From Anticipation to Action (UNESCO, 1994), chapter on structural analysis: the matrix of direct
influences is raised to successive powers until the order of the factors by the sums of their rows (their
influence) and of their columns (their dependence) stays as it is. A power of k counts the ways of k links.

In some maps with loops the order swings for ever, or for so many powers that no way of that length means
anything. A single power is then chance: odd ones favour some factors, even ones others. There all powers are
summed instead, each step after the first counting half, or less where loops are strong: Katz ("A new status
index derived from sociometric analysis", *Psychometrika* 18, 1953). The damped sum exists for every map and
does not depend on where one stops.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

import networkx as nx
import numpy as np
import numpy.typing as npt
from scipy import sparse

from roundtable.partnership.causal.graph import CausalMap, Edge
from roundtable.partnership.model.causal import Sign

#: Godet finds that seven or eight powers are generally enough.
POWERS = 60
#: The order must stay through so many powers: one might be chance.
STAYS = 3
#: What one more step counts at most where powers are summed with damping, as in `dynamics.damping`.
STEP = 0.5
#: Damping times the spectral radius never passes this, so that the sum comes to an end.
REACH = 0.9
#: The sum ends where the next power would add less than this share of what is there.
_NEGLIGIBLE = 1e-12

_Values: TypeAlias = npt.NDArray[np.float64]
#: The sums of the rows and those of the columns.
_Sums: TypeAlias = tuple[_Values, _Values]


class Settling(StrEnum):
    """How the indirect influences were come by."""

    SETTLED = "the order settled"
    SUMMED = "the map has no loop, so its powers run out: all of them are summed"
    DAMPED = (
        "the order did not settle, so all powers are summed, each link after the first counting half or less"
    )


@dataclass(frozen=True)
class Place:
    """One node's place in the system.

    Attributes:
        id: the node.
        influence: the sum of the strengths of the links that leave it.
        dependence: the sum of the strengths of the links that reach it.
        indirect_influence: its share of all influence with longer ways counted, 0 to 1.
        indirect_dependence: its share of all dependence with longer ways counted, 0 to 1.
    """

    id: str
    influence: float
    dependence: float
    indirect_influence: float
    indirect_dependence: float


@dataclass(frozen=True)
class Micmac:
    """Every node's place, in order of ids, and how far that may be relied on.

    Attributes:
        places: one for each node.
        power: the power of the matrix at which the search for an order stopped.
        settling: whether the order had settled there, and what is given where it had not.
    """

    places: tuple[Place, ...]
    power: int
    settling: Settling


def micmac(causal_map: CausalMap, powers: int = POWERS) -> Micmac:
    """Direct and indirect influence and dependence of every node.

    The strength of a link is the middle of its range whatever its sign, a half where nobody knows it, and
    nought where its sign is `none`.

    Args:
        causal_map: the map.
        powers: the highest power at which the order of a map with loops may settle, at least one.
    """
    matrix = _strengths(causal_map)
    ones = np.ones(len(causal_map.nodes))
    direct = matrix @ ones, ones @ matrix
    indirect, power, settling = _settled(matrix, direct, powers) if _loops(matrix) else _summed(matrix)
    rows = zip(causal_map.nodes, *direct, *map(_shares, indirect), strict=True)
    return Micmac(tuple(Place(node.id, *map(float, sums)) for node, *sums in rows), power, settling)


def _settled(matrix: sparse.csr_array, direct: _Sums, powers: int) -> tuple[_Sums, int, Settling]:
    """Row and column sums of the first power whose order has stayed as it was; else of all, damped."""
    sums = direct
    order = _order(sums)
    stayed = 0
    for power in range(2, powers + 1):
        sums = _next(matrix, sums)
        last, order = order, _order(sums)
        stayed = stayed + 1 if order == last else 0
        if stayed == STAYS:
            return sums, power, Settling.SETTLED
    last_power = max(powers, 1)
    # No spectral radius is greater than a norm of a power, root drawn (Gelfand 1941): the greatest row sum.
    radius = float(sums[0].max()) ** (1 / last_power)
    damping = STEP if radius * STEP <= REACH else REACH / radius
    return _damped(matrix, direct, damping), last_power, Settling.DAMPED


def _damped(matrix: sparse.csr_array, direct: _Sums, damping: float) -> _Sums:
    """The sums of all powers, each step after the first counting so much of the one before."""
    total = term = direct
    while any(more.max() > _NEGLIGIBLE * all_.max() for more, all_ in zip(term, total, strict=True)):
        rows, columns = _next(matrix, term)
        term = damping * rows, damping * columns
        total = total[0] + term[0], total[1] + term[1]
    return total


def _summed(matrix: sparse.csr_array) -> tuple[_Sums, int, Settling]:
    """The sums of all powers: the ways of every length, which end where the map does."""
    size = matrix.shape[0]
    sums = np.ones(size), np.ones(size)
    total = np.zeros(size), np.zeros(size)
    power = 0
    while (sums := _next(matrix, sums))[0].any():
        power += 1
        total = total[0] + sums[0], total[1] + sums[1]
    return total, power, Settling.SUMMED


def _next(matrix: sparse.csr_array, sums: _Sums) -> _Sums:
    return matrix @ sums[0], sums[1] @ matrix


def _order(sums: _Sums) -> tuple[tuple[int, ...], ...]:
    """The rank of each node by its row and by its column; those within a rounding error tie."""
    return tuple(tuple(np.unique(_shares(one).round(9), return_inverse=True)[1].tolist()) for one in sums)


def _shares(values: _Values) -> _Values:
    total = values.sum()
    return values / total if total > 0 else values


def _loops(matrix: sparse.csr_array) -> bool:
    graph = nx.from_scipy_sparse_array(matrix, create_using=nx.DiGraph)
    return not nx.is_directed_acyclic_graph(graph)


def _strengths(causal_map: CausalMap) -> sparse.csr_array:
    size = len(causal_map.nodes)
    index = causal_map.index
    links = [(_strength(edge), index[edge.source], index[edge.target]) for edge in causal_map.edges]
    felt = [link for link in links if link[0] > 0]
    strength = [link[0] for link in felt]
    ends = [link[1] for link in felt], [link[2] for link in felt]
    return sparse.csr_array((strength, ends), shape=(size, size), dtype=np.float64)


def _strength(edge: Edge) -> float:
    return 0.0 if edge.sign is Sign.NONE else (edge.low + edge.high) / 2
