from typing import Any

import pytest

from roundtable.partnership.sharing.faults import FlowCheck
from roundtable.partnership.sharing.lawfulness import check
from tests.factories import scenario
from tests.factories_sharing import (
    Fields,
    basis,
    gateway,
    party,
    records,
    rules,
    share,
    shipped_gateways,
    study,
    today,
    verdict,
)

TO_CHARITY = [party("police", gives=True), party("charity", receives=True)]
FOR_CHARITY = records(consumedBy=[{"agency": "charity", "decision": "Whom to call."}])


def _to_the_charity(*parts: object, **fields: Any) -> FlowCheck:
    built = study(FOR_CHARITY, share(**({"parties": TO_CHARITY} | fields)), *parts)
    return check(built, today(built, target="charity"))


@pytest.mark.parametrize(
    ("row", "nature"),
    [
        ("cda98.s17", "a duty, and a duty is no power to share"),
        ("cl.conf", "a limit"),
        ("dpa18.sch1.p18", "a condition"),
        ("dpa18.part3", "a regime"),
        ("ukgdpr.6.1.e", "a lawful basis"),
        ("ogl.v3", "a licence, which does not reach personal data"),
    ],
)
def test_a_duty_a_limit_a_condition_a_regime_a_basis_or_a_licence_alone_is_no_gateway(
    row: str, nature: str
) -> None:
    (fault,) = verdict(share(basis=basis(gateways=[row]))).faults
    (title,) = (one.title for one in shipped_gateways() if one.id == row)

    assert fault.rule == "no-gateway"
    assert fault.what == f"It names no power to share personal data: '{title}' is {nature}."


def test_no_provision_at_all_is_no_gateway() -> None:
    (fault,) = verdict(share(basis=basis(gateways=[]))).faults

    assert "it names no provision at all" in fault.what


@pytest.mark.parametrize("nature", ["power", "duty_to_share"])
def test_a_power_and_a_duty_to_share_carry_data(nature: str) -> None:
    assert rules(gateway(nature=nature), share()) == []


@pytest.mark.parametrize(
    ("limits", "expected"),
    [
        ({"provider_kinds": ["police"], "recipient_kinds": ["local_authority"]}, []),
        ({"provider_kinds": ["icb"]}, ["gateway-parties"]),
        ({"recipient_kinds": ["icb"]}, ["gateway-parties"]),
        ({"purposes": ["safeguarding_adults"]}, []),
        ({"purposes": ["crisis_care"]}, ["gateway-purpose"]),
        ({"in_force_from": "2026-11-23"}, []),
        ({"in_force_from": "2026-11-24"}, ["gateway-not-in-force"]),
        ({"in_force_to": "2026-11-23"}, []),
        ({"in_force_to": "2026-11-22"}, ["gateway-not-in-force"]),
    ],
)
def test_a_power_reaches_the_bodies_purposes_and_days_that_its_row_says(
    limits: Fields, expected: list[str]
) -> None:
    assert rules(gateway(**limits), share()) == expected


def test_every_purpose_needs_a_power_and_two_powers_may_serve_two() -> None:
    adults, care = gateway("a", purposes=["safeguarding_adults"]), gateway("b", purposes=["crisis_care"])
    both = ["safeguarding_adults", "crisis_care"]

    assert rules(adults, care, share(purposes=both, basis=basis(gateways=["a"]))) == ["gateway-purpose"]
    assert rules(adults, care, share(purposes=both, basis=basis(gateways=["a", "b"]))) == []


def test_one_power_that_reaches_is_enough() -> None:
    elsewhere = gateway("elsewhere", recipient_kinds=["icb"])

    assert rules(elsewhere, share(basis=basis(gateways=["elsewhere", "any.power"]))) == []


def test_section_115_reaches_a_council_and_no_voluntary_body() -> None:
    crime: Fields = {"purposes": ["domestic_abuse_response"], "basis": basis(gateways=["cda98.s115"])}
    (fault,) = _to_the_charity(**crime).faults

    assert rules(share(**crime)) == []
    assert fault.rule == "gateway-parties"
    assert "section 115' gives no power to disclose to a voluntary body" in fault.what


def test_a_processor_acts_for_the_giver_and_needs_no_power() -> None:
    parties = [party("police", gives=True), party("charity", receives=True, role="processor")]

    assert _to_the_charity(parties=parties, basis=basis(gateways=[])).lawful


DISADVANTAGES: Fields = {"scenarios": ["alone"], "basis": basis(gateways=["dea17.s35.md"])}


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        ([], ["disadvantage-factors"]),
        (["homelessness"], ["disadvantage-factors"]),
        (["homelessness", "loneliness"], ["disadvantage-factors"]),
        (["homelessness", "ill-health"], []),
    ],
)
def test_section_35_needs_two_of_the_listed_factors(shown: list[str], expected: list[str]) -> None:
    assert rules(scenario(dea_factors=shown), share(**DISADVANTAGES)) == expected


def test_section_35_needs_a_scenario_that_shows_them() -> None:
    (fault,) = verdict(share(basis=DISADVANTAGES["basis"])).faults

    assert fault.rule == "disadvantage-factors"
    assert "no scenario shows which" in fault.what


def test_section_35_needs_both_bodies_on_its_schedule() -> None:
    shown = scenario(dea_factors=["homelessness", "ill-health"])

    assert [fault.rule for fault in _to_the_charity(shown, **DISADVANTAGES).faults] == ["gateway-parties"]
