"""Who could act on a factor: running services, whether their providers are able, and what room they have."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from roundtable.partnership.model.agency import Agency, Capacity
from roundtable.partnership.model.risk import SkillNeeded
from roundtable.partnership.model.service import Effect, Service, ServiceStatus
from roundtable.partnership.model.strict import UNKNOWN
from roundtable.partnership.model.whole import Partnership
from roundtable.partnership.periods import covers, per_year
from roundtable.partnership.study import Study
from roundtable.partnership.wording import day


class Room(StrEnum):
    """Whether a service can take one more."""

    FREE = "free"
    FULL = "full"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Option:
    """A running service that changes a factor.

    Attributes:
        service: the service.
        effect: what it does to the factor.
        missing: the skills that it takes and its provider has not shown at the level needed.
        room: whether it can take one more on the day that the folder describes.
        free_a_year: what it could supply beyond what is asked of it, were each period of the year like
            the present one; in the unit of its capacity. None when not known.
    """

    service: Service
    effect: Effect
    missing: tuple[SkillNeeded, ...]
    room: Room
    free_a_year: float | None


def options(study: Study, factor: str) -> tuple[Option, ...]:
    """The running services that change a factor, in order of their ids."""
    return study.shared(_by_factor).get(factor, ())


def running(partnership: Partnership, service: Service) -> bool:
    """Whether people are being served: the service is active, and its provider exists on that day."""
    return partnership.is_running(service)


def why_not_running(partnership: Partnership, service: Service) -> str:
    """Why a service serves nobody, to follow its name; empty when it is running."""
    if service.status is not ServiceStatus.ACTIVE:
        return f"is {service.status}"
    provider, today = partnership.agency(service.provider), partnership.charter.as_of
    if provider.existed_on(today):
        return ""
    if provider.to is not None and provider.to < today:
        return f"ended with its provider, {provider.name}, on {day(provider.to)}"
    return f"waits for its provider, {provider.name}, which does not exist yet"


def level_shown(partnership: Partnership, agency_id: str, skill: str) -> int | None:
    """The highest level of a skill that an agency has shown; None when it says nothing of it."""
    levels = [held.level for held in partnership.agency(agency_id).skills if held.skill == skill]
    return max(levels, default=None)


def able_agencies(study: Study, needed: SkillNeeded) -> tuple[Agency, ...]:
    """The living agencies that have shown a skill at the level needed, in order of their ids."""
    shown = study.shared(_shown).get(needed.skill, {})
    return tuple(
        study.partnership.agency(agency) for agency, level in sorted(shown.items()) if level >= needed.level
    )


def missing_skills(
    partnership: Partnership, agency_id: str, required: Iterable[SkillNeeded]
) -> tuple[SkillNeeded, ...]:
    """Those of the skills required that an agency has not shown at the level needed."""
    return tuple(
        needed
        for needed in required
        if (level_shown(partnership, agency_id, needed.skill) or 0) < needed.level
    )


def room_in(rows: Iterable[Capacity]) -> Room:
    """Whether there is room in all of these rows at once; no rows, or an unknown one, is not known.

    A row that is full decides, whatever else is unknown.
    """
    found = tuple(rows)
    known = [row for row in found if UNKNOWN not in (row.supply, row.demand)]
    if any(float(row.demand) >= float(row.supply) for row in known):
        return Room.FULL
    return Room.FREE if known and len(known) == len(found) else Room.UNKNOWN


def _shown(study: Study) -> Mapping[str, Mapping[str, int]]:
    """For each skill, the living agencies that have shown it, with the highest level of each."""
    found: dict[str, dict[str, int]] = {}
    for agency in study.partnership.agencies:
        if agency.existed_on(study.partnership.charter.as_of):
            for held in agency.skills:
                levels = found.setdefault(held.skill, {})
                levels[agency.id] = max(held.level, levels.get(agency.id, 0))
    return found


def _by_factor(study: Study) -> Mapping[str, tuple[Option, ...]]:
    found: dict[str, list[Option]] = {}
    for service in study.partnership.services:
        if running(study.partnership, service):
            for effect in service.effects:
                found.setdefault(effect.factor, []).append(_option(study.partnership, service, effect))
    return {factor: tuple(these) for factor, these in found.items()}


def _option(partnership: Partnership, service: Service, effect: Effect) -> Option:
    today = partnership.charter.as_of
    own = [row for row in service.capacity if covers(row.period, today)]
    skills = {needed.skill for needed in service.requires}
    lent = [
        row
        for row in partnership.agency(service.provider).capacity
        if row.skill in skills and covers(row.period, today)
    ]
    room = room_in((*own, *lent)) if own else Room.UNKNOWN
    return Option(
        service=service,
        effect=effect,
        missing=missing_skills(partnership, service.provider, service.requires),
        room=room,
        free_a_year=_free_a_year(own, room),
    )


def _free_a_year(rows: list[Capacity], room: Room) -> float | None:
    """The least that any row of the service leaves free, a year; None when the room is not known."""
    if room is Room.UNKNOWN:
        return None
    if room is Room.FULL:
        return 0.0
    return min((float(row.supply) - float(row.demand)) * per_year(row.period) for row in rows)
