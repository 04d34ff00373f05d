"""Services as an Open Referral UK feed, and beside it what the UK profile has no place for.

Keys of the Open Referral UK 3.0 profile of HSDS (service, organization). Capacity, effect, cost and
eligibility never enter the feed: they stand in a file of their own, by the service's id in the feed.
"""

from __future__ import annotations

import uuid
from typing import Any

from roundtable.partnership.exchange.exported import Exported, Missing, as_json, without_blanks
from roundtable.partnership.model.agency import Agency
from roundtable.partnership.model.service import Service
from roundtable.partnership.model.whole import Partnership

BESIDE = ".beside.json"
#: What the UK profile has no place for.
_BESIDE = (
    *("eligibility", "consent", "effects", "requires", "unit_cost", "capacity", "referral_from", "inputs"),
    *("commissioner", "funded_until"),
)


def export_open_referral(partnership: Partnership, name: str) -> Exported:
    """The feed, as one page of services, and the file beside it.

    Args:
        partnership: what is agreed.
        name: the name of the feed's file, such as `services.json`.
    """
    services = [_service(partnership, service) for service in partnership.services]
    page = {
        "total_items": len(services),
        "total_pages": 1,
        "page_number": 1,
        "size": len(services),
        "first_page": True,
        "last_page": True,
        "empty": not services,
        "contents": services,
    }
    beside = {
        "about": "What Open Referral UK has no place for, by the id of the service in the feed.",
        "services": {feed_id(partnership, one): _kept_beside(one) for one in partnership.services},
    }
    files = {name: as_json(page), name.removesuffix(".json") + BESIDE: as_json(beside)}
    missing = [
        Missing(one.id, "id", f"services/{one.id}.yaml, open_referral_id: one was made for the feed")
        for one in partnership.services
        if one.open_referral_id is None
    ]
    told = (
        f"{', '.join(_BESIDE)}: the feed has no place for them; they stand in "
        f"{name.removesuffix('.json')}{BESIDE}.",
    )
    return Exported(files, tuple(missing), told)


def feed_id(partnership: Partnership, service: Service) -> str:
    """The service's id in the feed: its own, or one that is always the same for it."""
    return service.open_referral_id or _made_id(partnership, "service", service.id)


def organisation_id(partnership: Partnership, agency: str) -> str:
    """An agency's id in the feed."""
    return _made_id(partnership, "organization", agency)


def _service(partnership: Partnership, service: Service) -> dict[str, Any]:
    agency = partnership.agency(service.provider)
    organisation = _organisation(partnership, agency)
    return without_blanks(
        {
            "id": feed_id(partnership, service),
            "organization_id": organisation["id"],
            "name": service.name,
            "description": service.description,
            "status": service.status.value,
            "minimum_age": service.age_from,
            "maximum_age": service.age_to,
            "organization": organisation,
        }
    )


def _organisation(partnership: Partnership, agency: Agency) -> dict[str, Any]:
    """The provider; its description is what sort of body it is, because the profile must have one."""
    return {
        "id": organisation_id(partnership, agency.id),
        "name": agency.name,
        "description": agency.kind.value.replace("_", " ").capitalize(),
    }


def _kept_beside(service: Service) -> dict[str, Any]:
    said = service.model_dump(mode="json", exclude_unset=True)
    return {"roundtable_id": service.id, **{key: said[key] for key in _BESIDE if said.get(key)}}


def _made_id(partnership: Partnership, kind: str, name: str) -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"roundtable:{partnership.charter.id}:{kind}:{name}"))
