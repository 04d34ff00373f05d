"""Small tables that disagree: links with who asserts, disputes and votes on them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from roundtable.partnership.model.agency import Agency
from roundtable.partnership.model.scenario import Scenario
from tests.factories import ASSERTED, agency, scenario

DAY = "2026-09-01"


def link(source: str, target: str, sign: str, *by: str, **fields: Any) -> dict[str, Any]:
    """A link asserted by the agencies given, of strength 0.4 to 0.6."""
    asserted = {"by": list(by), "on": DAY, "confidence": "high"}
    strength = {"low": 0.4, "high": 0.6}
    base = {"from": source, "to": target, "sign": sign, "strength": strength, "asserted": asserted}
    return base | fields


def dispute(by: str, **fields: Any) -> dict[str, Any]:
    """An agency that does not agree."""
    return {"by": by, "on": "2026-10-01", "says": "It is not so."} | fields


def vote(by: str, answer: str) -> dict[str, Any]:
    """An agency's answer when the table was asked."""
    return {"by": by, "on": "2026-10-02", "answer": answer}


def factor(id: str, label: str | None = None, **fields: Any) -> dict[str, Any]:
    """A factor that the council put on the map."""
    return {"id": id, "label": label or id.capitalize(), "kind": "state", "asserted": ASSERTED} | fields


def story(*links: dict[str, Any], id: str = "alone", **fields: Any) -> Scenario:
    """A scenario of the links given, between the factors that they name and the outcome `harm`."""
    ends = {end for one in links for end in (one["from"], one["to"])}
    outcomes = fields.get("outcomes", ["harm"])
    factors = [factor(end) for end in sorted(ends - set(outcomes))]
    return scenario(id, **({"links": list(links), "factors": factors} | fields))


def wanting(id: str, *, statutory: tuple[str, ...] = (), **points: float) -> Agency:
    """An agency with the points given; the law binds it to the outcomes that are `statutory`."""
    return wanting_all(id, points, statutory)


def wanting_all(id: str, points: Mapping[str, float], statutory: tuple[str, ...] = ()) -> Agency:
    """The same, for points that have been drawn."""
    rows = [
        {
            "outcome": outcome,
            "points": given,
            "statutory": outcome in statutory,
            "source": "A test",
            "on": DAY,
        }
        for outcome, given in points.items()
    ]
    return agency(id, priorities=rows)
