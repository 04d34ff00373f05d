"""What stands in a JSON file of another tool, looked at with care: every list where it should be."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from roundtable.errors import Place
from roundtable.partnership.exchange.faults import Faults


def objects(holder: Mapping[str, Any], key: str, faults: Faults) -> Iterator[tuple[Place, Mapping[str, Any]]]:
    """The objects of a list, each with its place; what is no object is a fault, an absent list is empty."""
    items = holder.get(key)
    if items is None:
        return
    if not isinstance(items, list):
        faults.add("wrong-kind", f"'{key}' is not a list", "Save the map again in the tool it came from.")
        return
    for i, item in enumerate(items):
        place = Place(faults.file, key=f"{key}[{i}]")
        if isinstance(item, dict):
            yield place, item
        else:
            remedy = "Save the map again in the tool it came from."
            faults.add(
                "wrong-kind", f"there is {kind_of(item)} where an object should be", remedy, place=place
            )


def mapping(value: Any) -> Mapping[str, Any]:
    """The value if it is an object, else an empty one."""
    return value if isinstance(value, dict) else {}


def as_written(value: Any) -> str:
    """A value as text: numbers as they are written, a list of texts with `|` between, the rest as JSON."""
    match value:
        case None:
            return ""
        case str():
            return value
        case bool():
            return "true" if value else "false"
        case float() if value.is_integer() and abs(value) < 1e15:
            return str(int(value))
        case list() if all(isinstance(one, str) for one in value):
            return "|".join(value)
        case _:
            return json.dumps(value, ensure_ascii=False, sort_keys=True)


def kind_of(value: Any) -> str:
    """What a value is, in words."""
    words = {str: "text", list: "a list", dict: "an object", bool: "true or false", type(None): "nothing"}
    return words.get(type(value), "a number")


def version_said(value: Any) -> str:
    """The version a file says it is of, for a message; empty where it says none."""
    version = value.get("version") if isinstance(value, dict) else None
    return f" (it says it is of version {version})" if isinstance(version, str | int | float) else ""


def file_text(value: Any) -> bytes:
    """A JSON document as it is written, the same for the same value."""
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()
