"""What stands at a path of keys inside a mapping, and something else there instead."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from roundtable.partnership.exchange.registers.sheets import Keys


def value_at(mapping: Mapping[str, Any], path: Keys) -> Any:
    """What stands at a path of keys; None where nothing does."""
    value: Any = mapping
    for key in path:
        value = value.get(key) if isinstance(value, dict) else None
    return value


def put(mapping: dict[str, Any], path: Keys, value: Any) -> None:
    """Write a value at a path of keys, or take it out with the mappings that it leaves empty."""
    *before, key = path
    if value is None:
        _take_out(mapping, path)
        return
    for step in before:
        inner = mapping.get(step)
        if not isinstance(inner, dict):
            inner = mapping[step] = {}
        mapping = inner
    mapping[key] = value


def _take_out(mapping: dict[str, Any], path: Keys) -> None:
    key, *rest = path
    inner = mapping.get(key)
    if rest and isinstance(inner, dict):
        _take_out(inner, tuple(rest))
    if not rest or inner == {}:
        mapping.pop(key, None)
