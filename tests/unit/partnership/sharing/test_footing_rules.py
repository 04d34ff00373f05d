import pytest

from roundtable.partnership.model.meeting import Meeting
from tests.factories_sharing import Fields, basis, body, party, records, rules, share, verdict

PLAIN: Fields = {"specialCategory": False, "criminalOffence": False}
TO_PROBATION = {"consumedBy": [{"agency": "council", "decision": "Whom to visit."}]}


@pytest.mark.parametrize(
    ("spoilt", "rule"),
    [
        ({"regime": "not_personal"}, "regime-not-personal"),
        ({"article_6": None}, "no-lawful-basis"),
        ({"article_6": "as agreed"}, "no-lawful-basis"),
        ({"article_9": None}, "no-article-9-condition"),
        ({"schedule_1": None}, "no-schedule-1-condition"),
        ({"appropriate_policy_document": False}, "no-policy-document"),
        ({"impact_assessment": None}, "no-impact-assessment"),
    ],
)
def test_each_part_of_the_footing_is_asked_for(spoilt: Fields, rule: str) -> None:
    assert rules(share(basis=basis(**spoilt))) == [rule]


@pytest.mark.parametrize("special", [True, "unknown"])
def test_special_category_data_need_a_condition_and_unknown_counts(special: bool | str) -> None:
    spoilt = share(basis=basis(article_9=None))

    assert rules(records(specialCategory=special, criminalOffence=False), spoilt) == [
        "no-article-9-condition"
    ]
    assert rules(records(**PLAIN), spoilt) == []


def test_substantial_public_interest_needs_its_schedule_and_policy_even_for_plain_data() -> None:
    spoilt = share(basis=basis(schedule_1=None, appropriate_policy_document=False))

    assert rules(records(**PLAIN), spoilt) == ["no-schedule-1-condition", "no-policy-document"]


def test_care_needs_no_schedule_1_unless_offences_are_told() -> None:
    care = share(basis=basis(article_9="9(2)(h) care", schedule_1=None, appropriate_policy_document=False))

    assert rules(records(criminalOffence=False), care) == []
    assert rules(records(), care) == ["no-schedule-1-condition"]


def test_a_condition_may_be_named_as_a_row_of_the_table() -> None:
    assert rules(share(basis=basis(schedule_1=None, gateways=["any.power", "dpa18.sch1.p18"]))) == []


@pytest.mark.parametrize(
    "recognised",
    [{"article_6": "6(1)(ea)"}, {"article_6": None, "gateways": ["any.power", "ukgdpr.6.1.ea"]}],
)
def test_a_police_force_may_not_rest_on_a_recognised_legitimate_interest(recognised: Fields) -> None:
    """Acceptance check 7."""
    to_a_charity = body("council", kind="vcse", public_authority=False)
    (fault,) = verdict(to_a_charity, share(basis=basis(**recognised))).faults

    assert fault.rule == "public-authority-on-private-basis"
    assert (
        fault.what == "Police is a public authority, and it may not rest on article 6(1)(ea) for its tasks."
    )


def test_whoever_may_be_a_public_authority_may_not_rest_on_it_either() -> None:
    bodies = [body("police", public_authority="unknown"), body("council", public_authority=False)]
    (fault,) = verdict(*bodies, share(basis=basis(article_6="6(1)(f)"))).faults

    assert "Whether Police is a public authority is unknown" in fault.what


def test_two_private_bodies_may_rest_on_it_and_so_may_one_beside_a_public_task() -> None:
    private = [body("police", public_authority=False), body("council", public_authority=False)]

    assert rules(*private, share(basis=basis(article_6="6(1)(ea)"))) == []
    assert rules(share(basis=basis(article_6="6(1)(ea) for the one, 6(1)(e) for the other"))) == []


PART_3 = basis(regime="dpa_2018_part_3", article_6=None, article_9=None, gateways=["any.power", "dpa18.sch8"])
TO_A_PRISON = body("council", kind="prison")


def test_competent_authorities_may_share_under_part_3() -> None:
    assert rules(TO_A_PRISON, share(basis=PART_3)) == []


def test_part_3_is_for_competent_authorities() -> None:
    assert rules(TO_A_PRISON, body("police", kind="vcse"), share(basis=PART_3)) == [
        "not-a-competent-authority"
    ]


def test_sensitive_processing_needs_schedule_8_and_a_policy() -> None:
    spoilt = PART_3 | {"gateways": ["any.power"], "appropriate_policy_document": False}

    assert rules(TO_A_PRISON, share(basis=spoilt)) == ["no-schedule-8-condition", "no-policy-document"]
    assert rules(TO_A_PRISON, records(**PLAIN), share(basis=spoilt)) == []


def _meeting(on: str = "2026-10-05", **fields: object) -> Meeting:
    decision = {
        "id": "d-1",
        "question": "May the council have them?",
        "verdict": "agreed",
        "reason": "The Act says so.",
        "by": "police-post",
        "gateway": "any.power",
        "concerning": {"agreements": ["share"]},
    }
    return Meeting.model_validate({"id": "m", "title": "M", "on": on, "decisions": [decision | fields]})


def test_leaving_part_3_needs_a_recorded_authority() -> None:
    assert rules(share(basis=PART_3)) == ["crossing-regimes"]
    assert rules(share(basis=PART_3), meetings=(_meeting(),)) == []


@pytest.mark.parametrize(
    "no_authority",
    [
        _meeting(on="2026-11-24"),
        _meeting(verdict="deferred"),
        _meeting(gateway=None),
        _meeting(concerning={}),
    ],
)
def test_only_a_decision_that_agrees_says_by_what_and_has_been_taken_is_one(no_authority: Meeting) -> None:
    assert rules(share(basis=PART_3), meetings=(no_authority,)) == ["crossing-regimes"]


def test_what_is_amiss_is_told_all_at_once() -> None:
    bare = share(basis={"regime": "uk_gdpr"}, retention_days=None, review_by=None)

    assert rules(bare) == [
        "no-gateway",
        "no-lawful-basis",
        "no-article-9-condition",
        "no-schedule-1-condition",
        "no-impact-assessment",
        "no-retention",
        "no-review",
    ]


def test_signing_by_a_party_is_asked_of_joint_controllers_too() -> None:
    parties = [
        party("police", gives=True),
        party("council", receives=True, role="joint_controller", signed_on=None),
    ]

    assert rules(share(parties=parties)) == ["not-signed"]
