"""Several scenarios side by side: what they share, what they hold together, what lies behind all of them."""

from __future__ import annotations

from roundtable.partnership.causal.shared import behind_all, joint_part, shared_part
from roundtable.partnership.causal.shared_told import told_all_of, told_common
from roundtable.partnership.model.causal import Sign
from tests.factories import outcome, partnership, scenario
from tests.unit.partnership.causal.drawn import ends, ids
from tests.unit.partnership.dynamics.test_what_if import factor, link

# One: a to b, b to the fall. Two: b to c, c to the fire; c to b. Three: z to the theft, alone.
# a is named by one alone, and leads to the fire by way of b, which both name.
TABLE = partnership(
    scenario(
        "one",
        outcomes=["fall"],
        factors=[factor("a"), factor("b")],
        links=[link("a", "b", 0.1, 0.2), link("b", "fall", 0.1, 0.2)],
    ),
    scenario(
        "two",
        outcomes=["fire"],
        factors=[factor("c"), factor("d", kind="external")],
        links=[link("b", "c", 0.1, 0.2), link("c", "fire", 0.1, 0.2), link("d", "fire", 0.1, 0.2)],
    ),
    scenario("three", outcomes=["theft"], factors=[factor("z")], links=[link("z", "theft", 0.1, 0.2)]),
    outcomes=(outcome("fall"), outcome("fire"), outcome("theft")),
)
PAIR = ("one", "two")


def test_what_lies_behind_outcomes_of_all_of_them_by_hand() -> None:
    found = behind_all(TABLE, PAIR)

    assert [(one.node.id, one.outcomes, one.every, one.shared) for one in found] == [
        ("a", ("fall", "fire"), True, False),
        ("b", ("fall", "fire"), True, True),
    ]
    assert behind_all(TABLE, ("one", "three")) == ()


def test_what_leads_to_most_outcomes_comes_first_and_then_what_the_order_says() -> None:
    assert [one.node.id for one in behind_all(TABLE, PAIR, order=["b", "a"])] == ["b", "a"]
    more = scenario(
        "more",
        outcomes=["fall", "fire", "theft"],
        factors=[factor("x"), factor("y")],
        links=[link("x", "fall", 0.1, 0.2), link("y", "fall", 0.1, 0.2), link("y", "theft", 0.1, 0.2)],
    )
    other = scenario("other", outcomes=["fall"], factors=[factor("w")], links=[link("w", "fall", 0.1, 0.2)])
    table = partnership(more, other, outcomes=(outcome("fall"), outcome("fire"), outcome("theft")))
    found = behind_all(table, ("more", "other"), order=["w", "x", "y"])
    assert [(one.node.id, len(one.outcomes), one.every) for one in found] == [
        ("y", 2, False),
        ("w", 1, False),
        ("x", 1, False),
    ]


def test_what_they_share_and_what_they_hold_together() -> None:
    assert (ids(shared_part(TABLE, PAIR)), ends(shared_part(TABLE, PAIR))) == ("b", [])
    joint = joint_part(TABLE, PAIR)
    assert [node.id for node in joint.nodes] == ["a", "b", "c", "d", "fall", "fire"]
    assert ends(joint) == ["ab", "bc", "bfall", "cfire", "dfire"]
    assert joint.node("b").scenarios == ("one", "two")


def test_a_link_of_which_two_scenarios_say_different_things_is_complex() -> None:
    one = scenario("one", factors=[factor("a")], links=[link("a", "harm", 0.1, 0.2)])
    two = scenario("two", factors=[factor("b")], links=[link("a", "harm", -0.6, -0.4)])
    (edge,) = shared_part(partnership(one, two), PAIR).edges
    assert (edge.sign, edge.low, edge.high) == (Sign.COMPLEX, 0.1, 0.6)


def test_what_is_shared_in_words() -> None:
    behind, shared = told_common(TABLE, PAIR, shared_part(TABLE, PAIR), behind_all(TABLE, PAIR), 1)

    titles = "'The scenario one' and 'The scenario two'"
    assert behind.heading == f"What lies behind outcomes of {titles}: 2 factors"
    assert behind.points[0].text == "'The a' leads to every outcome of theirs."
    assert behind.points[0].more == (
        "'Outcome fall' and 'Outcome fire'.",
        "Not all of them name it: it leads there by way of what they share. Its id: a.",
    )
    assert behind.after == ("And 1 more: --most 2 shows all.",)
    assert shared.heading == f"What {titles} share: 1 factor or outcome, 0 links"
    assert [point.text for point in shared.points] == ["'The b' (state). Its id: b."]


def test_where_nothing_is_shared_it_says_so() -> None:
    apart = ("one", "three")
    behind, shared = told_common(TABLE, apart, shared_part(TABLE, apart), behind_all(TABLE, apart), 9)
    assert behind.points[0].text == "Nothing leads to outcomes of all of them."
    assert shared.points[0].text == "Nothing: no map names what another does."


def test_what_they_hold_together_in_words() -> None:
    places, links = told_all_of(TABLE, PAIR, joint_part(TABLE, PAIR))
    assert [point.text for point in places.points] == [
        "On the maps of 'The scenario one' and 'The scenario two': 'The b'.",
        "On the map of 'The scenario one' alone: 'The a' and 'Outcome fall'.",
        "On the map of 'The scenario two' alone: 'The c', 'The d' and 'Outcome fire'.",
    ]
    assert len(links.points) == 5
