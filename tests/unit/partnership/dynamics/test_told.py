"""What-if and goal seek in words: the answer, and every warning before it."""

from __future__ import annotations

from dataclasses import replace

from roundtable.partnership.dynamics.goal_seek import goal_seek
from roundtable.partnership.dynamics.told import told_goal, told_what_if
from roundtable.partnership.dynamics.what_if import what_if
from roundtable.partnership.outline import Part
from roundtable.partnership.study import Study
from tests.unit.partnership.dynamics.test_goal_seek import LINKS
from tests.unit.partnership.dynamics.test_goal_seek import study as with_services
from tests.unit.partnership.dynamics.test_what_if import link, study


def texts(part: Part) -> list[str]:
    return [point.text for point in part.points]


def test_one_change_in_words_and_figures() -> None:
    links = (link("isolation", "harm", 0.4, 0.8), link("isolation", "good", 0.02, 0.03))
    one = study(*links, samples=0)
    first, outcomes, also = told_what_if(one, what_if(one, {"isolation": -0.5}))

    assert first.heading == "If 'The isolation' is lowered 0.5 of the way"
    assert texts(first) == ["Held there, the map comes to rest after 2 rounds."]
    (point,) = outcomes.points
    assert point.text == "Outcome harm: clearly down, which is better."
    assert point.more[0] == "Pushed -0.30 (-0.40 to -0.20); held -0.29 (-0.38 to -0.20)."
    assert point.more[1].startswith("Over time: felt from week 1, all of it at once (-0.30)")
    assert outcomes.after == ("Barely moved, whatever the strengths of the links: 'Outcome good'.",)
    assert texts(also) == ["No other factor."]


def test_nothing_moved_is_said() -> None:
    one = study(link("isolation", "harm", 0.4, 0.8), link("x", "good", 0.1, 0.1), samples=0)
    _, outcomes, _ = told_what_if(one, what_if(one, {"x": 1}))
    assert outcomes.after == ("Not moved at all: 'Outcome harm'.",)


def test_a_map_that_swings_says_so_before_any_figure() -> None:
    """Two things that hold each other down so hard that neither comes to rest."""
    links = (
        link("a", "b", 1, 1),
        link("b", "c", 1, 1),
        link("c", "b", -1, -1),
        link("b", "d", 1, 1),
        link("d", "b", -1, -1),
        link("b", "harm", 1, 1),
    )
    one = study(*links, samples=0)
    first = told_what_if(one, what_if(one, {"a": 0.3}))[0]
    assert "does not come to rest: it goes round in a cycle of" in texts(first)[0]
    assert not any("comes to rest after" in text for text in texts(first))


def test_two_ways_of_working_it_out_that_disagree_give_no_verdict() -> None:
    """Damping makes the long way weak: pushed, the direct link wins; held, the long way does."""
    one = study(
        link("a", "harm", -0.3, -0.3),
        link("a", "b", 1, 1),
        link("b", "harm", 0.5, 0.5),
        samples=0,
    )
    answer = what_if(one, {"a": 1})
    assert answer.on("harm").disagree
    first, outcomes, _ = told_what_if(one, answer)
    assert any("point different ways" in text for text in texts(first))
    assert (
        "the map does not say. Pushed, it goes a little down; held, a little up." in outcomes.points[0].text
    )


def test_which_way_nobody_knows() -> None:
    unknown = link("isolation", "harm", 0.4, 0.8) | {"sign": "unknown"}
    one = study(unknown, samples=0)
    _, outcomes, _ = told_what_if(one, what_if(one, {"isolation": 1}))
    assert outcomes.points[0].text.endswith(": it could go up or down, and nobody knows which.")
    goal = told_goal(one, goal_seek(one, "harm"))[0]
    assert texts(goal)[0].startswith("Nothing that the table could change is known to move it")
    assert goal.after == ("Not ranked, because nobody knows which way they act on it: 'The isolation'.",)


def test_the_best_changes_with_who_acts_on_them() -> None:
    one = with_services(*LINKS)
    singles, pair = told_goal(one, goal_seek(one, "harm", most=2))

    assert singles.heading.startswith("What would lower '")
    assert "the first 2 of 4 factors" in singles.before[0]
    first, second = singles.points
    assert first.text == "Lower 'The strong': strongly down, -0.70 (-0.80 to -0.60)."
    assert first.more[0].startswith("Among the first 3 in 100 of 100 draws; whatever")
    assert first.more[0].endswith("place 1 to 2. Its id: strong.")
    assert first.more[1] == (
        "'Service calming' (Council) works that way. "
        "'Service stirring' (Council) works the other way, and does not run. "
        "'Service untried' (Council) acts on it, nobody knows how."
    )
    assert second.text == "Raise 'The middling': strongly down, -0.50 (-0.70 to -0.30)."
    assert second.more[1] == "No service works on it."
    assert pair.points[0].text.startswith(
        "Lower 'The strong' and raise 'The middling', both held: strongly down, -"
    )


def test_an_outcome_wanted_higher_goes_up() -> None:
    one = study(link("isolation", "good", 0.4, 0.8), samples=0)
    singles, pair = told_goal(one, goal_seek(one, "good"))
    assert singles.heading == "What would raise 'Outcome good' most: more of 'Outcome good' is wanted"
    assert texts(singles) == ["Raise 'The isolation': strongly up, +0.60 (+0.40 to +0.80)."]
    assert singles.points[0].more[0] == "Whatever the strengths of the links, place 1. Its id: isolation."
    assert texts(pair) == ["No second change adds anything to the best one."]


def test_an_outcome_that_the_map_has_not() -> None:
    one = study(link("isolation", "harm", 0.4, 0.8), samples=0)
    bare = one.partnership.scenarios[0].model_copy(update={"outcomes": ("harm",)})
    other = Study(replace(one.partnership, scenarios=(bare,)), samples=0)
    (part,) = told_goal(other, goal_seek(other, "good"))
    assert texts(part) == ["It does not stand on this map; more of 'Outcome good' is wanted."]
