"""Damped influence: worked by hand, held to a dense solution, and unmoved by what should not move it."""

from __future__ import annotations

import numpy as np
import pytest

from roundtable.partnership.causal.graph import CausalMap, Edge
from roundtable.partnership.dynamics.damping import damping
from roundtable.partnership.dynamics.influence import Influences, Range, influences, influences_of
from roundtable.partnership.dynamics.strengths import drawn
from roundtable.partnership.model.causal import Sign
from roundtable.partnership.study import Study
from tests.factories import ASSERTED, outcome, partnership, scenario
from tests.unit.partnership.dynamics.maps import causal_map, edge


def on_harm(whole: CausalMap, samples: int = 0) -> Influences:
    return influences_of(whole, ["harm"], samples, seed=7)


def middle(whole: CausalMap, node: str) -> float:
    return on_harm(whole).on("harm")[node].middle


def test_a_direct_link_counts_its_signed_strength() -> None:
    found = on_harm(causal_map(edge("a", "harm", 0.2, 0.6), edge("b", "harm", -0.5, -0.1))).on("harm")
    assert found["a"] == Range(0.2, 0.4, 0.6)
    assert found["b"] == Range(-0.5, -0.3, -0.1)
    assert found["harm"] == Range(0, 0, 0)


def test_each_further_step_counts_half() -> None:
    # a -> b -> c -> harm, strengths 0.8, 0.5, 0.4:
    # c = 0.4;  b = 0.5 * 1/2 * 0.4 = 0.1;  a = 0.8 * 1/2 * 0.1 = 0.04.
    whole = causal_map(edge("a", "b", 0.8, 0.8), edge("b", "c", 0.5, 0.5), edge("c", "harm", 0.4, 0.4))
    found = on_harm(whole).on("harm")
    assert [found[node].middle for node in "abc"] == pytest.approx([0.04, 0.1, 0.4])


def test_two_ways_add_up_with_their_signs() -> None:
    # a moves harm by b (0.8 * 1/2 * 0.5 = 0.2) and by c (-0.6 * 1/2 * 1 = -0.3): together -0.1.
    whole = causal_map(
        edge("a", "b", 0.8, 0.8),
        edge("b", "harm", 0.5, 0.5),
        edge("a", "c", -0.6, -0.6),
        edge("c", "harm", 1, 1),
    )
    assert middle(whole, "a") == pytest.approx(-0.1)


def test_a_loop_is_summed_without_end() -> None:
    # a <-> b of strength 0.8, b -> harm of 0.6, steps count half: t_a = 0.4 t_b, t_b = 0.6 + 0.4 t_a,
    # so t_b = 0.6 / (1 - 0.16) = 0.714285..., t_a = 0.285714...
    whole = causal_map(edge("a", "b", 0.8, 0.8), edge("b", "a", 0.8, 0.8), edge("b", "harm", 0.6, 0.6))
    found = on_harm(whole).on("harm")
    assert found["b"].middle == pytest.approx(5 / 7)
    assert found["a"].middle == pytest.approx(2 / 7)


def test_tangled_loops_are_damped_by_their_spectral_radius() -> None:
    # Three nodes, each leading to both others: the radius of the links is 2, so a step counts 0.9 / 2.
    pairs = [(one, other) for one in "abc" for other in "abc" if one != other]
    whole = causal_map(*(edge(one, other, 1, 1) for one, other in pairs), edge("a", "harm", 0.1, 0.1))
    kept = dict(zip(((e.source, e.target) for e in whole.edges), damping(whole), strict=True))
    assert kept["a", "b"] == pytest.approx(0.45)
    assert kept["a", "harm"] == 0.5
    # t_a = 0.1 + 0.9 t_b and t_b = 0.45 t_a + 0.45 t_b, so t_b = t_a * 9/11 and t_a = 0.1 / (1 - 81/110).
    found = on_harm(whole).on("harm")
    assert found["a"].middle == pytest.approx(11 / 29)
    assert found["b"].middle == pytest.approx(9 / 29)


