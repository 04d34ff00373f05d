"""What hangs on one link inside a group of records: how it would fall apart without it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numba import njit
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import breadth_first_order, connected_components, minimum_spanning_tree

from roundtable.linkage.review.linked import Floats, Ints, Linked, Longs


@dataclass(frozen=True)
class Bridges:
    """The strongest links that hold each person's records together, so many as are needed and no more.

    Attributes:
        left: one profile of each.
        right: the other.
        probability: of the link.
        pairs: how many pairs of records are of one person through it alone: those across the two parts that
            the person would fall into without it, were no weaker link beside it.
    """

    left: Ints
    right: Ints
    probability: Floats
    pairs: Longs


def bridges(linked: Linked) -> Bridges:
    """The bridges of every person who has several profiles.

    They are a spanning tree of the strongest links (Kruskal): between the two sides of a bridge no other link
    is stronger, so a weak bridge is a weak joint of the whole group.
    """
    inside = np.flatnonzero(linked.linked)
    if not inside.size:
        none = np.empty(0, dtype=np.int32)
        return Bridges(none, none, np.empty(0), np.empty(0, dtype=np.int64))
    count = linked.profiles
    # A cost of nought would be no edge at all to a sparse matrix.
    costs = 2.0 - linked.probability[inside]
    shape = (count, count)
    graph = coo_matrix((costs, (linked.left[inside], linked.right[inside])), shape=shape)
    tree = minimum_spanning_tree(graph.tocsr()).tocoo()
    child, parent, below = _sides(tree.row, tree.col, count, linked.sizes)
    whole = linked.people_sizes[linked.people[child]]
    probability = linked.probability[linked.places_of(child, parent)]
    low, high = np.minimum(child, parent), np.maximum(child, parent)
    return Bridges(low.astype(np.int32), high.astype(np.int32), probability, below * (whole - below))


def _sides(rows: Ints, columns: Ints, count: int, sizes: Longs) -> tuple[Longs, Longs, Longs]:
    """For each edge of a forest: its lower end, its upper end, and how many records hang below it."""
    # One root more, above a node of each tree, makes of the forest a tree that is walked at one go.
    forest = coo_matrix((np.ones(rows.size), (rows, columns)), shape=(count, count))
    _, labels = connected_components(forest, directed=False)
    _, tops = np.unique(labels, return_index=True)
    up = np.concatenate([rows, np.full(tops.size, count)])
    down = np.concatenate([columns, tops])
    whole = coo_matrix((np.ones(up.size), (up, down)), shape=(count + 1, count + 1)).tocsr()
    order, above = breadth_first_order(whole, count, directed=False)
    below = _gathered(order.astype(np.int64), above.astype(np.int64), np.append(sizes, 0))
    child = order[1:][above[order[1:]] != count].astype(np.int64)
    return child, above[child].astype(np.int64), below[child]


@njit(cache=True)
def _gathered(order: Longs, above: Longs, sizes: Longs) -> Longs:
    """How many records each node has with all below it; the last of the walk comes first."""
    found = sizes.copy()
    for place in range(order.size - 1, 0, -1):
        node = order[place]
        found[above[node]] += found[node]
    return found
