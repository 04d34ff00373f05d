"""The links of a causal map as places in a matrix: from the row of one end to the column of the other."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from roundtable.partnership.causal.graph import CausalMap

Floats = NDArray[np.float64]
Rows = NDArray[np.int64]


@dataclass(frozen=True)
class Links:
    """Where the edges of a map stand, in the order of the edges.

    Attributes:
        size: how many nodes there are.
        sources: the row of the node where each edge starts.
        targets: the row of the node where it stops.
    """

    size: int
    sources: Rows
    targets: Rows

    @classmethod
    def of(cls, causal_map: CausalMap) -> Links:
        """The places of a map's edges."""
        row = causal_map.index
        return cls(
            len(causal_map.nodes),
            np.array([row[edge.source] for edge in causal_map.edges], dtype=np.int64),
            np.array([row[edge.target] for edge in causal_map.edges], dtype=np.int64),
        )

    def matrix(self, values: Floats) -> csr_array:
        """One value an edge as a sparse matrix of shape (nodes, nodes)."""
        return csr_array((values, (self.sources, self.targets)), shape=(self.size, self.size))

    def into(self, values: Floats, columns: Rows) -> Floats:
        """The values of the edges that stop at some nodes, as an array of shape (nodes, columns)."""
        return np.asarray(self.matrix(values)[:, columns].toarray())
