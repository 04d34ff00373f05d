"""Each thing that can be wrong with an agreement, alone: who is refused what, and the reason in words.

The police give records about people to the council, lawfully: `factories_sharing.py`. Each row spoils one
thing and nothing else.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from roundtable.governance.policy.actions import Action
from roundtable.governance.policy.deciding import Decision, decide
from roundtable.governance.policy.principals import THE_SYSTEM, Principal, agency_asking, post_asking
from roundtable.governance.policy.question import Question
from roundtable.partnership.model.purpose import Purpose
from roundtable.partnership.model.whole import Partnership
from tests.factories import meeting, scenario
from tests.factories_sharing import basis, body, gateway, party, records, share, table

ON = date(2026, 11, 23)
COUNCIL = agency_asking("council")


def ask(made: Partnership, principal: Principal = COUNCIL, **changed: Any) -> Decision:
    """Whether the council may read who it is about, unless something else is asked."""
    base: dict[str, Any] = {
        "action": Action.READ,
        "dataset": "calls",
        "table": "rows",
        "columns": ("person",),
        "purpose": Purpose.SAFEGUARDING_ADULTS,
        "on": ON,
    }
    return decide(made, Question(principal, **base | changed))


def agreed(*parts: object, **fields: Any) -> Partnership:
    """The agreement, spoilt by `fields`."""
    return table(records(), share(**fields), *parts)


@pytest.mark.parametrize("principal", [COUNCIL, THE_SYSTEM], ids=["council", "system"])
def test_unspoilt_it_permits(principal: Principal) -> None:
    answer = ask(agreed(), principal)
    assert answer.permitted and answer.refusal is None
    assert answer.agreements == ("share",)
    assert answer.columns == {"person"}


def suspended(**fields: Any) -> dict[str, Any]:
    base = {"from": "2026-11-01", "by": "police-post", "reason": "A breach is looked into."}
    return {"suspended": [base | fields]}


def parties(police: dict[str, Any] | None = None, council: dict[str, Any] | None = None) -> dict[str, Any]:
    gives, receives = {"gives": True} | (police or {}), {"receives": True} | (council or {})
    return {"parties": [party("police", **gives), party("council", **receives)]}


#: What is spoilt, and what is said of it; whoever asks.
EVERYBODY: dict[str, tuple[dict[str, Any], str]] = {
    "expired": ({"ends": "2026-11-22"}, "Agreement 'share' ended on 2026-11-22"),
    "not yet begun": ({"starts": "2026-11-24"}, "Agreement 'share' does not begin until 2026-11-24"),
    "wrong purpose": (
        {"purposes": ["crisis_care"]},
        "Agreement 'share' is for crisis_care and not for safeguarding_adults",
    ),
    "withdrawn": ({"withdrawn_on": "2026-11-23"}, "Agreement 'share' was withdrawn on 2026-11-23"),
    "suspended": (
        suspended(),
        "Agreement 'share' has been suspended since 2026-11-01 by 'police-post' (A breach is looked into)",
    ),
    "suspended until today": (suspended(to="2026-11-23"), "since 2026-11-01 until 2026-11-23 by"),
    "the giver withdrew": (
        parties(police={"withdrawn_on": "2026-11-23"}),
        "Agreement 'share' was given by Police, which withdrew from it on 2026-11-23",
    ),
    "the giver has not signed": (
        parties(police={"signed_on": None}),
        "Agreement 'share' has not been signed for Police",
    ),
    "a protocol": ({"tier": "protocol"}, "a protocol alone grants nothing"),
    "rung 0": ({"rung": 0}, "stands on rung 0 of the ladder (The map: what is agreed, and no data)"),
    "part 3 without authority": (
        {"basis": basis(regime="dpa_2018_part_3")},
        "The data leave part 3 of the Data Protection Act 2018 when Council has them, and no authority",
    ),
}
#: The same where the council asks for itself.
RECEIVERS: dict[str, tuple[dict[str, Any], str]] = {
    "the receiver withdrew": (
        parties(council={"withdrawn_on": "2026-11-23"}),
        "Council withdrew from agreement 'share' on 2026-11-23",
    ),
    "the receiver has not signed": (
        parties(council={"signed_on": "2026-11-24"}),
        "Agreement 'share' has not been signed for Council",
    ),
    "wrong recipient": (
        {"parties": [party("police", gives=True), party("probation", receives=True)]},
        "Agreement 'share' lets nothing through to Council",
    ),
    "no power": (
        {"basis": basis(gateways=["dpa18.part3"])},
        "Agreement 'share': It names no power to share personal data",
    ),
    "not personal": (
        {"basis": basis(regime="not_personal")},
        "It says that the data are not personal, and the dataset is treated as personal",
    ),
    "an open licence": ({"tier": "open_licence"}, "is an open licence, and none reaches personal data"),
}


@pytest.mark.parametrize("principal", [COUNCIL, THE_SYSTEM], ids=["council", "system"])
@pytest.mark.parametrize("spoilt", EVERYBODY)
def test_nobody_may(spoilt: str, principal: Principal) -> None:
    fields, reason = EVERYBODY[spoilt]
    answer = ask(agreed(**fields), principal)
    assert not answer.permitted and answer.agreements == () and answer.columns == frozenset()
    assert reason in str(answer.refusal)


@pytest.mark.parametrize("spoilt", RECEIVERS)
def test_the_receiver_may_not(spoilt: str) -> None:
    fields, reason = RECEIVERS[spoilt]
    answer = ask(agreed(**fields))
    assert not answer.permitted
    assert reason in str(answer.refusal)


def test_a_column_that_is_not_granted_is_refused_with_the_rest_of_the_question() -> None:
    answer = ask(agreed(), columns=("person", "address"))
    assert not answer.permitted and answer.columns == {"person"}
    assert answer.refusal == (
        "No agreement in force lets 'address' of table 'rows' of dataset 'calls' through for "
        "safeguarding_adults: have the parties add it to share."
    )


def test_a_voluntary_body_is_the_wrong_kind_of_recipient_for_section_115() -> None:
    """The Crime and Disorder Act 1998 gives no power to disclose to it; the council is reached."""
    made = agreed(
        parties=[
            party("police", gives=True),
            party("council", receives=True),
            party("charity", receives=True),
        ],
        basis=basis(gateways=["cda98.s115"]),
        purposes=["serious_violence_duty"],
    )
    asked: dict[str, Any] = {"purpose": Purpose.SERIOUS_VIOLENCE_DUTY}
    assert ask(made, **asked).permitted
    refused = ask(made, agency_asking("charity"), **asked)
    assert not refused.permitted
    assert "gives no power to disclose to a voluntary body" in str(refused.refusal)


def test_part_3_data_cross_once_a_meeting_has_recorded_the_authority() -> None:
    decided = {
        "id": "cross",
        "question": "May it cross?",
        "verdict": "agreed",
        "reason": "To keep adults safe.",
        "by": "police-post",
        "gateway": "any.power",
        "concerning": {"agreements": ["share"]},
    }
    held = meeting("steering", on="2026-11-20", decisions=[decided])
    footing = basis(regime="dpa_2018_part_3", gateways=["any.power", "dpa18.sch8"])
    made = table(records(), share(basis=footing), meetings=(held,))
    for principal in (COUNCIL, THE_SYSTEM):
        assert ask(made, principal).permitted
        assert ask(made, principal, on=date(2026, 11, 20)).permitted
        assert not ask(made, principal, on=date(2026, 11, 19)).permitted


def test_a_power_carries_from_the_day_it_comes_into_force_to_the_day_it_ends() -> None:
    power = gateway("dated", in_force_from=date(2026, 11, 20), in_force_to=date(2026, 11, 22))
    made = agreed(power, basis=basis(gateways=["dated"]))
    permitted = [day for day in range(18, 26) if ask(made, on=date(2026, 11, day)).permitted]
    assert permitted == [20, 21, 22]
    assert "is no longer in force" in str(ask(made).refusal)
    assert "is not in force until 20 November 2026" in str(ask(made, on=date(2026, 11, 19)).refusal)


def test_the_days_are_judged_by_the_clock_and_never_by_the_day_of_the_folder() -> None:
    made = table(records(), share(ends="2026-11-22"), as_of=date(2026, 6, 1))
    assert not ask(made).permitted
    assert ask(made, on=date(2026, 11, 22)).permitted


@pytest.mark.parametrize(
    ("fields", "day", "permitted"),
    [
        ({"withdrawn_on": "2026-11-24"}, ON, True),
        (suspended(to="2026-11-22"), ON, True),
        (suspended(to="2026-11-22"), date(2026, 11, 22), False),
        (suspended(), date(2026, 10, 31), True),
        (parties(council={"withdrawn_on": "2026-11-24"}), ON, True),
        ({"starts": "2026-11-23", "ends": "2026-11-23"}, ON, True),
    ],
)
def test_first_and_last_days(fields: dict[str, Any], day: date, permitted: bool) -> None:
    assert ask(agreed(**fields), on=day).permitted is permitted


def test_a_receiver_that_withdrew_keeps_nothing_from_the_others() -> None:
    leaves = party("charity", receives=True, withdrawn_on="2026-11-01")
    made = agreed(parties=[party("police", gives=True), party("council", receives=True), leaves])
    assert ask(made).permitted and ask(made, THE_SYSTEM).permitted
    assert not ask(made, agency_asking("charity")).permitted


def test_once_every_receiver_has_gone_the_system_holds_it_for_nobody() -> None:
    made = agreed(**parties(council={"withdrawn_on": "2026-11-01"}))
    assert "has nobody who receives" in str(ask(made, THE_SYSTEM).refusal)
    ended = agreed(body("council", to="2026-11-01"))
    assert "has nobody who receives" in str(ask(ended, THE_SYSTEM).refusal)


def test_a_scenario_keeps_an_agreement_down_to_its_own_rung() -> None:
    made = agreed(scenario("alone", rung=2), scenarios=["alone"], rung=4)
    assert ask(made, THE_SYSTEM).permitted
    linking = ask(made, THE_SYSTEM, action=Action.LINK)
    assert "stands on rung 2 of the ladder (Controlled counts), and to link asks for rung 4" in str(
        linking.refusal
    )


@pytest.mark.parametrize(
    ("action", "rung"), [(Action.LINK, 4), (Action.SCORE, 3), (Action.PROPOSE, 3), (Action.READ, 1)]
)
def test_each_action_has_its_rung(action: Action, rung: int) -> None:
    assert ask(agreed(rung=rung), THE_SYSTEM, action=action).permitted
    assert not ask(agreed(rung=rung - 1), THE_SYSTEM, action=action).permitted


def test_people_are_looked_up_in_casework_alone() -> None:
    assert ask(agreed(rung=5), action=Action.LOOK_UP).permitted
    assert not ask(agreed(rung=4), action=Action.LOOK_UP).permitted


def test_a_post_may_what_its_agency_may_and_no_other_post() -> None:
    made = agreed()
    assert ask(made, post_asking(made, "council-post")).permitted
    assert not ask(made, post_asking(made, "probation-post")).permitted


@pytest.mark.parametrize(
    ("principal", "action", "said"),
    [
        (COUNCIL, Action.TAKE_IN, "is done by the partnership's own system alone"),
        (COUNCIL, Action.SCORE, "is done by the partnership's own system alone"),
        (THE_SYSTEM, Action.EXPORT, "is done for an agency or a post"),
        (THE_SYSTEM, Action.SHOW, "is done for an agency or a post"),
    ],
)
def test_who_does_what(principal: Principal, action: Action, said: str) -> None:
    assert said in str(ask(agreed(rung=5), principal, action=action).refusal)


def test_a_giver_that_does_not_receive_reads_nothing_back() -> None:
    assert "lets nothing through to Police" in str(ask(agreed(), agency_asking("police")).refusal)


def test_what_is_held_can_be_erased_and_kept_in_order_without_an_agreement() -> None:
    nobody = table(
        records(), body("police", roles=[{"id": "dpo", "title": "Data protection officer", "kind": "dpo"}])
    )
    asked: dict[str, Any] = {"columns": (), "purpose": None}
    assert ask(nobody, THE_SYSTEM, action=Action.ERASE, **asked).permitted
    assert ask(nobody, post_asking(nobody, "dpo"), action=Action.ERASE, **asked).permitted
    assert not ask(nobody, post_asking(nobody, "council-post"), action=Action.ERASE, **asked).permitted
    assert "for the system and the posts that answer for it" in str(
        ask(nobody, COUNCIL, action=Action.ADMINISTER, **asked).refusal
    )


def test_a_decision_for_the_audit_chain_says_nothing_of_anybody() -> None:
    assert ask(agreed(), columns=("risk", "person")).as_audit() == {
        "principal": {"kind": "agency", "id": "council", "agency": "council"},
        "action": "read",
        "dataset": "calls",
        "table": "rows",
        "columns": ["person", "risk"],
        "purpose": "safeguarding_adults",
        "on": "2026-11-23",
        "permitted": True,
        "agreements": ["share"],
        "rules": ["share: calls/rows to council"],
    }
