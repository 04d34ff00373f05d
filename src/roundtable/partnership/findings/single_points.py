"""What hangs on one thread? Skills that one agency alone has, posts that carry much, lone datasets.

The whole tables are values: what each loss would break (`knock_out`) and who stands between whom where data
flow (`flow_network`). Findings are made only where a scenario would break and nothing could take the place.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from roundtable.partnership.evidence import Evidence, evidence
from roundtable.partnership.findings.finding import Finding, Rule, Severity
from roundtable.partnership.findings.flow_network import FlowNetwork, flow_network
from roundtable.partnership.findings.knock_out import (
    KnockOut,
    Lost,
    Part,
    Question,
    knock_out,
)
from roundtable.partnership.joins.services import able_agencies, running
from roundtable.partnership.model.risk import SkillNeeded
from roundtable.partnership.model.strict import Kind
from roundtable.partnership.model.whole import Partnership
from roundtable.partnership.study import Study
from roundtable.partnership.wording import counted, listed, where

__all__ = ["RULES", "FlowNetwork", "KnockOut", "find", "flow_network", "knock_out", "sole_skills"]

#: A post that leads so many risks, or a dataset so many scenarios rest on, is worth the table's minute.
SEVERAL = 2

SOLE_PROVIDER = Rule(
    "skill-sole-provider",
    "A skill that one agency alone has",
    Severity.MEDIUM,
    "One agency alone has shown a skill at the level that is asked for. A risk takes it, or running services "
    "in two scenarios or more. If its people leave or its money ends, nobody could take over.",
)
POST_CARRIES = Rule(
    "post-single-point",
    "A post that leads several risks, with nobody to stand in",
    Severity.MEDIUM,
    "One post leads two risks or more, and no filled post is its deputy. While its holder is away, nobody "
    "leads any of them.",
)
DATASET_SOLE = Rule(
    "dataset-single-source",
    "A dataset on which several scenarios rest",
    Severity.LOW,
    "Essential needs in two scenarios or more can be met by this dataset alone. If it stops, changes or "
    "comes late, all of them lose what they can know.",
)
RULES = (SOLE_PROVIDER, POST_CARRIES, DATASET_SOLE)


@dataclass(frozen=True)
class SoleSkill:
    """A skill, at a level that is asked for, that one living agency alone has shown.

    Attributes:
        agency: the id of that agency.
        skill: the id of the skill.
        level: the lowest level asked for at which it alone has it.
        risks: ids of the risks that take it, in order.
        services: ids of the running services that take it, in order.
    """

    agency: str
    skill: str
    level: int
    risks: tuple[str, ...]
    services: tuple[str, ...]


def find(study: Study) -> Iterator[Finding]:
    """Every sole provider, post and dataset whose loss would break a scenario, grouped by whose it is."""
    broken = {(one.kind, one.id): one for one in knock_out(study)}
    skills: dict[str, list[SoleSkill]] = {}
    for sole in sole_skills(study):
        skills.setdefault(sole.agency, []).append(sole)
    for agency, alone in sorted(skills.items()):
        if (Kind.AGENCY, agency) in broken:
            yield from _sole_provider(study, broken[Kind.AGENCY, agency], alone)
    for one in broken.values():
        if one.kind is Kind.ROLE and len(one.losses) >= SEVERAL:
            yield _post_carries(study, one)
        elif one.kind is Kind.DATASET and len(one.scenarios) >= SEVERAL:
            yield _dataset_sole(study, one)


def sole_skills(study: Study) -> tuple[SoleSkill, ...]:
    """The skills that risks or running services take and that one agency alone has, by agency and skill."""
    return study.shared(_sole_skills)


def _sole_skills(study: Study) -> tuple[SoleSkill, ...]:
    alone: dict[tuple[str, str], list[tuple[SkillNeeded, Part]]] = {}
    for needed, asker in _asked_for(study.partnership):
        able = able_agencies(study, needed)
        if len(able) == 1:
            alone.setdefault((able[0].id, needed.skill), []).append((needed, asker))
    return tuple(
        SoleSkill(
            agency=agency,
            skill=skill,
            level=min(needed.level for needed, _ in asked),
            risks=_of_kind(Kind.RISK, asked),
            services=_of_kind(Kind.SERVICE, asked),
        )
        for (agency, skill), asked in sorted(alone.items())
    )


def _asked_for(partnership: Partnership) -> Iterator[tuple[SkillNeeded, Part]]:
    for _, risk in partnership.risks():
        yield from ((needed, (Kind.RISK, risk.id)) for needed in risk.requires)
    for service in partnership.services:
        if running(partnership, service):
            yield from ((needed, (Kind.SERVICE, service.id)) for needed in service.requires)


def _of_kind(kind: Kind, asked: Iterable[tuple[SkillNeeded, Part]]) -> tuple[str, ...]:
    return tuple(sorted({thing for _, (its_kind, thing) in asked if its_kind is kind}))


def _sole_provider(study: Study, broken: KnockOut, alone: list[SoleSkill]) -> Iterator[Finding]:
    """One finding for an agency, if what would break rests on a skill that it alone has."""
    partnership = study.partnership
    names = {skill.id: skill.name for skill in partnership.charter.skills}
    resting = _resting(study, alone)
    lost = [
        loss
        for loss in broken.losses
        if loss.question in (Question.ABLE, Question.ACT) and (loss.kind, loss.about) in resting
    ]
    scenarios = sorted({loss.scenario for loss in lost})
    if not scenarios or (len(scenarios) < SEVERAL and not any(sole.risks for sole in alone)):
        return
    skills = listed(f"'{names[sole.skill]}'" for sole in alone)
    rows = [
        evidence(partnership, Kind.AGENCY, broken.id, _taken_by(partnership, names, one)) for one in alone
    ]
    rows += _lost_rows(partnership, lost)
    yield SOLE_PROVIDER.finding(
        f"{broken.name} alone has {skills} at the level that is asked for, and "
        f"{counted(len(scenarios), 'scenario')} would break without it.",
        (Kind.AGENCY, broken.id),
        agencies=(broken.id,),
        evidence=tuple(rows),
        remedy=(
            f"Train or recruit in a second agency, and write the level and its evidence for "
            f"{listed(repr(sole.skill) for sole in alone)} under 'skills' in its file in agencies/."
        ),
        cleared_by=(broken.id, *(partnership.scenario(scenario).lead for scenario in scenarios)),
    )


def _resting(study: Study, alone: list[SoleSkill]) -> frozenset[Part]:
    """The risks that take these skills, and the factors changed by the services that do."""
    services = [study.partnership.service(service) for sole in alone for service in sole.services]
    factors = {(Kind.FACTOR, effect.factor) for service in services for effect in service.effects}
    return frozenset(factors | {(Kind.RISK, risk) for sole in alone for risk in sole.risks})


def _taken_by(partnership: Partnership, names: Mapping[str, str], sole: SoleSkill) -> str:
    services = [f"'{partnership.service(service).name}'" for service in sole.services]
    takers = [counted(len(sole.risks), "risk")] if sole.risks else []
    return f"'{names[sole.skill]}' at level {sole.level} is taken by {listed([*takers, *services])}."


def _lost_rows(partnership: Partnership, lost: Iterable[Lost]) -> list[Evidence]:
    """One row for each scenario: what it would lose."""
    by_scenario: dict[str, list[str]] = {}
    for loss in lost:
        by_scenario.setdefault(loss.scenario, []).append(loss.text)
    rows = []
    for scenario, texts in by_scenario.items():
        text = f"'{partnership.scenario(scenario).title}': {'; '.join(dict.fromkeys(texts))}."
        rows.append(evidence(partnership, Kind.SCENARIO, scenario, text))
    return rows


def _post_carries(study: Study, broken: KnockOut) -> Finding:
    partnership = study.partnership
    agency, role = partnership.role(broken.id)
    also = _also_carries(study, broken.id)
    deputy = "names no deputy" if role.deputy is None else f"has a deputy, '{role.deputy}', that stands empty"
    rows = [evidence(partnership, Kind.ROLE, role.id, f"'{role.title}' {deputy}.")]
    rows += [evidence(partnership, Kind.ROLE, role.id, f"It also {listed(also)}.")] if also else []
    return POST_CARRIES.finding(
        f"The post '{role.title}' of {agency.name} alone leads {counted(len(broken.losses), 'risk')}, and "
        f"nobody can stand in for it.",
        (Kind.ROLE, role.id),
        agencies=(agency.id,),
        evidence=(*rows, *_lost_rows(partnership, broken.losses)),
        remedy=(
            f"Write 'deputy' with another filled post for '{role.id}' in "
            f"{where(partnership, Kind.ROLE, role.id)}; or give some of its risks to another post."
        ),
        cleared_by=(agency.id,),
    )


def _also_carries(study: Study, post: str) -> list[str]:
    """The other letters that a post holds: what it signs, keeps and answers for."""
    signs, contact, keeps, deputises = (letters[post] for letters in study.shared(_letters))
    every = (
        (signs, f"signs {counted(signs, 'agreement')}"),
        (contact, f"is the contact for {counted(contact, 'agreement')}"),
        (keeps, f"is the steward of {counted(keeps, 'dataset')}"),
        (deputises, f"is the deputy of {counted(deputises, 'post')}"),
    )
    return [text for number, text in every if number]


def _letters(study: Study) -> tuple[Counter[str | None], ...]:
    """Of each post: agreements it signs, and is the contact for; datasets it keeps; posts it deputises."""
    partnership = study.partnership
    signing = [{party.signed_by for party in agreement.parties} for agreement in partnership.agreements]
    return (
        Counter(post for posts in signing for post in posts),
        Counter(agreement.contact for agreement in partnership.agreements),
        Counter(dataset.terms.steward for dataset in partnership.datasets),
        Counter(role.deputy for _, role in partnership.roles()),
    )


def _dataset_sole(study: Study, broken: KnockOut) -> Finding:
    partnership = study.partnership
    creator = partnership.dataset(broken.id).terms.created_by or ""
    leads = tuple(partnership.scenario(scenario).lead for scenario in broken.scenarios)
    return DATASET_SOLE.finding(
        f"{counted(len(broken.scenarios), 'scenario')} can know what they need from '{broken.name}' alone.",
        (Kind.DATASET, broken.id),
        agencies=(creator, *leads),
        evidence=tuple(_lost_rows(partnership, broken.losses)),
        remedy=(
            f"Name a second dataset in the 'datasets' of those needs, with an agreement that gives it; or "
            f"agree what happens when it is late, and write it as service levels ('slaProperties') in "
            f"{where(partnership, Kind.DATASET, broken.id)}."
        ),
        cleared_by=(creator, *leads),
    )
