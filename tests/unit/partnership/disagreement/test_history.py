from roundtable.partnership.disagreement.history import Act, history
from tests.factories import partnership
from tests.unit.partnership.disagreement.table import dispute, factor, link, story, vote

SAID = link(
    "a",
    "harm",
    "positive",
    "council",
    disputed=[dispute("fire", sign="none")],
    votes=[vote("council", "agree"), vote("fire", "unsure")],
)


def test_what_was_said_is_told_in_the_order_of_its_days() -> None:
    told = history(
        partnership(story(SAID, factors=[factor("a", disputed=[dispute("fire", on="2026-08-01")])]))
    )

    assert [one.on.isoformat() for one in told] == [
        "2026-08-01",
        "2026-09-01",
        "2026-09-01",
        "2026-09-01",
        "2026-10-01",
        "2026-10-02",
        "2026-10-02",
    ]
    assert [one.words for one in told][4:] == [
        "Fire disputes that the more 'A', the more 'Outcome harm', and says that 'A' does not move "
        "'Outcome harm': It is not so.",
        "Council agrees that the more 'A', the more 'Outcome harm'.",
        "Fire is not sure whether the more 'A', the more 'Outcome harm'.",
    ]


def test_one_agency_is_heard_alone() -> None:
    told = history(partnership(story(SAID)), agency="fire")

    assert [(one.act, one.agency) for one in told] == [(Act.DISPUTED, "fire"), (Act.VOTED, "fire")]


def test_of_an_empty_partnership_there_is_nothing_to_tell() -> None:
    assert history(partnership()) == ()
