"""Small partnerships built in code: say what the test is about, and the rest is unremarkable."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from roundtable.errors import Place
from roundtable.partnership.model.agency import Agency
from roundtable.partnership.model.agreement import Agreement
from roundtable.partnership.model.contract import Dataset
from roundtable.partnership.model.improvement import Improvement
from roundtable.partnership.model.meeting import Meeting
from roundtable.partnership.model.scenario import Scenario
from roundtable.partnership.model.service import Service
from roundtable.partnership.model.strict import Kind
from roundtable.partnership.model.whole import Charter, Partnership

Part = TypeVar("Part", Agency, Scenario, Dataset, Agreement, Service, Improvement, Meeting)

AS_OF = date(2026, 11, 23)
ASSERTED = {"by": ["council"], "on": "2026-09-01", "confidence": "medium"}


def agency(id: str, **fields: Any) -> Agency:
    """A council by default, that has always existed and has no posts."""
    return Agency.model_validate(
        {"id": id, "name": id.capitalize(), "kind": "local_authority", "public_authority": True} | fields
    )


def role(id: str, **fields: Any) -> dict[str, Any]:
    """A filled post that can lead a risk."""
    return {"id": id, "title": f"Post {id}", "kind": "risk_owner"} | fields


def skill(id: str, level: int) -> dict[str, Any]:
    """A skill that an agency has shown."""
    return {"skill": id, "level": level, "evidence": "A test", "assessed_on": "2026-01-01"}


def capacity(supply: float | str, demand: float | str, **fields: Any) -> dict[str, Any]:
    """What can be supplied and what is asked for, in the quarter that holds `AS_OF`."""
    base = {"period": "2026-Q4", "supply": supply, "demand": demand, "unit": "visits", "source": "A count"}
    return base | fields


def risk(id: str, *lead_posts: str, **fields: Any) -> dict[str, Any]:
    """A risk of the outcome `harm`, led by the posts given."""
    base = {"id": id, "statement": f"Because of a cause, {id} may happen.", "kind": "harm", "outcome": "harm"}
    return base | {"lead_posts": list(lead_posts)} | fields


def need(id: str, *datasets: str, **fields: Any) -> dict[str, Any]:
    """The council's need to know about the factor `isolation`, which the datasets given could meet."""
    base = {
        "id": id,
        "agency": "council",
        "factor": "isolation",
        "decision": "Visit first.",
        "fields": ["uprn"],
        "granularity": "property",
        "essential": True,
        "datasets": list(datasets),
        "impact_if_not_given": "Nobody is visited.",
        "asserted": ASSERTED,
    }
    return base | fields


def scenario(id: str = "alone", **fields: Any) -> Scenario:
    """A scenario led by the council, with the factor `isolation` and the outcome `harm`."""
    base = {
        "id": id,
        "title": f"The scenario {id}",
        "rung": 3,
        "stage": "pilot",
        "lead": "council",
        "story": "Somebody lives alone.",
        "vulnerability": "Frail.",
        "situation": "Alone.",
        "population": {"value": 10, "unit": "people", "source": "A guess"},
        "outcomes": ["harm"],
        "factors": [{"id": "isolation", "label": "Alone", "kind": "state", "asserted": ASSERTED}],
        "asserted": ASSERTED,
    }
    return Scenario.model_validate(base | fields)


def dataset(id: str, created_by: str | None, **fields: Any) -> Dataset:
    """A contract with one table, `rows`, of one column, `uprn`."""
    terms = {
        "createdBy": created_by,
        "subjects": "properties",
        "specialCategory": False,
        "criminalOffence": False,
    }
    base = {
        "apiVersion": "v3.1.0",
        "kind": "DataContract",
        "id": id,
        "version": "1.0.0",
        "status": "active" if created_by else "proposed",
        "name": f"Dataset {id}",
        "schema": [{"name": "rows", "properties": [{"name": "uprn"}]}],
        "customProperties": [{"property": "roundtable", "value": terms}],
    }
    return Dataset.model_validate(base | fields)


def party(agency_id: str, *, gives: bool = False, receives: bool = False) -> dict[str, Any]:
    """A controller on one side of an agreement."""
    return {"agency": agency_id, "role": "controller", "gives": gives, "receives": receives}


def signed(agency_id: str, *, gives: bool = False, receives: bool = False) -> dict[str, Any]:
    """The same, signed by its post `<agency>-signs`, which the agency must have."""
    signature = {"signed_by": f"{agency_id}-signs", "signed_on": "2025-12-01"}
    return party(agency_id, gives=gives, receives=receives) | signature


