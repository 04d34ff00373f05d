from typing import Any

import pytest

from roundtable.partnership.findings.lawfulness import find
from roundtable.partnership.model.meeting import Meeting
from roundtable.partnership.sharing.provisions import CHILD_WELFARE_DUTY
from tests.factories_sharing import Fields, basis, body, gateway, party, records, share, study
from tests.unit.partnership.findings.found import evidence_of

ONE_COLUMN = [{"dataset": "calls", "table": "rows", "columns": ["person"]}]
BOTH = [party("police", gives=True), party("council", receives=True), party("charity", receives=True)]


def _found(rule: str, *parts: object, **fields: Any) -> list[Any]:
    return [one for one in find(study(*parts, **fields)) if one.rule == rule]


def test_a_whole_agreement_that_a_post_has_verified_is_no_finding() -> None:
    assert list(find(study(records(), share()))) == []


def test_all_that_is_wrong_with_an_agreement_is_one_finding() -> None:
    (finding,) = _found(
        "agreement-defective", records(), share(basis=basis(gateways=["cda98.s17"], impact_assessment=None))
    )

    assert finding.about == ("agreement", "share")
    assert finding.title == "The legal footing of 'Agreement share' has 2 gaps."
    said = "'Crime and Disorder Act 1998, section 17' is a duty, and a duty is no power to share"
    assert said in evidence_of(finding)
    assert "It names no data protection impact assessment." in evidence_of(finding)
    assert (finding.agencies, finding.cleared_by) == (("council", "police"), ("police",))


def test_a_gap_between_some_of_the_parties_says_between_whom() -> None:
    only_council = gateway("only.council", recipient_kinds=["local_authority"])
    footing = basis(gateways=["only.council"])
    (finding,) = _found("agreement-defective", records(), only_council, share(parties=BOTH, basis=footing))

    assert "does not reach from a police force to a voluntary body. It concerns Police to Charity." in (
        evidence_of(finding)
    )


def test_powers_that_reach_nobody_are_one_change() -> None:
    nobody = gateway("nobody", recipient_kinds=["icb"])
    (finding,) = _found(
        "agreement-defective", records(), nobody, share(parties=BOTH, basis=basis(gateways=["nobody"]))
    )

    assert len(finding.evidence) == 2
    assert finding.remedy == (
        "Name powers that reach between the bodies listed above in 'gateways' in agreement/share.yaml."
    )


@pytest.mark.parametrize(
    "told_elsewhere",
    [{"ends": "2026-11-22", "retention_days": None}, {"starts": "2026-11-24"}, {"scenarios": ["other"]}],
)
def test_what_the_dates_or_the_scenario_say_is_told_elsewhere(told_elsewhere: Fields) -> None:
    assert _found("agreement-defective", records(), share(**told_elsewhere)) == []


def test_a_basis_that_several_receivers_may_not_use_is_one_change_that_they_can_clear() -> None:
    gives = [body("charity"), body("council"), body("probation", public_authority="unknown")]
    shared = share(
        parties=[
            party("charity", gives=True),
            *(party(one, receives=True) for one in ("council", "probation")),
        ],
        basis=basis(article_6="6(1)(f) legitimate interests"),
    )
    (finding,) = _found("agreement-defective", *gives, records(created_by="charity"), shared)

    assert len(finding.evidence) == 2
    assert finding.remedy == (
        "Beside what stands in 'article_6' in agreement/share.yaml, write the basis that Council and "
        "Probation have, such as '6(1)(e) public task'."
    )
    assert finding.cleared_by == ("charity", "council", "probation")


def test_one_agreement_is_asked_for_all_who_have_none() -> None:
    uses = [{"agency": one, "decision": "Whom to visit."} for one in ("council", "charity")]
    (finding,) = _found("flow-not-covered", records(consumedBy=uses))

    assert finding.remedy.startswith(
        "Write an agreement in agreements/ that grants it, with Police, Charity and Council as parties. If"
    )


def test_a_protocol_that_grants_data_is_a_gap() -> None:
    (finding,) = _found("agreement-defective", records(), share(tier="protocol"))

    assert "a protocol or a memorandum alone is no agreement to share" in evidence_of(finding)


