"""Average linkage over scored pairs, under constraints: who is one person, without chains of strangers.

Two groups of profiles become one person where the mean probability over **all** pairs between them reaches
a stop, pairs that nothing brought together counting as nought. One false link between two people of many
profiles cannot join them then, as it does where groups are joined by their best pair (connected
components). The method is UPGMA (Sokal and Michener 1958, University of Kansas Science Bulletin 38,
1409-1438), the nearest two first. Two groups that a constraint keeps apart are never merged, however near
they are.

Probabilities are counted in whole units of 2 to the power of -30 (a thousand-millionth), so that sums do not
depend on their order, and ties are broken by position: the result depends on nothing but what is given.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from roundtable.linkage.clustering.components import components
from roundtable.linkage.clustering.constraints import NO_CONSTRAINTS, Constraints, Pairs, Positions
from roundtable.linkage.clustering.counted import UNITS, in_units, stop_in_units
from roundtable.linkage.clustering.joined_first import Joined, joined_first
from roundtable.linkage.clustering.merge_tree import DECIDED, MergeTree
from roundtable.linkage.clustering.sparse import by_pairs
from roundtable.linkage.clustering.square import by_squares

#: Up to so many nodes a component is worked out on a square of sums; a larger one on its pairs alone.
SQUARE = 512
_Counts = NDArray[np.int64]
Merges = tuple[_Counts, _Counts, NDArray[np.float64]]


@dataclass(frozen=True)
class _Graph:
    """Nodes (profiles, or those joined by decision) and what is between them, nodes in order of position."""

    lowest: NDArray[np.int32]
    sizes: _Counts
    codes: NDArray[np.int32]
    left: _Counts
    right: _Counts
    sums: _Counts
    apart_left: _Counts
    apart_right: _Counts

    def of(self, nodes: _Counts, pairs: NDArray[np.bool_], apart: NDArray[np.bool_]) -> _Graph:
        """Only these nodes, renumbered, and of the pairs those that are said."""
        number = np.full(len(self.sizes), -1, np.int64)
        number[nodes] = np.arange(len(nodes))
        return _Graph(
            self.lowest[nodes],
            self.sizes[nodes],
            np.ascontiguousarray(self.codes[:, nodes]),
            number[self.left[pairs]],
            number[self.right[pairs]],
            self.sums[pairs],
            number[self.apart_left[apart]],
            number[self.apart_right[apart]],
        )


def average_linkage(
    count: int,
    left: Positions,
    right: Positions,
    probability: NDArray[np.float64],
    constraints: Constraints = NO_CONSTRAINTS,
    stop: float = 0.5,
) -> NDArray[np.int32]:
    """The group of each of `count` profiles: the lowest position in it. Arguments as of `merge_tree`."""
    return merge_tree(count, left, right, probability, constraints, stop).cut(stop)


def merge_tree(
    count: int,
    left: Positions,
    right: Positions,
    probability: NDArray[np.float64],
    constraints: Constraints = NO_CONSTRAINTS,
    floor: float = 0.05,
    sizes: _Counts | None = None,
    square: int = SQUARE,
) -> MergeTree:
    """All merges at which the mean probability is `floor` or more.

    Args:
        count: how many profiles there are.
        left: a profile of each scored pair, in any order and either way round; of a pair that is given
            twice the larger probability counts.
        right: the other profile.
        probability: of the pair, that it is one person.
        constraints: what may not be together, and what is.
        floor: above nought: the least mean probability at which two groups are merged.
        sizes: how much each profile counts in a mean; one each where nothing is given.
        square: the largest component that is worked out on a square.

    Raises:
        ValueError: a position, a probability, a size or the floor is out of bounds.
    """
    _check(count, left, right, probability, floor)
    joined = joined_first(count, constraints)
    graph = _graph(count, _units(count, left, right, probability), constraints, joined, sizes)
    kept, gone, heights = _merged(graph, float(stop_in_units(floor)), square)
    by_decision = np.flatnonzero(joined.lowest != np.arange(count)).astype(np.int32)
    return MergeTree(
        count,
        np.concatenate([joined.lowest[by_decision], graph.lowest[kept]]),
        np.concatenate([by_decision, graph.lowest[gone]]),
        np.concatenate([np.full(len(by_decision), DECIDED), heights / UNITS]),
        floor,
        joined.contradictions,
    )


def _check(
    count: int, left: Positions, right: Positions, probability: NDArray[np.float64], floor: float
) -> None:
    if not 0 < floor <= 1:
        raise ValueError(f"{floor} is not above nought and at most one")
    if not len(left) == len(right) == len(probability):
        raise ValueError("of each pair there are two positions and a probability")
    for positions in (left, right):
        if len(positions) and not 0 <= int(positions.min()) <= int(positions.max()) < count:
            raise ValueError(f"a position is not among {count} profiles")
    if not bool(np.all((probability >= 0) & (probability <= 1))):
        raise ValueError("a probability is not between nought and one")


def _units(
    count: int, left: Positions, right: Positions, probability: NDArray[np.float64]
) -> tuple[_Counts, _Counts, _Counts]:
    """Each pair once, in order, with its probability in units; those of nought are left out."""
    low, high = np.minimum(left, right).astype(np.int64), np.maximum(left, right).astype(np.int64)
    units = in_units(probability)
    telling = (low != high) & (units > 0)
    name, units = low[telling] * count + high[telling], units[telling]
    if np.any(name[1:] <= name[:-1]):
        order = np.lexsort((units, name))
        name, units = name[order], units[order]
        last = np.append(name[1:] != name[:-1], True) if len(name) else np.zeros(0, np.bool_)
        name, units = name[last], units[last]
    return name // count, name % count, units


def _graph(
    count: int,
    pairs: tuple[_Counts, _Counts, _Counts],
    constraints: Constraints,
    joined: Joined,
    sizes: _Counts | None,
) -> _Graph:
    """The pairs between nodes: profiles joined by decision are one node of their common size."""
    lowest = np.flatnonzero(joined.lowest == np.arange(count)).astype(np.int32)
    node = np.searchsorted(lowest, joined.lowest).astype(np.int64)
    weight = np.ones(count, np.int64) if sizes is None else sizes.astype(np.int64)
    if len(weight) != count or bool(np.any(weight < 1)):
        raise ValueError("each profile has a size of one or more")
    size = np.zeros(len(lowest), np.int64)
    np.add.at(size, node, weight)
    kinds = constraints.kinds_for(count)
    codes = np.full((len(kinds), len(lowest)), -1, np.int32)
    for row, kind in zip(codes, kinds, strict=True):
        np.maximum.at(row, node, kind)
    left, right, units = pairs
    if sizes is not None:
        units = units * weight[left] * weight[right]
    alone = np.zeros(count, np.bool_)
    alone[constraints.alone] = True
    free = ~(alone[left] | alone[right])
    summed = _summed(len(lowest), node[left[free]], node[right[free]], units[free], bool(len(lowest) < count))
    apart = Pairs.of(node[constraints.apart.left], node[constraints.apart.right])
    return _Graph(lowest, size, codes, *summed, apart.left.astype(np.int64), apart.right.astype(np.int64))


def _summed(
    nodes: int, left: _Counts, right: _Counts, units: _Counts, several: bool
) -> tuple[_Counts, _Counts, _Counts]:
    """The sum between each two nodes, in order; `several` says that two may have more pairs than one."""
    if not several:
        return left, right, units
    between = left != right
    low = np.minimum(left[between], right[between])
    name, where = np.unique(low * nodes + np.maximum(left[between], right[between]), return_inverse=True)
    sums = np.zeros(len(name), np.int64)
    np.add.at(sums, where, units[between])
    return name // nodes, name % nodes, sums


def _merged(graph: _Graph, floor: float, square: int) -> Merges:
    """Merges of the graph's nodes.

    Only pairs at the floor or above can bring two groups together, so that components are looked for among
    those; within a component every pair counts.
    """
    nodes = len(graph.sizes)
    near = graph.sums >= floor * (graph.sizes[graph.left] * graph.sizes[graph.right])
    component = components(nodes, graph.left[near], graph.right[near])
    width = np.bincount(component, minlength=nodes)[component]
    within = component[graph.left] == component[graph.right]
    apart = component[graph.apart_left] == component[graph.apart_right]
    small, large = (width > 1) & (width <= square), (width > 1) & (width > square)
    found: list[Merges] = []
    if small.any():
        # In order of component, and of position within it.
        chosen = np.flatnonzero(small)
        chosen = chosen[np.argsort(component[chosen], kind="stable")]
        part = graph.of(chosen, within & small[graph.left], apart & small[graph.apart_left])
        found.append(_of_part(_small(part, component[chosen], floor), chosen))
    if large.any():
        chosen = np.flatnonzero(large)
        part = graph.of(chosen, within & large[graph.left], apart & large[graph.apart_left])
        merges: Merges = by_pairs(
            part.left, part.right, part.sums, part.apart_left, part.apart_right, part.sizes, part.codes, floor
        )
        found.append(_of_part(merges, chosen))
    if not found:
        return np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0)
    kept, gone, heights = (np.concatenate(parts) for parts in zip(*found, strict=True))
    return kept, gone, heights


def _of_part(merges: Merges, nodes: _Counts) -> Merges:
    kept, gone, heights = merges
    return nodes[kept], nodes[gone], heights


def _small(part: _Graph, component: NDArray[np.int32], floor: float) -> Merges:
    """The merges of components that stand one after another."""
    starts = np.append(np.flatnonzero(np.append(True, component[1:] != component[:-1])), len(component))
    number = np.repeat(np.arange(len(starts) - 1), np.diff(starts))
    of_pair, of_apart = number[part.left], number[part.apart_left]
    order, apart_order = np.argsort(of_pair, kind="stable"), np.argsort(of_apart, kind="stable")
    ends = np.arange(len(starts))
    pairs_from = np.searchsorted(of_pair[order], ends)
    apart_from = np.searchsorted(of_apart[apart_order], ends)
    merges: Merges = by_squares(
        starts,
        pairs_from,
        apart_from,
        part.left[order],
        part.right[order],
        part.sums[order],
        part.apart_left[apart_order],
        part.apart_right[apart_order],
        part.sizes,
        part.codes,
        floor,
    )
    return merges
