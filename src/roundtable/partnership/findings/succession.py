"""What was left with a body that has ended: agreements, risks, services and duties never handed on."""

from __future__ import annotations

from collections.abc import Iterator

from roundtable.partnership.evidence import evidence
from roundtable.partnership.findings.cases import cases_at_stake
from roundtable.partnership.findings.finding import Finding, Rule, Severity
from roundtable.partnership.measured import MeasuredFacts
from roundtable.partnership.model.agency import Agency
from roundtable.partnership.model.agreement import Agreement
from roundtable.partnership.model.risk import Risk
from roundtable.partnership.model.scenario import Scenario
from roundtable.partnership.model.service import Service, ServiceStatus
from roundtable.partnership.model.strict import Kind
from roundtable.partnership.model.whole import Partnership
from roundtable.partnership.study import Study
from roundtable.partnership.wording import day, harm_of, listed, named, where

AGREEMENT_LEFT = Rule(
    "agreement-left-behind",
    "An agreement with a body that no longer exists",
    Severity.HIGH,
    "A party to an agreement that is still running has ended, and its successor has never signed. Nobody "
    "can say who now answers for what was shared, and no data move under it.",
)
RISK_LEFT = Rule(
    "risk-left-behind",
    "A risk left with a body that no longer exists",
    Severity.HIGH,
    "The post that leads a risk, or an agency that works on it or is bound by its joint duty, belongs to a "
    "body that has ended. On paper the risk has an owner; in fact nobody holds it.",
)
SERVICE_LEFT = Rule(
    "service-left-behind",
    "A service left with a body that no longer exists",
    Severity.MEDIUM,
    "A service runs in the name of a provider or commissioner that has ended, so nobody may be able to "
    "renew, change or pay for it.",
)
DUTY_LEFT = Rule(
    "duty-left-behind",
    "A duty that the successor has not taken up",
    Severity.MEDIUM,
    "A body that has ended held a duty in law, and its successor's file does not name that duty. Either "
    "the duty passed to somebody else, or nobody has noticed that it passed.",
)
RULES = (AGREEMENT_LEFT, RISK_LEFT, SERVICE_LEFT, DUTY_LEFT)


def find(study: Study) -> Iterator[Finding]:
    """Everything that a body left behind when it ended."""
    partnership, facts = study.partnership, study.facts
    for agreement in partnership.agreements:
        yield from _agreement(partnership, agreement)
    for scenario, risk in partnership.risks():
        yield from _risk(partnership, facts, scenario, risk)
    for service in partnership.services:
        yield from _service(partnership, service)
    for agency in partnership.agencies:
        yield from _duties(partnership, agency)


def ended(partnership: Partnership, agency_id: str) -> bool:
    """Whether a body had ended by the day that the folder describes."""
    last = partnership.agency(agency_id).to
    return last is not None and last < partnership.charter.as_of


def living_successor(partnership: Partnership, agency_id: str) -> str | None:
    """Who holds its powers now: its successor, or that one's, until one still exists; None if nobody."""
    seen: set[str] = set()
    current: str | None = agency_id
    while current is not None and current not in seen and ended(partnership, current):
        seen.add(current)
        current = partnership.agency(current).successor
    return None if current in seen else current


def _said(partnership: Partnership, agency_id: str) -> str:
    agency = partnership.agency(agency_id)
    heir = living_successor(partnership, agency_id)
    passed = f"its powers passed to {partnership.agency(heir).name}" if heir else "no successor is named"
    ended_on = day(agency.to) if agency.to else "a day that is not given"
    return f"{agency.name} ended on {ended_on}; {passed}."


def _heirs(partnership: Partnership, gone: list[str]) -> tuple[str, ...]:
    heirs = (living_successor(partnership, agency_id) for agency_id in gone)
    return tuple(heir for heir in heirs if heir is not None)


def _moved(partnership: Partnership, gone: list[str]) -> str:
    """`'b' in place of 'a'` for each body, or how to say who succeeds it."""
    parts = []
    for agency_id in gone:
        heir = living_successor(partnership, agency_id)
        in_place = f"'{heir}'" if heir else "whoever holds its powers (and name it as its 'successor')"
        parts.append(f"{in_place} in place of '{agency_id}'")
    return listed(parts)


def _agreement(partnership: Partnership, agreement: Agreement) -> Iterator[Finding]:
    if agreement.ends is not None and agreement.ends < partnership.charter.as_of:
        return
    parties = sorted({party.agency for party in agreement.parties})
    gone = [
        agency_id
        for agency_id in parties
        if ended(partnership, agency_id) and living_successor(partnership, agency_id) not in parties
    ]
    if not gone:
        return
    still = tuple(agency_id for agency_id in parties if not ended(partnership, agency_id))
    heirs = _heirs(partnership, gone)
    place = where(partnership, Kind.AGREEMENT, agreement.id)
    yield AGREEMENT_LEFT.finding(
        f"'{agreement.title}' was made with {named(partnership, gone)}, which no longer exists.",
        (Kind.AGREEMENT, agreement.id),
        agencies=(*parties, *heirs),
        evidence=(
            evidence(partnership, Kind.AGREEMENT, agreement.id, _runs(agreement)),
            *(evidence(partnership, Kind.AGENCY, a, _said(partnership, a)) for a in gone),
        ),
        remedy=(
            f"In {place}, write {_moved(partnership, gone)} under 'parties', with 'signed_by' and "
            f"'signed_on' once it has signed; or write the day it ended as 'ends'."
        ),
        cleared_by=heirs or still,
    )


