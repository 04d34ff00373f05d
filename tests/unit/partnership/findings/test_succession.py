import pytest

from roundtable.partnership.findings.succession import living_successor
from tests.factories import agency, agreement, partnership, party, risk, role, scenario, service
from tests.unit.partnership.findings.found import about, evidence_of, the_one

BOROUGH = agency(
    "borough", to="2023-03-31", successor="council", roles=[role("borough-lead")], duties=["cda98.s17"]
)
WITH_BOROUGH = [party("fire", gives=True), party("borough", receives=True)]
MOVED = [*WITH_BOROUGH, party("council", receives=True)]


def test_an_agreement_with_a_body_that_has_ended_is_found_and_names_its_successor() -> None:
    finding = the_one(partnership(BOROUGH, agreement("old", parties=WITH_BOROUGH)), "agreement-left-behind")

    assert finding.about == ("agreement", "old")
    assert finding.agencies == ("borough", "council", "fire")
    assert finding.cleared_by == ("council",)
    assert "Borough ended on 31 March 2023; its powers passed to Council." in evidence_of(finding)
    assert "write 'council' in place of 'borough' under 'parties'" in finding.remedy


def test_it_is_cleared_when_the_successor_is_a_party() -> None:
    assert about(partnership(BOROUGH, agreement("old", parties=MOVED)), "agreement-left-behind") == []


def test_an_agreement_that_has_ended_left_nothing_behind() -> None:
    over = agreement("old", parties=WITH_BOROUGH, ends="2026-11-22")
    assert about(partnership(BOROUGH, over), "agreement-left-behind") == []


@pytest.mark.parametrize(("to", "expected"), [("2026-11-22", ["old"]), ("2026-11-23", []), (None, [])])
def test_a_body_has_ended_from_the_day_after_its_last(to: str | None, expected: list[str]) -> None:
    body = agency("borough", to=to, successor="council")
    built = partnership(body, agreement("old", parties=WITH_BOROUGH))

    assert about(built, "agreement-left-behind") == expected


def test_successors_are_followed_until_one_lives() -> None:
    middle = agency("middle", to="2024-01-01", successor="council")
    first = agency("first", to="2020-01-01", successor="middle")

    assert living_successor(partnership(first, middle), "first") == "council"


def test_successors_that_go_round_in_a_circle_lead_nowhere() -> None:
    one = agency("one", to="2020-01-01", successor="two")
    two = agency("two", to="2021-01-01", successor="one")

    assert living_successor(partnership(one, two), "one") is None


def test_without_a_successor_the_remedy_asks_for_one() -> None:
    orphan = agency("borough", to="2023-03-31", duties=["cda98.s17"])
    built = partnership(orphan, agreement("old", parties=WITH_BOROUGH))

    finding = the_one(built, "agreement-left-behind")
    assert "no successor is named" in evidence_of(finding)
    assert finding.cleared_by == ("fire",)
    assert "name the 'successor'" in the_one(built, "duty-left-behind").remedy


def test_a_risk_led_by_a_post_of_a_body_that_has_ended_is_found() -> None:
    built = partnership(BOROUGH, scenario(risks=[risk("fall", "borough-lead")]))

    finding = the_one(built, "risk-left-behind")
    assert finding.about == ("risk", "fall")
    assert finding.remedy == (
        "In risk/fall.yaml, line 1, write a post of 'council' in place of 'borough-lead' in 'lead_posts'."
    )
    assert finding.cleared_by == ("council",)
    assert about(built, "lead-post-vacant") == []


@pytest.mark.parametrize(
    "left",
    [
        {"raci": {"responsible": ["borough", "fire"]}},
        {"joint_duty": {"duty": "cda98.s17", "holders": ["borough", "fire"]}},
    ],
)
def test_so_is_one_that_such_a_body_works_on_or_is_bound_by(left: dict[str, object]) -> None:
    lead = agency("council", roles=[role("council-lead")])
    built = partnership(BOROUGH, lead, scenario(risks=[risk("fall", "council-lead", **left)]))

    assert "'council' in place of 'borough'" in the_one(built, "risk-left-behind").remedy


@pytest.mark.parametrize("key", ["provider", "commissioner"])
def test_a_service_of_a_body_that_has_ended_is_found(key: str) -> None:
    built = partnership(BOROUGH, service("visits", **{key: "borough"}))

    finding = the_one(built, "service-left-behind")
    assert finding.remedy == (
        f"In service/visits.yaml, write 'council' in place of 'borough' as '{key}'; "
        "or write 'status: defunct'."
    )
    assert finding.cleared_by == ("council",)


def test_a_service_that_is_no_more_left_nothing_behind() -> None:
    built = partnership(BOROUGH, service("visits", provider="borough", status="defunct"))

    assert about(built, "service-left-behind") == []


def test_a_duty_that_the_successor_does_not_name_is_found() -> None:
    finding = the_one(partnership(BOROUGH), "duty-left-behind")

    assert finding.about == ("agency", "borough")
    assert "add 'cda98.s17' to 'duties'" in finding.remedy


def test_a_duty_that_the_successor_names_is_no_finding() -> None:
    heir = agency("council", duties=["cda98.s17"])
    assert about(partnership(BOROUGH, heir), "duty-left-behind") == []


def test_an_agreement_runs_through_its_last_day() -> None:
    last = agreement("old", parties=WITH_BOROUGH, ends="2026-11-23")
    assert about(partnership(BOROUGH, last), "agreement-left-behind") == ["old"]


def test_without_a_successor_the_living_are_asked() -> None:
    orphan = agency("borough", to="2023-03-31", roles=[role("borough-lead")])
    left = [scenario(risks=[risk("fall", "borough-lead")]), service("visits", commissioner="borough")]
    built = partnership(orphan, *left)

    assert the_one(built, "risk-left-behind").cleared_by == ("council",)
    assert the_one(built, "service-left-behind").cleared_by == ("council",)
