from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from roundtable.partnership.model.whole import Partnership
from roundtable.partnership.sharing.classes import ClassedNeed, NeedClass, need_class
from roundtable.partnership.sharing.flows import flows_of_need
from roundtable.partnership.sharing.interoperability import legal_level
from roundtable.partnership.study import Study
from tests.factories import need, scenario
from tests.factories_sharing import Fields, basis, party, records, share, table

WANTS: Fields = {"fields": ["person", "risk"], "granularity": "person", "max_age_days": 7}


def _classed(built: Partnership) -> ClassedNeed:
    ((story, wanted),) = built.needs()
    return need_class(Study(built, samples=0), story, wanted)


def _class(*parts: object, **fields: Any) -> NeedClass:
    named = fields.pop("datasets", ["calls"])
    return _classed(table(*parts, scenario(needs=[need("n", *named, **(WANTS | fields))]))).kind


def test_what_may_be_shared_and_serves_is_available() -> None:
    found = _classed(table(records(), share(), scenario(needs=[need("n", "calls", **WANTS)])))

    assert found == ClassedNeed(
        NeedClass.AVAILABLE, "calls", "share", "It may be shared and it is.", verified=True
    )


def test_what_the_agency_creates_itself_needs_no_agreement() -> None:
    assert _class(records(created_by="council")) is NeedClass.AVAILABLE


@pytest.mark.parametrize(
    ("spoilt", "expected"),
    [
        ({"ends": "2026-11-22"}, NeedClass.AGREEMENT_NEEDED),
        ({"scenarios": ["other"]}, NeedClass.AGREEMENT_NEEDED),
        ({"retention_days": None}, NeedClass.AGREEMENT_NEEDED),
        ({"grants": [{"dataset": "calls", "table": "rows", "columns": ["person"]}]}, NeedClass.FIELD_MISSING),
        ({"basis": basis(gateways=["cda98.s17"])}, NeedClass.NO_GATEWAY),
        (
            {"parties": [party("police", gives=True), party("charity", receives=True)]},
            NeedClass.SHARED_ELSEWHERE,
        ),
        (
            {"parties": [party("police", gives=True), party("charity", receives=True)], "ends": "2026-11-22"},
            NeedClass.AGREEMENT_NEEDED,
        ),
    ],
)
def test_what_is_wrong_with_the_agreement_decides_the_class(spoilt: Fields, expected: NeedClass) -> None:
    assert _class(records(), share(**spoilt), scenario("other")) is expected


def test_no_agreement_at_all_means_that_one_is_needed() -> None:
    assert _class(records()) is NeedClass.AGREEMENT_NEEDED


def test_who_already_gets_it_is_named() -> None:
    third = share(parties=[party("police", gives=True), party("charity", receives=True)])
    found = _classed(table(records(), third, scenario(needs=[need("n", "calls", **WANTS)])))

    assert found.agreement == "share"
    assert found.why.endswith("'Agreement share' already gives it to Charity.")


def test_what_is_given_under_a_faulty_agreement_is_no_agreement_to_join() -> None:
    parties = [party("police", gives=True), party("charity", receives=True)]
    third = share(parties=parties, basis=basis(impact_assessment=None))

    assert _class(records(), third) is NeedClass.AGREEMENT_NEEDED


def test_why_begins_with_what_it_speaks_of() -> None:
    found = _classed(table(records(), share(review_by=None), scenario(needs=[need("n", "calls", **WANTS)])))

    assert found.why == "'Agreement share' does not say by when it is reviewed."


@pytest.mark.parametrize(
    ("terms", "expected"),
    [
        ({"timelinessDays": 7}, NeedClass.AVAILABLE),
        ({"timelinessDays": 8}, NeedClass.STALE),
        ({"timelinessDays": "unknown"}, NeedClass.STALE),
        ({"matchRate": 0.8}, NeedClass.AVAILABLE),
        ({"matchRate": 0.79}, NeedClass.KEY_OR_QUALITY),
        ({"matchRate": "unknown"}, NeedClass.KEY_OR_QUALITY),
        ({"keys": []}, NeedClass.KEY_OR_QUALITY),
        ({"subjects": "areas"}, NeedClass.KEY_OR_QUALITY),
        ({"matchRate": 0.1, "timelinessDays": 8}, NeedClass.KEY_OR_QUALITY),
    ],
)
def test_lawful_data_may_be_too_old_or_fall_short(terms: Fields, expected: NeedClass) -> None:
    assert _class(records(**terms), share()) is expected


