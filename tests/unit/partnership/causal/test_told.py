"""Loops and parts of a map in words."""

from __future__ import annotations

import pytest

from roundtable.partnership.causal.graph import CausalMap
from roundtable.partnership.causal.loops import loop_register
from roundtable.partnership.causal.loops_told import bound, told_loops
from roundtable.partnership.causal.parts_told import (
    part_between,
    told_around,
    told_between,
    told_downstream,
    told_upstream,
)
from roundtable.partnership.causal.submaps import along
from roundtable.partnership.model.causal import Delay
from roundtable.partnership.outline import Part, Point
from tests.factories import partnership, scenario
from tests.unit.partnership.causal.drawn import drawn, ends, ids

TABLE = partnership(scenario("s"))


def loops(links: str, delay: Delay = Delay.NONE, most: int = 10) -> Part:
    causal_map = drawn(links, delay=delay)
    (part,) = told_loops(TABLE, causal_map, loop_register(causal_map), most)
    return part


@pytest.mark.parametrize(
    ("links", "text", "meaning"),
    [
        ("a+b b+a", "Feeds itself: more of 'A', so more of 'B', so still more of 'A'.", "One feeds itself"),
        ("a-b b-a", "Feeds itself: more of 'A', so less of 'B', so still more of 'A'.", "One feeds itself"),
        ("a+b b-a", "Holds itself in check: more of 'A', so more of 'B', so less again of 'A'.", "One holds"),
        ("a-b b?a", "Nobody knows what it does: 'A', then 'B', then back.", "Of one nobody knows"),
        ("a+a", "Feeds itself: more of 'A', so still more of 'A'.", "One feeds itself"),
    ],
)
def test_a_loop_is_walked_round_once(links: str, text: str, meaning: str) -> None:
    part = loops(links)
    assert part.points[0].text == text
    assert part.before[0].startswith(meaning)
    assert part.before[-1] == "These are all the loops of the map."
    assert part.points[0].more[1:] == ("Said by Council.", "On the map of 'The scenario s'.")


@pytest.mark.parametrize(
    ("delay", "pace"),
    [
        (Delay.NONE, "How long a round takes: at once."),
        (Delay.MONTHS, "How long a round takes: months for its slowest link."),
        (Delay.UNKNOWN, "How long a round takes: nobody has said how soon 2 links of it are felt."),
    ],
)
def test_how_long_a_round_takes(delay: Delay, pace: str) -> None:
    assert loops("a+b b+a", delay).points[0].more[0] == pace


def test_kinds_are_counted_and_what_is_not_shown_is_said() -> None:
    part = loops("a+b b+a c+d d+c e+f f-e", most=1)
    assert part.heading.startswith("3 loops")
    assert part.before[0].startswith("2 feed themselves")
    assert part.before[1].startswith("One holds itself in check")
    assert len(part.points) == 1
    assert part.after == ("And 2 more: --most 3 shows all.",)


def test_the_bound_is_told_honestly() -> None:
    ring = drawn("a+b b+c c+a")
    assert bound(loop_register(ring, longest=2)).startswith("There may be more: only loops of up to 2 links")
    assert bound(loop_register(ring, longest=3)) == "These are all the loops of the map."
    assert loops("a+b").before == ("These are all the loops of the map.",)


def test_what_leads_there_step_by_step() -> None:
    steps, links = told_upstream(TABLE, drawn("a+b b-c d?c", low=0.25, delay=Delay.WEEKS), "c", None)
    assert steps.heading == "What leads to 'C': 3 factors or outcomes, 3 links"
    assert [point.text for point in steps.points] == ["1 link away: 'B' and 'D'.", "2 links away: 'A'."]
    assert links.points == (
        Point("'A' raises 'B' (0.25 to 1, within weeks).", ("Said by Council.",)),
        Point("'B' lowers 'C' (0.25 to 1, within weeks).", ("Said by Council.",)),
        Point("'D' moves, nobody knows which way, 'C' (0.25 to 1, within weeks).", ("Said by Council.",)),
    )


def test_what_follows_within_so_many_steps_and_where_nothing_does() -> None:
    causal_map = drawn("a+b b+c")
    steps, _ = told_downstream(TABLE, causal_map, "a", 1)
    assert steps.heading == "What follows from 'A' within 1 link: 1 factor or outcome, 1 link"
    (nothing,) = told_downstream(TABLE, causal_map, "c", None)
    assert nothing.points == (Point("Nothing, on this map."),)


def test_what_stands_around_whichever_way_the_links_point() -> None:
    steps, links = told_around(TABLE, drawn("a+b c-b b+d d+e"), "b", 1)
    assert steps.heading == "What stands around 'B' within 1 link: 3 factors or outcomes, 3 links"
    assert [point.text for point in steps.points] == ["1 link away: 'A', 'C' and 'D'."]
    assert len(links.points) == 3
    further, _ = told_around(TABLE, drawn("a+b c-b b+d d+e"), "b", 2)
    assert further.points[1].text == "2 links away: 'E'."


def test_ways_from_one_to_another_shortest_first_and_what_they_come_to() -> None:
    ways, links = told_between(TABLE, drawn("a-b a+c c-d d-b x+a b+a"), "a", "b", None, 10)
    assert ways.heading == "From 'A' to 'B': 2 ways, the shortest first"
    assert ways.before == ("The shortest has 1 link.",)
    assert [point.text for point in ways.points] == [
        "'A' lowers 'B'. In all: lowers it.",
        "'A' raises 'C', which lowers 'D', which lowers 'B'. In all: raises it.",
    ]
    assert links.heading == "What these ways pass: 4 factors or outcomes, 5 links"


def test_what_lies_between_leaves_out_what_only_stands_on_a_loop() -> None:
    looped = drawn("a+b b+c c+b")
    assert ids(part_between(looped, "a", "b", None)) == "ab"
    assert ids(part_between(drawn("a+b a+c c+b"), "a", "b", 1)) == "ab"


@pytest.mark.parametrize(
    ("map", "ends", "steps", "told"),
    [
        ("a+b b+c", "ca", None, "No way leads there. There is one the other way round."),
        ("a+b", "ax", None, "No way leads there."),
        (
            "a+b b+c a+d d+e e+c",
            "ac",
            1,
            "No way is as short as that. The shortest has 2 links: 'A' raises 'B', which raises 'C'. "
            "In all: raises it.",
        ),
        (
            "a+b",
            "aa",
            None,
            "These are one and the same. The loop register shows the ways that lead back to it.",
        ),
    ],
)
def test_where_there_is_no_way(map: str, ends: str, steps: int | None, told: str) -> None:
    causal_map: CausalMap = drawn(map, "x")
    (part,) = told_between(TABLE, causal_map, ends[0], ends[1], steps, 10)
    assert part.points == (Point(told),)


def test_the_links_along_a_way() -> None:
    causal_map = drawn("a+b b+c a+c")
    assert ["".join((e.source, e.target)) for e in along(causal_map, "abc")] == ["ab", "bc"]
    assert ends(causal_map) == ["ab", "ac", "bc"]
