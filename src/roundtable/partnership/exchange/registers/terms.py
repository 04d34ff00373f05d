"""A contract's custom property `roundtable` as keys beside the others, and back where it belongs.

In the registers Roundtable's own terms are columns (`roundtable.createdBy`); in a contract they are the
value of one custom property among those of other tools.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from roundtable.partnership.exchange.registers.sheets import OWN, PROPERTIES

#: Where the property stood among the others, and what it says besides its value.
_SEAT = "roundtable (property)"
_Change = Callable[[dict[str, Any]], dict[str, Any]]


def unfolded(contract: Any) -> Any:
    """A contract with the value of each custom property `roundtable` under the key `roundtable`."""
    return _everywhere(contract, _unfold)


def folded(contract: Any) -> Any:
    """A contract with what stands under the key `roundtable` as a custom property, where it was."""
    return _everywhere(contract, _fold)


def _everywhere(contract: Any, change: _Change) -> Any:
    """Change the contract itself, its tables and their columns."""
    if not isinstance(contract, dict):
        return contract
    made = change(contract)
    for inside in ("schema", "properties"):
        if isinstance(made.get(inside), list):
            made[inside] = [_everywhere(item, change) for item in made[inside]]
    return made


def _unfold(mapping: dict[str, Any]) -> dict[str, Any]:
    properties = mapping.get(PROPERTIES)
    found = [i for i, item in enumerate(properties) if _is_own(item)] if isinstance(properties, list) else []
    if len(found) != 1 or not isinstance(properties, list):
        return dict(mapping)
    own = properties[found[0]]
    others = [item for item in properties if item is not own]
    made = {key: item for key, item in mapping.items() if key != PROPERTIES}
    made[OWN] = own.get("value", {})
    made[_SEAT] = {"at": found[0], **{key: own[key] for key in own if key not in ("property", "value")}}
    return {**made, PROPERTIES: others} if others else made


def _fold(mapping: dict[str, Any]) -> dict[str, Any]:
    if OWN not in mapping:
        return {key: item for key, item in mapping.items() if key != _SEAT}
    seat = dict(mapping.get(_SEAT, {}))
    properties = list(mapping.get(PROPERTIES, []))
    properties.insert(seat.pop("at", 0), {"property": OWN, "value": mapping[OWN], **seat})
    made = {key: item for key, item in mapping.items() if key not in (OWN, _SEAT, PROPERTIES)}
    return {**made, PROPERTIES: properties}


def _is_own(item: Any) -> bool:
    return isinstance(item, dict) and item.get("property") == OWN
