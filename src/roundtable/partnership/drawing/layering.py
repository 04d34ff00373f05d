"""The layout of a map: who stands in which column, and where a long link passes the columns between."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from roundtable.partnership.causal.graph import CausalMap
from roundtable.partnership.drawing.columns import columns_of, narrowed
from roundtable.partnership.drawing.cycles import Arc, arcs


@dataclass(frozen=True)
class Chain:
    """One link with every place that it passes, from left to right: its ends, and points between."""

    arc: Arc
    through: tuple[str, ...]


@dataclass(frozen=True)
class Layout:
    """Who stands in which column and in which order.

    Attributes:
        layers: the columns from left to right, each from top to bottom; ids of nodes and of points.
        chains: the links, in the map's order.
        loose: the nodes that no link touches, which stand apart.
    """

    layers: tuple[tuple[str, ...], ...]
    chains: tuple[Chain, ...]
    loose: tuple[str, ...] = ()

    def segments(self) -> list[list[tuple[str, str]]]:
        """The pieces of links between each column and the next."""
        column = {place: at for at, layer in enumerate(self.layers) for place in layer}
        found: list[list[tuple[str, str]]] = [[] for _ in self.layers[1:]]
        for chain in self.chains:
            for one, other in zip(chain.through, chain.through[1:], strict=False):
                found[column[one]].append((one, other))
        return found


def naive_layout(causal_map: CausalMap) -> Layout:
    """The columns, each in the order of the map: what a picture would be with no care for crossings."""
    found = narrowed(causal_map, arcs(causal_map))
    columns = columns_of(causal_map, found)
    chains = tuple(_chain(number, arc, columns) for number, arc in enumerate(found))
    layers: list[list[str]] = [[] for _ in range(max(columns.values(), default=-1) + 1)]
    for node in sorted(columns):
        layers[columns[node]].append(node)
    for chain in chains:
        start = columns[chain.arc.left]
        for step, point in enumerate(chain.through[1:-1], start=1):
            layers[start + step].append(point)
    loose = tuple(node.id for node in causal_map.nodes if node.id not in columns)
    return Layout(tuple(map(tuple, layers)), chains, loose)


def is_point(place: str) -> bool:
    """Whether a place is only where a long link passes; no id begins with a colon."""
    return place.startswith(":")


def _chain(number: int, arc: Arc, columns: Mapping[str, int]) -> Chain:
    between = range(columns[arc.left] + 1, columns[arc.right])
    return Chain(arc, (arc.left, *(f":{number:05}:{column:03}" for column in between), arc.right))
