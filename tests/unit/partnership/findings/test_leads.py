import pytest

from tests.factories import agency, partnership, risk, role, scenario
from tests.unit.partnership.findings.found import about, evidence_of, the_one

COUNCIL = agency("council", roles=[role("council-adults"), role("council-children")])
FIRE = agency("fire", roles=[role("fire-prevention"), role("fire-empty", vacant_since="2026-10-01")])
JOINT = {"duty": "ca04.s11", "holders": ["council", "fire"]}


def test_a_risk_that_nobody_leads_is_found() -> None:
    built = partnership(COUNCIL, scenario(risks=[risk("fall", raci={"responsible": ["fire"]})]))

    finding = the_one(built, "risk-no-lead")

    assert finding.about == ("risk", "fall")
    assert finding.agencies == ("council", "fire")
    assert "Because of a cause, fall may happen." in evidence_of(finding)
    assert "about 50 (40 to 60) cases a year, estimated" in evidence_of(finding)
    assert str(finding.evidence[0].place) == "risk/fall.yaml:1"


def test_the_remedy_proposes_filled_posts_of_those_who_do_the_work() -> None:
    doing = {"responsible": ["council", "fire"]}
    built = partnership(COUNCIL, FIRE, scenario(risks=[risk("fall", raci=doing)]))

    remedy = the_one(built, "risk-no-lead").remedy

    assert "such as 'council-adults' or 'fire-prevention'." in remedy
    assert "fire-empty" not in remedy


def test_one_lead_clears_it() -> None:
    built = partnership(COUNCIL, scenario(risks=[risk("fall", "council-adults")]))

    assert about(built, "risk-no-lead") == about(built, "risk-several-leads") == []


@pytest.mark.parametrize("joint", [None, JOINT])
def test_several_leads_are_found_with_or_without_a_joint_duty(joint: object) -> None:
    several = risk("fall", "fire-prevention", "council-adults", joint_duty=joint)

    finding = the_one(partnership(COUNCIL, FIRE, scenario(risks=[several])), "risk-several-leads")

    assert finding.about == ("risk", "fall")
    assert finding.agencies == ("council", "fire")
    assert "keep one of 'council-adults' and 'fire-prevention'" in finding.remedy
    assert ("The duty is joint" in finding.remedy) == (joint is not None)


def test_a_joint_duty_with_one_lead_is_no_finding() -> None:
    built = partnership(COUNCIL, FIRE, scenario(risks=[risk("fall", "council-adults", joint_duty=JOINT)]))

    assert about(built, "risk-several-leads") == about(built, "risk-no-lead") == []


def test_the_same_post_written_twice_is_one_lead() -> None:
    built = partnership(COUNCIL, scenario(risks=[risk("fall", "council-adults", "council-adults")]))

    assert about(built, "risk-several-leads") == []


def test_an_empty_lead_post_is_found_once_for_all_its_risks() -> None:
    risks = [risk("fire", "fire-empty"), risk("fall", "fire-empty")]
    finding = the_one(partnership(FIRE, scenario(risks=risks)), "lead-post-vacant")

    assert finding.about == ("role", "fire-empty")
    assert "leads 2 risks ('Outcome harm') and has stood empty since 1 October 2026." in finding.title
    assert "it has no deputy" in evidence_of(finding)


def test_a_deputy_is_proposed_while_the_post_is_empty() -> None:
    posts = [role("lead", vacant_since="2026-01-01", deputy="second"), role("second")]
    built = partnership(agency("fire", roles=posts), scenario(risks=[risk("fall", "lead")]))

    assert "until then write 'second'" in the_one(built, "lead-post-vacant").remedy


@pytest.mark.parametrize(
    ("vacant_since", "expected"),
    [("2026-11-23", ["lead"]), ("2026-11-24", []), (None, [])],
)
def test_a_post_is_empty_from_its_day_on(vacant_since: str | None, expected: list[str]) -> None:
    posts = [role("lead", vacant_since=vacant_since)]
    built = partnership(agency("fire", roles=posts), scenario(risks=[risk("fall", "lead")]))

    assert about(built, "lead-post-vacant") == expected


def test_an_empty_post_that_leads_nothing_is_no_finding() -> None:
    assert about(partnership(FIRE, scenario()), "lead-post-vacant") == []
