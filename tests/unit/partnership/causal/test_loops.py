import random
import time

import networkx as nx
import pytest

from roundtable.partnership.causal.graph import Edge
from roundtable.partnership.causal.loops import LoopKind, loop_register
from roundtable.partnership.model.causal import Delay, Sign
from tests.unit.partnership.causal.drawn import drawn, numbered


@pytest.mark.parametrize(
    ("links", "kind"),
    [
        ("a+b b+a", LoopKind.REINFORCING),
        ("a-b b-a", LoopKind.REINFORCING),
        ("a+b b-a", LoopKind.BALANCING),
        ("a-b b-c c-a", LoopKind.BALANCING),
        ("a+b b?a", LoopKind.UNKNOWN),
        ("a+b b*a", LoopKind.UNKNOWN),
        ("a+b b0a", LoopKind.UNKNOWN),
        ("a-a", LoopKind.BALANCING),
    ],
)
def test_a_loop_is_what_its_signs_multiply_to(links: str, kind: LoopKind) -> None:
    (loop,) = loop_register(drawn(links)).loops
    assert loop.kind is kind


def test_a_loop_begins_with_its_first_node_and_the_shortest_comes_first() -> None:
    register = loop_register(drawn("c+a a+b b+c b+a d+c c+d"))

    assert [loop.nodes for loop in register.loops] == [("a", "b"), ("c", "d"), ("a", "b", "c")]
    assert register.complete
    assert [loop.nodes for loop in register.through("d")] == [("c", "d")]


@pytest.mark.parametrize(("delay", "delayed"), [("none", False), ("unknown", False), ("days", True)])
def test_one_delayed_link_delays_a_loop(delay: str, delayed: bool) -> None:
    back = Edge("b", "a", Sign.POSITIVE, 1, 1, Delay.NONE, asserted_by=("fire",), scenarios=("two",))
    on = Edge("a", "b", Sign.POSITIVE, 1, 1, Delay(delay), asserted_by=("council",), scenarios=("one",))

    (loop,) = loop_register(numbered([back, on])).loops
    assert loop.delayed is delayed
    assert (loop.agencies, loop.scenarios) == (("council", "fire"), ("one", "two"))


def test_a_map_without_a_loop_has_none_and_is_complete() -> None:
    for links in ("", "a+b b+c a+c"):
        register = loop_register(drawn(links, "z"))
        assert (register.loops, register.complete) == ((), True)


@pytest.mark.parametrize("seed", range(6))
def test_the_loops_are_those_of_networkx(seed: int) -> None:
    draw = random.Random(seed)
    ends = {(draw.randrange(9), draw.randrange(9)) for _ in range(12 + 2 * seed)}
    causal_map = numbered(Edge(f"n{a}", f"n{b}", Sign.POSITIVE, 1, 1) for a, b in ends)
    expected = {
        frozenset(zip(nodes, [*nodes[1:], nodes[0]], strict=True))
        for nodes in nx.simple_cycles(nx.DiGraph([(f"n{a}", f"n{b}") for a, b in ends]))
    }

    register = loop_register(causal_map, most=100_000, longest=9)
    found = {frozenset(zip(o.nodes, (*o.nodes[1:], o.nodes[0]), strict=True)) for o in register.loops}
    assert found == expected
    assert len(register.loops) == len(expected)
    assert register.complete


def test_a_bound_that_cuts_something_off_is_said() -> None:
    ring = drawn("a+b b+c c+d d+a b+a")

    assert loop_register(ring, longest=3).complete is False
    assert loop_register(ring, longest=4).complete is True
    assert loop_register(ring, most=1).complete is False
    assert loop_register(ring, most=2).complete is True
    assert (loop_register(ring, most=1).most, loop_register(ring, longest=3).longest) == (1, 3)


def test_thirty_nodes_all_linked_to_all_come_back_at_once() -> None:
    edges = [
        Edge(f"n{a:02}", f"n{b:02}", Sign.POSITIVE, 1, 1) for a in range(30) for b in range(30) if a != b
    ]
    began = time.perf_counter()
    register = loop_register(numbered(edges))

    assert (len(register.loops), register.complete) == (500, False)
    # Every pair is a loop of two; those come before any loop of three.
    assert sum(len(loop.nodes) == 2 for loop in register.loops) == 30 * 29 / 2
    assert time.perf_counter() - began < 5


@pytest.mark.parametrize("step", [1, 7])
def test_a_large_knot_of_loops_comes_back_at_once(step: int) -> None:
    ring = [Edge(f"n{i:04}", f"n{(i + 1) % 2000:04}", Sign.POSITIVE, 1, 1) for i in range(2000)]
    chords = [Edge(f"n{i:04}", f"n{(i - 6 * step) % 2000:04}", Sign.NEGATIVE, 1, 1) for i in range(2000)]
    began = time.perf_counter()
    register = loop_register(numbered([*ring, *chords]))

    assert not register.complete
    assert all(len(loop.nodes) <= 8 for loop in register.loops)
    assert len(register.loops) == (500 if step == 1 else 0)
    assert time.perf_counter() - began < 10


def test_a_search_that_has_taken_its_steps_stops_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    links = drawn("a+b b+a c+d d+c")
    assert loop_register(links).complete

    monkeypatch.setattr("roundtable.partnership.causal.loops._STEPS", 20)
    register = loop_register(links)
    assert [loop.nodes for loop in register.loops] == [("a", "b")]
    assert not register.complete
