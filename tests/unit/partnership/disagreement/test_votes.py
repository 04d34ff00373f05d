import pytest

from roundtable.partnership.disagreement.votes import contested_links, link_bearings, link_votes
from roundtable.partnership.study import Study
from tests.factories import agency, partnership
from tests.unit.partnership.disagreement.table import dispute, link, story, vote


def test_assertions_disputes_and_votes_are_counted_apart() -> None:
    said = link(
        "a",
        "harm",
        "positive",
        "fire",
        "council",
        disputed=[dispute("health")],
        votes=[vote("fire", "agree"), vote("health", "disagree"), vote("council", "unsure")],
    )
    (votes,) = link_votes(partnership(agency("health"), story(said)))

    assert (votes.asserted_by, votes.disputed_by) == (("council", "fire"), ("health",))
    assert (votes.agree, votes.disagree, votes.unsure) == (("fire",), ("health",), ("council",))
    assert votes.against == ("health",)


@pytest.mark.parametrize(
    ("fields", "contested"),
    [
        ({}, False),
        ({"votes": [vote("fire", "unsure"), vote("council", "agree")]}, False),
        ({"votes": [vote("fire", "disagree")]}, True),
        ({"disputed": [dispute("fire")]}, True),
    ],
)
def test_to_be_unsure_is_not_to_contest(fields: dict[str, object], contested: bool) -> None:
    (votes,) = link_votes(partnership(story(link("a", "harm", "positive", "council", **fields))))

    assert votes.contested is contested


def test_what_turns_on_a_link_worked_by_hand() -> None:
    """a -> b -> harm, each of 0.4 to 0.6; a step beyond the first counts half (dynamics.damping)."""
    built = partnership(
        story(link("a", "b", "positive", "council"), link("b", "harm", "negative", "council"))
    )
    bearings = link_bearings(Study(built, samples=0))

    direct, through = bearings["b", "harm"], bearings["a", "b"]
    assert (direct.outcome, direct.rank, direct.of) == ("harm", 1, 2)
    assert direct.influence == pytest.approx(0.5)
    assert (through.outcome, through.rank) == ("harm", 2)
    assert through.influence == pytest.approx(0.5 * 0.5 * 0.5)


def test_contested_links_come_in_order_of_what_turns_on_them() -> None:
    built = partnership(
        story(
            link("a", "b", "positive", "council", disputed=[dispute("fire")]),
            link("b", "harm", "unknown", "council", disputed=[dispute("fire")]),
            link("c", "harm", "positive", "council"),
            link("harm", "e", "positive", "council", votes=[vote("fire", "disagree")]),
        )
    )
    found = contested_links(Study(built, samples=0))

    assert [one.votes.ends for one in found] == [("b", "harm"), ("a", "b"), ("harm", "e")]
    assert found[2].bearing.outcome is None, "it leads to no outcome"
    assert found[0].bearing.rank == 1, "a sign that nobody knows is no influence of nought"


def test_a_table_that_agrees_contests_nothing() -> None:
    assert contested_links(Study(partnership(story(link("a", "harm", "positive", "council"))))) == ()
    assert contested_links(Study(partnership())) == ()


def test_beyond_a_sign_that_nobody_knows_there_is_still_an_influence() -> None:
    """The influence of b is -0.6 to 0.6, of the size 0.6 and not nought: 0.5 * 0.5 * 0.6 turns on a -> b."""
    built = partnership(story(link("a", "b", "positive", "council"), link("b", "harm", "unknown", "council")))
    assert link_bearings(Study(built, samples=0))["a", "b"].influence == pytest.approx(0.15)
