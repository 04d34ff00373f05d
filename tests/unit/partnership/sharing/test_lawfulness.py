from datetime import date

import pytest

from roundtable.partnership.sharing.flows import flows_of_need
from roundtable.partnership.sharing.lawfulness import check
from tests.factories import need, scenario
from tests.factories_sharing import (
    Fields,
    basis,
    body,
    gateway,
    party,
    records,
    rules,
    share,
    study,
    today,
    verdict,
)

ONE_COLUMN = [{"dataset": "calls", "table": "rows", "columns": ["person"]}]
THE_OTHER = [{"dataset": "calls", "table": "rows", "columns": ["risk"]}]


def test_a_whole_agreement_makes_the_flow_lawful() -> None:
    found = verdict(share())

    assert (found.lawful, found.agreement, found.verified, found.faults) == (True, "share", True, ())


def test_without_an_agreement_it_is_not() -> None:
    found = verdict()

    assert (found.lawful, found.agreement, found.verified) == (False, None, False)
    assert found.faults[0].what == "No agreement gives 'Dataset calls' from Police to Council."
    assert found.faults[0].place.file == "dataset/calls.yaml"


def test_an_agreement_with_another_receiver_is_named_in_the_change() -> None:
    others = share(parties=[party("police", gives=True), party("charity", receives=True)])
    found = verdict(others)

    assert [fault.rule for fault in found.faults] == ["no-agreement"]
    assert found.faults[0].change == (
        "Have Council sign 'share' as a party that receives; or write an agreement of their own."
    )


@pytest.mark.parametrize(
    "spoilt",
    [
        {"basis": basis(gateways=["dpa18.sch1.p18"])},
        {"retention_days": None},
        {"ends": "2026-11-22"},
        {"starts": "2026-11-24"},
        {"tier": "protocol"},
        {"grants": ONE_COLUMN},
        {"basis": basis(gateways=["only.charity"])},
        {"parties": [party("police", gives=True), party("charity", receives=True, signed_on=None)]},
        {"parties": [party("police", gives=True), party("charity", receives=True), party("probation")]},
    ],
)
def test_an_agreement_that_is_not_sound_or_would_not_reach_is_never_proposed(spoilt: Fields) -> None:
    parties = [party("police", gives=True), party("charity", receives=True)]
    gone = body("probation", to="2026-11-22")
    only_charity = gateway("only.charity", recipient_kinds=["vcse"])
    fields: Fields = {"parties": parties} | spoilt
    (fault,) = verdict(gone, only_charity, share(**fields)).faults

    assert fault.change == (
        "Write an agreement in agreements/ that grants it, with Police and Council as parties."
    )


@pytest.mark.parametrize(
    ("spoilt", "rule"),
    [
        ({"tier": "protocol"}, "protocol-alone"),
        ({"ends": "2026-11-22"}, "not-in-force"),
        ({"starts": "2026-11-24"}, "not-in-force"),
        ({"retention_days": None}, "no-retention"),
        ({"review_by": None}, "no-review"),
        ({"grants": ONE_COLUMN}, "columns-not-covered"),
        (
            {"parties": [party("police", gives=True, signed_on=None), party("council", receives=True)]},
            "not-signed",
        ),
        (
            {"parties": [party("police", gives=True, signed_by=None), party("council", receives=True)]},
            "not-signed",
        ),
        (
            {
                "parties": [
                    party("police", gives=True),
                    party("council", receives=True, signed_on="2026-11-24"),
                ]
            },
            "not-signed",
        ),
        (
            {
                "parties": [
                    party("police", gives=True, signed_by="council-post"),
                    party("council", receives=True),
                ]
            },
            "not-signed",
        ),
    ],
)
def test_one_thing_amiss_is_one_fault(spoilt: Fields, rule: str) -> None:
    assert rules(share(**spoilt)) == [rule]


def test_a_fault_says_what_where_and_how_to_mend_it() -> None:
    (fault,) = verdict(share(grants=ONE_COLUMN)).faults

    assert fault.what == "It does not let 'risk' of 'Dataset calls' through."
    assert fault.place.file == "agreement/share.yaml"
    assert "add 'risk' to the columns it grants in agreement/share.yaml" in fault.change


def test_two_faultless_agreements_may_cover_the_columns_together() -> None:
    assert verdict(share("a", grants=ONE_COLUMN), share("b", grants=THE_OTHER)).lawful
    assert not verdict(share("a", grants=ONE_COLUMN), share("b", grants=THE_OTHER, ends="2026-11-22")).lawful