def _runs(agreement: Agreement) -> str:
    return f"Runs until {day(agreement.ends)}." if agreement.ends else "Runs with no end."


def _risk(
    partnership: Partnership, facts: MeasuredFacts, scenario: Scenario, risk: Risk
) -> Iterator[Finding]:
    posts = [
        post for post in sorted(set(risk.lead_posts)) if ended(partnership, partnership.role(post)[0].id)
    ]
    holders = risk.joint_duty.holders if risk.joint_duty else ()
    working = sorted({a for a in (*holders, *risk.raci.responsible) if ended(partnership, a)})
    gone = sorted({*working, *(partnership.role(post)[0].id for post in posts)})
    if not gone:
        return
    heirs = _heirs(partnership, gone)
    place = where(partnership, Kind.RISK, risk.id)
    changes = [*_posts_moved(partnership, posts)]
    if working:
        changes.append(f"{_moved(partnership, working)} in 'raci' and 'joint_duty'")
    yield RISK_LEFT.finding(
        f"A risk of {harm_of(partnership, risk)} in '{scenario.title}' was left with "
        f"{named(partnership, gone)}, which no longer exists.",
        (Kind.RISK, risk.id),
        agencies=(scenario.lead, *gone, *heirs),
        evidence=(
            evidence(partnership, Kind.RISK, risk.id, risk.statement),
            *(evidence(partnership, Kind.AGENCY, a, _said(partnership, a)) for a in gone),
            *cases_at_stake(partnership, facts, [risk.outcome]),
        ),
        remedy=f"In {place}, write {listed(changes)}.",
        cleared_by=heirs or (scenario.lead,),
    )


def _posts_moved(partnership: Partnership, posts: list[str]) -> Iterator[str]:
    for post in posts:
        heir = living_successor(partnership, partnership.role(post)[0].id)
        owner = f"'{heir}'" if heir else "whoever holds its powers"
        yield f"a post of {owner} in place of '{post}' in 'lead_posts'"


def _service(partnership: Partnership, service: Service) -> Iterator[Finding]:
    held_by = {"provider": service.provider, "commissioner": service.commissioner}
    roles = {key: a for key, a in held_by.items() if a is not None and ended(partnership, a)}
    if not roles or service.status is ServiceStatus.DEFUNCT:
        return
    gone = sorted(set(roles.values()))
    heirs = _heirs(partnership, gone)
    place = where(partnership, Kind.SERVICE, service.id)
    keys = listed(f"'{key}'" for key in roles)
    yield SERVICE_LEFT.finding(
        f"'{service.name}' still has {named(partnership, gone)} as its {listed(roles)}.",
        (Kind.SERVICE, service.id),
        agencies=(service.provider, *gone, *heirs),
        evidence=tuple(evidence(partnership, Kind.AGENCY, a, _said(partnership, a)) for a in gone),
        remedy=f"In {place}, write {_moved(partnership, gone)} as {keys}; or write 'status: defunct'.",
        cleared_by=heirs or (service.provider,),
    )


def _duties(partnership: Partnership, agency: Agency) -> Iterator[Finding]:
    if not ended(partnership, agency.id):
        return
    heir = living_successor(partnership, agency.id)
    taken_up = partnership.agency(heir).duties if heir else ()
    left = sorted(set(agency.duties) - set(taken_up))
    if not left:
        return
    duties = listed(f"'{duty}'" for duty in left)
    titles = {gateway.id: gateway.title for gateway in partnership.gateways}
    laws = listed(f"'{titles.get(duty, duty)}'" for duty in left)
    if heir is None:
        remedy = f"In {where(partnership, Kind.AGENCY, agency.id)}, name the 'successor'."
    else:
        remedy = (
            f"In {where(partnership, Kind.AGENCY, heir)}, add {duties} to 'duties'; or, if the law "
            f"gave it to nobody, take it out of '{agency.id}'."
        )
    yield DUTY_LEFT.finding(
        f"{agency.name} was bound by {laws}, which its successor's file does not name.",
        (Kind.AGENCY, agency.id),
        agencies=(agency.id, *((heir,) if heir else ())),
        evidence=(evidence(partnership, Kind.AGENCY, agency.id, _said(partnership, agency.id)),),
        remedy=remedy,
        cleared_by=(heir,) if heir else (),
    )
