import pytest

from tests.factories import agency, partnership, risk, role, scenario, service, skill
from tests.unit.partnership.findings.found import about, evidence_of, the_one

WANTED = [{"skill": "lifting", "level": 3}]


@pytest.mark.parametrize(("level", "expected"), [(2, ["calls"]), (3, []), (4, [])])
def test_a_provider_below_the_level_required_is_found(level: int, expected: list[str]) -> None:
    provider = agency("council", skills=[skill("lifting", level)])
    built = partnership(provider, service("calls", requires=WANTED))

    assert about(built, "skill-missing") == expected


def test_a_skill_of_which_nothing_is_said_is_missing() -> None:
    finding = the_one(partnership(service("calls", requires=WANTED)), "skill-missing")

    assert "Council says nothing of it." in evidence_of(finding)
    assert finding.cleared_by == ("council",)


def test_one_of_those_responsible_for_a_risk_is_enough() -> None:
    able = agency("fire", skills=[skill("lifting", 3)])
    lead = agency("council", roles=[role("lead")])
    fall = risk("fall", "lead", requires=WANTED, raci={"responsible": ["council", "fire"]})

    assert about(partnership(able, lead, scenario(risks=[fall])), "skill-missing") == []


def test_a_risk_that_none_of_them_is_able_for_is_found() -> None:
    lead = agency("council", roles=[role("lead")], skills=[skill("lifting", 1)])
    fall = risk("fall", "lead", requires=WANTED, raci={"responsible": ["council", "fire"]})

    finding = the_one(partnership(lead, scenario(risks=[fall])), "skill-missing")
    assert finding.about == ("risk", "fall")
    assert "Council and Fire have not shown it." in finding.title
    assert "Council shows level 1." in evidence_of(finding)


def test_a_service_that_does_not_run_needs_no_skill() -> None:
    closed = service("calls", requires=WANTED, status="defunct")
    assert about(partnership(closed), "skill-missing") == []
