"""The loop register: where a change comes back upon itself, and whether it grows or is held in check.

A loop reinforces when its signs multiply to more, and balances when they multiply to less (Sterman,
Business Dynamics, 2000, chapter 5). Dense maps have more loops than anybody could list: the register
takes the shortest first, is bounded, and says whether there may be more.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from roundtable.partnership.causal.graph import CausalMap, Edge
from roundtable.partnership.causal.knots import knots
from roundtable.partnership.model.causal import Delay, Sign

#: The search stops after so many steps and says that there may be more: about a second.
_STEPS = 1_000_000
#: Knots of loops up to this size (nodes times links) are searched without a short cut.
_SMALL = 500_000


class LoopKind(StrEnum):
    """What a loop does to a change that enters it."""

    REINFORCING = "reinforcing"
    BALANCING = "balancing"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Loop:
    """One way that leads back to where it began.

    Attributes:
        nodes: ids in the order of the links, beginning with the first by id; the last leads to the first.
        kind: reinforcing or balancing; unknown where the sign of a link is unknown, complex or none.
        delayed: whether a link of it is known to be felt only days or more later.
        agencies: the agencies that assert a link of it, in order.
        scenarios: the scenarios that hold a link of it, in order.
    """

    nodes: tuple[str, ...]
    kind: LoopKind
    delayed: bool
    agencies: tuple[str, ...]
    scenarios: tuple[str, ...]


@dataclass(frozen=True)
class LoopRegister:
    """The loops of a map, shortest first and then in order of ids.

    Attributes:
        loops: those found.
        complete: whether these are certainly all the loops there are, of any length.
        most: how many were to be listed at most.
        longest: how many links a loop was to have at most.
    """

    loops: tuple[Loop, ...]
    complete: bool
    most: int
    longest: int

    def through(self, node_id: str) -> tuple[Loop, ...]:
        """The loops that a node is in."""
        return self._through.get(node_id, ())

    @cached_property
    def _through(self) -> Mapping[str, tuple[Loop, ...]]:
        found: dict[str, list[Loop]] = {}
        for loop in self.loops:
            for node_id in loop.nodes:
                found.setdefault(node_id, []).append(loop)
        return {node_id: tuple(loops) for node_id, loops in found.items()}


def loop_register(causal_map: CausalMap, most: int = 500, longest: int = 8) -> LoopRegister:
    """The loops of a map, bounded in number, in length and in the time it takes to look.

    Args:
        causal_map: the map.
        most: how many loops to list at most.
        longest: how many links a loop may have at most.
    """
    search = _Search(causal_map)
    found: list[tuple[int, ...]] = []
    limit = min(longest, search.natural)
    search.cut = limit < search.natural
    for links in range(1, limit + 1):
        search.cut = False
        for loop in search.loops(links):
            found.append(loop)
            if len(found) > most:
                return _register(causal_map, found[:most], False, most, longest)
        if search.spent or not search.cut:
            break
    complete = not search.spent and (not search.cut or limit == search.natural)
    return _register(causal_map, found, complete, most, longest)


class _Search:
    """Looks for loops of one exact length, each from its first node, and notes where it was cut short."""

    def __init__(self, causal_map: CausalMap) -> None:
        index = causal_map.index
        self._on: dict[int, list[int]] = {}
        self._back: dict[int, list[int]] = {}
        self._large: set[int] = set()
        #: No loop has more links than the largest knot has nodes.
        self.natural = 0
        out = [[index[edge.target] for edge in causal_map.out_of(node.id)] for node in causal_map.nodes]
        back = [[index[edge.source] for edge in causal_map.into(node.id)] for node in causal_map.nodes]
        for knot in knots(out):
            self._take(out, back, set(knot))
        self._steps = 0
        #: Whether a way was given up only because it grew too long.
        self.cut = False

    def _take(self, out: list[list[int]], back: list[list[int]], knot: set[int]) -> None:
        """Every loop lies within one knot: nodes each of which leads to every other."""
        for node in knot:
            self._on[node] = sorted(knot.intersection(out[node]))
            self._back[node] = sorted(knot.intersection(back[node]))
        links = sum(len(self._on[node]) for node in knot)
        self.natural = max(self.natural, len(knot) if links else 0)
        if len(knot) * links > _SMALL:
            self._large |= knot

    @property
    def spent(self) -> bool:
        """Whether the search has taken all the steps it may."""
        return self._steps >= _STEPS

    def loops(self, links: int) -> Iterator[tuple[int, ...]]:
        """The loops of exactly so many links, in order of the nodes they begin with."""
        for first in sorted(node for node, on in self._on.items() if on):
            if self.spent:
                return
            yield from self._ways(first, links, self._left(first, links))

    def _left(self, first: int, links: int) -> Mapping[int, int]:
        """How many links each node after the first needs at least to come back to it."""
        left = {first: 0}
        layer = [first]
        while layer and (first not in self._large or left[layer[0]] < links):
            further = []
            for node in layer:
                for before in self._back[node]:
                    self._steps += 1
                    if before > first and before not in left:
                        left[before] = left[node] + 1
                        further.append(before)
            layer = further
        return left

    def _ways(self, first: int, links: int, left: Mapping[int, int]) -> Iterator[tuple[int, ...]]:
        way = [first]
        branches = [iter(self._on[first])]
        while branches and not self.spent:
            self._steps += 1
            node = next(branches[-1], None)
            if node is None:
                branches.pop()
                way.pop()
            elif node == first:
                if links == len(way):
                    yield tuple(way)
            elif node > first and node not in way:
                if left.get(node, links) <= links - len(way):
                    way.append(node)
                    branches.append(iter(self._on[node]))
                elif node in left or first in self._large:
                    self.cut = True


def _register(
    causal_map: CausalMap, rows: list[tuple[int, ...]], complete: bool, most: int, longest: int
) -> LoopRegister:
    edges = {(edge.source, edge.target): edge for edge in causal_map.edges}
    loops = []
    for row in rows:
        nodes = tuple(causal_map.nodes[i].id for i in row)
        loops.append(_loop(nodes, [edges[ends] for ends in zip(nodes, (*nodes[1:], nodes[0]), strict=True)]))
    return LoopRegister(tuple(loops), complete, most, longest)


def _loop(nodes: tuple[str, ...], edges: list[Edge]) -> Loop:
    return Loop(
        nodes=nodes,
        kind=_kind(edges),
        delayed=any(edge.delay not in (Delay.NONE, Delay.UNKNOWN) for edge in edges),
        agencies=tuple(sorted({agency for edge in edges for agency in edge.asserted_by})),
        scenarios=tuple(sorted({scenario for edge in edges for scenario in edge.scenarios})),
    )


def _kind(edges: list[Edge]) -> LoopKind:
    signs = [edge.sign for edge in edges]
    if any(sign not in (Sign.POSITIVE, Sign.NEGATIVE) for sign in signs):
        return LoopKind.UNKNOWN
    return LoopKind.BALANCING if signs.count(Sign.NEGATIVE) % 2 else LoopKind.REINFORCING


def telling_first(loops: tuple[Loop, ...]) -> tuple[Loop, ...]:
    """Loops in the order in which a picture or a page tells them: known before unknown, then the shortest."""
    return tuple(
        sorted(
            loops, key=lambda one: (one.kind is LoopKind.UNKNOWN, len(one.nodes), not one.delayed, one.nodes)
        )
    )
