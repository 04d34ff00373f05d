"""What holds of damped influence on any map: bounded, within its range, and wider for a wider question."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from roundtable.partnership.causal.graph import CausalMap, Edge, Node, NodeKind
from roundtable.partnership.dynamics.cognitive import steady_state
from roundtable.partnership.dynamics.influence import Influences, influences_of
from roundtable.partnership.dynamics.propagation import propagate
from roundtable.partnership.dynamics.robustness import places, top_shares
from roundtable.partnership.dynamics.strengths import limits, middles
from roundtable.partnership.model.causal import Delay, Sign

IDS = ("a", "b", "c", "d", "e", "harm", "ill")
OUTCOMES = ("harm", "ill")
NODES = tuple(Node(i, i, NodeKind.OUTCOME if i in OUTCOMES else NodeKind.STATE) for i in IDS)
CLOSE = 1e-8

shares = st.floats(0, 1).map(lambda value: round(value, 3))


@st.composite
def edges(draw: st.DrawFn, source: str, target: str) -> Edge:
    low, high = sorted((draw(shares), draw(shares)))
    return Edge(source, target, draw(st.sampled_from(Sign)), low, high, draw(st.sampled_from(Delay)))


@st.composite
def maps(draw: st.DrawFn) -> CausalMap:
    """Seven nodes of which two are outcomes, and up to a score of links of every sign, loops among them."""
    ends = draw(st.sets(st.tuples(st.sampled_from(IDS), st.sampled_from(IDS)), max_size=20))
    return CausalMap(NODES, tuple(draw(edges(*pair)) for pair in sorted(ends)))


def doubled(edge: Edge) -> Edge:
    """Twice as wide about its middle, as far as a strength can go."""
    half = (edge.high - edge.low) / 2
    return replace(edge, low=max(0.0, edge.low - half), high=min(1.0, edge.high + half))


def found_on(whole: CausalMap, samples: int = 0) -> Influences:
    return influences_of(whole, OUTCOMES, samples, seed=3)


def ranked(found: Influences, column: int) -> tuple[np.ndarray, np.ndarray]:
    """The best and the worst place of every node on one outcome, by how far it moves it."""
    ranges = [found.on(OUTCOMES[column])[node].size for node in found.nodes]
    return places(np.array([r.low for r in ranges]), np.array([r.high for r in ranges]))


@settings(deadline=None)
@given(maps())
def test_the_middle_and_every_draw_lie_within_the_range_and_the_whole(whole: CausalMap) -> None:
    found = found_on(whole, samples=8)
    assert found.samples is not None
    assert (found.low >= -1).all()
    assert (found.high <= 1).all()
    for drawn in (found.middle, *found.samples):
        # Draws are kept in single precision.
        assert (drawn >= found.low - 1e-6).all()
        assert (drawn <= found.high + 1e-6).all()


@settings(deadline=None)
@given(maps(), st.data())
def test_doubling_a_strength_range_widens_and_never_narrows(whole: CausalMap, data: st.DataObject) -> None:
    """Acceptance check 4, for the range of every influence and the places of every node."""
    if not whole.edges:
        return
    chosen = data.draw(st.integers(0, len(whole.edges) - 1))
    wider = tuple(doubled(edge) if row == chosen else edge for row, edge in enumerate(whole.edges))
    before, after = found_on(whole), found_on(CausalMap(NODES, wider))
    assert (after.low <= before.low + CLOSE).all()
    assert (after.high >= before.high - CLOSE).all()
    for column in range(len(OUTCOMES)):
        (best, worst), (best_after, worst_after) = ranked(before, column), ranked(after, column)
        assert (best_after <= best).all()
        assert (worst_after >= worst).all()


@settings(deadline=None)
@given(maps(), st.lists(st.floats(0, 1), min_size=20, max_size=20))
def test_no_strengths_within_the_ranges_take_it_outside(whole: CausalMap, where: list[float]) -> None:
    low, high = limits(whole)
    exact = low + np.array(where[: len(low)]) * (high - low)
    fixed = [
        replace(edge, sign=Sign.NEGATIVE if at < 0 else Sign.POSITIVE, low=abs(at), high=abs(at))
        for edge, at in zip(whole.edges, exact.tolist(), strict=True)
        if edge.sign is not Sign.NONE
    ]
    # A link of no effect has no place in the damping, and here it is left out.
    one, every = found_on(CausalMap(NODES, tuple(fixed))), found_on(whole)
    assert (one.middle >= every.low - CLOSE).all()
    assert (one.middle <= every.high + CLOSE).all()


@settings(deadline=None)
@given(maps())
def test_turning_every_sign_into_an_outcome_turns_its_range_round(whole: CausalMap) -> None:
    turned = {Sign.POSITIVE: Sign.NEGATIVE, Sign.NEGATIVE: Sign.POSITIVE}
    into = [
        replace(edge, sign=turned.get(edge.sign, edge.sign)) if edge.target == "harm" else edge
        for edge in whole.edges
        if edge.source != "harm"
    ]
    straight = CausalMap(NODES, tuple(edge for edge in whole.edges if edge.source != "harm"))
    before, after = found_on(straight), found_on(CausalMap(NODES, tuple(into)))
    assert np.allclose(after.low[:, 0], -before.high[:, 0])
    assert np.allclose(after.middle[:, 0], -before.middle[:, 0])


@settings(deadline=None)
@given(maps(), st.permutations(range(len(IDS))))
def test_the_names_of_the_nodes_do_not_matter_to_the_range(whole: CausalMap, order: list[int]) -> None:
    named = dict(zip(IDS, (f"n{place}" for place in order), strict=True))
    nodes = tuple(sorted((replace(node, id=named[node.id]) for node in NODES), key=lambda node: node.id))
    moved = [replace(edge, source=named[edge.source], target=named[edge.target]) for edge in whole.edges]
    moved.sort(key=lambda edge: (edge.source, edge.target))
    before = found_on(whole)
    after = influences_of(CausalMap(nodes, tuple(moved)), [named[outcome] for outcome in OUTCOMES])
    rows = [after.row(named[node]) for node in before.nodes]
    assert np.allclose(after.low[rows], before.low, atol=CLOSE)
    assert np.allclose(after.middle[rows], before.middle, atol=CLOSE)


@settings(max_examples=40, deadline=None)
@given(maps(), st.floats(-1, 1))
def test_a_steady_state_and_a_course_are_bounded_and_repeatable(whole: CausalMap, amount: float) -> None:
    first, again = (steady_state(whole, middles(whole), {"a": amount}) for _ in range(2))
    assert first.values == again.values
    assert all(-1 <= first.low[i] <= first.values[i] + CLOSE <= first.high[i] + 2 * CLOSE for i in IDS)
    assert first.high["a"] <= 1
    course = propagate(whole, {"a": amount}, steps=30).course
    assert np.abs(course.values).max() <= 1


@given(
    st.lists(st.lists(st.integers(0, 3), min_size=5, max_size=5), min_size=1, max_size=8), st.integers(0, 6)
)
def test_shares_sum_to_the_places_there_are(scores: list[list[int]], k: int) -> None:
    found = top_shares(np.array(scores), k)
    assert np.isclose(found.sum(), min(k, 5))
    assert (found >= 0).all()
    assert (found <= 1).all()
