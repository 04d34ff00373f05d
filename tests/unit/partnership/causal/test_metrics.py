"""Every measure beside networkx's own, and beside values worked by hand."""

import os
import random
import subprocess
import sys
import time
from math import sqrt

import networkx as nx
import pytest

from roundtable.partnership.causal.eigenvector import Standing, eigenvector
from roundtable.partnership.causal.graph import CausalMap, Edge
from roundtable.partnership.causal.metrics import NodeMetrics, node_metrics
from roundtable.partnership.model.causal import Sign
from tests.docs.pages import ROOT
from tests.unit.partnership.causal.drawn import drawn, numbered


def _by_id(causal_map: CausalMap) -> dict[str, NodeMetrics]:
    return {one.id: one for one in node_metrics(causal_map)}


def _at_random(nodes: int, links: int, seed: int) -> CausalMap:
    draw = random.Random(seed)
    ends: set[tuple[int, int]] = set()
    while len(ends) < links:
        source, target = draw.randrange(nodes), draw.randrange(nodes)
        if source != target:
            ends.add((source, target))
    edges = [Edge(f"n{a:04}", f"n{b:04}", Sign.POSITIVE, 0.1, 0.5) for a, b in ends]
    return numbered(edges, [f"n{i:04}" for i in range(nodes)])


def _graph(causal_map: CausalMap) -> "nx.DiGraph[str]":
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(node.id for node in causal_map.nodes)
    graph.add_edges_from((edge.source, edge.target) for edge in causal_map.edges)
    return graph


def test_a_small_map_by_hand() -> None:
    """a moves b, b moves c and d: of the 6 pairs of others, b lies between 2 (a to c, a to d)."""
    found = _by_id(drawn("a+b b+c b+d"))

    assert (found["b"].links_in, found["b"].links_out, found["b"].leverage) == (1, 2, 2.0)
    assert found["b"].betweenness == pytest.approx(2 / 6)
    # a reaches all 3 others, in 1, 2 and 2 links: 3/3 of them over a mean distance of 5/3.
    assert found["a"].closeness == pytest.approx(3 / 5)
    assert (found["a"].two_step_reach, found["a"].reach_efficiency) == (1.0, 1.0)
    assert found["b"].two_step_reach == pytest.approx(2 / 3)
    assert found["b"].reach_efficiency == pytest.approx(1 / 3)
    assert [one.id for one in found.values() if one.articulation] == ["b"]


def test_what_nothing_reaches_has_no_leverage_ratio_rather_than_one_divided_by_nought() -> None:
    found = _by_id(drawn("a+b", "z"))

    assert found["a"].leverage is None
    assert found["b"].leverage == 0.0
    assert (found["z"].leverage, found["z"].reach_efficiency, found["z"].closeness) == (None, None, 0.0)


@pytest.mark.parametrize("seed", range(4))
def test_betweenness_closeness_and_articulation_are_those_of_networkx(seed: int) -> None:
    causal_map = _at_random(40, 30 + 25 * seed, seed)
    graph = _graph(causal_map)
    found = _by_id(causal_map)

    between, close = nx.betweenness_centrality(graph), nx.closeness_centrality(graph.reverse())
    assert {i: m.betweenness for i, m in found.items()} == pytest.approx(between)
    assert {i: m.closeness for i, m in found.items()} == pytest.approx(close)
    cuts = set(nx.articulation_points(graph.to_undirected()))
    assert {i for i, m in found.items() if m.articulation} == cuts
    for node_id, one in found.items():
        near = nx.single_source_shortest_path_length(graph, node_id, cutoff=2)
        assert one.two_step_reach == pytest.approx((len(near) - 1) / 39)


@pytest.mark.parametrize("seed", [2, 3])
def test_the_eigenvector_is_that_of_networkx(seed: int) -> None:
    causal_map = _at_random(30, 90, seed)
    expected = nx.eigenvector_centrality(_graph(causal_map).reverse(), max_iter=5_000, tol=1e-12)

    found = eigenvector(causal_map)
    assert found.standing is Standing.DEFINED
    assert dict(found.values) == pytest.approx(expected, abs=1e-6)


def test_the_eigenvector_of_a_loop_with_a_way_in_by_hand() -> None:
    """In the loop a-b each stands as the other; x moves a alone and stands as a does: three alike."""
    found = eigenvector(drawn("a+b b+a x+a"))
    assert dict(found.values) == pytest.approx({"a": 1 / sqrt(3), "b": 1 / sqrt(3), "x": 1 / sqrt(3)})


@pytest.mark.parametrize(
    ("links", "standing"),
    [
        ("a+b b+c", Standing.NO_LOOP),
        ("", Standing.NO_LOOP),
        ("a+b b+a c+d d+c", Standing.SEVERAL),
        ("a+b b+a b+c c+d d+c", Standing.SEVERAL),
        ("a+a", Standing.DEFINED),
    ],
)
def test_a_map_without_the_measure_says_why(links: str, standing: Standing) -> None:
    causal_map = drawn(links, "z")

    assert eigenvector(causal_map).standing is standing
    if standing is not Standing.DEFINED:
        assert {one.eigenvector for one in node_metrics(causal_map)} == {None}


def test_communities_are_numbered_from_the_largest_and_never_change() -> None:
    groups = "a+b b+c c+a a+d d+b c+d p+q q+r r+p d+p"
    found = {one.id: one.community for one in node_metrics(drawn(groups, "z"))}

    assert found == {"a": 1, "b": 1, "c": 1, "d": 1, "p": 2, "q": 2, "r": 2, "z": 3}
    assert node_metrics(drawn(groups, "z")) == node_metrics(drawn(groups, "z"))


@pytest.mark.parametrize(
    "odd", [drawn(""), drawn("", "a"), drawn("", "a", "b"), drawn("a+a"), drawn("a+a a+b")]
)
def test_odd_maps_break_nothing(odd: CausalMap) -> None:
    found = node_metrics(odd)

    assert [one.id for one in found] == [node.id for node in odd.nodes]
    assert all(0 <= one.betweenness <= 1 and 0 <= one.closeness <= 1 for one in found)


def test_a_self_link_counts_for_its_own_in_and_out_and_nothing_else() -> None:
    plain, odd = _by_id(drawn("a+b b+c")), _by_id(drawn("a+b b+c b+b"))

    assert (odd["b"].links_in, odd["b"].links_out) == (2, 2)
    assert (odd["b"].betweenness, odd["b"].reach_efficiency) == (
        plain["b"].betweenness,
        plain["b"].reach_efficiency,
    )


def test_a_link_drawn_twice_makes_no_second_way() -> None:
    once, twice = drawn("a+b a+c b+d c+d"), drawn("a+b a+b a+c b+d c+d")

    assert [m.betweenness for m in node_metrics(twice)] == [m.betweenness for m in node_metrics(once)]


def test_a_large_map_is_measured_in_seconds() -> None:
    causal_map = _at_random(2_000, 5_000, 1)
    began = time.perf_counter()
    found = node_metrics(causal_map)

    assert len(found) == 2_000
    assert time.perf_counter() - began < 15  # about 1.3 s on one free core; others may be at work


def test_the_order_of_a_set_of_names_changes_nothing() -> None:
    """Names are hashed anew in every process, so two with other seeds must say the same."""
    program = (
        "from tests.unit.partnership.causal.test_metrics import _at_random\n"
        "from roundtable.partnership.causal.metrics import node_metrics\n"
        "print(node_metrics(_at_random(120, 200, 5)))"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed},
            cwd=ROOT,
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }

    assert len(said) == 1
