"""Parts of a causal map: what leads to a factor, what follows from it, the ways between two, maps together.

These answer the questions that participatory systems mapping puts to a map (Barbrook-Johnson and Penn,
Systems Mapping, 2022): what does this touch, what constrains that, what do two outcomes have in common.
An id that the map has not is ignored, and every link that the map draws counts, whatever its sign.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from roundtable.partnership.causal.graph import CausalMap, Edge, Node
from roundtable.partnership.model.causal import Delay, Sign
from roundtable.partnership.model.strict import Confidence

#: A search that has taken so many steps stops and says that it is not complete: about a second.
_STEPS = 2_000_000


@dataclass(frozen=True)
class Paths:
    """The ways from one node to another.

    Attributes:
        paths: ids from the source to the target, no node twice; shortest first, then in order of ids.
        complete: whether these are certainly all the ways there are.
    """

    paths: tuple[tuple[str, ...], ...]
    complete: bool


def upstream(causal_map: CausalMap, ids: Iterable[str], steps: int | None = None) -> CausalMap:
    """The part of the map that leads to any of these nodes, the nodes among it.

    Args:
        causal_map: the whole.
        ids: where to begin.
        steps: how many links to go back; None for as far as the map goes.
    """
    return causal_map.keeping(_within(ids, _sources(causal_map), causal_map, steps))


def downstream(causal_map: CausalMap, ids: Iterable[str], steps: int | None = None) -> CausalMap:
    """The part of the map that follows from any of these nodes, the nodes among it; as `upstream`."""
    return causal_map.keeping(_within(ids, _targets(causal_map), causal_map, steps))


def around(causal_map: CausalMap, ids: Iterable[str], steps: int) -> CausalMap:
    """The part of the map within so many links of any of these nodes, whichever way the links point."""
    back, on = _sources(causal_map), _targets(causal_map)
    return causal_map.keeping(_within(ids, lambda node: (*back(node), *on(node)), causal_map, steps))


def between(causal_map: CausalMap, source: str, target: str) -> CausalMap:
    """The part of the map that lies on a way from one node to another; empty where there is no way."""
    following = _within([source], _targets(causal_map), causal_map, None)
    leading = _within([target], _sources(causal_map), causal_map, None)
    return causal_map.keeping(following.keys() & leading.keys() if target in following else ())


def shortest(causal_map: CausalMap, source: str, target: str) -> tuple[str, ...]:
    """The way with the fewest links, the first in order of ids among equals; empty where there is none."""
    left = _within([target], _sources(causal_map), causal_map, None)
    if source not in left:
        return ()
    way = [source]
    while way[-1] != target:
        way.append(min(n for n in _targets(causal_map)(way[-1]) if left.get(n) == left[way[-1]] - 1))
    return tuple(way)


def paths(
    causal_map: CausalMap, source: str, target: str, most: int = 1000, longest: int | None = None
) -> Paths:
    """Every way from one node to another that passes no node twice, bounded and honest about it.

    There is no way from a node to itself here: see the loop register.

    Args:
        causal_map: the map.
        source: where the ways begin.
        target: where they end.
        most: how many ways to give at most.
        longest: how many links a way may have at most; None for any number.
    """
    left = _within([target], _sources(causal_map), causal_map, None)
    if source == target or source not in left:
        return Paths((), complete=True)
    search = _Search(causal_map, target, left)
    found: list[tuple[str, ...]] = []
    # A way passes only nodes that lead to the target, each once, so it cannot be longer than this.
    natural = len(left) - 1
    limit = natural if longest is None else min(natural, longest)
    search.cut = limit < left[source]
    for links in range(left[source], limit + 1):
        search.cut = False
        for way in search.ways(source, links):
            if len(found) == most:
                return Paths(tuple(found), complete=False)
            found.append(way)
        if search.spent or not search.cut:
            break
    return Paths(tuple(found), complete=not search.spent and (not search.cut or limit == natural))


def along(causal_map: CausalMap, way: Sequence[str]) -> tuple[Edge, ...]:
    """The links of a way, in its order; the way is given by the ids that it passes."""
    edges = {(edge.source, edge.target): edge for node in way for edge in causal_map.out_of(node)}
    return tuple(edges[ends] for ends in pairwise(way))


class _Search:
    """Looks for ways of one exact length, and notes where it was cut short."""

    def __init__(self, causal_map: CausalMap, target: str, left: dict[str, int]) -> None:
        self._next = _targets(causal_map)
        self._target = target
        self._left = left
        self._steps = 0
        #: Whether a way was given up only because it grew too long.
        self.cut = False

    @property
    def spent(self) -> bool:
        """Whether the search has taken all the steps it may."""
        return self._steps >= _STEPS

    def ways(self, source: str, links: int) -> Iterator[tuple[str, ...]]:
        """The ways from there that have exactly so many links."""
        way = [source]
        branches = [iter(self._next(source))]
        while branches and not self.spent:
            self._steps += 1
            node = next(branches[-1], None)
            if node is None:
                branches.pop()
                way.pop()
            elif node in self._left and node not in way:
                if self._left[node] > links - len(way):
                    self.cut = True
                elif node != self._target:
                    way.append(node)
                    branches.append(iter(self._next(node)))
                elif links == len(way):
                    yield (*way, node)


def union(maps: Iterable[CausalMap]) -> CausalMap:
    """Everything that any of the maps holds, joined where they name the same node or link.

    Where maps say different things of a link the widest range of strengths stands, with the sign
    `complex` where signs differ and the delay `unknown` where delays do.
    """
    return _joined(tuple(maps), fewest=1)


def intersection(maps: Iterable[CausalMap]) -> CausalMap:
    """What every one of the maps holds; links are joined as in `union`."""
    chosen = tuple(maps)
    return _joined(chosen, fewest=len(chosen))


def _joined(maps: tuple[CausalMap, ...], fewest: int) -> CausalMap:
    nodes: dict[str, list[Node]] = {}
    edges: dict[tuple[str, str], list[Edge]] = {}
    for one in maps:
        for node in one.nodes:
            nodes.setdefault(node.id, []).append(node)
        for edge in one.edges:
            edges.setdefault((edge.source, edge.target), []).append(edge)
    return CausalMap(
        tuple(_one_node(said) for _, said in sorted(nodes.items()) if len(said) >= fewest),
        tuple(_one_edge(said) for _, said in sorted(edges.items()) if len(said) >= fewest),
    )


def _one_node(said: list[Node]) -> Node:
    """The first in order of what is said, so that the order of the maps changes nothing."""
    first = min(said, key=lambda node: (node.label, node.kind, node.wanted or ""))
    scenarios = {scenario for node in said for scenario in node.scenarios}
    return Node(first.id, first.label, first.kind, tuple(sorted(scenarios)), first.wanted)


def _one_edge(said: list[Edge]) -> Edge:
    signs = {edge.sign for edge in said}
    delays = {edge.delay for edge in said}
    known = all(edge.known for edge in said)
    sureness = (Confidence.UNKNOWN, Confidence.LOW, Confidence.MEDIUM, Confidence.HIGH)
    return Edge(
        source=said[0].source,
        target=said[0].target,
        sign=signs.pop() if len(signs) == 1 else Sign.COMPLEX,
        low=min(edge.low for edge in said) if known else 0.0,
        high=max(edge.high for edge in said) if known else 1.0,
        delay=delays.pop() if len(delays) == 1 else Delay.UNKNOWN,
        confidence=min((edge.confidence for edge in said), key=sureness.index),
        known=known,
        asserted_by=tuple(sorted({agency for edge in said for agency in edge.asserted_by})),
        disputed_by=tuple(sorted({agency for edge in said for agency in edge.disputed_by})),
        scenarios=tuple(sorted({scenario for edge in said for scenario in edge.scenarios})),
    )


_Neighbours = Callable[[str], Iterable[str]]


def _targets(causal_map: CausalMap) -> _Neighbours:
    return lambda node: [edge.target for edge in causal_map.out_of(node)]


def _sources(causal_map: CausalMap) -> _Neighbours:
    return lambda node: [edge.source for edge in causal_map.into(node)]


def _within(
    ids: Iterable[str], neighbours: _Neighbours, causal_map: CausalMap, steps: int | None
) -> dict[str, int]:
    """Each node reached and in how many links at least."""
    reached = {node: 0 for node in ids if node in causal_map}
    edge_of_search = list(reached)
    while edge_of_search and (steps is None or reached[edge_of_search[0]] < steps):
        further: list[str] = []
        for node in edge_of_search:
            for beyond in neighbours(node):
                if beyond not in reached and beyond in causal_map:
                    reached[beyond] = reached[node] + 1
                    further.append(beyond)
        edge_of_search = further
    return reached
