"""Data collected for law enforcement and used for something else, and the other way round."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from roundtable.governance.policy.actions import Action
from roundtable.governance.policy.deciding import Decision, decide
from roundtable.governance.policy.principals import THE_SYSTEM, Principal, agency_asking
from roundtable.governance.policy.printing import every_rule, sentence, told
from roundtable.governance.policy.question import Question
from roundtable.partnership.model.purpose import Purpose
from roundtable.partnership.model.whole import Partnership
from tests.factories import meeting
from tests.factories_sharing import basis, gateway, party, records, share, table

TODAY = date(2026, 11, 23)
SAFEGUARDING, VIOLENCE = Purpose.SAFEGUARDING_ADULTS, Purpose.SERIOUS_VIOLENCE_DUTY
FROM_THE_POLICE = [party("police", gives=True), party("council", receives=True)]
TO_THE_POLICE = [party("charity", gives=True), party("police", receives=True)]


def _made(
    powers: list[str],
    parties: list[Any] = FROM_THE_POLICE,
    purposes: list[Purpose] | None = None,
    regime: str = "uk_gdpr",
    meetings: tuple[Any, ...] = (),
    **terms: Any,
) -> Partnership:
    agreed = share(
        parties=parties,
        purposes=purposes or [SAFEGUARDING],
        basis=basis(gateways=powers, regime=regime),
        ends="2027-12-31",
    )
    creator = next(one["agency"] for one in parties if one.get("gives"))
    later = gateway("later", in_force_from="2026-12-01")
    return table(records(created_by=creator, **terms), agreed, later, meetings=meetings)


def _asked(
    made: Partnership, who: Principal = THE_SYSTEM, purpose: Purpose = SAFEGUARDING, on: date = TODAY
) -> Decision:
    return decide(made, Question(who, Action.READ, "calls", "rows", ("person",), purpose, on))


def test_what_was_collected_for_law_enforcement_serves_no_other_purpose_without_a_power() -> None:
    refused = _asked(_made([]))
    assert not refused.permitted
    assert "was collected for law enforcement, safeguarding adults is another purpose" in str(refused.refusal)
    assert "section 36(4)" in str(refused.refusal)
    assert "Name a power that reaches from a police force to a council" in str(refused.refusal)


def test_a_power_that_is_named_lets_it_cross_and_the_decision_and_the_policy_name_it() -> None:
    made = _made(["cl.police"])
    permitted = _asked(made)
    assert permitted.permitted
    by = "used for safeguarding adults: 'Common law power of the police to disclose' authorises this."
    assert by in sentence(made, permitted)
    assert any(by in line for line in told(made, every_rule(made)))


@pytest.mark.parametrize("powers", [["dpa18.sch2.p2"], ["pcsc22.s16"], ["frsa04.s6"], ["dpa18.sch1.p18"]])
def test_what_is_no_power_for_this_giver_and_purpose_authorises_nothing(powers: list[str]) -> None:
    assert not _asked(_made(powers)).permitted


def test_a_power_authorises_from_its_first_day_on() -> None:
    made = _made(["later"])
    assert not _asked(made, on=date(2026, 11, 30)).permitted
    assert _asked(made, on=date(2026, 12, 1)).permitted


def test_what_a_police_force_did_not_collect_for_law_enforcement_does_not_cross() -> None:
    assert _asked(_made([], criminalOffence=False)).permitted
    assert _asked(_made([], collectedUnder="uk_gdpr")).permitted
    assert not _asked(_made([], criminalOffence=False, collectedUnder="dpa_2018_part_3")).permitted
    assert not _asked(_made([], criminalOffence="unknown")).permitted


def test_a_meeting_that_decided_it_authorises_it_from_its_day_on() -> None:
    agreed = {
        "id": "cross",
        "question": "May it cross?",
        "verdict": "agreed",
        "reason": "So it is.",
        "by": "police-post",
        "gateway": "cl.police",
        "concerning": {"agreements": ["share"]},
    }
    made = _made([], meetings=(meeting("m", on="2026-11-20", decisions=[agreed]),))
    assert _asked(made).permitted
    assert "decision recorded in a meeting" in sentence(made, _asked(made))
    assert not _asked(made, on=date(2026, 11, 19)).permitted


def test_an_agency_s_own_data_under_another_regime_need_a_power_as_well() -> None:
    both = [party("police", gives=True, receives=True)]
    police = agency_asking("police")
    assert not _asked(_made([], both), police).permitted
    assert _asked(_made(["cl.police"], both), police).permitted


@pytest.mark.parametrize(
    ("powers", "permitted"), [([], False), (["dpa18.sch2.p2"], True), (["cda98.s115"], True)]
)
def test_what_others_collected_serves_law_enforcement_by_a_power_or_the_exemption_for_crime(
    powers: list[str], permitted: bool
) -> None:
    made = _made(powers, TO_THE_POLICE, [VIOLENCE])
    for who in (THE_SYSTEM, agency_asking("police")):
        answer = _asked(made, who, VIOLENCE)
        assert answer.permitted is permitted
        assert permitted or "was not collected for law enforcement" in str(answer.refusal)


def test_the_exemption_for_crime_is_asked_of_law_enforcement_alone() -> None:
    made = _made([], TO_THE_POLICE, [SAFEGUARDING, VIOLENCE])
    assert _asked(made, agency_asking("police"), SAFEGUARDING).permitted
    assert not _asked(made, agency_asking("police"), VIOLENCE).permitted


def test_within_law_enforcement_nothing_crosses() -> None:
    between = [party("police", gives=True), party("probation", receives=True)]
    made = _made([], between, [VIOLENCE])
    assert _asked(made, purpose=VIOLENCE).permitted
    under_part_3 = _made(["dpa18.sch8"], between, [VIOLENCE], "dpa_2018_part_3")
    assert _asked(under_part_3, purpose=VIOLENCE).permitted


def test_an_agreement_under_part_3_takes_general_data_by_a_power_or_the_exemption() -> None:
    between = [party("police", gives=True), party("probation", receives=True)]
    for powers, permitted in (([], False), (["dpa18.sch2.p2"], True)):
        made = _made(powers, between, [VIOLENCE], "dpa_2018_part_3", criminalOffence=False)
        assert _asked(made, purpose=VIOLENCE).permitted is permitted
