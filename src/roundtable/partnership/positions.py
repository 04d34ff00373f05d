"""Where the parts of a file are written that have no id: links, steps, parties, grants, what is wanted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from pydantic import BaseModel

from roundtable.errors import Place
from roundtable.partnership.model.agency import Capacity, Priority, Skill, SkillCapacity
from roundtable.partnership.model.agreement import Grant, LegalBasis, Party
from roundtable.partnership.model.causal import Link
from roundtable.partnership.model.contract_terms import Consumption
from roundtable.partnership.model.meeting import Acceptance, DecisionWanted
from roundtable.partnership.model.scenario import JourneyStep
from roundtable.partnership.model.strict import Part
from roundtable.partnership.shapes import Written
from roundtable.partnership.yaml_source import Path, Source

#: What each is, and the keys whose texts tell it from the others of its file; a step is told by its number.
_PARTS: Mapping[type[BaseModel], tuple[Part, tuple[str, ...]]] = {
    Link: (Part.LINK, ("from", "to")),
    JourneyStep: (Part.STEP, ()),
    Party: (Part.PARTY, ("agency", "role")),
    Grant: (Part.GRANT, ("dataset", "table")),
    LegalBasis: (Part.BASIS, ()),
    Consumption: (Part.USE, ("agency",)),
    Capacity: (Part.CAPACITY, ("period", "unit")),
    SkillCapacity: (Part.CAPACITY, ("skill", "period", "unit")),
    Skill: (Part.SKILL, ("skill",)),
    Priority: (Part.PRIORITY, ("outcome",)),
    DecisionWanted: (Part.WANTED, ("id",)),
    Acceptance: (Part.ACCEPTANCE, ("rule", "about")),
}


def parts_of(source: Source, things: Iterable[Written]) -> Iterator[tuple[tuple[str, ...], Place]]:
    """The parts of one file without an id and where each stands, the first of two that are told alike.

    Only of files that had no problem. Of a place the keys that lead there are left out: to write thousands
    of them costs more than all the rest.
    """
    owner, values, file = str(source.value.get("id")).strip(), source.values, source.file
    for model, mapping, path in things:
        known = _PARTS.get(model)
        if known is not None and path in values:
            part, keys = known
            names = [str(mapping.get(key)).strip() for key in keys] if keys else _number(model, path)
            line, column = values[path]
            yield (part, owner, *names), Place(file, line, column)


def _number(model: type[BaseModel], path: Path) -> tuple[str, ...]:
    """The number of a step, from 1; the legal basis is the only one of its agreement."""
    return (str(int(path[-1]) + 1),) if model is JourneyStep else ()
