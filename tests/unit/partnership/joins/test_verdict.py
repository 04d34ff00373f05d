from typing import Any

import pytest

from roundtable.partnership.joins.join import Question
from roundtable.partnership.model.service import Service
from tests.factories import agency, capacity, link, risk, role, service
from tests.unit.partnership.joins.priced import LED, WANTED, built, verdict

STUDIED = {"factor": "isolation", "size": -0.2, "evidence": "randomised", "source": "A trial"}


def test_a_need_is_live_when_all_three_hold() -> None:
    found = verdict(built())

    assert [join.why for join in found.joins] == [
        "It may be shared, and no use of it is written.",
        "'Service calls' changes it, and has room.",
        "Council leads on 'Outcome fires', with points of priority for it.",
    ]
    assert found.live and found.first_failing is None


def test_an_expired_agreement_fails_first() -> None:
    from tests.unit.partnership.joins.priced import SHARED

    ended = SHARED.model_copy(update={"ends": SHARED.starts})
    found = verdict(built(ended, service("calls", status="inactive")))

    assert not found.live and found.first_failing is Question.KNOW
    assert [join.holds for join in found.joins] == [False, False, True]


@pytest.mark.parametrize(
    ("calls", "why"),
    [
        (service("calls", status="inactive"), "No running service changes 'Alone'."),
        (
            service("calls", requires=[{"skill": "listening", "level": 2}]),
            "'Service calls' takes 'listening' at level 2, which Council has not shown.",
        ),
        (service("calls", capacity=[capacity(9, 9)]), "'Service calls' changes it, and has no room."),
        (
            service("calls", capacity=[capacity("unknown", 9)]),
            "'Service calls' changes it, and nobody knows what room it has.",
        ),
        (
            service("calls", capacity=[capacity(10, 9, period="2027-Q1")]),
            "'Service calls' changes it, and nobody knows what room it has.",
        ),
    ],
)
def test_can_we_act_says_which_link_is_missing(calls: Service, why: str) -> None:
    found = verdict(built(calls))

    assert (found.act.holds, found.act.why) == (False, why)
    assert found.first_failing is Question.ACT


def test_an_able_service_with_room_answers_for_one_without() -> None:
    full = service("a-full-one", capacity=[capacity(9, 9)])

    assert verdict(built(full)).act.holds
    assert len(verdict(built(full)).act.evidence) == 2


def test_a_service_whose_provider_has_ended_is_nobodys() -> None:
    ended = agency("ended", to="2026-11-22")
    found = verdict(built(ended, service("calls", provider="ended")))

    assert (found.act.holds, found.act.why) == (False, "No running service changes 'Alone'.")
    assert found.avertable is None and found.stake.why_not == "no running service changes it"


def test_acting_is_verified_by_a_study() -> None:
    assert not verdict(built()).act.verified
    assert verdict(built(service("calls", effects=[STUDIED]))).act.verified


COUNCIL_POSTS = [role("council-leads"), role("council-signs")]


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"risks": [risk("burn", outcome="fires")]}, "No post leads a risk of 'Outcome fires'."),
        (
            {"risks": [risk("burn", "council-leads", "fire-signs", outcome="fires")]},
            "2 posts lead a risk of 'Outcome fires'.",
        ),
        (
            {"risks": []},
            "No risk is written for 'Outcome fires', which 'Alone' moves most, so nobody answers for it.",
        ),
        (
            {"risks": [risk("burn", "council-leads", outcome="fires", kind="sharing")]},
            "No risk is written for 'Outcome fires', which 'Alone' moves most, so nobody answers for it.",
        ),
        ({"links": []}, "No link leads from 'Alone' to an outcome of the scenario."),
    ],
)
def test_will_we_act_says_which_link_is_missing(fields: dict[str, Any], why: str) -> None:
    found = verdict(built(**fields))

    assert (found.will.holds, found.will.why) == (False, why)


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"to": "2026-11-22"}, "The post that leads a risk of 'Outcome fires' ended with Council."),
        (
            {"roles": [role("council-leads", vacant_since="2026-11-23"), role("council-signs")]},
            "The post that leads a risk of 'Outcome fires' stands empty: Post council-leads.",
        ),
        ({"priorities": []}, "Council leads on 'Outcome fires' and has not said what it wants most."),
        (
            {"priorities": [WANTED | {"outcome": "harm"}]},
            "Council leads on 'Outcome fires' and gives it none of its 100 points.",
        ),
    ],
)
def test_the_lead_must_be_living_filled_and_willing(fields: dict[str, Any], why: str) -> None:
    council = agency("council", **({"roles": COUNCIL_POSTS, "priorities": [WANTED]} | fields))

    assert verdict(built(council)).will.why == why


def test_a_lead_that_nobody_accepted_is_unverified() -> None:
    assert verdict(built()).will.verified
    later = risk("burn", "council-leads", outcome="fires")
    assert not verdict(built(risks=[later])).will.verified


def test_a_lead_acts_for_every_holder_of_the_joint_duty() -> None:
    joint = LED | {"joint_duty": {"duty": "ca04.s11", "holders": ["council", "fire"]}}

    found = verdict(built(risks=[joint])).will

    assert found.holds
    assert "It acts for Council and Fire, whom the law holds to it together." in found.evidence[0].text


def test_the_outcome_that_is_moved_most_is_the_one_asked_about() -> None:
    links = [link("isolation", "fires", 0.2, 0.6), link("isolation", "harm", 0.7, 0.9)]

    found = verdict(built(outcomes=["fires", "harm"], links=links))

    assert "No risk is written for 'Outcome harm'" in found.will.why
