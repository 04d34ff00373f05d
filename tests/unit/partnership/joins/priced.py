"""A partnership with one priced outcome, `fires`, and one need about `isolation`, which moves it."""

from typing import Any

from roundtable.partnership.joins.verdict import NeedVerdict, verdicts
from roundtable.partnership.measured import MeasuredFacts
from roundtable.partnership.model.whole import Partnership
from roundtable.partnership.study import Study
from tests.factories import (
    agency,
    agreement,
    dataset,
    link,
    need,
    outcome,
    partnership,
    risk,
    role,
    scenario,
    service,
    signed,
)

POUNDS = {"value": 1000, "price_base": "2025/26", "source": "A guess"}
FIRES = outcome("fires", unit_cost=POUNDS)
WANTED = {"outcome": "fires", "points": 40, "source": "A workshop", "on": "2026-06-01"}
COUNCIL = agency("council", roles=[role("council-leads"), role("council-signs")], priorities=[WANTED])
FIRE = agency("fire", roles=[role("fire-signs")])
SHARED = agreement("share", "visits", parties=[signed("fire", gives=True), signed("council", receives=True)])
TERMS = {
    "createdBy": "fire",
    "subjects": "properties",
    "specialCategory": False,
    "criminalOffence": False,
    "keys": ["uprn"],
    "matchRate": 0.97,
}
VISITS = dataset("visits", "fire", customProperties=[{"property": "roundtable", "value": TERMS}])
LED = risk("burn", "council-leads", outcome="fires", accepted_on="2026-01-01")


def scene(**fields: Any) -> Any:
    """Isolation moves fires by 0.2 to 0.6; half of what the need asks for is known today."""
    base: dict[str, Any] = {
        "outcomes": ["fires"],
        "links": [link("isolation", "fires", 0.2, 0.6)],
        "needs": [need("which-homes", "visits", current_level=0.5)],
        "risks": [LED],
    }
    return scenario(**(base | fields))


def built(
    *parts: object, fires: dict[str, Any] = FIRES, others: tuple[dict[str, Any], ...] = (), **fields: Any
) -> Partnership:
    """All three joins hold unless the parts or fields say otherwise."""
    given = {type(part).__name__ + getattr(part, "id", "") for part in parts}
    usual = [
        part
        for part in (COUNCIL, FIRE, VISITS, SHARED, service("calls"))
        if type(part).__name__ + part.id not in given
    ]
    return partnership(*usual, *parts, scene(**fields), outcomes=(fires, *others))


def verdict(partnership: Partnership, facts: MeasuredFacts | None = None, samples: int = 0) -> NeedVerdict:
    """The verdict on the only need."""
    (one,) = verdicts(Study(partnership, facts or MeasuredFacts(), samples=samples))
    return one
