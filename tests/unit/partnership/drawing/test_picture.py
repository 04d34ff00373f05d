"""The picture: readable by anybody and anything, the same bytes always, bounded, and honest about it."""

from __future__ import annotations

from dataclasses import replace
from time import perf_counter
from xml.etree import ElementTree

import pytest

from roundtable.partnership.causal.graph import CausalMap, Edge, Node, NodeKind
from roundtable.partnership.causal.loops import loop_register
from roundtable.partnership.drawing import draw_map
from roundtable.partnership.drawing.bounded import MOST_NODES, part
from roundtable.partnership.drawing.lines import Wait, wait, weight
from roundtable.partnership.drawing.wrapping import width, wrapped
from roundtable.partnership.model.causal import Delay, Sign
from roundtable.partnership.model.outcome import Direction
from tests.unit.partnership.causal.drawn import drawn, numbered

SVG = "{http://www.w3.org/2000/svg}"


def texts(svg: str) -> list[str]:
    return ["".join(one.itertext()) for one in ElementTree.fromstring(svg).iter(f"{SVG}text")]


def titles(svg: str) -> list[str]:
    return ["".join(one.itertext()) for one in ElementTree.fromstring(svg).iter(f"{SVG}title")]


def test_it_says_what_it_is_to_those_who_cannot_see_it() -> None:
    causal_map = drawn("a+b b+c")
    outcome = Node("c", "Fires <at> home & away", NodeKind.OUTCOME, (), Direction.DOWN)
    svg = draw_map(replace(causal_map, nodes=(*causal_map.nodes[:2], outcome)), title='Fire & "fall"')
    root = ElementTree.fromstring(svg)
    assert root.get("role") == "img"
    named = {one.get("id"): "".join(one.itertext()) for one in root.iter() if one.get("id")}
    title, told = (named[one] for one in (root.get("aria-labelledby") or "").split())
    assert title == 'Fire & "fall"'
    assert told == "2 factors on the left, 2 links, and 1 outcome on the right: Fires <at> home & away."


def test_it_asks_nobody_for_anything_and_runs_nothing() -> None:
    svg = draw_map(drawn("a+b b-c c?a"), title="T", loops=loop_register(drawn("a+b b-c c?a")).loops)
    names = {one.tag.removeprefix(SVG) for one in ElementTree.fromstring(svg).iter()}
    assert names <= {"svg", "g", "title", "desc", "path", "rect", "polygon", "circle", "text"}
    assert "style=" not in svg
    assert svg.count("http") == 1, "the name space alone"


def test_words_are_escaped_and_what_cannot_be_written_is_left_out() -> None:
    node = Node("a", "<script>alert('x')</script>\x00 \ud800", NodeKind.CAUSE)
    svg = draw_map(CausalMap((node,), ()), title="]]> <b>")
    assert "<script" not in svg
    assert "\x00" not in svg
    ElementTree.fromstring(svg.encode())


@pytest.mark.parametrize(("sign", "mark"), [("+", "+"), ("-", "−"), ("?", "?"), ("*", "±"), ("0", "0")])
def test_polarity_stands_at_the_head_and_in_the_key(sign: str, mark: str) -> None:
    assert texts(draw_map(drawn(f"a{sign}b"), title="T")).count(mark) == 2


def test_signs_differ_in_dashes_as_well_as_in_colour() -> None:
    def line(sign: str) -> tuple[str | None, str | None]:
        root = ElementTree.fromstring(draw_map(drawn(f"a{sign}b"), title="T"))
        link = next(one for one in root.iter(f"{SVG}g") if one.get("stroke"))
        path = link.find(f"{SVG}path")
        assert path is not None
        return link.get("stroke"), path.get("stroke-dasharray")

    drawn_as = [line(sign) for sign in "+-?*0"]
    assert len({colour for colour, _ in drawn_as}) == 5
    assert drawn_as[0][1] is None
    assert None not in {dashes for _, dashes in drawn_as[1:]}
    assert drawn_as[1][1] != drawn_as[2][1]


def test_delays_are_marked_and_told() -> None:
    edge = Edge("a", "b", Sign.POSITIVE, 0.2, 0.4)
    assert [wait(replace(edge, delay=delay)) for delay in Delay] == [
        Wait.NONE, Wait.NONE, Wait.WEEKS, Wait.LONG, Wait.LONG, Wait.NONE,
    ]  # fmt: skip
    slow = draw_map(drawn("a+b", delay=Delay.MONTHS), title="T")
    assert "felt after months or years" in texts(slow)
    assert any("felt after months" in one for one in titles(slow))
    assert "felt after months or years" not in texts(draw_map(drawn("a+b"), title="T"))


def test_strength_is_the_weight_of_the_line_and_unknown_is_thinnest() -> None:
    edge = Edge("a", "b", Sign.POSITIVE, 0.1, 0.3)
    strong, unknown = replace(edge, low=0.6, high=0.8), replace(edge, low=0.0, high=1.0, known=False)
    assert weight(strong) > weight(edge) > weight(unknown)