def test_nothing_passes_on_more_than_the_whole_of_itself() -> None:
    fan = [edge("a", f"b{i}", 1, 1) for i in range(5)] + [edge(f"b{i}", "harm", 1, 1) for i in range(5)]
    assert middle(causal_map(*fan), "a") == 1.0


def test_it_is_katz_where_nothing_reaches_the_whole() -> None:
    generator = np.random.default_rng(5)
    edges = {
        (f"n{i:02}", f"n{j:02}"): generator.uniform(-0.3, 0.3)
        for i, j in generator.integers(0, 20, (50, 2))
        if i != j
    }
    whole = causal_map(*(edge(*ends, w, w) for ends, w in edges.items()), edge("n00", "harm", 0.3, 0.3))
    row, size = whole.index, len(whole.nodes)
    strength, carry = np.zeros((size, size)), np.zeros((size, size))
    for one, kept in zip(whole.edges, damping(whole), strict=True):
        strength[row[one.source], row[one.target]] = one.middle
        carry[row[one.source], row[one.target]] = one.middle * kept
    exact = np.linalg.solve(np.eye(size) - carry, strength[:, row["harm"]])
    assert np.abs(exact).max() < 1
    assert on_harm(whole).middle[:, 0] == pytest.approx(exact, abs=1e-8)


def test_the_range_is_exact_where_every_way_has_one_sign() -> None:
    # Least: 0.2 * 1/2 * -0.9 at strengths 0.2 and -0.5 gives -0.05; greatest in size: 0.6 * 1/2 * -0.9.
    whole = causal_map(edge("a", "b", 0.2, 0.6), edge("b", "harm", -0.9, -0.5))
    found = on_harm(whole).on("harm")["a"]
    assert (found.low, found.high) == pytest.approx((-0.27, -0.05))
    assert found.signed == -1
    assert (found.size.low, found.size.high) == pytest.approx((0.05, 0.27))


def test_an_unknown_sign_reaches_both_ways_and_has_nothing_in_the_middle() -> None:
    whole = causal_map(edge("a", "b", -1, 1), edge("b", "harm", 0.4, 0.8))
    found = on_harm(whole).on("harm")["a"]
    assert (found.low, found.middle, found.high) == pytest.approx((-0.4, 0, 0.4))
    assert found.signed == 0
    assert found.size == Range(0.0, 0.0, 0.4)


def test_contradictory_signs_are_either_way() -> None:
    whole = causal_map(Edge("a", "harm", Sign.COMPLEX, 0.1, 0.3))
    assert on_harm(whole).on("harm")["a"] == Range(-0.3, 0.0, 0.3)


@pytest.mark.parametrize(
    "whole",
    [
        causal_map(),
        causal_map(alone=("a",)),
        causal_map(edge("a", "harm", 0, 0), edge("harm", "a", 0, 0)),
        causal_map(Edge("a", "harm", Sign.NONE, 0.2, 0.9)),
    ],
)
def test_where_nothing_moves_there_is_no_influence(whole: CausalMap) -> None:
    found = on_harm(whole, samples=3)
    assert set(found.on("harm").values()) == {Range(0, 0, 0)}
    assert found.samples is not None
    assert not found.samples.any()


def test_a_map_of_nothing_at_all() -> None:
    found = influences_of(CausalMap((), ()), ["harm"], samples=2)
    assert dict(found.on("harm")) == {}
    assert found.samples is not None
    assert found.samples.shape == (2, 0, 1)


def test_thousands_of_loops_settle_within_bounds() -> None:
    ids = [f"n{i:02}" for i in range(40)]
    whole = causal_map(
        *(edge(one, other, 0.5, 1) for one in ids for other in ids if one != other),
        edge("n00", "harm", 1, 1),
    )
    found = on_harm(whole, samples=5)
    assert found.samples is not None
    assert np.isfinite(found.samples).all()
    assert np.abs([found.low, found.high]).max() <= 1
    assert (found.samples >= found.low - 1e-6).all()
    assert (found.samples <= found.high + 1e-6).all()


