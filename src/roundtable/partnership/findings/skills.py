"""Are they able? Services and risks that ask for a skill, at a level, that nobody there has."""

from __future__ import annotations

from collections.abc import Iterator

from roundtable.partnership.findings.finding import Evidence, Finding, Rule, Severity
from roundtable.partnership.findings.wording import evidence, listed, named, where
from roundtable.partnership.model.risk import SkillNeeded
from roundtable.partnership.model.service import ServiceStatus
from roundtable.partnership.model.strict import Kind
from roundtable.partnership.model.whole import Partnership
from roundtable.partnership.study import Study

SKILL_MISSING = Rule(
    "skill-missing",
    "A skill that those responsible do not have",
    Severity.MEDIUM,
    "A service asks for a skill at a level that its provider has not shown, or a risk asks for one that no "
    "agency responsible for it has shown. Those who would act are not yet able to.",
)
RULES = (SKILL_MISSING,)


def find(study: Study) -> Iterator[Finding]:
    """Every running service and risk with a skill that is missing."""
    partnership = study.partnership
    for service in partnership.services:
        if service.status is ServiceStatus.ACTIVE:
            about = (Kind.SERVICE, service.id)
            subject = f"'{service.name}'"
            yield from _missing(partnership, about, subject, service.requires, (service.provider,))
    for scenario, risk in partnership.risks():
        doing = risk.raci.responsible
        subject = f"The risk '{risk.id}' of '{scenario.title}'"
        if doing:
            yield from _missing(partnership, (Kind.RISK, risk.id), subject, risk.requires, doing)


def _missing(
    partnership: Partnership,
    about: tuple[Kind, str],
    subject: str,
    required: tuple[SkillNeeded, ...],
    agencies: tuple[str, ...],
) -> Iterator[Finding]:
    for needed in required:
        levels = {agency_id: _level(partnership, agency_id, needed.skill) for agency_id in agencies}
        if any(level is not None and level >= needed.level for level in levels.values()):
            continue
        rows = tuple(_shown(partnership, agency_id, needed.skill) for agency_id in sorted(levels))
        files = listed(where(partnership, Kind.AGENCY, agency_id) for agency_id in sorted(levels))
        yield SKILL_MISSING.finding(
            f"{subject} needs '{needed.skill}' at level {needed.level}, and "
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


def _level(partnership: Partnership, agency_id: str, skill: str) -> int | None:
    levels = [held.level for held in partnership.agency(agency_id).skills if held.skill == skill]
    return max(levels, default=None)


def _shown(partnership: Partnership, agency_id: str, skill: str) -> Evidence:
    agency = partnership.agency(agency_id)
    level = _level(partnership, agency_id, skill)
    said = "says nothing of it" if level is None else f"shows level {level}"
    return evidence(partnership, Kind.AGENCY, agency_id, f"{agency.name} {said}.")