def test_the_agreement_with_the_fewest_faults_is_the_nearest() -> None:
    found = verdict(share("a", ends="2026-11-22", retention_days=None), share("b", retention_days=None))

    assert (found.agreement, [fault.rule for fault in found.faults]) == ("b", ["no-retention"])


def test_an_agreement_for_other_scenarios_is_not_stretched_to_a_need() -> None:
    wants = scenario(needs=[need("n", "calls", fields=["risk"])])
    built = study(records(consumedBy=[]), wants, scenario("other"), share(scenarios=["other"]))
    (flow,) = flows_of_need(built, "n")

    assert [fault.rule for fault in check(built, flow).faults] == ["other-scenario"]


def test_what_serves_other_scenarios_is_named_by_its_title() -> None:
    wants = scenario(needs=[need("n", "calls", fields=["risk"])])
    built = study(records(consumedBy=[]), wants, scenario("other"), share(scenarios=["other"]))
    (flow,) = flows_of_need(built, "n")

    assert [fault.what for fault in check(built, flow).faults] == [
        "'Agreement share' is for other scenarios and not for 'The scenario alone'."
    ]


def test_a_party_that_has_ended_cannot_give() -> None:
    ended = body("police", to="2026-11-22", successor="charity")
    (fault,) = verdict(ended, share()).faults

    assert fault.rule == "party-ended"
    assert "Have 'charity' sign" in fault.change


@pytest.mark.parametrize(
    "unchecked",
    [
        {"basis": basis(verified_by=None)},
        {"basis": basis(verified_on=None)},
        {"basis": basis(verified_on="2026-11-24")},
        {"basis": basis(gateways=["any.power", "dpa18.sch1.p18"])},
    ],
)
def test_a_lawful_flow_is_unverified_until_a_post_has_checked_all_it_rests_on(unchecked: Fields) -> None:
    found = verdict(share(**unchecked))

    assert (found.lawful, found.verified) == (True, False)


@pytest.mark.parametrize("left_out", ["checked_by", "checked_on"])
def test_a_row_is_checked_by_somebody_on_some_day(left_out: str) -> None:
    unchecked: Fields = {left_out: None}

    assert not verdict(gateway(**unchecked), share()).verified


def test_figures_about_areas_need_an_agreement_and_no_footing() -> None:
    counts = records(subjects="areas")
    plain = share(basis={"regime": "not_personal"}, retention_days=None, review_by=None)

    assert rules(counts) == ["no-agreement"]
    assert rules(counts, plain) == []


def test_an_open_licence_serves_any_receiver_unsigned_for_all_that_is_published() -> None:
    counts = records(subjects="areas")
    licence = share(
        tier="open_licence",
        parties=[party("police", gives=True, signed_on=None, signed_by=None)],
        grants=ONE_COLUMN,
        basis={"regime": "not_personal"},
    )

    assert rules(counts, licence) == []
    assert "columns-not-covered" in rules(records(), licence)


def test_it_is_judged_by_the_day_that_the_folder_describes() -> None:
    assert rules(share(), as_of=date(2028, 1, 1)) == ["not-in-force"]
    assert rules(share(), as_of=date(2027, 12, 31)) == []


def test_a_flow_that_stands_in_no_folder_is_checked_like_any_other() -> None:
    built = study(records(consumedBy=[]), share())
    flow = today(study(records()))

    assert check(built, flow).lawful


@pytest.mark.parametrize(
    ("fields", "rule", "what"),
    [
        ({"withdrawn_on": "2026-11-23"}, "not-in-force", "It was withdrawn on 23 November 2026."),
        (
            {"suspended": [{"from": "2026-11-01", "by": "police-post", "reason": "A breach."}]},
            "not-in-force",
            "It has been suspended since 1 November 2026: A breach.",
        ),
        (
            {
                "parties": [
                    party("police", gives=True),
                    party("council", receives=True, withdrawn_on="2026-11-23"),
                ]
            },
            "party-withdrawn",
            "Council withdrew from it on 23 November 2026.",
        ),
    ],
)
def test_an_agreement_that_was_left_or_stands_still_carries_nothing(
    fields: Fields, rule: str, what: str
) -> None:
    (fault,) = verdict(share(**fields)).faults
    assert (fault.rule, fault.what) == (rule, what)