def test_a_self_link_is_a_loop_like_another() -> None:
    # t_a = 0.5 + 1 * 1/2 * t_a = 1.
    assert middle(causal_map(edge("a", "a", 1, 1), edge("a", "harm", 0.5, 0.5)), "a") == pytest.approx(1)


def test_draws_cover_the_range_and_answer_to_the_ends_of_the_edge() -> None:
    small = causal_map(edge("a", "harm", 0.2, 0.6))
    large = causal_map(edge("a", "harm", 0.2, 0.6), edge("0", "1", 0.1, 0.9), edge("b", "harm", 0.2, 0.6))
    alone, among = drawn(small, 400, 1), drawn(large, 400, 1)
    assert np.array_equal(alone[:, 0], among[:, 1])
    assert not np.array_equal(among[:, 1], among[:, 2])
    assert not np.array_equal(alone, drawn(small, 400, 2))
    assert alone.min() == pytest.approx(0.2, abs=0.01)
    assert alone.max() == pytest.approx(0.6, abs=0.01)
    assert alone.mean() == pytest.approx(0.4, abs=0.02)


def test_a_draw_is_the_same_number_everywhere() -> None:
    # The first eight bytes of SHAKE-256 over "1", a nought byte, "a", a nought byte, "b", as a fraction.
    assert drawn(causal_map(edge("a", "b", 0, 1)), 1, 1)[0, 0] == pytest.approx(0.2431818613522092, abs=1e-15)


def test_an_edge_elsewhere_changes_no_number() -> None:
    loop = (edge("a", "b", 0.2, 0.8), edge("b", "a", -0.7, -0.1), edge("b", "harm", 0.3, 0.5))
    tangle = [edge(one, other, 0.1, 1) for one in "xyz" for other in "xyz" if one != other]
    before, after = on_harm(causal_map(*loop), 20), on_harm(causal_map(*loop, *tangle), 20)
    rows = [after.row(node) for node in before.nodes]
    assert before.samples is not None
    assert after.samples is not None
    assert np.array_equal(before.low, after.low[rows])
    assert np.array_equal(before.high, after.high[rows])
    assert np.array_equal(before.samples, after.samples[:, rows])


def test_a_study_has_every_outcome_of_the_charter() -> None:
    link = {"from": "isolation", "to": "harm", "sign": "positive", "asserted": ASSERTED}
    told = partnership(
        scenario(links=[link | {"strength": {"low": 0.4, "high": 0.8}}]), outcomes=(outcome("elsewhere"),)
    )
    study = Study(told, samples=4)
    found = influences(study)
    assert influences(study) is found
    assert found.on("harm")["isolation"] == Range(0.4, 0.6, 0.8)
    assert set(found.on("elsewhere").values()) == {Range(0, 0, 0)}
    assert found.samples is not None
    assert found.samples.shape == (4, 2, 2)
    with pytest.raises(KeyError):
        found.on("nowhere")


def test_the_quick_look_has_the_same_range_and_no_draws() -> None:
    whole = causal_map(edge("a", "b", 0.2, 0.6), edge("b", "harm", -0.9, -0.5))
    quick, slow = on_harm(whole), on_harm(whole, samples=5)
    assert quick.samples is None
    assert quick.on("harm") == slow.on("harm")


def test_what_a_node_moves_is_every_outcome_on_which_it_has_any_influence() -> None:
    """Of a sign that nobody knows the middle is nought, and it moves the outcome all the same."""
    whole = causal_map(
        edge("a", "harm", 0.2, 0.6), edge("b", "calls", -0.3, 0.3), edge("c", "calls", 0.0, 0.0)
    )
    found = influences_of(whole, ["calls", "harm"])

    assert found.moved_by("a") == {"harm": Range(0.2, 0.4, 0.6)}
    assert found.moved_by("b") == {"calls": Range(-0.3, 0.0, 0.3)}
    assert found.moved_by("c") == {}
    assert found.moved_by("nowhere") == {}
    for node in found.nodes:
        reached = {one: found.on(one)[node] for one in found.outcomes if found.on(one)[node].size.high > 0}
        assert found.moved_by(node) == reached