def test_disputes_are_marked_and_say_who() -> None:
    edge = Edge("a", "b", Sign.POSITIVE, 0.1, 0.3, disputed_by=("fire",))
    svg = draw_map(numbered([edge]), title="T")
    assert "disputed at the table" in texts(svg)
    assert any(one.endswith("disputed by fire") for one in titles(svg))


def test_main_loops_are_named_and_told() -> None:
    causal_map = drawn("a+b b+a b-c c+b c+d")
    svg = draw_map(causal_map, title="T", loops=loop_register(causal_map).loops)
    assert {"R1", "B1"} <= set(texts(svg))
    assert "R1 feeds itself: A → B → A." in texts(svg)
    assert "B1 holds itself back: B → C → B." in texts(svg)


def test_a_loop_that_is_not_drawn_whole_is_not_named() -> None:
    loops = loop_register(drawn("a+b b+a")).loops
    assert "R1" not in texts(draw_map(drawn("a+b"), title="T", loops=loops))


def test_more_loops_than_can_be_followed_are_not_coloured() -> None:
    causal_map = drawn("a+b b+a c+d d+c e+f f+e g+h h+g")
    svg = draw_map(causal_map, title="T", loops=loop_register(causal_map).loops)
    assert [one for one in texts(svg) if one.startswith("R") and len(one) == 2] == ["R1", "R2", "R3"]


def test_kinds_differ_in_shape() -> None:
    nodes = tuple(Node(kind.value, f"A {kind.value}", kind) for kind in NodeKind)
    root = ElementTree.fromstring(draw_map(CausalMap(nodes, ()), title="T"))
    shapes = [
        (one.tag, one.get("rx"), one.get("stroke-dasharray"), one.get("fill"))
        for one in root.iter()
        if one.get("stroke-width") and one.tag in (f"{SVG}rect", f"{SVG}polygon")
    ]
    assert len(set(shapes[: len(NodeKind)])) == len(NodeKind)


def test_the_same_map_gives_the_same_bytes() -> None:
    causal_map = drawn("a+b b-c c+a c+d d?e a+e")
    assert draw_map(causal_map, title="T") == draw_map(causal_map, title="T")


def test_links_to_themselves_are_said_and_not_drawn() -> None:
    svg = draw_map(drawn("a+a a+b"), title="T")
    assert "Not drawn, because they lead from a thing to itself: the links of A." in texts(svg)


def test_nothing_at_all_is_a_picture_too() -> None:
    assert "Nothing has been drawn yet: the map has no factor and no outcome." in texts(
        draw_map(CausalMap((), ()), title="T")
    )


def large(nodes: int, links: int) -> CausalMap:
    """Numbers that lead to numbers; every hundredth is an outcome."""
    edges = {(f"n{(7 * i) % nodes:04}", f"n{(11 * i + i // nodes) % nodes:04}") for i in range(links)}
    built = [Edge(a, b, Sign.POSITIVE, 0.2, 0.4) for a, b in edges if a != b]
    causal_map = numbered(built, (f"n{i:04}" for i in range(nodes)))
    kinds = (NodeKind.OUTCOME if i % 100 == 0 else NodeKind.STATE for i in range(nodes))
    return replace(
        causal_map,
        nodes=tuple(replace(n, kind=kind) for n, kind in zip(causal_map.nodes, kinds, strict=True)),
    )


def test_a_map_too_large_is_drawn_in_part_round_its_outcomes_and_says_so() -> None:
    causal_map = large(2000, 5000)
    start = perf_counter()
    svg = draw_map(causal_map, title="T")
    assert perf_counter() - start < 15, "drawing must be bounded, whatever the map"
    kept = part(causal_map)
    assert len(kept.map.nodes) == MOST_NODES
    assert {node.id for node in causal_map.outcomes()} <= {node.id for node in kept.map.nodes}
    assert kept.left_out.startswith("This map is too large to draw whole: 2,000 boxes and ")
    assert any(one in kept.left_out for one in texts(svg))


def test_what_looks_loose_in_a_part_is_not_said_to_be_linked_to_nothing() -> None:
    assert "Linked to nothing that is drawn here:" in texts(draw_map(large(2000, 2600), title="T"))
    assert "Named, and linked to nothing yet:" in texts(draw_map(drawn("a+b", "c"), title="T"))


def test_a_map_that_fits_is_drawn_whole() -> None:
    assert part(drawn("a+b")).left_out == ""


def test_labels_are_wrapped_in_lines_that_fit() -> None:
    lines = wrapped("Home filled until a way out is blocked", 130, 13, 4)
    assert lines == ("Home filled until a", "way out is blocked")
    long = wrapped("Llanfairpwllgwyngyllgogerychwyrndrobwll", 60, 13, 9)
    assert len(long) > 1
    assert all(width(line, 13) <= 60 for line in long)
    cut = wrapped("one two three four five six seven", 40, 13, 2)
    assert len(cut) == 2
    assert cut[-1].endswith("…")
    assert width("家", 10) == 10
