"""What is said of a table that disagrees, of one that does not, and of one with nobody at it."""

from __future__ import annotations

import pytest

from roundtable.partnership.disagreement.concordance import concordance
from roundtable.partnership.disagreement.divided import divided_links
from roundtable.partnership.disagreement.history_told import told_history
from roundtable.partnership.disagreement.pair_told import told_pair
from roundtable.partnership.disagreement.priorities_told import concordance_said
from roundtable.partnership.disagreement.told import told_disagreement
from roundtable.partnership.model.causal import Sign
from roundtable.partnership.model.whole import Partnership
from roundtable.partnership.outline import Part
from roundtable.partnership.study import Study
from tests.factories import agency, outcome, partnership
from tests.unit.partnership.disagreement.table import dispute, link, story, vote, wanting

MORE = (outcome("safety"), outcome("wellbeing"))


@pytest.fixture(scope="module")
def study() -> Study:
    """Of council's links, fire gives one another sign, one another strength, and votes against one."""
    weaker = dispute("fire", strength={"low": 0.1, "high": 0.2})
    return Study(
        partnership(
            agency("health"),
            story(
                link(
                    "a", "harm", "positive", "council", "health", disputed=[dispute("fire", sign="negative")]
                ),
                link("b", "harm", "positive", "council", disputed=[weaker]),
                link("c", "harm", "positive", "council", votes=[vote("fire", "disagree")]),
            ),
        ),
        samples=0,
    )


def _whole(built: Partnership, most: int = 10) -> str:
    return _text(told_disagreement(Study(built, samples=0), most))


def _text(parts: tuple[Part, ...]) -> str:
    lines = []
    for part in parts:
        lines += [part.heading, *part.before]
        for point in part.points:
            lines += [point.text, *point.more]
        lines += part.after
    return "\n".join(lines)


def test_the_sides_of_a_link_are_told_the_greatest_first(study: Study) -> None:
    (one,) = divided_links(study.partnership)
    assert (one.ends, one.pairs) == (("a", "harm"), 2)
    assert [(side.sign, side.agencies) for side in one.sides] == [
        (Sign.POSITIVE, ("council", "health")),
        (Sign.NEGATIVE, ("fire",)),
    ]
    said = _whole(study.partnership)
    assert "From 'A' to 'Outcome harm': 2 pairs differ.".casefold() in said.casefold()
    assert "Fire: the more 'A', the less" in said


def test_the_maps_are_compared_in_words(study: Study) -> None:
    said = _whole(study.partnership)
    assert "3 agencies spoke of links, which makes 3 pairs." in said
    assert "Of the 3 pairs that did, 1 gives the same sign to every such link and 2 do not." in said
    assert "Council and Health: the same sign to the one link that both spoke of, out of 3" in said
    assert "Fire and Health: different signs to the one link that both spoke of, out of 2" in said
    assert said.index("Fire and Health: diff") < said.index("Council and Fire: the same sign to 1 of the 2")


def test_a_contested_link_is_told_with_dispute_and_votes(study: Study) -> None:
    said = _whole(study.partnership)
    assert "Fire disputes it (strength 0.1 to 0.2, not 0.4 to 0.6): It is not so." in said
    assert "Votes: disagree 1 (Fire)." in said
    assert "of 3 links by what turns on it" in said


def test_lists_say_how_many_they_leave_out(study: Study) -> None:
    assert "And 2 more: --most 3 shows all." in _whole(study.partnership, most=1)


def test_two_agencies_link_by_link(study: Study) -> None:
    links, points = told_pair(study, "fire", "council")
    said = _text((links,))
    assert "Of 3 links that either spoke of, both spoke of 2, and give the same sign to 1 of those." in said
    assert "Fire says: the more 'A', the less" in said
    assert "but Fire gives strength 0.1 to 0.2; Council gives strength 0.4 to 0.6." in said
    assert "Council stands by it that the more 'C'" in said and "Fire voted against it." in said
    assert len(links.points) == 3
    assert points.before[0].startswith("Fire and Council have shared out no points")


