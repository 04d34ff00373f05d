"""Knots beside networkx's strongly connected components, and beside maps worked by hand."""

from __future__ import annotations

import random

import networkx as nx
import pytest

from roundtable.partnership.causal.knots import knots


def test_a_loop_is_one_knot_and_the_ways_in_and_out_of_it_are_none() -> None:
    """0 leads into the loop 1, 2, 3, from which 4 is reached; 5 stands alone."""
    found = [sorted(knot) for knot in knots([[1], [2], [3], [1, 4], [], []])]

    assert sorted(found) == [[0], [1, 2, 3], [4], [5]]
    assert found.index([4]) < found.index([1, 2, 3]) < found.index([0])


def test_a_way_into_a_knot_that_is_complete_joins_nothing() -> None:
    """2 leads to 1 after the knot of 0 and 1 is closed, and 1 does not lead back."""
    assert sorted(sorted(knot) for knot in knots([[1], [0], [1]])) == [[0, 1], [2]]


@pytest.mark.parametrize("seed", range(40))
def test_the_knots_are_those_of_networkx(seed: int) -> None:
    draw = random.Random(seed)
    size = draw.randint(1, 30)
    out = [draw.sample(range(size), draw.randint(0, min(size, 3))) for _ in range(size)]
    graph = nx.DiGraph([(node, after) for node, these in enumerate(out) for after in these])
    graph.add_nodes_from(range(size))

    expected = sorted(sorted(knot) for knot in nx.strongly_connected_components(graph))
    assert sorted(sorted(knot) for knot in knots(out)) == expected


def test_a_chain_of_a_hundred_thousand_links_is_no_trouble() -> None:
    size = 100_000
    assert sum(1 for _ in knots([[node + 1] for node in range(size - 1)] + [[]])) == size
    assert [len(knot) for knot in knots([[(node + 1) % size] for node in range(size)])] == [size]
