from datetime import date
from typing import Any

import pytest

from roundtable.partnership.findings import find_all
from roundtable.partnership.model.whole import Partnership
from roundtable.partnership.study import Study
from tests.factories import agency, meeting, partnership, risk, role, scenario
from tests.unit.partnership.findings.found import about, evidence_of, found, the_one

COUNCIL = agency("council", roles=[role("chief")])


def accepting(rule: str = "risk-no-lead", about: str = "fall", **fields: Any) -> dict[str, Any]:
    return {"rule": rule, "about": about, "by": "chief", "reason": "A post is advertised."} | fields


def _with(*acceptances: dict[str, Any], **fields: Any) -> Partnership:
    held = meeting("october", accepted=list(acceptances), **fields)
    return partnership(COUNCIL, held, scenario(risks=[risk("fall"), risk("burn")]))


@pytest.mark.parametrize("until", [None, "2026-11-23", "2027-01-01"])
def test_an_accepted_finding_is_shown_as_accepted_after_the_open_ones(until: str | None) -> None:
    built = _with(accepting("risk-no-lead", "burn", until=until))

    leads = [(one.about[1], one.accepted is not None) for one in found(built, "risk-no-lead")]
    assert leads == [("fall", False), ("burn", True)]
    assert about(built, "acceptance-stale") == []


def test_an_acceptance_whose_day_has_passed_is_a_finding_and_accepts_nothing() -> None:
    built = _with(accepting(until="2026-11-22"))

    assert all(one.accepted is None for one in found(built, "risk-no-lead"))
    finding = the_one(built, "acceptance-stale")
    assert finding.about == ("meeting", "october")
    assert "'risk-no-lead' about 'fall': accepted until 22 November 2026, and it is still there." in (
        evidence_of(finding)
    )


@pytest.mark.parametrize("named", [("risk-no-lead", "drown"), ("risk-several-leads", "fall")])
def test_an_acceptance_of_nothing_is_a_finding(named: tuple[str, str]) -> None:
    finding = the_one(_with(accepting(*named)), "acceptance-stale")

    assert finding.severity == "low"
    assert f"'{named[0]}' about '{named[1]}': there is no such finding." in evidence_of(finding)


def test_a_meeting_has_one_finding_for_all_its_stale_acceptances() -> None:
    built = _with(accepting(about="drown"), accepting(about="freeze"))

    finding = the_one(built, "acceptance-stale")
    assert finding.title == (
        "'Meeting october' of 23 October 2026 accepted 2 findings that are not there, or not accepted any "
        "longer."
    )
    assert len(finding.evidence) == 2


def test_a_meeting_that_is_still_to_come_accepts_nothing_yet() -> None:
    built = _with(accepting(), on=date(2026, 11, 24))

    assert all(one.accepted is None for one in found(built, "risk-no-lead"))
    assert about(built, "acceptance-stale") == []


def test_the_latest_meeting_decides() -> None:
    earlier = meeting("a-first", accepted=[accepting(reason="Before.")], on="2026-09-01")
    later = meeting("b-second", accepted=[accepting(reason="After.")])
    built = partnership(COUNCIL, later, earlier, scenario(risks=[risk("fall")]))

    (finding,) = found(built, "risk-no-lead")
    assert finding.accepted is not None and finding.accepted.reason == "After."


def test_accepted_findings_stay_below_open_ones_of_their_severity_and_above_the_next() -> None:
    order = [(one.severity.rank, one.accepted is not None) for one in find_all(Study(_with(accepting())))]

    assert order == sorted(order)
    assert (0, True) in order
