from datetime import date
from typing import Any

import pytest

from roundtable.partnership.findings.knock_out import KnockOut, footings, knock_out
from roundtable.partnership.findings.single_points import find, flow_network, sole_skills
from roundtable.partnership.model.strict import Kind
from roundtable.partnership.model.whole import Partnership
from roundtable.partnership.study import Study
from tests.factories import (
    ASSERTED,
    agency,
    agreement,
    dataset,
    need,
    partnership,
    party,
    risk,
    role,
    scenario,
    service,
    skill,
)
from tests.unit.partnership.findings.found import about, evidence_of, the_one

LIFTING = [{"skill": "lifting", "level": 3}]


def _factor(id: str) -> dict[str, Any]:
    return {"id": id, "label": id.capitalize(), "kind": "state", "asserted": ASSERTED}


def _does(id: str, provider: str, factor: str, **fields: Any) -> object:
    effects = [{"factor": factor, "size": -0.2, "evidence": "none", "source": "A guess"}]
    return service(id, provider=provider, effects=effects, **fields)


def _without(built: Partnership, part: tuple[Kind, str]) -> list[KnockOut]:
    return [one for one in knock_out(Study(built)) if (one.kind, one.id) == part]


def _broken(built: Partnership, kind: Kind, thing: str) -> tuple[str, ...]:
    return next((one.scenarios for one in _without(built, (kind, thing))), ())


def _four_scenarios(**fire: Any) -> Partnership:
    """Fire alone works in `one`, alone is able in `two`, shares `three` with the council; none in `four`."""
    return partnership(
        agency("fire", skills=[skill("lifting", 3)], **fire),
        agency("council", skills=[skill("lifting", 2)], roles=[role("lead")]),
        scenario("one", factors=[_factor("dark")]),
        scenario("two", factors=[], risks=[risk("fall", "lead", requires=LIFTING)]),
        scenario("three", factors=[_factor("cold")]),
        scenario("four", factors=[_factor("noise")]),
        _does("lamps", "fire", "dark", requires=LIFTING),
        _does("heaters", "fire", "cold"),
        _does("coats", "council", "cold"),
        _does("quiet", "council", "noise"),
    )


def test_removing_the_sole_provider_lists_exactly_the_scenarios_that_break() -> None:
    assert _broken(_four_scenarios(), Kind.AGENCY, "fire") == ("one", "two")


def test_what_is_listed_is_what_no_longer_holds_when_the_agency_has_really_gone() -> None:
    before = {footing.loss for footing in footings(Study(_four_scenarios()))}
    after = {footing.loss for footing in footings(Study(_four_scenarios(to=date(2026, 1, 1))))}

    (fire,) = _without(_four_scenarios(), (Kind.AGENCY, "fire"))
    assert set(fire.losses) == before - after
    assert _without(_four_scenarios(to=date(2026, 1, 1)), (Kind.AGENCY, "fire")) == []


def test_a_second_provider_keeps_the_scenario_standing() -> None:
    built = _four_scenarios()
    assert "three" not in _broken(built, Kind.AGENCY, "fire")
    assert "three" not in _broken(built, Kind.AGENCY, "council")


def test_losses_say_what_would_be_lost() -> None:
    (fire,) = _without(_four_scenarios(), (Kind.AGENCY, "fire"))

    assert [loss.text for loss in fire.losses] == [
        "nobody would work on 'Dark'",
        "nobody would have 'Lifting' at level 3, which the risk of 'Outcome harm' takes",
    ]
    assert fire.name == "Fire"


@pytest.mark.parametrize(
    ("deputy", "broken"),
    [({}, ("alone",)), ({"deputy": "second"}, ()), ({"deputy": "absent"}, ("alone",))],
)
def test_a_filled_deputy_keeps_a_risk_led(deputy: dict[str, str], broken: tuple[str, ...]) -> None:
    posts = [role("lead", **deputy), role("second"), role("absent", vacant_since="2026-01-01")]
    built = partnership(agency("council", roles=posts), scenario(risks=[risk("fall", "lead")]))

    assert _broken(built, Kind.ROLE, "lead") == broken
    # A deputy of the same agency goes with it.
    assert _broken(built, Kind.AGENCY, "council") == ("alone",)


