from roundtable.partnership.disagreement.voices import Stance, Voice, agency_map, voices
from roundtable.partnership.model.causal import Delay, Sign
from roundtable.partnership.model.scenario import Scenario
from roundtable.partnership.model.strict import Confidence
from tests.factories import agency, partnership
from tests.unit.partnership.disagreement.table import dispute, link, story, vote


def _voices(*scenarios: Scenario) -> dict[str, Voice]:
    built = partnership(agency("health"), *scenarios)
    return {voice.agency: voice for voice in voices(built)}


def test_an_agency_holds_what_it_asserts() -> None:
    heard = _voices(story(link("smoke", "fire", "positive", "council")))

    (said,) = heard["council"].said
    assert (said.stance, said.sign, said.confidence) == (Stance.HOLDS, Sign.POSITIVE, Confidence.HIGH)
    assert said.strength is not None and (said.strength.low, said.strength.high) == (0.4, 0.6)


def test_an_agency_that_said_nothing_is_silent_and_not_against() -> None:
    heard = _voices(story(link("smoke", "fire", "positive", "council", votes=[vote("health", "disagree")])))

    assert set(heard) == {"council"}


def test_to_dispute_without_a_version_is_to_be_against() -> None:
    heard = _voices(story(link("smoke", "fire", "positive", "council", disputed=[dispute("fire")])))

    (said,) = heard["fire"].said
    assert (said.stance, said.sign, said.words) == (Stance.AGAINST, None, "It is not so.")
    assert heard["fire"].positions == {("smoke", "fire"): None}


def test_a_dispute_with_a_sign_is_a_version_of_ones_own() -> None:
    disputed = [dispute("fire", sign="negative", delay="years")]
    heard = _voices(story(link("smoke", "fire", "positive", "council", disputed=disputed, delay="days")))

    (said,) = heard["fire"].said
    assert (said.stance, said.sign, said.delay) == (Stance.HOLDS, Sign.NEGATIVE, Delay.YEARS)
    assert said.strength is None, "the council's strength is of another sign"


def test_a_dispute_of_strength_alone_keeps_the_sign_and_the_delay() -> None:
    disputed = [dispute("fire", strength={"low": 0.0, "high": 0.1})]
    heard = _voices(story(link("smoke", "fire", "positive", "council", disputed=disputed, delay="days")))

    (said,) = heard["fire"].said
    assert (said.sign, said.delay) == (Sign.POSITIVE, Delay.DAYS)
    assert said.strength is not None and said.strength.high == 0.1


def test_what_one_disputes_of_its_own_is_what_it_says_now() -> None:
    disputed = [dispute("fire")]
    heard = _voices(story(link("smoke", "fire", "positive", "fire", "council", disputed=disputed)))

    assert [said.stance for said in heard["fire"].said] == [Stance.AGAINST]
    assert [said.stance for said in heard["council"].said] == [Stance.HOLDS]


def test_the_last_of_ones_disputes_stands() -> None:
    disputed = [dispute("fire", on="2026-10-09", sign="none"), dispute("fire", on="2026-10-01")]
    heard = _voices(story(link("smoke", "fire", "positive", "council", disputed=disputed)))

    assert [said.sign for said in heard["fire"].said] == [Sign.NONE]


def test_two_signs_in_two_scenarios_are_complex() -> None:
    heard = _voices(
        story(link("smoke", "harm", "positive", "council")),
        story(link("smoke", "harm", "negative", "council"), id="other", factors=[]),
    )
    assert heard["council"].positions == {("smoke", "harm"): Sign.COMPLEX}


def test_the_map_of_an_agency_has_its_links_its_way_and_nothing_else() -> None:
    built = partnership(
        story(
            link("smoke", "harm", "positive", "council", disputed=[dispute("fire", sign="negative")]),
            link("damp", "smoke", "positive", "council"),
            link("smoke", "damp", "positive", "council", disputed=[dispute("fire")]),
        )
    )
    council, fire = voices(built)

    (edge,) = agency_map(built, fire).edges
    assert (edge.source, edge.target, edge.sign, edge.asserted_by) == (
        "smoke",
        "harm",
        Sign.NEGATIVE,
        ("fire",),
    )
    assert (edge.low, edge.high, edge.known) == (0.0, 1.0, False)
    assert [node.id for node in agency_map(built, fire).nodes] == ["harm", "smoke"]
    assert len(agency_map(built, council).edges) == 3


def test_where_nobody_speaks_there_is_no_voice() -> None:
    assert voices(partnership()) == ()
