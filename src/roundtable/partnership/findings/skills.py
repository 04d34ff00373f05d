"""Are they able? Services and risks that ask for a skill that nobody there has, or that has run out."""

from __future__ import annotations

from collections.abc import Iterator

from roundtable.partnership.evidence import evidence
from roundtable.partnership.findings.finding import Evidence, Finding, Rule, Severity
from roundtable.partnership.joins.services import Room, level_shown, room_in
from roundtable.partnership.model.agency import SkillCapacity
from roundtable.partnership.model.risk import Risk, SkillNeeded
from roundtable.partnership.model.strict import Kind
from roundtable.partnership.model.whole import Partnership
from roundtable.partnership.periods import covers
from roundtable.partnership.study import Study
from roundtable.partnership.wording import counted, harm_of, listed, named, where

SKILL_MISSING = Rule(
    "skill-missing",
    "A skill that those responsible do not have",
    Severity.MEDIUM,
    "A service asks for a skill at a level that its provider has not shown, or a risk asks for one that no "
    "agency responsible for it has shown. Those who would act are not yet able to.",
)
SKILL_FULL = Rule(
    "skill-no-room",
    "Able, and with no room",
    Severity.MEDIUM,
    "Every agency that is responsible for a risk and has the skill that it takes has counted its capacity "
    "for "
    "that skill, and has none left in the present period.",
)
RULES = (SKILL_MISSING, SKILL_FULL)


def find(study: Study) -> Iterator[Finding]:
    """Every running service and risk with a skill that is missing, and every skill that has run out."""
    partnership = study.partnership
    for service in partnership.services:
        if partnership.is_running(service):
            about = (Kind.SERVICE, service.id)
            subject = f"'{service.name}'"
            yield from _missing(partnership, about, subject, service.requires, (service.provider,))
    for scenario, risk in partnership.risks():
        doing = risk.raci.responsible
        subject = f"A risk of {harm_of(partnership, risk)} in '{scenario.title}'"
        if doing:
            yield from _missing(partnership, (Kind.RISK, risk.id), subject, risk.requires, doing)
    yield from _skills_without_room(study)


def _missing(
    partnership: Partnership,
    about: tuple[Kind, str],
    subject: str,
    required: tuple[SkillNeeded, ...],
    agencies: tuple[str, ...],
) -> Iterator[Finding]:
    names = {skill.id: skill.name for skill in partnership.charter.skills}
    for needed in required:
        levels = {agency_id: level_shown(partnership, agency_id, needed.skill) for agency_id in agencies}
        if any(level is not None and level >= needed.level for level in levels.values()):
            continue
        rows = tuple(_shown(partnership, agency_id, needed.skill) for agency_id in sorted(levels))
        files = listed(where(partnership, Kind.AGENCY, agency_id) for agency_id in sorted(levels))
        yield SKILL_MISSING.finding(
            f"{subject} needs '{names.get(needed.skill, needed.skill)}' at level {needed.level}, and "
            f"{named(partnership, sorted(levels))} {'has' if len(levels) == 1 else 'have'} not shown it.",
            about,
            agencies=agencies,
            evidence=(
                evidence(partnership, *about, f"Requires '{needed.skill}' at level {needed.level}."),
                *rows,
            ),
            remedy=(
                f"Train or recruit, then write the level and its evidence for '{needed.skill}' under "
                f"'skills' in {files}; or give the work to an agency that has it."
            ),
            cleared_by=agencies,
        )


def _shown(partnership: Partnership, agency_id: str, skill: str) -> Evidence:
    agency = partnership.agency(agency_id)
    level = level_shown(partnership, agency_id, skill)
    said = "says nothing of it" if level is None else f"shows level {level}"
    return evidence(partnership, Kind.AGENCY, agency_id, f"{agency.name} {said}.")


def _skills_without_room(study: Study) -> Iterator[Finding]:
    """One finding for each skill that has run out among those able and responsible, with its risks."""
    held_up: dict[tuple[str, tuple[str, ...]], list[Risk]] = {}
    for _, risk in study.partnership.risks():
        for needed in risk.requires:
            able = _able(study.partnership, risk, needed)
            if able and all(_room(study.partnership, one, needed.skill) is Room.FULL for one in able):
                held_up.setdefault((needed.skill, able), []).append(risk)
    for (skill, able), risks in sorted(held_up.items(), key=lambda item: item[0]):
        yield _skill_full(study, skill, able, sorted(risks, key=lambda risk: risk.id))


def _able(partnership: Partnership, risk: Risk, needed: SkillNeeded) -> tuple[str, ...]:
    """The agencies responsible for a risk that have shown the skill at the level it takes."""
    return tuple(
        one
        for one in sorted(set(risk.raci.responsible))
        if (level_shown(partnership, one, needed.skill) or 0) >= needed.level
    )


def _room(partnership: Partnership, agency: str, skill: str) -> Room:
    return room_in(_present(partnership, agency, skill))


def _present(partnership: Partnership, agency: str, skill: str) -> list[SkillCapacity]:
    """What an agency says of a skill for the present period."""
    day = partnership.charter.as_of
    rows = partnership.agency(agency).capacity
    return [row for row in rows if row.skill == skill and covers(row.period, day)]


def _skill_full(study: Study, skill: str, able: tuple[str, ...], risks: list[Risk]) -> Finding:
    partnership = study.partnership
    name = next((one.name for one in partnership.charter.skills if one.id == skill), skill)
    rows = [
        evidence(
            partnership,
            Kind.AGENCY,
            one,
            f"{row.period}: supply {row.supply}, demand {row.demand} ({row.unit}).",
        )
        for one in able
        for row in _present(partnership, one, skill)
    ]
    verb = "has" if len(able) == 1 else "have"
    return SKILL_FULL.finding(
        f"{counted(len(risks), 'risk')} {'takes' if len(risks) == 1 else 'take'} '{name}', and "
        f"{named(partnership, able)} {verb} no more of it this period.",
        (Kind.SKILL, skill),
        agencies=able,
        evidence=(*rows, *(evidence(partnership, Kind.RISK, risk.id, risk.statement) for risk in risks)),
        remedy=(
            f"Free or find more of it and write the new figures under 'capacity' in "
            f"{listed(where(partnership, Kind.AGENCY, one) for one in able)}; or name another agency that "
            f"has "
            f"it under 'responsible'."
        ),
        cleared_by=able,
    )
