"""The lever table in words."""

from __future__ import annotations

from roundtable.partnership.findings.lever_words import told_levers
from roundtable.partnership.study import Study
from tests.factories import partnership, scenario
from tests.unit.partnership.findings.test_levers import _factor, _link, _mapped, _three, _works_on


def test_the_table_then_what_comes_from_outside() -> None:
    first, outside = told_levers(Study(_three(_works_on("dark"))), 10)

    assert first.heading == "Where one more hour helps most"
    dark, cold = first.points
    assert dark.text.startswith(
        "One more hour against 'Dark' reaches 1 outcome in 1 scenario: about £25,000 a year"
    )
    assert dark.text.endswith("'Service calls' works on it.")
    assert dark.more == (
        "If there is more of it: 'Outcome fall' strongly up (+0.50).",
        "Scenario: 'The scenario alone'.",
        "Among the first five in 100 of 100 draws. Its id: dark.",
    )
    assert cold.text.endswith("Nobody works on it.")
    assert "drawn from its range 200 times" in first.before[1]
    assert [point.more[-1] for point in outside.points] == ["Its id: storm."]


def test_what_is_not_shown_is_said() -> None:
    first, _ = told_levers(Study(_three(), samples=0), 1)
    assert len(first.points) == 1
    assert first.after == ("And 1 more: --most 2 shows all.",)
    assert len(first.before) == 1


def test_a_small_effect_is_not_listed_beside_a_great_one() -> None:
    built = _mapped(links=[_link("dark", "fall", 0.6, 0.6), _link("dark", "harm", 0.1, 0.1)], dark="state")
    (point,) = told_levers(Study(built, samples=0), 10)[0].points
    assert point.more[0] == "If there is more of it: 'Outcome fall' strongly up (+0.60); 1 other, by less."


def test_no_share_of_draws_where_nothing_is_priced() -> None:
    """Where nothing has a price every factor ties at nought, and a share of draws would say nothing."""
    built = _mapped(links=[_link("dark", "harm", 0.4, 0.4, "unknown")], dark="state")
    (point,) = told_levers(Study(built), 10)[0].points
    assert point.more[0].startswith(
        "If there is more of it: 'Outcome harm' up or down, nobody knows which (0 ("
    )
    assert point.more[-1] == ("Ranked by how far it moves them, since nobody has priced them. Its id: dark.")


def test_a_map_that_reaches_no_outcome() -> None:
    built = partnership(scenario(factors=[_factor("dark")]))
    (part,) = told_levers(Study(built, samples=0), 10)
    assert part.points[0].text == "No factor on this map reaches an outcome."
