from roundtable.partnership.findings.priorities import find
from roundtable.partnership.model.whole import Partnership
from roundtable.partnership.study import Study
from tests.factories import agency, outcome, partnership, risk, role, service
from tests.unit.partnership.disagreement.table import dispute, link, story, vote, wanting
from tests.unit.partnership.findings.found import about, evidence_of, the_one

OUTCOMES = (outcome("falls"), outcome("fires"))


def _with_posts() -> Partnership:
    """Council wants less harm, fire fewer fires, health both; council and fire answer for one risk."""
    return partnership(
        wanting("council", harm=100).model_copy(update=_posts("council-lead")),
        wanting("fire", statutory=("fires",), fires=90, harm=10),
        wanting("health", harm=40, fires=60),
        story(risks=[risk("blaze", "council-lead", raci={"responsible": ["fire"]})], factors=[]),
        outcomes=OUTCOMES,
    )


def _posts(*ids: str) -> dict[str, object]:
    return {"roles": agency("any", roles=[role(id) for id in ids]).roles}


def test_the_outcome_that_divides_most_is_one_finding() -> None:
    finding = the_one(_with_posts(), "outcome-divides")

    assert finding.about[1] == "fires"
    assert finding.title.startswith("'Outcome fires' divides the table most: 50% of all the difference")
    assert "Fire gives it 90 points, and the law binds it." in evidence_of(finding)
    assert "Council gives it 0 points." in evidence_of(finding)
    assert finding.cleared_by == ("fire", "health")


def test_points_shared_out_anew_are_said_where_it_is_read() -> None:
    built = partnership(wanting("council", harm=10), wanting("fire", fires=100), outcomes=OUTCOMES)

    assert "Council wrote down 10 points and not 100" in evidence_of(the_one(built, "outcome-divides"))


def test_only_pairs_that_answer_for_a_risk_together_are_told() -> None:
    finding = the_one(_with_posts(), "partners-far-apart")

    assert finding.title == (
        "Of 1 pair of agencies that answer for a risk together, 1 would have to move more than 60 of 100 "
        "points to want the same."
    )
    assert finding.agencies == ("council", "fire")
    assert evidence_of(finding) == (
        "Most over 'Outcome fires': Council and Fire (90 points, the law binding Fire, both wanting "
        "'Outcome harm')."
    )


def test_sixty_points_are_not_more_than_sixty() -> None:
    built = partnership(
        wanting("council", harm=80, falls=20), wanting("fire", harm=20, falls=80), outcomes=OUTCOMES
    )
    assert about(built, "outcome-divides") == []


def test_a_goal_conflict_names_both_sides() -> None:
    effect = {"factor": "police", "size": -0.5, "evidence": "none", "source": "A guess"}
    built = partnership(
        story(
            link("police", "harm", "positive", "council"),
            link("police", "falls", "negative", "council"),
            outcomes=["harm", "falls"],
        ),
        service("other-role", effects=[effect], commissioner="fire"),
        wanting("council", harm=100),
        wanting("health", falls=100),
        outcomes=OUTCOMES,
    )
    finding = the_one(built, "goal-conflict")

    assert finding.title == (
        "'Service other-role' makes 'Outcome harm' better and 'Outcome falls' worse, which Health wants "
        "better."
    )
    assert finding.agencies == ("council", "health")
    assert finding.cleared_by == ("council", "fire")
    assert evidence_of(finding).splitlines() == [
        "'Outcome harm' better, by 0.20 to 0.30 on a scale to 1. Wanted by Council.",
        "'Outcome falls' worse, by 0.20 to 0.30 on a scale to 1. Wanted by Health.",
    ]


def test_a_disputed_link_on_which_much_turns_is_told_once_a_story() -> None:
    weak = {"low": 0.1, "high": 0.1}
    built = partnership(
        story(
            link("a", "harm", "positive", "council", disputed=[dispute("fire", sign="none")]),
            link("b", "harm", "positive", "council", strength=weak, disputed=[dispute("fire")]),
            link("c", "harm", "positive", "council", strength=weak),
            link("d", "harm", "positive", "council", strength=weak),
        )
    )
    finding = the_one(built, "contested-link-matters")

    assert finding.title == "Fire disputes that the more 'A', the more 'Outcome harm'; much turns on it."
    assert finding.agencies == ("council", "fire")
    assert evidence_of(finding).splitlines() == [
        "Council says that the more 'A', the more 'Outcome harm'. Of 4 links it is number 1 by influence, on "
        "'Outcome harm'.",
        "Fire does not agree and says that 'A' does not move 'Outcome harm': It is not so.",
    ]


def test_a_vote_against_contests_too() -> None:
    links = [link(end, "harm", "positive", "council", strength={"low": 0, "high": 0.1}) for end in "bcd"]
    voted = link("a", "harm", "positive", "council", votes=[vote("fire", "disagree")])

    finding = the_one(partnership(story(voted, *links)), "contested-link-matters")

    assert "Votes: agree 0, disagree 1, unsure 0." in evidence_of(finding)


def test_a_table_that_agrees_or_says_nothing_has_no_finding() -> None:
    agreed = (wanting("council", harm=100), wanting("fire", harm=100))
    for built in (
        partnership(),
        partnership(wanting("council", harm=100)),
        partnership(*agreed, story(link("a", "harm", "positive", "council"))),
    ):
        assert list(find(Study(built, samples=0))) == []
