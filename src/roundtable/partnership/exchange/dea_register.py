"""The agreements with the fields of the public register of information-sharing agreements.

The register is kept under the Digital Economy Act 2017; its fields serve for a partnership's own public
log of every agreement. An agreement is Complete once its end date has passed, and Active until then.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import Any

from roundtable.partnership.exchange.exported import Exported, Missing, as_json
from roundtable.partnership.model.agreement import Agreement, PartyRole, Tier
from roundtable.partnership.model.whole import Partnership
from roundtable.partnership.wording import listed

_CONTROLLERS = (PartyRole.CONTROLLER, PartyRole.JOINT_CONTROLLER)
#: What the register asks for, and where the folder would say it.
_ASKED = {
    "purpose": "purposes",
    "information_sharing_benefits": "benefits",
    "disclosed_information": "grants",
    "information_sharing_method": "method",
    "contact": "contact",
    "start_date": "starts",
    "end_date": "ends",
    "review_date": "review_by",
    "retention_period": "retention_days",
    "powers": "basis.gateways",
    "controllers": "parties",
}


def export_dea_register(partnership: Partnership, name: str) -> Exported:
    """Every agreement but open licences, which share nothing that is not public.

    Args:
        partnership: what is agreed.
        name: the name of the file; `.csv` for a table with lists in one cell, JSON otherwise.
    """
    agreements = [one for one in partnership.agreements if one.tier is not Tier.OPEN_LICENCE]
    rows = [_row(partnership, agreement) for agreement in agreements]
    missing = [
        Missing(row["id"], field, f"agreements/{row['id']}.yaml, {key}")
        for row in rows
        for field, key in _ASKED.items()
        if row[field] in (None, "", [])
    ]
    left = [one.id for one in partnership.agreements if one.tier is Tier.OPEN_LICENCE]
    told = (f"left out, because they are open licences: {', '.join(left)}",) if left else ()
    content = _csv(rows) if name.casefold().endswith(".csv") else as_json(rows)
    return Exported({name: content}, tuple(sorted(missing)), told)


def _row(partnership: Partnership, agreement: Agreement) -> dict[str, Any]:
    as_of = partnership.charter.as_of
    complete = agreement.ends is not None and agreement.ends < as_of
    return {
        "id": agreement.id,
        "agreement_name": agreement.title,
        "purpose": listed(purpose.value.replace("_", " ") for purpose in agreement.purposes),
        "information_sharing_benefits": agreement.benefits,
        "disclosed_information": _disclosed(partnership, agreement),
        "information_sharing_method": agreement.method,
        "contact": partnership.role(agreement.contact)[1].title if agreement.contact else None,
        "start_date": agreement.starts.isoformat(),
        "end_date": agreement.ends.isoformat() if agreement.ends else None,
        "review_date": agreement.review_by.isoformat() if agreement.review_by else None,
        "retention_period": f"{agreement.retention_days} days" if agreement.retention_days else None,
        "isa_status": "Complete" if complete else "Active",
        "notes": None if agreement.basis.verified_by else "No post has verified the legal basis.",
        "powers": [_power(partnership, gateway) for gateway in agreement.basis.gateways],
        "controllers": _parties(partnership, agreement, _CONTROLLERS),
        "processors": _parties(partnership, agreement, (PartyRole.PROCESSOR,)),
    }


def _disclosed(partnership: Partnership, agreement: Agreement) -> str:
    return "; ".join(
        f"{partnership.dataset(grant.dataset).name}: {listed(grant.columns)}" for grant in agreement.grants
    )


def _power(partnership: Partnership, gateway_id: str) -> dict[str, str]:
    gateway = partnership.gateway(gateway_id)
    as_of = partnership.charter.as_of
    retired = gateway.in_force_to is not None and gateway.in_force_to < as_of
    return {"name": gateway.title, "status": "retired" if retired else "active"}


def _parties(partnership: Partnership, agreement: Agreement, roles: Iterable[PartyRole]) -> list[str]:
    wanted = tuple(roles)
    return [partnership.agency(one.agency).name for one in agreement.parties if one.role in wanted]


def _csv(rows: list[dict[str, Any]]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(rows[0] if rows else _ASKED)
    writer.writerows([_one_cell(value) for value in row.values()] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def _one_cell(value: Any) -> str:
    if isinstance(value, list):
        return " | ".join(one["name"] if isinstance(one, dict) else one for one in value)
    return value or ""
