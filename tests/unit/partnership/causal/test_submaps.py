import pytest

from roundtable.partnership.causal.graph import Edge, scenario_map, whole_map
from roundtable.partnership.causal.submaps import (
    around,
    between,
    downstream,
    intersection,
    paths,
    shortest,
    union,
    upstream,
)
from roundtable.partnership.model.causal import Delay, Sign
from roundtable.partnership.model.strict import Confidence
from tests.factories import ASSERTED, partnership, scenario
from tests.unit.partnership.causal.drawn import drawn, ends, ids, numbered

#: Two ways from a to d, a way on to e, something apart, and x that only leads in.
MAP = drawn("a+b b+d a+c c+d d+e x+c", "z")


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (upstream(MAP, ["d"]), "abcdx"),
        (upstream(MAP, ["d"], steps=1), "bcd"),
        (upstream(MAP, ["d"], steps=0), "d"),
        (downstream(MAP, ["b", "x"]), "bcdex"),
        (downstream(MAP, ["a"], steps=1), "abc"),
        (around(MAP, ["c"], steps=1), "acdx"),
        (around(MAP, ["b"], steps=2), "abcde"),
        (between(MAP, "a", "d"), "abcd"),
        (between(MAP, "d", "a"), ""),
        (between(MAP, "x", "e"), "cdex"),
        (upstream(MAP, ["nobody"]), ""),
        (around(drawn(""), ["a"], 3), ""),
    ],
)
def test_a_part_of_a_map_holds_what_was_asked_for(found: object, expected: str) -> None:
    assert ids(found) == expected  # type: ignore[arg-type]


def test_a_part_keeps_the_links_between_what_it_holds() -> None:
    assert ends(upstream(MAP, ["d"], steps=1)) == ["bd", "cd"]


def test_the_shortest_way_is_the_first_by_id_among_equals() -> None:
    assert shortest(MAP, "a", "e") == ("a", "b", "d", "e")
    assert shortest(drawn("a+b b+c c+d a+d"), "a", "d") == ("a", "d")
    assert shortest(MAP, "e", "a") == ()
    assert shortest(MAP, "a", "nobody") == ()
    assert shortest(MAP, "a", "a") == ("a",)


def test_all_ways_come_shortest_first() -> None:
    found = paths(drawn("a+b b+c c+d a+d b+d"), "a", "d")

    assert found.paths == (("a", "d"), ("a", "b", "d"), ("a", "b", "c", "d"))
    assert found.complete


def test_ways_pass_no_node_twice_and_loops_end() -> None:
    found = paths(drawn("a+b b+a b+c c+b a+a b+b c+d"), "a", "d")

    assert found.paths == (("a", "b", "c", "d"),)
    assert found.complete


@pytest.mark.parametrize(
    ("bounds", "expected", "complete"),
    [({"most": 1}, 1, False), ({"most": 2}, 2, True), ({"longest": 2}, 2, True), ({"longest": 1}, 0, False)],
)
def test_a_bound_that_cuts_something_off_is_said(
    bounds: dict[str, int], expected: int, complete: bool
) -> None:
    found = paths(MAP, "a", "d", **bounds)

    assert (len(found.paths), found.complete) == (expected, complete)


def test_there_is_no_way_to_where_one_is_or_cannot_come() -> None:
    for source, target in [("a", "a"), ("e", "a"), ("a", "z"), ("nobody", "a")]:
        found = paths(MAP, source, target)
        assert (found.paths, found.complete) == ((), True)


def test_a_very_long_way_is_found() -> None:
    chain = numbered(Edge(f"n{i:04}", f"n{i + 1:04}", Sign.POSITIVE, 1, 1) for i in range(2_000))

    assert len(shortest(chain, "n0000", "n2000")) == 2_001
    assert len(paths(chain, "n0000", "n2000").paths[0]) == 2_001


def test_a_dense_map_is_bounded() -> None:
    letters = "abcdefghijklmnopqrst"
    dense = drawn(" ".join(f"{a}+{b}" for a in letters for b in letters if a != b))

    found = paths(dense, "a", "t")
    assert (len(found.paths), found.complete) == (1_000, False)
    assert found.paths[0] == ("a", "t")


def test_maps_together_hold_what_either_does() -> None:
    both = union([drawn("a+b b+c"), drawn("b+c c+d")])

    assert ids(both) == "abcd"
    assert ends(both) == ["ab", "bc", "cd"]
    assert union([]).nodes == ()


def test_maps_in_common_hold_what_each_does() -> None:
    common = intersection([drawn("a+b b+c"), drawn("b+c c+d"), drawn("b+c a+c")])

    assert (ids(common), ends(common)) == ("bc", ["bc"])
    assert intersection([]).nodes == ()


def _said(sign: Sign, low: float, high: float, by: str, delay: Delay, known: bool = True) -> Edge:
    sure = Confidence.HIGH if by == "fire" else Confidence.LOW
    return Edge("a", "b", sign, low, high, delay, sure, known, (by,), (), (f"of-{by}",))


def test_what_maps_say_differently_of_a_link_stands_as_the_widest() -> None:
    one = numbered([_said(Sign.POSITIVE, 0.2, 0.4, "fire", Delay.DAYS)])
    other = numbered([_said(Sign.NEGATIVE, 0.3, 0.8, "council", Delay.YEARS)])
    unknown = numbered([_said(Sign.POSITIVE, 0.0, 1.0, "icb", Delay.DAYS, known=False)])

    (edge,) = union([one, other]).edges
    assert (edge.sign, edge.low, edge.high, edge.delay) == (Sign.COMPLEX, 0.2, 0.8, Delay.UNKNOWN)
    assert (edge.confidence, edge.asserted_by) == (Confidence.LOW, ("council", "fire"))
    assert edge.scenarios == ("of-council", "of-fire")
    (edge,) = intersection([one, unknown]).edges
    assert (edge.sign, edge.low, edge.high, edge.known) == (Sign.POSITIVE, 0.0, 1.0, False)
    assert edge.delay is Delay.DAYS


def test_the_maps_of_all_scenarios_together_are_the_whole_map() -> None:
    def link(source: str, target: str, **fields: object) -> dict[str, object]:
        return {"from": source, "to": target, "sign": "positive", "asserted": ASSERTED} | fields

    weak = {"strength": {"low": 0.1, "high": 0.3}, "delay": "weeks"}
    built = partnership(
        scenario("one", links=[link("isolation", "harm", **weak), link("isolation", "falls")]),
        scenario(
            "two",
            factors=[{"id": "falls", "label": "Falls", "kind": "state", "asserted": ASSERTED}],
            links=[link("isolation", "harm", sign="negative", strength={"low": 0.2, "high": 0.9})],
        ),
    )

    maps = [scenario_map(built, one) for one in built.scenarios]
    assert union(maps) == whole_map(built)
    assert union(reversed(maps)) == whole_map(built)


def test_a_search_that_has_taken_its_steps_stops_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("roundtable.partnership.causal.submaps._STEPS", 3)
    found = paths(MAP, "a", "d")

    assert (len(found.paths), found.complete) == (1, False)
