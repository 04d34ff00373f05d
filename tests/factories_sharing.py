"""A police force that lawfully gives records about people to a council: spoil one thing, see what is said."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any

from roundtable.partnership.model.agency import Agency
from roundtable.partnership.model.agreement import Agreement
from roundtable.partnership.model.contract import Dataset
from roundtable.partnership.model.meeting import Meeting
from roundtable.partnership.model.reference import CodeListTable, Gateway, GatewayTable
from roundtable.partnership.model.whole import Partnership
from roundtable.partnership.reference_tables import SHIPPED
from roundtable.partnership.sharing.faults import FlowCheck
from roundtable.partnership.sharing.flows import Flow, flows
from roundtable.partnership.sharing.lawfulness import check
from roundtable.partnership.study import Study
from roundtable.partnership.yaml_source import read_yaml
from tests.factories import agency, agreement, dataset, partnership, role

Fields = dict[str, Any]
BODIES = {"police": "police", "council": "local_authority", "charity": "vcse", "probation": "probation"}


def body(id: str, **fields: Any) -> Agency:
    """An agency of the kind that its id says, with one post, that can sign."""
    base: Fields = {"kind": BODIES[id], "public_authority": id != "charity", "roles": [role(f"{id}-post")]}
    return agency(id, **(base | fields))


def records(id: str = "calls", created_by: str | None = "police", **terms: Any) -> Dataset:
    """Records about people with the columns `person` and `risk`, which the council uses today."""
    base: Fields = {
        "createdBy": created_by,
        "consumedBy": [{"agency": "council", "decision": "Whom to visit."}],
        "subjects": "people",
        "specialCategory": True,
        "criminalOffence": True,
        "keys": ["person"],
        "matchRate": 0.97,
        "timelinessDays": 1,
    }
    return dataset(
        id,
        created_by,
        schema=[{"name": "rows", "properties": [{"name": "person"}, {"name": "risk"}]}],
        customProperties=[{"property": "roundtable", "value": base | terms}],
    )


def party(id: str, **fields: Any) -> Fields:
    """A controller whose own post has signed."""
    base: Fields = {"agency": id, "role": "controller", "signed_by": f"{id}-post", "signed_on": "2025-12-01"}
    return base | fields


def basis(**fields: Any) -> Fields:
    """A whole footing that the council's post has verified, on a power that anybody may use."""
    base: Fields = {
        "regime": "uk_gdpr",
        "gateways": ["any.power"],
        "article_6": "6(1)(e) public task",
        "article_9": "9(2)(g) substantial public interest",
        "schedule_1": "Part 2 paragraph 18",
        "appropriate_policy_document": True,
        "impact_assessment": "DPIA 1",
        "verified_by": "council-post",
        "verified_on": "2026-01-05",
    }
    return base | fields


def share(id: str = "share", *dataset_ids: str, **fields: Any) -> Agreement:
    """The police give both columns to the council, lawfully, on the day described."""
    base: Fields = {
        "purposes": ["safeguarding_adults"],
        "parties": [party("police", gives=True), party("council", receives=True)],
        "grants": [
            {"dataset": name, "table": "rows", "columns": ["person", "risk"]}
            for name in dataset_ids or ("calls",)
        ],
        "basis": basis(),
        "retention_days": 365,
        "review_by": "2027-06-30",
    }
    return agreement(id, **(base | fields))


def gateway(id: str = "any.power", **fields: Any) -> Gateway:
    """A power that anybody may use for anything, checked by a named post."""
    base: Fields = {
        "id": id,
        "title": f"Provision {id}",
        "nature": "power",
        "status": "verified",
        "checked_by": "council-post",
        "checked_on": "2026-01-05",
    }
    return Gateway.model_validate(base | fields)


@cache
def shipped_gateways() -> tuple[Gateway, ...]:
    """The rows that come with the product, none of them checked."""
    path = SHIPPED / "gateways.yaml"
    return GatewayTable.model_validate(read_yaml(path.read_bytes(), path.name).value).rows


@cache
def factors() -> CodeListTable:
    """The shipped list of the factors of multiple disadvantage."""
    path = SHIPPED / "multiple_disadvantage_factors.yaml"
    return CodeListTable.model_validate(read_yaml(path.read_bytes(), path.name).value)


def table(*parts: object, meetings: tuple[Meeting, ...] = (), **fields: Any) -> Partnership:
    """A partnership of the parts, with the four bodies and every gateway."""
    given = {part.id for part in parts if isinstance(part, Agency)}
    bodies = [body(id) for id in BODIES if id not in given]
    own = [part for part in parts if isinstance(part, Gateway)]
    rows = {row.id: row for row in (*shipped_gateways(), gateway(), *own)}
    built = partnership(*bodies, *(part for part in parts if not isinstance(part, Gateway)), **fields)
    in_order = tuple(sorted(rows.values(), key=lambda row: row.id))
    return replace(built, gateways=in_order, meetings=meetings, code_lists=(factors(),))


def study(*parts: object, **fields: Any) -> Study:
    """The same, under study."""
    return Study(table(*parts, **fields), samples=0)


def today(under_study: Study, dataset_id: str = "calls", target: str = "council") -> Flow:
    """What flows of a dataset today to an agency."""
    (flow,) = [
        one
        for one in flows(under_study)
        if one.existing and (one.dataset, one.target) == (dataset_id, target)
    ]
    return flow


def verdict(*parts: object, **fields: Any) -> FlowCheck:
    """The check of what the council gets of the police's calls today; the calls are there unless given."""
    calls = () if any(isinstance(part, Dataset) for part in parts) else (records(),)
    built = study(*calls, *parts, **fields)
    return check(built, today(built))


def rules(*parts: object, **fields: Any) -> list[str]:
    """The rules that this flow breaks, in order."""
    return [fault.rule.value for fault in verdict(*parts, **fields).faults]
