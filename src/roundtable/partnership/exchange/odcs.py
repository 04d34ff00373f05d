"""Data contracts out: every dataset as a file of the Open Data Contract Standard 3.1, and every wanted one.

The standard has no field for the law. What the agreements say of a dataset stands in custom properties
whose names begin with `uk`, as far as the folder says it, and says whether a post has verified it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from roundtable.partnership.exchange.exported import Exported, Missing, without_blanks
from roundtable.partnership.exchange.yaml_editing import new_file
from roundtable.partnership.file_kinds import FileKind
from roundtable.partnership.folder import read_bytes, survey
from roundtable.partnership.model.agreement import Agreement
from roundtable.partnership.model.contract import ContractStatus
from roundtable.partnership.model.need import DataNeed
from roundtable.partnership.model.scenario import Scenario
from roundtable.partnership.model.whole import Partnership
from roundtable.partnership.yaml_source import read_yaml

VERSION = "v3.1.0"
ENDING = ".odcs.yaml"
_AGREEMENT = "dataSharingAgreement"


def export_odcs(partnership: Partnership) -> Exported:
    """One contract a dataset, and one for every need that no dataset could meet, as `proposed`."""
    files: dict[str, bytes] = {}
    missing: list[Missing] = []
    for file in survey(partnership.folder).yaml_files:
        if file.kind is FileKind.DATASET:
            value = read_yaml(read_bytes(file), file.shown).value
            agreements = _covering(partnership, str(value["id"]))
            files[f"{value['id']}{ENDING}"] = new_file(_with_the_law(partnership, value, agreements))
            missing += _missing(value, agreements, file.inside)
    for scenario, need in partnership.needs():
        if not need.datasets:
            files[f"{need.id}{ENDING}"] = new_file(_wanted(partnership, scenario, need))
            missing.append(Missing(need.id, "roundtable.createdBy", "nobody creates it yet"))
    return Exported(files, tuple(sorted(missing)))


def _covering(partnership: Partnership, dataset: str) -> list[Agreement]:
    """The agreements that let something of a dataset through."""
    return [one for one in partnership.agreements if any(grant.dataset == dataset for grant in one.grants)]


def _with_the_law(partnership: Partnership, contract: Any, agreements: list[Agreement]) -> dict[str, Any]:
    made = dict(contract)
    if not agreements:
        return made
    made["customProperties"] = [*contract["customProperties"], *_legal(agreements)]
    links = [
        {"type": _AGREEMENT, "url": one.published_url, "description": one.title}
        for one in agreements
        if one.published_url
    ]
    if links:
        description = dict(contract.get("description", {}))
        description["authoritativeDefinitions"] = [*description.get("authoritativeDefinitions", []), *links]
        made["description"] = description
    return made


def _legal(agreements: list[Agreement]) -> list[dict[str, Any]]:
    """What the agreements say of the law, one property each; blank ones are left out."""
    said = {
        "ukSharingAgreement": [one.id for one in agreements],
        "ukLegalGateway": _each(gateway for one in agreements for gateway in one.basis.gateways),
        "ukGdprArticle6": _each(one.basis.article_6 for one in agreements),
        "ukGdprArticle9": _each(one.basis.article_9 for one in agreements),
        "dpa2018Schedule1": _each(one.basis.schedule_1 for one in agreements),
        "dpiaRef": _each(one.basis.impact_assessment for one in agreements),
        "ukLegalBasisVerified": all(one.basis.verified_by for one in agreements),
    }
    return [{"property": key, "value": value} for key, value in without_blanks(said).items()]


def _each(values: Iterable[str | None]) -> list[str]:
    return sorted({value for value in values if value})


def _missing(contract: Any, agreements: list[Agreement], file: str) -> Iterable[Missing]:
    own = next(one["value"] for one in contract["customProperties"] if one["property"] == "roundtable")
    name = str(contract["id"])
    for key in ("createdBy", "steward", "securityClassification"):
        if not own.get(key):
            yield Missing(name, f"roundtable.{key}", file)
    if not contract.get("description", {}).get("purpose"):
        yield Missing(name, "description.purpose", file)
    if own.get("subjects") in ("people", "properties"):
        if not agreements:
            yield Missing(name, "ukLegalGateway", "no agreement covers it")
        for one in agreements:
            if not one.basis.impact_assessment:
                yield Missing(name, "dpiaRef", f"agreements/{one.id}.yaml, basis.impact_assessment")


def _wanted(partnership: Partnership, scenario: Scenario, need: DataNeed) -> dict[str, Any]:
    """A contract for what is wanted and nobody creates: a question to whoever could."""
    asked_by = partnership.agency(need.agency).name
    terms = {
        "consumedBy": [{"agency": need.agency, "decision": need.decision}],
        "subjects": _SUBJECTS[need.granularity],
        "specialCategory": "unknown",
        "criminalOffence": "unknown",
    }
    description = {
        "purpose": need.decision,
        "limitations": f"Wanted by {asked_by}; nobody creates it yet. Without it: {need.impact_if_not_given}",
    }
    made: dict[str, Any] = {"apiVersion": VERSION, "kind": "DataContract", "id": need.id, "version": "0.1.0"}
    made |= {"status": ContractStatus.PROPOSED.value, "name": f"Wanted for {scenario.title}"}
    made["description"] = description
    made["schema"] = [
        {
            "name": "wanted",
            "logicalType": "object",
            "dataGranularityDescription": f"One {need.granularity}",
            "properties": [{"name": field, "logicalType": "string"} for field in need.fields],
        }
    ]
    if need.max_age_days is not None:
        made["slaProperties"] = [{"property": "latency", "value": need.max_age_days, "unit": "d"}]
    made["customProperties"] = [
        {"property": "roundtable", "value": terms},
        {"property": "roundtableNeed", "value": need.id},
        {"property": "essential", "value": need.essential},
    ]
    return made


#: Whom the rows of a wanted dataset would be about, by the finest thing one row may be about.
_SUBJECTS = {
    "person": "people",
    "household": "people",
    "property": "properties",
    "area": "areas",
    "aggregate": "areas",
}
