"""How nodes move step by step, as values that a chart can draw and a table can print."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Line:
    """One line of a chart.

    Attributes:
        node: the id of what moves.
        label: what it is, in plain words.
        values: one value a point, in [-1, 1]: nought is as now, 1 as much more as can be.
    """

    node: str
    label: str
    values: tuple[float, ...]


@dataclass(frozen=True, eq=False)
class Course:
    """Every node at every step.

    Attributes:
        unit: what a step is, in the singular: "week" or "round".
        nodes: ids, in the order of the second axis.
        labels: in plain words, in the same order.
        values: shape (steps + 1, nodes); the first row is where it began.
    """

    unit: str
    nodes: tuple[str, ...]
    labels: tuple[str, ...]
    values: Floats

    @property
    def steps(self) -> int:
        """How many steps were taken."""
        return len(self.values) - 1

    def of(self, node_id: str) -> Floats:
        """One node at every step; KeyError where there is none of that id."""
        return self.values[:, self._column(node_id)]

    def lines(self, node_ids: Iterable[str], every: int = 1) -> tuple[Line, ...]:
        """Lines for a chart, in the order asked for.

        Args:
            node_ids: whose lines.
            every: how many steps lie between two points; the first and the last step are always there.
        """
        points = self.points(every)
        chosen = [(node_id, self._column(node_id)) for node_id in node_ids]
        return tuple(
            Line(node_id, self.labels[column], tuple(np.round(self.values[list(points), column], 4).tolist()))
            for node_id, column in chosen
        )

    def points(self, every: int = 1) -> tuple[int, ...]:
        """The steps at which `lines` has points."""
        return tuple(sorted({*range(0, len(self.values), every), self.steps}))

    def _column(self, node_id: str) -> int:
        if node_id not in self.nodes:
            raise KeyError(node_id)
        return self.nodes.index(node_id)
