"""What the things of a partnership are called, and how plain values read."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Any

from pydantic import BaseModel

from roundtable.partnership.model.strict import Kind
from roundtable.partnership.model.whole import Partnership
from roundtable.partnership.wording import day, figure


def names(partnership: Partnership) -> dict[tuple[Kind, str], str]:
    """What the things are called that other things name most: by kind and id."""
    found = {(Kind.AGENCY, one.id): one.name for one in partnership.agencies}
    found |= {(Kind.ROLE, role.id): f"{role.title}, {agency.name}" for agency, role in partnership.roles()}
    found |= {(Kind.OUTCOME, one.id): one.name for one in partnership.charter.outcomes}
    found |= {(Kind.SKILL, one.id): one.name for one in partnership.charter.skills}
    found |= {(Kind.SCENARIO, one.id): one.title for one in partnership.scenarios}
    found |= {(Kind.FACTOR, f.id): f.label for one in partnership.scenarios for f in one.factors}
    found |= {(Kind.AGREEMENT, one.id): one.title for one in partnership.agreements}
    found |= {(Kind.SERVICE, one.id): one.name for one in partnership.services}
    found |= {(Kind.DATASET, one.id): one.name or one.id for one in partnership.datasets}
    return found


def called(model: BaseModel) -> str | None:
    """What a thing calls itself, by whichever key it does so."""
    for key in ("name", "title", "label", "question", "what", "statement", "decision", "text"):
        said = model.__dict__.get(key)
        if isinstance(said, str):
            return said
    return None


def words(key: str) -> str:
    """A key as one says it."""
    return key.strip("_").replace("_", " ")


def shown(value: Any) -> str:
    """A plain value as one writes it."""
    match value:
        case bool():
            return "yes" if value else "no"
        case date():
            return day(value)
        case StrEnum():
            return words(value.value)
        case int() | float():
            return figure(value)
        case _:
            return str(value)
