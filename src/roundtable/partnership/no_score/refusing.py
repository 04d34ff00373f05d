"""A contract that would take in a column of a no-score zone cannot be used: it may describe it, no more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from roundtable.errors import Problem
from roundtable.partnership.model.contract import Column
from roundtable.partnership.model.zone import ZONES_IN_WORDS, Zone
from roundtable.partnership.no_score.fields import zone_of_names
from roundtable.partnership.shapes import Written
from roundtable.partnership.yaml_source import Source

_DETAIL = "detail:"


def taken_in_against_zones(source: Source, things: Iterable[Written]) -> Iterator[Problem]:
    """Every column of one file that becomes something and falls in a no-score zone.

    Looks at each column as it is written, so that a contract with other mistakes is told of this too.
    """
    for thing in things:
        if thing.model is Column:
            yield from _problem(source, thing)


def _problem(source: Source, thing: Written) -> Iterator[Problem]:
    terms, inside = _terms(thing.mapping)
    canonical = terms.get("canonical")
    if not isinstance(canonical, str):
        return
    zone = _zone(thing.mapping, terms, canonical)
    if zone is None:
        return
    name = thing.mapping.get("name")
    what = f"column '{name}' is about {ZONES_IN_WORDS[zone]}, a no-score zone, and becomes '{canonical}'"
    remedy = (
        "Take 'canonical' out: the column may be described and is never taken in. If it is about something "
        "else, write 'zone: none' beside it."
    )
    yield Problem(source.place((*thing.path, *inside, "canonical")), "no-score-zone", what, remedy)


def _zone(column: dict[str, Any], terms: dict[str, Any], canonical: str) -> Zone | None:
    said = terms.get("zone")
    if isinstance(said, str):
        return Zone(said) if said in set(Zone) else None
    names = [column.get(key) for key in ("name", "physicalName", "businessName")]
    names.append(canonical.removeprefix(_DETAIL) if canonical.startswith(_DETAIL) else None)
    found = zone_of_names(name for name in names if isinstance(name, str))
    return found.zone if found else None


def _terms(column: dict[str, Any]) -> tuple[dict[str, Any], tuple[str | int, ...]]:
    """Roundtable's own terms of a column as they are written, and the way to them."""
    properties = column.get("customProperties")
    for i, one in enumerate(properties if isinstance(properties, list) else ()):
        if (
            isinstance(one, dict)
            and one.get("property") == "roundtable"
            and isinstance(one.get("value"), dict)
        ):
            return one["value"], ("customProperties", i, "value")
    return {}, ()
