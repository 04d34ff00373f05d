"""Will anybody act? Risks that nobody leads, that several lead, and whose lead post stands empty."""

from __future__ import annotations

from collections.abc import Iterator

from roundtable.partnership.evidence import evidence
from roundtable.partnership.findings.cases import cases_at_stake
from roundtable.partnership.findings.finding import Evidence, Finding, Rule, Severity
from roundtable.partnership.measured import MeasuredFacts
from roundtable.partnership.model.agency import Agency, Role, RoleKind
from roundtable.partnership.model.risk import Risk
from roundtable.partnership.model.scenario import Scenario
from roundtable.partnership.model.strict import Kind
from roundtable.partnership.model.whole import Partnership
from roundtable.partnership.study import Study
from roundtable.partnership.wording import counted, day, either, harm_of, listed, where

NO_LEAD = Rule(
    "risk-no-lead",
    "A risk that no post leads",
    Severity.HIGH,
    "No post answers for the risk, so nobody has to act when it comes about. Several agencies may work on "
    "it and each may suppose that another leads.",
)
SEVERAL_LEADS = Rule(
    "risk-several-leads",
    "A risk that several posts lead",
    Severity.MEDIUM,
    "Two or more posts lead the risk. When it comes about each may wait for the other. The law may hold "
    "several agencies to one duty: they still have one lead post, which acts for all of them, and such a "
    "joint duty with one lead post is no finding.",
)
POST_VACANT = Rule(
    "lead-post-vacant",
    "A lead post that stands empty",
    Severity.MEDIUM,
    "A risk has its lead post, and nobody holds the post, so the risk has no lead in practice.",
)
RULES = (NO_LEAD, SEVERAL_LEADS, POST_VACANT)

_LEADING_KINDS = (RoleKind.RISK_OWNER, RoleKind.SERVICE_LEAD, RoleKind.SRO)


def find(study: Study) -> Iterator[Finding]:
    """Everything wrong with who leads the risks."""
    partnership, facts = study.partnership, study.facts
    for scenario, risk in partnership.risks():
        posts = tuple(sorted(set(risk.lead_posts)))
        if not posts:
            yield _no_lead(partnership, facts, scenario, risk)
        elif len(posts) > 1:
            yield _several_leads(partnership, facts, scenario, risk, posts)
    for agency, role in partnership.roles():
        risks = (risk for _, risk in partnership.risks() if role.id in risk.lead_posts)
        led = sorted(risks, key=lambda risk: risk.id)
        if led and _vacant(partnership, agency, role):
            yield _post_vacant(partnership, facts, agency, role, led)


def _statement(partnership: Partnership, risk: Risk) -> Evidence:
    return evidence(partnership, Kind.RISK, risk.id, risk.statement)


def _no_lead(partnership: Partnership, facts: MeasuredFacts, scenario: Scenario, risk: Risk) -> Finding:
    candidates = _candidates(partnership, scenario, risk)
    such_as = f", such as {either(candidates)}" if candidates else ""
    return NO_LEAD.finding(
        f"Nobody leads on {harm_of(partnership, risk)} in '{scenario.title}'.",
        (Kind.RISK, risk.id),
        agencies=(scenario.lead, *risk.raci.responsible),
        evidence=(
            _statement(partnership, risk),
            *cases_at_stake(partnership, facts, [risk.outcome]),
        ),
        remedy=f"In {where(partnership, Kind.RISK, risk.id)}, write one post in 'lead_posts'{such_as}.",
        cleared_by=(scenario.lead, *risk.raci.responsible),
    )


def _candidates(partnership: Partnership, scenario: Scenario, risk: Risk) -> list[str]:
    """Up to three filled posts that could lead: one for each agency that does the work, by id."""
    agencies = sorted(set(risk.raci.responsible or (scenario.lead,)))
    found = []
    for agency in (partnership.agency(agency_id) for agency_id in agencies):
        posts = [r.id for r in agency.roles if r.kind in _LEADING_KINDS and r.vacant_since is None]
        if posts and agency.existed_on(partnership.charter.as_of):
            found.append(f"'{min(posts)}'")
    return found[:3]


def _several_leads(
    partnership: Partnership, facts: MeasuredFacts, scenario: Scenario, risk: Risk, posts: tuple[str, ...]
) -> Finding:
    holders = tuple(partnership.role(post)[0].id for post in posts)
    duty = ""
    if risk.joint_duty is not None:
        duty = " The duty is joint, and one post can lead for every agency that it binds."
    rows = [
        evidence(partnership, Kind.ROLE, post, f"'{post}': {role.title}, {agency.name}.")
        for post in posts
        for agency, role in [partnership.role(post)]
    ]
    return SEVERAL_LEADS.finding(
        f"{len(posts)} posts lead on {harm_of(partnership, risk)} in '{scenario.title}', so none of them "
        f"does.",
        (Kind.RISK, risk.id),
        agencies=(scenario.lead, *holders),
        evidence=(
            _statement(partnership, risk),
            *rows,
            *cases_at_stake(partnership, facts, [risk.outcome]),
        ),
        remedy=(
            f"In {where(partnership, Kind.RISK, risk.id)}, keep one of "
            f"{listed(repr(post) for post in posts)} in 'lead_posts' and leave the other agencies in "
            f"'raci'.{duty}"
        ),
        cleared_by=holders,
    )


def _vacant(partnership: Partnership, agency: Agency, role: Role) -> bool:
    """Empty on the day; the posts of a body that has ended are another finding."""
    today = partnership.charter.as_of
    return role.vacant_since is not None and role.vacant_since <= today and agency.existed_on(today)


def _post_vacant(
    partnership: Partnership, facts: MeasuredFacts, agency: Agency, role: Role, led: list[Risk]
) -> Finding:
    place = where(partnership, Kind.ROLE, role.id)
    since = day(role.vacant_since) if role.vacant_since else ""
    empty = f"Vacant since {since}; " + (
        f"'{role.deputy}' is its deputy." if role.deputy else "it has no deputy."
    )
    instead = f"'{role.deputy}'" if role.deputy else "a filled post"
    risks = [f"'{risk.id}'" for risk in led]
    outcomes = sorted({risk.outcome for risk in led})
    harms = listed(f"'{partnership.outcome(outcome).name}'" for outcome in outcomes)
    return POST_VACANT.finding(
        f"The post '{role.title}' of {agency.name} leads {counted(len(led), 'risk')} ({harms}) and has "
        f"stood "
        f"empty since {since}.",
        (Kind.ROLE, role.id),
        agencies=(agency.id,),
        evidence=(
            evidence(partnership, Kind.ROLE, role.id, empty),
            *(_statement(partnership, risk) for risk in led),
            *cases_at_stake(partnership, facts, outcomes),
        ),
        remedy=(
            f"When the post is filled, take 'vacant_since' out of {place}; "
            f"until then write {instead} in the 'lead_posts' of {listed(risks)}."
        ),
        cleared_by=(agency.id,),
    )