def test_what_holds_for_nobody_today_cannot_break() -> None:
    posts = [role("lead", vacant_since="2026-01-01")]
    built = partnership(
        agency("council", roles=posts),
        scenario(risks=[risk("fall", "lead", requires=LIFTING)], needs=[need("n", "visits")]),
        dataset("visits", "fire"),
    )

    assert knock_out(Study(built)) == ()


def _known(*datasets: str, essential: bool = True) -> Partnership:
    return partnership(
        scenario(needs=[need("n", *datasets, essential=essential)]),
        dataset("own", "council"),
        dataset("visits", "fire"),
        agreement("open", "visits", tier="open_licence", basis={"regime": "not_personal"}, licence="OGL"),
    )


def test_a_need_met_by_one_dataset_breaks_with_it_and_with_its_creator() -> None:
    found = {(one.kind, one.id) for one in knock_out(Study(_known("visits")))}
    assert found == {(Kind.DATASET, "visits"), (Kind.AGENCY, "fire")}


def test_a_second_dataset_keeps_a_need_met() -> None:
    assert knock_out(Study(_known("own", "visits"))) == ()


def test_a_need_goes_with_its_agency_and_so_its_own_data_break_nothing_more() -> None:
    assert [(one.kind, one.id) for one in knock_out(Study(_known("own")))] == [(Kind.DATASET, "own")]


def test_a_need_that_is_not_essential_breaks_nothing() -> None:
    assert knock_out(Study(_known("visits", essential=False))) == ()


def test_what_breaks_most_comes_first() -> None:
    found = [(one.kind, one.id) for one in knock_out(Study(_four_scenarios()))]
    assert found == [(Kind.AGENCY, "council"), (Kind.AGENCY, "fire"), (Kind.ROLE, "lead")]


def test_a_skill_that_one_agency_alone_has_is_listed_with_who_takes_it() -> None:
    (sole,) = sole_skills(Study(_four_scenarios()))
    assert (sole.agency, sole.skill, sole.level) == ("fire", "lifting", 3)
    assert (sole.risks, sole.services) == (("fall",), ("lamps",))


def test_a_sole_provider_is_one_finding_however_much_it_alone_can_do() -> None:
    finding = the_one(_four_scenarios(), "skill-sole-provider")

    assert finding.about == ("agency", "fire")
    assert finding.title == (
        "Fire alone has 'Lifting' at the level that is asked for, and 2 scenarios would break without it."
    )
    assert "'Lifting' at level 3 is taken by 1 risk and 'Service lamps'." in evidence_of(finding)
    assert finding.cleared_by == ("council", "fire")


def test_a_second_agency_with_the_skill_clears_it() -> None:
    built = _four_scenarios()
    able = partnership(
        *(a for a in built.agencies if a.id != "council"),
        agency("council", skills=[skill("lifting", 3)], roles=[role("lead")]),
        *built.scenarios,
        *built.services,
    )

    assert about(able, "skill-sole-provider") == []
    assert sole_skills(Study(able)) == ()


def test_a_skill_that_a_risk_takes_is_found_in_one_scenario() -> None:
    built = partnership(
        agency("fire", skills=[skill("lifting", 3)]), scenario(risks=[risk("fall", requires=LIFTING)])
    )

    assert about(built, "skill-sole-provider") == ["fire"]


def test_a_skill_for_a_service_that_does_not_run_is_not_asked_for() -> None:
    closed = _does("lamps", "fire", "isolation", requires=LIFTING, status="defunct")
    built = partnership(agency("fire", skills=[skill("lifting", 3)]), scenario(), closed)

    assert sole_skills(Study(built)) == ()