def test_a_need_that_names_no_age_or_asks_for_figures_is_not_held_to_either() -> None:
    assert _class(records(timelinessDays="unknown"), share(), max_age_days=None) is NeedClass.AVAILABLE
    assert _class(records(matchRate=0.1, keys=[]), share(), granularity="area") is NeedClass.AVAILABLE


def test_a_property_is_found_by_its_uprn() -> None:
    assert _class(records(), share(), granularity="property") is NeedClass.KEY_OR_QUALITY
    assert _class(records(keys=["uprn"]), share(), granularity="property") is NeedClass.AVAILABLE


def test_a_field_that_no_contract_has_keeps_the_need_from_being_met() -> None:
    assert _class(records(), share(), fields=["person", "shoe_size"]) is NeedClass.KEY_OR_QUALITY


def test_of_two_datasets_with_the_same_fields_the_nearer_counts() -> None:
    other = records("visits", created_by="charity")

    assert _class(records(), other, share(), datasets=["calls", "visits"]) is NeedClass.AVAILABLE


def test_where_the_fields_stand_in_two_datasets_the_farther_counts() -> None:
    other = records("visits", created_by="charity")
    only_steps = other.model_copy(
        update={"schema_": (other.schema_[0].model_copy(update={"properties": _columns(other, "steps")}),)}
    )
    asked = {"datasets": ["calls", "visits"], "fields": ["risk", "steps"]}

    assert _class(records(), only_steps, share(), **asked) is NeedClass.AGREEMENT_NEEDED


def _columns(of: Any, *names: str) -> Any:
    return tuple(of.schema_[0].properties[0].model_copy(update={"name": name}) for name in names)


def test_nobody_creates_it() -> None:
    assert _class(datasets=[]) is NeedClass.NOT_CREATED
    assert _class(records(created_by=None)) is NeedClass.NOT_CREATED


def test_acceptance_check_2_an_agreement_that_ended_yesterday_lowers_the_flow_and_moves_the_need() -> None:
    built = table(records(), share(), scenario(needs=[need("n", "calls", **WANTS)]))
    ended = replace(built, agreements=(share(ends="2026-11-22"),))
    before, after = Study(built, samples=0), Study(ended, samples=0)

    assert [legal_level(before, flow) for flow in flows_of_need(before, "n")] == [3]
    assert [legal_level(after, flow) for flow in flows_of_need(after, "n")] == [2]
    assert (_classed(built).kind, _classed(ended).kind) == (NeedClass.AVAILABLE, NeedClass.AGREEMENT_NEEDED)
    assert built.charter.as_of == date(2026, 11, 23)


def test_acceptance_check_3_a_dataset_of_a_third_agency_with_the_fields_moves_the_need() -> None:
    wants = scenario(needs=[need("n", **WANTS)])
    before, after = table(wants), table(records(keys=["person"]), wants)

    assert _classed(before).kind is NeedClass.NOT_CREATED
    assert _classed(after).kind is NeedClass.AGREEMENT_NEEDED
    assert (_classed(after).dataset, _classed(after).named) == ("calls", False)
    assert "add 'calls' to 'datasets' if it serves" in _classed(after).why


def test_a_dataset_that_shares_no_more_than_keys_with_a_need_is_not_offered() -> None:
    assert _class(records(keys=["person"]), datasets=[], fields=["person"]) is NeedClass.NOT_CREATED


def test_a_named_dataset_that_somebody_creates_comes_before_any_offer() -> None:
    named = records("named", created_by="charity")

    assert (
        _classed(table(named, records(), share(), scenario(needs=[need("n", "named", **WANTS)]))).dataset
        == "named"
    )