def test_personal_data_that_flow_without_an_agreement_are_found_once_a_dataset() -> None:
    uses = [{"agency": one, "decision": "Whom to visit."} for one in ("council", "charity")]
    (finding,) = _found("flow-not-covered", records(consumedBy=uses))

    assert finding.about == ("dataset", "calls")
    assert finding.title == "'Dataset calls' goes to Charity and Council, and no agreement covers that."
    assert len(finding.evidence) == 2


def test_columns_that_flow_and_are_not_let_through_are_found() -> None:
    (finding,) = _found("flow-not-covered", records(), share(grants=ONE_COLUMN))

    assert finding.title.endswith("goes to Council, and no agreement covers all of its columns.")
    assert "It does not let 'risk' of 'Dataset calls' through." in evidence_of(finding)


@pytest.mark.parametrize(
    "parts",
    [
        (records(subjects="areas"),),
        (records(consumedBy=[]),),
        (records(), share(ends="2026-11-22", grants=ONE_COLUMN)),
        (
            records(consumedBy=[{"agency": "council", "decision": "x", "columns": ["person"]}]),
            share(grants=ONE_COLUMN),
        ),
    ],
)
def test_figures_what_only_is_wanted_what_ended_and_what_is_covered_are_not(
    parts: tuple[object, ...],
) -> None:
    assert _found("flow-not-covered", *parts) == []


def _refusal(**fields: Any) -> Meeting:
    decision = {
        "id": "d-1",
        "question": "May the school know?",
        "verdict": "refused",
        "reason": "It is busy.",
        "by": "police-post",
        "gateway": CHILD_WELFARE_DUTY,
    }
    return Meeting.model_validate(
        {"id": "m", "title": "M", "on": "2026-10-05", "decisions": [decision | fields]}
    )


def _refusals(*parts: object, **fields: Any) -> list[Any]:
    return _found("refusal-without-reason", *parts, meetings=(_refusal(**fields),))


def test_a_refusal_under_the_childrens_duty_says_why_sharing_would_harm_more() -> None:
    (finding,) = _refusals()

    assert finding.about == ("decision", "d-1")
    assert (finding.agencies, finding.severity) == (("police",), "high")
    assert "May the school know? Post police-post refused, and said: It is busy." in evidence_of(finding)


def test_an_agreement_that_rests_on_the_duty_brings_the_refusal_under_it() -> None:
    under = share(basis=basis(gateways=[CHILD_WELFARE_DUTY]))

    assert _refusals(records(), under, gateway=None, concerning={"agreements": ["share"]})
    assert not _refusals(records(), share(), gateway=None, concerning={"agreements": ["share"]})


@pytest.mark.parametrize("fields", [{"detriment": "It would tell the abuser."}, {"verdict": "agreed"}])
def test_a_reasoned_refusal_and_an_agreement_are_no_finding(fields: Fields) -> None:
    assert _refusals(**fields) == []


def test_a_body_that_the_duty_does_not_bind_owes_no_such_reason() -> None:
    bound = gateway(CHILD_WELFARE_DUTY, provider_kinds=["local_authority"])

    assert _refusals(bound) == []
    assert _refusals(bound, by="council-post")


def test_what_no_post_has_verified_is_one_finding_for_the_whole_partnership() -> None:
    unverified = share("a", basis=basis(verified_by=None, gateways=["any.power", "cda98.s115"]))
    (finding,) = _found("footing-unverified", records(), unverified, share("b"))

    assert finding.about == ("partnership", "test")
    assert finding.title == "The legal footing of 1 agreement has not been verified by any named post."
    assert "no post has verified the footing; not checked against the law: cda98.s115" in evidence_of(finding)


def test_a_verified_footing_on_an_unchecked_row_is_unverified_all_the_same() -> None:
    (finding,) = _found("footing-unverified", records(), share(basis=basis(gateways=["cda98.s115"])))

    assert "'Agreement share': not checked against the law: cda98.s115." in evidence_of(finding)
