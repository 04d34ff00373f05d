"""Whatever the map: its parts, measures and loops beside networkx, and what must always hold."""

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roundtable.partnership.causal.graph import CausalMap, Edge, Node, NodeKind
from roundtable.partnership.causal.loops import LoopKind, loop_register
from roundtable.partnership.causal.metrics import node_metrics
from roundtable.partnership.causal.micmac import micmac
from roundtable.partnership.causal.submaps import (
    between,
    downstream,
    intersection,
    paths,
    shortest,
    union,
    upstream,
)
from roundtable.partnership.model.causal import Delay, Sign

NAMES = "abcdef"
ends = st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES))
strengths = st.tuples(st.sampled_from([0.0, 0.25, 0.5]), st.sampled_from([0.5, 0.75, 1.0]))
said = st.tuples(st.sampled_from(list(Sign)), strengths, st.sampled_from(list(Delay)))


def _map(links: dict[tuple[str, str], tuple[Sign, tuple[float, float], Delay]], extra: set[str]) -> CausalMap:
    names = sorted({end for both in links for end in both} | extra)
    edges = [
        Edge(source, target, sign, *strength, delay)
        for (source, target), (sign, strength, delay) in sorted(links.items())
    ]
    return CausalMap(tuple(Node(name, name, NodeKind.STATE) for name in names), tuple(edges))


maps = st.builds(_map, st.dictionaries(ends, said, max_size=16), st.sets(st.sampled_from(NAMES)))
without_self_links = maps.map(
    lambda one: CausalMap(one.nodes, tuple(edge for edge in one.edges if edge.source != edge.target))
)


def _graph(causal_map: CausalMap) -> "nx.DiGraph[str]":
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(node.id for node in causal_map.nodes)
    graph.add_edges_from((edge.source, edge.target) for edge in causal_map.edges)
    return graph


@given(without_self_links)
def test_the_measures_are_those_of_networkx(causal_map: CausalMap) -> None:
    graph = _graph(causal_map)
    found = {one.id: one for one in node_metrics(causal_map)}

    assert {i: m.betweenness for i, m in found.items()} == pytest.approx(nx.betweenness_centrality(graph))
    assert {i: m.closeness for i, m in found.items()} == pytest.approx(
        nx.closeness_centrality(graph.reverse())
    )
    assert {i for i, m in found.items() if m.articulation} == set(
        nx.articulation_points(graph.to_undirected())
    )
    assert sorted({one.community for one in found.values()}) == list(
        range(1, len({one.community for one in found.values()}) + 1)
    )


@given(maps)
def test_the_loops_are_those_of_networkx_whatever_the_map(causal_map: CausalMap) -> None:
    expected = {frozenset(loop): 0 for loop in nx.simple_cycles(_graph(causal_map))}
    for loop in nx.simple_cycles(_graph(causal_map)):
        expected[frozenset(loop)] += 1
    register = loop_register(causal_map, most=10_000)

    found: dict[frozenset[str], int] = {}
    for one in register.loops:
        found[frozenset(one.nodes)] = found.get(frozenset(one.nodes), 0) + 1
    assert found == expected
    assert register.complete


@given(maps)
def test_turning_every_sign_of_an_even_loop_leaves_its_kind(causal_map: CausalMap) -> None:
    turned = {Sign.POSITIVE: Sign.NEGATIVE, Sign.NEGATIVE: Sign.POSITIVE}
    edges = tuple(
        Edge(edge.source, edge.target, turned.get(edge.sign, edge.sign), edge.low, edge.high)
        for edge in causal_map.edges
    )
    before = {one.nodes: one.kind for one in loop_register(causal_map, most=10_000).loops}
    after = {
        one.nodes: one.kind for one in loop_register(CausalMap(causal_map.nodes, edges), most=10_000).loops
    }

    assert before.keys() == after.keys()
    for nodes, kind in before.items():
        same = len(nodes) % 2 == 0 or kind is LoopKind.UNKNOWN
        assert (after[nodes] is kind) is same


@given(maps, st.integers(0, 4), st.integers(0, 3))
def test_a_bounded_register_is_the_head_of_the_whole(causal_map: CausalMap, most: int, longest: int) -> None:
    whole = loop_register(causal_map, most=10_000).loops
    bounded = loop_register(causal_map, most=most, longest=longest)

    assert bounded.loops == tuple(loop for loop in whole if len(loop.nodes) <= longest)[:most]
    if bounded.complete:
        assert bounded.loops == whole


@given(maps, st.sampled_from(NAMES), st.sampled_from(NAMES))
def test_all_ways_are_those_of_networkx(causal_map: CausalMap, source: str, target: str) -> None:
    found = paths(causal_map, source, target)
    expected: set[tuple[str, ...]] = set()
    if source != target and source in causal_map and target in causal_map:
        expected = {tuple(way) for way in nx.all_simple_paths(_graph(causal_map), source, target)}

    assert set(found.paths) == expected and len(found.paths) == len(expected)
    assert found.complete
    assert list(found.paths) == sorted(found.paths, key=lambda way: (len(way), way))
    if found.paths:
        assert shortest(causal_map, source, target) == found.paths[0]
        assert {node for way in found.paths for node in way} <= {
            node.id for node in between(causal_map, source, target).nodes
        }


@given(maps, st.sampled_from(NAMES), st.sampled_from(NAMES), st.integers(0, 6) | st.none())
def test_what_leads_to_one_is_what_the_other_follows_from(
    causal_map: CausalMap, one: str, other: str, steps: int | None
) -> None:
    assert (one in upstream(causal_map, [other], steps)) == (other in downstream(causal_map, [one], steps))


@given(maps, maps, maps)
def test_the_order_of_joining_changes_nothing(one: CausalMap, two: CausalMap, three: CausalMap) -> None:
    assert union([one, two, three]) == union([three, union([two, one])])
    assert union([one, one]) == one
    common = intersection([one, two])
    assert common == intersection([two, one])
    assert {node.id for node in common.nodes} == {n.id for n in one.nodes} & {n.id for n in two.nodes}


@settings(deadline=None)
@given(maps)
def test_indirect_shares_are_shares(causal_map: CausalMap) -> None:
    places = micmac(causal_map).places

    for shares in ([p.indirect_influence for p in places], [p.indirect_dependence for p in places]):
        assert all(share >= 0 for share in shares)
        assert not any(shares) or sum(shares) == pytest.approx(1)
    assert sum(p.influence for p in places) == pytest.approx(sum(p.dependence for p in places))
