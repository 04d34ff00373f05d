"""Columns, crossings and places of a causal picture, against hand-worked small maps."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations, pairwise
from pathlib import Path

import pytest

from roundtable.partnership.causal.graph import CausalMap, Edge, Node, NodeKind, scenario_map
from roundtable.partnership.drawing.boxes import BOX_WIDTH, box
from roundtable.partnership.drawing.columns import columns_of, narrowed
from roundtable.partnership.drawing.crossing import crossings, untangled
from roundtable.partnership.drawing.cycles import arcs
from roundtable.partnership.drawing.layering import Layout, is_point, naive_layout
from roundtable.partnership.drawing.placing import BOX_GAP, place
from roundtable.partnership.drawing.routes import busiest_side, routes
from roundtable.partnership.loading import load_partnership
from roundtable.partnership.model.causal import Sign
from tests.unit.partnership.causal.drawn import drawn, numbered

EXAMPLE = Path(__file__).parents[4] / "examples" / "north-yorkshire"


def with_outcomes(causal_map: CausalMap, *outcomes: str) -> CausalMap:
    nodes = tuple(
        Node(node.id, node.label, NodeKind.OUTCOME) if node.id in outcomes else node
        for node in causal_map.nodes
    )
    return replace(causal_map, nodes=nodes)


def backward(causal_map: CausalMap) -> list[str]:
    return [arc.edge.source + arc.edge.target for arc in arcs(causal_map) if arc.backward]


def test_without_a_loop_nothing_runs_backwards() -> None:
    assert backward(drawn("a+b b+c a+c")) == []


def test_of_a_loop_one_link_runs_backwards() -> None:
    assert len(backward(drawn("a+b b+c c+a"))) == 1
    assert len(backward(drawn("a+b b+a"))) == 1
    # Two loops that share the link from a to b need only that one turned.
    assert backward(drawn("a+b b+c c+a b+d d+a x+b c+y d+y")) == ["ab"]


def poor_and_cold(*, last: float = 0.2) -> CausalMap:
    """A cold home makes frail, the frail cannot earn, who cannot pay has a cold home; and what follows."""
    strengths = {
        ("cold-home", "frailty"): 0.5,
        ("frailty", "cannot-pay"): last,
        ("cannot-pay", "cold-home"): 0.7,
        ("cold-home", "admissions"): 0.4,
        ("frailty", "admissions"): 0.6,
    }
    edges = [Edge(*ends, Sign.POSITIVE, size, size) for ends, size in strengths.items()]
    return with_outcomes(numbered(edges), "admissions")


def test_a_loop_is_cut_at_its_weakest_link_and_its_root_stands_first() -> None:
    causal_map = poor_and_cold()
    found = narrowed(causal_map, arcs(causal_map))
    assert [arc.edge.source for arc in found if arc.backward] == ["frailty"]
    assert columns_of(causal_map, found) == {"cannot-pay": 0, "cold-home": 1, "frailty": 2, "admissions": 3}
    # Were the link from frailty the strongest, that from the cold home to frailty would be the weakest.
    turned = arcs(poor_and_cold(last=0.9))
    assert [arc.edge.source for arc in turned if arc.backward] == ["cold-home"]


def test_a_long_loop_is_cut_at_its_weakest_link_wherever_that_is() -> None:
    names = "abcdefg"
    for weakest in range(len(names)):
        edges = [
            Edge(name, names[(at + 1) % 7], Sign.POSITIVE, 0.1 if at == weakest else 0.6 - at / 100, 0.7)
            for at, name in enumerate(names)
        ]
        assert [arc.edge.source for arc in arcs(numbered(edges)) if arc.backward] == [names[weakest]]


def test_a_link_out_of_an_outcome_always_runs_backwards() -> None:
    causal_map = with_outcomes(drawn("a+z z+b b+c"), "z")
    assert backward(causal_map) == ["zb"]


def test_columns_follow_the_longest_path_and_links_are_short() -> None:
    causal_map = with_outcomes(drawn("a+b b+c c+z d+c"), "z")
    # d could stand in the first column; its one link is shortest from the column before c.
    assert columns_of(causal_map, arcs(causal_map)) == {"a": 0, "b": 1, "c": 2, "d": 1, "z": 3}


def test_outcomes_stand_in_the_last_column() -> None:
    causal_map = with_outcomes(drawn("a+b b+c c+y a+z"), "y", "z")
    columns = columns_of(causal_map, arcs(causal_map))
    assert columns["y"] == columns["z"] == max(columns.values())


def test_outcomes_have_the_last_column_to_themselves() -> None:
    # b leads nowhere and is as far along as the outcome; y leads on to z.
    causal_map = with_outcomes(drawn("a+b a+z a+y y+z"), "y", "z")
    columns = columns_of(causal_map, narrowed(causal_map, arcs(causal_map)))
    assert columns == {"a": 0, "b": 1, "y": 2, "z": 3}
    partnership = load_partnership(EXAMPLE)
    for scenario in partnership.scenarios:
        layers = naive_layout(scenario_map(partnership, scenario)).layers
        outcomes = {one.id for one in scenario_map(partnership, scenario).outcomes()}
        assert set(layers[-1]) <= outcomes, f"{scenario.id}: a factor stands among the outcomes"


def test_a_long_chain_is_narrowed_by_turning_a_link_where_that_pays() -> None:
    # a to g in a row, and a short way from a to g: seven columns before the outcome.
    causal_map = with_outcomes(drawn("a+b b+c c+d d+e e+f f+g a+g g+z"), "z")
    wide = columns_of(causal_map, arcs(causal_map))
    narrow = columns_of(causal_map, narrowed(causal_map, arcs(causal_map)))
    assert max(wide.values()) + 1 == 8
    assert max(narrow.values()) + 1 < 8


def test_links_that_go_round_have_no_columns() -> None:
    causal_map = drawn("a+b b+a")
    with pytest.raises(ValueError, match="round"):
        columns_of(causal_map, tuple(replace(arc, backward=False) for arc in arcs(causal_map)))


def layout_of(links: str, *columns: str) -> Layout:
    layout = naive_layout(drawn(links))
    return replace(layout, layers=tuple(tuple(column) for column in columns))


def test_crossings_are_counted() -> None:
    assert crossings(layout_of("a+x b+y", "ab", "xy")) == 0
    assert crossings(layout_of("a+x b+y", "ab", "yx")) == 1
    # Links that meet at a box do not cross there.
    assert crossings(layout_of("a+x a+y b+x b+y", "ab", "xy")) == 1
    # Three by three, every link there is: 9 pairs of rows, one crossing each.
    assert crossings(layout_of("a+x a+y a+z b+x b+y b+z c+x c+y c+z", "abc", "xyz")) == 9


def crossings_by_hand(layout: Layout) -> int:
    at = {one: row for layer in layout.layers for row, one in enumerate(layer)}
    return sum(
        (at[a] - at[c]) * (at[b] - at[d]) < 0
        for pieces in layout.segments()
        for (a, b), (c, d) in combinations(pieces, 2)
    )


TANGLED = "a+z b+y c+x d+w a+w d+z b+q q+z c+r r+w a+r"


def test_crossings_are_those_of_counting_pair_by_pair() -> None:
    layout = naive_layout(drawn(TANGLED))
    assert crossings(layout) == crossings_by_hand(layout) > 0


def test_untangling_takes_crossings_away_and_keeps_every_column() -> None:
    before = naive_layout(drawn(TANGLED))
    after = untangled(before)
    assert crossings(after) < crossings(before)
    assert [sorted(layer) for layer in after.layers] == [sorted(layer) for layer in before.layers]
    assert untangled(before) == after, "the same layout gives the same order"


def test_what_can_be_drawn_without_a_crossing_is() -> None:
    # Four pairs whose names run against each other: the naive order crosses six times.
    layout = naive_layout(drawn("a+z b+y c+x d+w"))
    assert crossings(layout) == 6
    assert crossings(untangled(layout)) == 0


def test_no_box_stands_on_another_and_no_link_runs_through_one() -> None:
    causal_map = drawn(TANGLED)
    layout = untangled(naive_layout(causal_map))
    ports = busiest_side(layout)
    boxes = {node.id: box(node, ports.get(node.id, 0)) for node in causal_map.nodes}
    heights = {one: 10.0 if is_point(one) else boxes[one].height for layer in layout.layers for one in layer}
    places = place(layout, heights)
    for layer in layout.layers:
        for upper, lower in pairwise(layer):
            clear = places.middle[lower] - places.middle[upper] - (heights[upper] + heights[lower]) / 2
            assert clear >= 12.8 if is_point(upper) and is_point(lower) else clear >= BOX_GAP - 0.2
    lefts = [20 + column * (BOX_WIDTH + 100) for column in range(len(layout.layers))]
    rooms = [
        (lefts[column] + 1, places.middle[one] - heights[one] / 2, places.middle[one] + heights[one] / 2)
        for column, layer in enumerate(layout.layers)
        for one in layer
        if not is_point(one)
    ]
    for route in routes(layout, places.middle, lefts):
        for x, y in route.line():
            inside = [
                left for left, top, bottom in rooms if left < x < left + BOX_WIDTH - 2 and top < y < bottom
            ]
            assert not inside


def test_nodes_without_a_link_stand_apart() -> None:
    layout = naive_layout(drawn("a+b", "lonely"))
    assert layout.loose == ("lonely",)
    assert layout.layers == (("a",), ("b",))


def test_the_pictures_of_the_example_are_no_tangle() -> None:
    partnership = load_partnership(EXAMPLE)
    naive = [naive_layout(scenario_map(partnership, one)) for one in partnership.scenarios]
    drawn_ = [untangled(one) for one in naive]
    assert sum(map(crossings, drawn_)) <= sum(map(crossings, naive)) / 8
    assert max(map(crossings, drawn_)) <= 8
    assert max(len(one.layers) for one in drawn_) <= 6, "no picture is wider than a page can show"
