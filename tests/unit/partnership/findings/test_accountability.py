from typing import Any

import pytest

from tests.factories import agency, link, partnership, risk, role, scenario, service
from tests.unit.partnership.findings.found import about, evidence_of, the_one

LEADS = [role("leads")]
TO_HARM = [link("isolation", "harm", 0.2, 0.4)]


def council(**fields: Any) -> Any:
    return agency("council", **({"roles": LEADS} | fields))


def _priority(points: float) -> list[dict[str, Any]]:
    return [{"outcome": "harm", "points": points, "source": "A workshop", "on": "2026-06-01"}]


BY_FIRE = {"responsible": ["fire"]}


def test_a_lead_with_neither_the_work_nor_a_service_is_found() -> None:
    built = partnership(council(), scenario(risks=[risk("fall", "leads", raci=BY_FIRE)]))

    finding = the_one(built, "lead-no-lever")
    assert finding.about == ("risk", "fall")
    assert finding.title.startswith("Council leads on 'Outcome harm' in 'The scenario alone'")
    assert "Responsible for the work: Fire." in evidence_of(finding)


@pytest.mark.parametrize(
    ("fields", "links", "calls"),
    [
        ({"raci": {"responsible": ["council", "fire"]}}, [], ()),
        ({"raci": BY_FIRE}, TO_HARM, (service("calls"),)),
        ({"raci": BY_FIRE}, TO_HARM, (service("calls", provider="fire", commissioner="council"),)),
        ({"raci": BY_FIRE, "joint_duty": {"duty": "ca04.s11", "holders": ["council", "fire"]}}, [], ()),
        ({"raci": BY_FIRE, "kind": "sharing"}, [], ()),
    ],
)
def test_work_or_a_lever_or_a_joint_duty_is_enough(
    fields: dict[str, Any], links: list[Any], calls: tuple[Any, ...]
) -> None:
    built = partnership(council(), *calls, scenario(risks=[risk("fall", "leads", **fields)], links=links))

    assert about(built, "lead-no-lever") == []


@pytest.mark.parametrize(
    ("links", "calls"), [([], service("calls")), (TO_HARM, service("calls", status="inactive"))]
)
def test_a_service_that_does_not_reach_the_outcome_is_no_lever(links: list[Any], calls: Any) -> None:
    built = partnership(council(), calls, scenario(risks=[risk("fall", "leads", raci=BY_FIRE)], links=links))

    assert about(built, "lead-no-lever") == ["fall"]


@pytest.mark.parametrize(
    ("priorities", "expected"),
    [(_priority(4.5), ["council"]), (_priority(0), ["council"]), (_priority(5), []), ([], [])],
)
def test_a_lead_that_puts_its_outcome_low_is_found(priorities: Any, expected: list[str]) -> None:
    risks = [risk("burn", "leads"), risk("fall", "leads")]
    built = partnership(council(priorities=priorities), scenario(risks=risks))

    assert about(built, "lead-low-priority") == expected


HOLDERS = {"duty": "ca04.s11", "holders": ["council", "fire", "health"]}


@pytest.mark.parametrize(
    ("raci", "absent"),
    [
        ({}, ["fall"]),
        ({"responsible": ["fire"], "informed": ["health"]}, []),
        ({"consulted": ["health"]}, ["fall"]),
    ],
)
def test_an_agency_bound_by_the_duty_and_named_nowhere_is_found(raci: Any, absent: list[str]) -> None:
    joint = risk("fall", "leads", joint_duty=HOLDERS, raci=raci)
    built = partnership(council(), agency("health"), scenario(risks=[joint]))

    assert about(built, "duty-holder-absent") == absent
    if absent:
        assert "'fire'" in the_one(built, "duty-holder-absent").remedy


def test_a_holder_that_has_ended_is_another_finding() -> None:
    joint = risk("fall", "leads", joint_duty=HOLDERS, raci=BY_FIRE)
    built = partnership(council(), agency("health", to="2026-01-01"), scenario(risks=[joint]))

    assert about(built, "duty-holder-absent") == []
    assert about(built, "risk-left-behind") == ["fall"]


def test_lead_posts_without_a_deputy_are_found_once_for_all() -> None:
    posts = [role("first", deputy="second"), role("second"), role("idle")]
    risks = [risk("burn", "first"), risk("fall", "second"), risk("drown", "fire-leads")]
    built = partnership(
        agency("council", roles=posts), agency("fire", roles=[role("fire-leads")]), scenario(risks=risks)
    )

    finding = the_one(built, "lead-no-deputy")
    assert finding.title == "Of 3 posts that lead risks, 2 name no deputy."
    assert finding.agencies == ("council", "fire")
    assert "idle" not in evidence_of(finding)