def agreement(id: str, *dataset_ids: str, **fields: Any) -> Agreement:
    """Fire gives the column `uprn` of the datasets named to the council, in force on `AS_OF`."""
    base = {
        "id": id,
        "title": f"Agreement {id}",
        "tier": "specific",
        "purposes": ["prevention_of_fire_and_falls"],
        "rung": 3,
        "parties": [party("fire", gives=True), party("council", receives=True)],
        "grants": [{"dataset": name, "table": "rows", "columns": ["uprn"]} for name in dataset_ids],
        "basis": {"regime": "uk_gdpr"},
        "starts": "2026-01-01",
        "ends": "2027-12-31",
    }
    return Agreement.model_validate(base | fields)


def service(id: str, **fields: Any) -> Service:
    """The council's running service, which lowers `isolation` and has room."""
    base = {
        "id": id,
        "name": f"Service {id}",
        "provider": "council",
        "status": "active",
        "description": "Somebody visits.",
        "eligibility": "Anyone.",
        "effects": [{"factor": "isolation", "size": -0.2, "evidence": "none", "source": "A guess"}],
        "capacity": [capacity(10, 9)],
    }
    return Service.model_validate(base | fields)


def improvement(id: str, owner: str, **fields: Any) -> Improvement:
    """A change of process, owned by a post that some agency must have."""
    base = {
        "id": id,
        "title": f"Improvement {id}",
        "owner": owner,
        "changes": [{"dimension": "processes", "change": "We ask first."}],
    }
    return Improvement.model_validate(base | fields)


def meeting(id: str, **fields: Any) -> Meeting:
    """A meeting held a month before `AS_OF`, at which nothing was said."""
    return Meeting.model_validate({"id": id, "title": f"Meeting {id}", "on": "2026-10-23"} | fields)


def link(source: str, target: str, low: float, high: float, **fields: Any) -> dict[str, Any]:
    """More of the one means more of the other, with a strength in this range."""
    base = {"from": source, "to": target, "sign": "positive", "asserted": ASSERTED}
    return base | {"strength": {"low": low, "high": high}} | fields


def outcome(id: str, **fields: Any) -> dict[str, Any]:
    """An outcome with an estimate of fifty cases a year."""
    estimate = {"value": 50, "low": 40, "high": 60, "unit": "cases a year", "source": "A guess"}
    base = {"id": id, "name": f"Outcome {id}", "direction": "down", "indicator": "Cases"}
    return (base if "measured_by" in fields else base | {"annual_cases": estimate}) | fields


def partnership(
    *parts: object, as_of: date = AS_OF, outcomes: tuple[dict[str, Any], ...] = ()
) -> Partnership:
    """A partnership of the parts given; `council`, `fire` and the outcome `harm` are there unless given.

    Every thing is said to be written in a file named for it, at line 1.
    """
    given = {part.id for part in parts if isinstance(part, Agency)}
    agencies = [agency(id) for id in ("council", "fire") if id not in given]
    charter = {
        "id": "test",
        "name": "A test",
        "area": {"code": "E00000000", "name": "Somewhere"},
        "as_of": as_of,
        "charter": "We share.",
        "outcomes": [outcome("harm"), *outcomes],
        "skills": [{"id": "listening", "name": "Listening"}, {"id": "lifting", "name": "Lifting"}],
    }
    built = Partnership(
        folder=Path("test"),
        charter=Charter.model_validate(charter),
        agencies=_sorted([*agencies, *parts], Agency),
        scenarios=_sorted(parts, Scenario),
        datasets=_sorted(parts, Dataset),
        agreements=_sorted(parts, Agreement),
        services=_sorted(parts, Service),
        improvements=_sorted(parts, Improvement),
        meetings=_sorted(parts, Meeting),
    )
    built.places.update(_places(built))
    return built


def _sorted(parts: Iterable[object], kind: type[Part]) -> tuple[Part, ...]:
    return tuple(sorted((part for part in parts if isinstance(part, kind)), key=lambda part: part.id))


def _places(built: Partnership) -> dict[tuple[Kind, str], Place]:
    things = [(Kind.AGENCY, agency.id) for agency in built.agencies]
    things += [(Kind.ROLE, role.id) for _, role in built.roles()]
    things += [(Kind.RISK, risk.id) for _, risk in built.risks()]
    things += [(Kind.NEED, need.id) for _, need in built.needs()]
    things += [(Kind.DATASET, dataset.id) for dataset in built.datasets]
    things += [(Kind.AGREEMENT, agreement.id) for agreement in built.agreements]
    things += [(Kind.SERVICE, service.id) for service in built.services]
    things += [(Kind.IMPROVEMENT, improvement.id) for improvement in built.improvements]
    things += [(Kind.MEETING, meeting.id) for meeting in built.meetings]
    return {(kind, thing): Place(f"{kind}/{thing}.yaml", 1) for kind, thing in things}
