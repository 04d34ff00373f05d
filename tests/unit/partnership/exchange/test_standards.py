"""Contracts and services out and in: what is taken, what is listed as missing, and what is refused."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from roundtable.errors import ForeignFileUnusable
from roundtable.partnership.exchange.dcat import export_dcat
from roundtable.partnership.exchange.dea_register import export_dea_register
from roundtable.partnership.exchange.exported import Missing
from roundtable.partnership.exchange.odcs import export_odcs
from roundtable.partnership.exchange.odcs_import import Completion, plan_odcs
from roundtable.partnership.exchange.open_referral import export_open_referral, feed_id
from roundtable.partnership.exchange.open_referral_import import plan_open_referral
from roundtable.partnership.model.contract_terms import Subjects
from tests.town import Town

CONTRACT: dict[str, Any] = {
    "apiVersion": "v3.1.0",
    "kind": "DataContract",
    "id": "tenancies",
    "version": "2.0.0",
    "status": "active",
    "schema": [
        {
            "name": "tenancy",
            "logicalType": "object",
            "properties": [{"name": "uprn", "logicalType": "string"}],
        }
    ],
}
PEOPLE = Completion(created_by="council", subjects=Subjects.PEOPLE)


def _file(folder: Path, value: object, name: str = "outside.yaml") -> Path:
    path = folder / name
    path.write_text(value if isinstance(value, str) else json.dumps(value))
    return path


def _refused(path: Path, folder: Path, completion: Completion = PEOPLE) -> list[str]:
    with pytest.raises(ForeignFileUnusable) as error:
        plan_odcs(path, folder, completion)
    return [f"{one.place.line}: {one.what}" for one in error.value.problems]


def test_a_contract_from_outside_becomes_a_dataset(town: Town, tmp_path: Path) -> None:
    plan = plan_odcs(_file(tmp_path, CONTRACT), town.folder, PEOPLE)
    assert "still missing in datasets/tenancies.yaml: roundtable.steward" in plan.told
    assert "still missing in datasets/tenancies.yaml: roundtable.specialCategory" in plan.told
    plan.write()
    terms = town.load().dataset("tenancies").terms
    assert (terms.created_by, terms.subjects, terms.special_category) == ("council", "people", "unknown")


def test_taken_in_twice_it_changes_nothing(town: Town, tmp_path: Path) -> None:
    path = _file(tmp_path, CONTRACT)
    plan_odcs(path, town.folder, PEOPLE).write()
    assert plan_odcs(path, town.folder, PEOPLE).changes == ()


def test_the_names_of_a_team_are_left_out_and_it_is_said(town: Town, tmp_path: Path) -> None:
    team = {"name": "Housing", "members": [{"username": "a.person@example.org"}]}
    plan = plan_odcs(_file(tmp_path, {**CONTRACT, "team": team}), town.folder, PEOPLE)
    plan.write()
    assert "left out: 1 members of 'team', because no person is named in the folder" in plan.told
    text = (town.folder / "datasets" / "tenancies.yaml").read_text()
    assert "Housing" in text and "a.person" not in text


def test_the_team_of_an_older_version_is_a_list_of_names_and_goes(town: Town, tmp_path: Path) -> None:
    older = {**CONTRACT, "apiVersion": "v3.0.2", "team": [{"username": "a.person@example.org"}]}
    plan_odcs(_file(tmp_path, older), town.folder, PEOPLE).write()
    assert "team" not in (town.folder / "datasets" / "tenancies.yaml").read_text()


def test_an_older_third_version_is_taken_in_as_the_newer(town: Town, tmp_path: Path) -> None:
    plan = plan_odcs(_file(tmp_path, {**CONTRACT, "apiVersion": "v3.0.2"}), town.folder, PEOPLE)
    assert "apiVersion v3.0.2 has become v3.1.0" in plan.told


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ({**CONTRACT, "apiVersion": "v2.2.2"}, "of version 'v2.2.2'"),
        ({**CONTRACT, "kind": "DataProduct"}, "only a 'DataContract' becomes a dataset"),
        ({**CONTRACT, "id": "../x"}, "cannot be the id of a dataset"),
        ({"dataContractSpecification": "1.1.0"}, "older Data Contract Specification"),
        ({**CONTRACT, "colour": "red"}, "the key 'colour' is not known here"),
        ([1], "no contract of the Open Data Contract Standard"),
        ("apiVersion: [v3", "YAML"),
        ("", "empty"),
    ],
)
def test_another_kind_of_file_is_told(town: Town, tmp_path: Path, value: object, told: str) -> None:
    found = _refused(_file(tmp_path, value), town.folder)
    assert any(told in line for line in found), found


def test_without_saying_whom_it_is_about_it_is_refused(town: Town, tmp_path: Path) -> None:
    (told,) = _refused(_file(tmp_path, CONTRACT), town.folder, Completion(created_by="council"))
    assert "does not say whom its rows are about" in told


def test_an_agency_that_does_not_exist_is_told_at_its_line(town: Town, tmp_path: Path) -> None:
    found = _refused(_file(tmp_path, CONTRACT), town.folder, Completion("councl", Subjects.PEOPLE))
    assert found == ["1: there is no agency 'councl'"]


def test_a_need_that_nothing_meets_becomes_a_proposed_contract(town: Town) -> None:
    found = export_odcs(town.load())
    wanted = [need.id for _, need in town.load().needs() if not need.datasets]
    for name in wanted:
        contract = yaml.safe_load(found.files[f"{name}.odcs.yaml"])
        assert contract["status"] == "proposed"
    assert {f"{one.id}.odcs.yaml" for one in town.load().datasets} <= set(found.files)
    assert len(found.files) == len(town.load().datasets) + len(wanted)


def test_a_contract_goes_out_with_what_its_agreements_say_of_the_law(town: Town) -> None:
    contract = yaml.safe_load(export_odcs(town.load()).files["street-crime.odcs.yaml"])
    said = {one["property"]: one["value"] for one in contract["customProperties"]}
    assert said["ukSharingAgreement"] == ["open-street-crime"]
    assert said["ukLegalBasisVerified"] is False


def test_the_feed_holds_no_capacity_and_no_effect(town: Town) -> None:
    found = export_open_referral(town.load(), "services.json")
    (service,) = json.loads(found.files["services.json"])["contents"]
    assert not {"capacity", "effects", "eligibility", "unit_cost"} & set(service)
    beside = json.loads(found.files["services.beside.json"])["services"][service["id"]]
    assert beside["roundtable_id"] == "home-fire-safety-visit"
    assert beside["effects"] and beside["eligibility"]


def test_a_feed_brings_a_known_service_up_to_date_and_nothing_else(town: Town, tmp_path: Path) -> None:
    partnership = town.load()
    (service,) = partnership.services
    page = json.loads(export_open_referral(partnership, "s.json").files["s.json"])
    assert plan_open_referral(_file(tmp_path, page), town.folder).changes == ()
    page["contents"][0] |= {"status": "temporarily closed", "minimum_age": 18.0}
    plan = plan_open_referral(_file(tmp_path, page), town.folder)
    assert len(plan.changes) == 2
    plan.write()
    now = town.load().service(service.id)
    assert (now.status, now.age_from, now.effects) == ("temporarily closed", 18, service.effects)


def test_a_new_service_is_begun_and_what_no_feed_can_say_is_listed(town: Town, tmp_path: Path) -> None:
    new = {"id": "a-1", "name": "Café visits", "status": "active", "fees": "none"}
    new["organization"] = {"id": "x", "name": "example COUNCIL", "description": "A council"}  # type: ignore[assignment]
    plan = plan_open_referral(_file(tmp_path, [new]), town.folder)
    assert plan.told == (
        "left out of 'Café visits': fees",
        "still missing in services/café-visits.yaml: eligibility, effects, capacity, unit_cost, requires "
        "(no feed can say them)",
    )
    plan.write()
    made = town.load().service("café-visits")
    assert (made.provider, made.eligibility, made.description) == ("council", "unknown", "unknown")
    assert feed_id(town.load(), made) == "a-1"


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ({"content": []}, "Open Referral UK 1.0"),
        ({"services": 1}, "no services of Open Referral UK 3.0"),
        ([{"id": "1", "name": "N"}], "service 1 has no status"),
        ([{"id": "1", "name": "N", "status": "open"}], "'N' has the status 'open'"),
        ([{"id": "1", "name": "N", "status": "active"}], "provided by 'nobody'"),
        ([7], "service 1 is no mapping"),
        ('{"contents": [', "not JSON"),
    ],
)
def test_another_feed_is_told(town: Town, tmp_path: Path, value: object, told: str) -> None:
    with pytest.raises(ForeignFileUnusable) as error:
        plan_open_referral(_file(tmp_path, value), town.folder)
    assert any(told in one.what for one in error.value.problems)


def test_the_catalogue_leaves_blank_what_the_folder_does_not_say(town: Town) -> None:
    found = export_dcat(town.load(), "catalogue.jsonld")
    (record,) = json.loads(found.files["catalogue.jsonld"])["dcat:dataset"]
    assert record["dct:accessRights"] == "OPEN"
    assert "dct:modified" not in record
    assert Missing("street-crime", "modified", "the folder keeps no day of change") in found.missing


@pytest.mark.parametrize(
    ("said", "written", "told"),
    [
        ("OFFICIAL", "OFFICIAL", None),
        ("TOP SECRET", "TOP_SECRET", None),
        ("OFFICIAL-SENSITIVE", "OFFICIAL", "so 'OFFICIAL' is written: street-crime"),
        ("Restricted", None, "so it takes OFFICIAL, SECRET, TOP_SECRET, NOT_APPLICABLE: street-crime"),
    ],
)
def test_the_catalogue_writes_only_the_classifications_that_the_model_takes(
    town: Town, said: str, written: str | None, told: str | None
) -> None:
    path = "datasets/street-crime.yaml"
    town.change(path, "createdBy: police-uk", f"createdBy: police-uk\n      securityClassification: {said}")
    found = export_dcat(town.load(), "catalogue.jsonld")

    (record,) = json.loads(found.files["catalogue.jsonld"])["dcat:dataset"]
    assert record.get("securityClassification") == written
    missing = {one.field for one in found.missing}
    assert ("securityClassification" in missing) == (written is None)
    marked = f"the handling marking '{said}' has no place in the model, {told}"
    assert found.told == ((marked,) if told else ())


def test_an_agreement_is_complete_once_its_end_has_passed(town: Town) -> None:
    path = "agreements/open-street-crime.yaml"
    town.change(path, "tier: open_licence", "tier: specific\nends: 2026-11-22")
    (row,) = json.loads(export_dea_register(town.load(), "dea.json").files["dea.json"])
    assert row["isa_status"] == "Complete"
    town.change(path, "ends: 2026-11-22", "ends: 2026-11-23")
    found = export_dea_register(town.load(), "dea.json")
    (row,) = json.loads(found.files["dea.json"])
    assert row["isa_status"] == "Active"
    assert Missing("open-street-crime", "information_sharing_benefits", f"{path}, benefits") in found.missing


def test_an_open_licence_is_no_sharing_agreement(town: Town) -> None:
    found = export_dea_register(town.load(), "dea.csv")
    assert found.told == ("left out, because they are open licences: open-street-crime",)