def test_a_skill_that_one_service_in_one_scenario_takes_is_in_the_table_and_no_finding() -> None:
    built = partnership(
        agency("fire", skills=[skill("lifting", 3)]),
        scenario(factors=[_factor("dark")]),
        _does("lamps", "fire", "dark", requires=LIFTING),
    )

    assert len(sole_skills(Study(built))) == 1
    assert list(find(Study(built))) == []


def test_a_post_that_leads_two_risks_with_nobody_to_stand_in_is_found() -> None:
    posts = [role("lead"), role("other", deputy="lead")]
    risks = [risk("fall", "lead"), risk("fire", "lead"), risk("flood", "other")]
    signs = [party("fire", gives=True) | {"signed_by": "lead"}, party("council", receives=True)]
    built = partnership(
        agency("council", roles=posts),
        scenario(risks=risks),
        agreement("a", contact="lead"),
        agreement("b", parties=signs),
    )

    finding = the_one(built, "post-single-point")
    assert finding.about == ("role", "lead")
    assert "alone leads 2 risks" in finding.title
    said = evidence_of(finding)
    assert "It also signs 1 agreement, is the contact for 1 agreement and is the deputy of 1 post." in said
    assert "'Post lead' names no deputy." in said


@pytest.mark.parametrize("deputy", [None, "second"])
def test_one_risk_or_a_deputy_is_no_finding(deputy: str | None) -> None:
    risks = [risk("fall", "lead"), *([risk("fire", "lead")] if deputy else [])]
    posts = [role("lead", deputy=deputy), role("second")]

    assert (
        about(partnership(agency("council", roles=posts), scenario(risks=risks)), "post-single-point") == []
    )


def test_a_dataset_on_which_two_scenarios_rest_is_found() -> None:
    built = partnership(
        scenario("one", needs=[need("n", "own")]),
        scenario("two", factors=[], needs=[need("m", "own")]),
        dataset("own", "council"),
    )

    finding = the_one(built, "dataset-single-source")
    assert finding.title == "2 scenarios can know what they need from 'Dataset own' alone."
    assert finding.about == ("dataset", "own")
    assert about(_known("own"), "dataset-single-source") == []


def _used(id: str, by: str, *users: str) -> object:
    terms = {
        "createdBy": by,
        "subjects": "areas",
        "specialCategory": False,
        "criminalOffence": False,
        "consumedBy": [{"agency": user, "decision": "Where to go."} for user in users],
    }
    return dataset(id, by, customProperties=[{"property": "roundtable", "value": terms}])


def test_the_network_of_flows_says_first_how_complete_it_is() -> None:
    """Of two needs none has a flow, of three datasets two have a use. The council joins the two others."""
    built = partnership(
        agency("icb"),
        scenario(needs=[need("met", "visits", agency="icb"), need("unmet", "beds")]),
        _used("visits", "fire", "council"),
        _used("calls", "council", "icb", "council"),
        _used("beds", "icb"),
    )

    network = flow_network(Study(built))
    assert (network.needs, network.needs_with_flow) == (2, 0)
    assert (network.datasets, network.datasets_with_use) == (3, 2)
    assert network.completeness == pytest.approx(2 / 5)
    hub = network.places[0]
    assert (hub.agency, hub.gives, hub.takes, hub.cut_off) == ("council", 1, 1, ("icb",))
    assert hub.between == pytest.approx(1 / 2)
    assert [place.cut_off for place in network.places[1:]] == [(), ()]


def test_a_need_for_what_flows_or_is_ones_own_has_its_flow() -> None:
    built = partnership(
        scenario(needs=[need("flows", "visits"), need("own", "calls"), need("none")]),
        _used("visits", "fire", "council"),
        _used("calls", "council"),
    )

    assert flow_network(Study(built)).needs_with_flow == 2


def test_an_empty_partnership_rests_on_nothing() -> None:
    study = Study(partnership())

    assert (knock_out(study), sole_skills(study), list(find(study))) == ((), (), [])
    assert flow_network(study).completeness is None
    assert flow_network(study).places == ()
