import pytest

from roundtable.partnership.disagreement.similarity import differences, similarity
from roundtable.partnership.model.whole import Partnership
from tests.factories import agency, partnership
from tests.unit.partnership.disagreement.table import dispute, link, story


@pytest.fixture(scope="module")
def table() -> Partnership:
    """Council and fire both spoke of three links, and give two of them the same sign; five in all."""
    return partnership(
        agency("health"),
        story(
            link("a", "harm", "positive", "council", "fire"),
            link("b", "harm", "negative", "council", "fire"),
            link("c", "harm", "positive", "council", disputed=[dispute("fire", sign="negative")]),
            link("d", "harm", "positive", "council"),
            link("a", "b", "positive", "fire"),
        ),
    )


def test_likeness_worked_by_hand(table: Partnership) -> None:
    pair = similarity(table).of("fire", "council")

    assert (pair.both, pair.same, pair.either) == (3, 2, 5)
    assert pair.agreement == pytest.approx(2 / 3)
    assert pair.jaccard == pytest.approx(3 / 5)


def test_the_matrix_is_the_same_both_ways_and_one_with_oneself(table: Partnership) -> None:
    alike = similarity(table)

    assert alike.agencies == ("council", "fire")
    assert alike.agreements() == ((1.0, 2 / 3), (2 / 3, 1.0))


def test_a_difference_is_told_in_words(table: Partnership) -> None:
    (one,) = differences(table, "fire", "council")

    assert (one.source, one.target) == ("c", "harm")
    assert one.words == (
        "Council says: the more 'C', the more 'Outcome harm'; "
        "Fire says: the more 'C', the less 'Outcome harm'."
    )


def test_two_who_are_against_a_link_agree() -> None:
    built = partnership(
        agency("health"),
        story(link("a", "harm", "positive", "council", disputed=[dispute("fire"), dispute("health")])),
    )
    alike = similarity(built)

    assert alike.of("fire", "health").agreement == 1.0
    assert alike.of("council", "fire").agreement == 0.0
    assert [(pair.first, pair.second) for pair in alike.most_different()] == [
        ("council", "fire"),
        ("council", "health"),
    ]


def test_two_who_talk_of_different_things_neither_agree_nor_disagree() -> None:
    built = partnership(
        story(link("a", "harm", "positive", "council"), link("b", "harm", "positive", "fire"))
    )
    pair = similarity(built).of("council", "fire")

    assert pair.agreement is None
    assert pair.jaccard == 0.0
    assert similarity(built).most_different() == ()


def test_a_single_voice_is_like_nobody() -> None:
    alike = similarity(partnership(story(link("a", "harm", "positive", "council"))))

    assert (alike.agencies, alike.pairs) == (("council",), ())
    assert differences(partnership(), "council", "fire") == ()