def test_two_agencies_point_by_point_and_the_driver_is_not_the_first_by_name() -> None:
    """Council 60/40/0, fire 20/40/40: 40 points apart, by as much over harm as over safety."""
    built = partnership(
        wanting("council", harm=60, wellbeing=40),
        wanting("fire", statutory=("safety",), harm=20, safety=40, wellbeing=40),
        outcomes=MORE,
    )
    _, points = told_pair(Study(built, samples=0), "fire", "council")
    said = _text((points,))
    assert "move 40 of its 100 points" in said
    assert "they differ most over" in said and "alike." in said
    assert "Fire gives 40 points, bound by law; Council gives no point." in said
    assert "Both give ten points or more to" in said


def test_who_stands_how_far_from_whom_is_told_with_ties() -> None:
    built = partnership(
        wanting("council", harm=100),
        wanting("fire", safety=50, wellbeing=50),
        wanting("health", safety=25, wellbeing=25),
        outcomes=MORE,
    )
    said = _whole(built)
    assert "100 points: 2 pairs." in said and "0 points: 1 pair." in said
    assert "Health wrote down 50 points and not 100" in said
    assert "Left out" not in said
    assert "Most: 50 points, Fire and Health." in said
    assert "Council in 2; Fire and Health each in 1" in _whole(built, most=1)
    assert said.count("25% of all the difference, as much as another.") == 2


def test_where_agreement_is_free() -> None:
    built = partnership(
        wanting("council", harm=90, safety=10),
        wanting("fire", safety=10, wellbeing=90),
        outcomes=MORE,
    )
    free = _whole(built).split("Where agreement is free\n")[1].splitlines()[0]
    assert free.casefold() == "no two agencies stand more than ten points apart on 'outcome safety'."


def test_kendalls_w_is_told_with_the_reason_when_something_is_not_given() -> None:
    alike = [[1.0, 2.0, 3.0, 4.0, 5.0]] * 8
    assert "Kendall's W is 1.00" in concordance_said(concordance(alike))
    assert "chi-square 32.0, 4 degrees of freedom" in concordance_said(concordance(alike))
    assert "is not given: 2 agencies and 5 outcomes are too few" in concordance_said(concordance(alike[:2]))
    assert concordance_said(concordance([])).startswith("Kendall's W is not given: it takes two")


def test_nobody_disputes_anything() -> None:
    built = partnership(
        wanting("council", harm=100),
        wanting("fire", harm=100),
        story(link("a", "harm", "positive", "council", "fire")),
    )
    said = _whole(built)
    assert "No two agencies give the same link different signs." in said
    assert "Nobody disputes a link, and nobody voted against one." in said
    assert "None: all give the same points to the same outcomes." in said
    assert "They differ on no link." in _text(told_pair(Study(built, samples=0), "council", "fire"))
    assert "Kendall's W is not given" in said


def test_one_agency_has_nobody_to_differ_from() -> None:
    built = partnership(wanting("council", harm=50), story(link("a", "harm", "positive", "council")))
    said = _whole(built)
    assert "Only Council has said anything of a link, so there is nothing to compare." in said
    assert "Only Council has shared out points between outcomes, so there is nothing to compare." in said
    assert "Council wrote down 50 points and not 100" in said


def test_no_agency_has_said_anything() -> None:
    said = _whole(partnership())
    assert "No agency has said anything of a link" in said
    assert "No agency has shared out points" in said
    assert _text(told_history(partnership(), ())).endswith(
        "No agency has said anything of a scenario or its map."
    )
    assert "Fire has not said anything" in _text(told_history(partnership(), (), "fire"))
    silent = _text(told_pair(Study(partnership(), samples=0), "council", "fire"))
    assert "Council and Fire have asserted or disputed no link" in silent
