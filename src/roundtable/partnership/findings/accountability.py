"""Does the lead fit? Leads without the work or a lever, without a deputy, and duty holders left out.

Who leads at all is asked in `leads`; who has the skill at all in `skills`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from roundtable.partnership.dynamics.influence import influences
from roundtable.partnership.evidence import evidence
from roundtable.partnership.findings.cases import cases_at_stake
from roundtable.partnership.findings.finding import Finding, Rule, Severity
from roundtable.partnership.joins.services import running
from roundtable.partnership.joins.will import Led, led
from roundtable.partnership.model.agency import Agency, Role
from roundtable.partnership.model.risk import Risk, RiskKind
from roundtable.partnership.model.scenario import Scenario
from roundtable.partnership.model.strict import Kind
from roundtable.partnership.study import Study
from roundtable.partnership.wording import counted, figure, harm_of, listed, named, where

#: A lead whose agency gives the outcome less than this of its hundred points is held to put it low.
LOW_POINTS = 5

NO_LEVER = Rule(
    "lead-no-lever",
    "A lead with neither the work nor a lever",
    Severity.MEDIUM,
    "The agency of the post that leads a risk is not among those responsible for the work, and provides "
    "or pays "
    "for no running service that moves the outcome. It answers for something that it cannot change.",
)
LOW_PRIORITY = Rule(
    "lead-low-priority",
    "A lead for whom it matters little",
    Severity.LOW,
    "An agency's post leads a risk, and the agency has given the outcome fewer than 5 of its 100 points. "
    "When "
    "money or time is short, this is what it will put off.",
)
DUTY_ABSENT = Rule(
    "duty-holder-absent",
    "An agency bound by the duty that has no part",
    Severity.MEDIUM,
    "The law holds an agency to a joint duty, and the risk names it nowhere: it neither leads, nor works, "
    "nor is "
    "asked, nor is told.",
)
NO_DEPUTY = Rule(
    "lead-no-deputy",
    "Lead posts without a deputy",
    Severity.LOW,
    "A post leads a risk and names no deputy. While its holder is away, nobody answers.",
)
RULES = (NO_LEVER, LOW_PRIORITY, DUTY_ABSENT, NO_DEPUTY)


def find(study: Study) -> Iterator[Finding]:
    """Everything about a lead that does not fit, and agencies bound by a duty that have no part."""
    for scenario, risk in study.partnership.risks():
        answer = led(study, risk)
        if answer.agency is not None and _of_harm(risk) and not _holds_a_lever(study, risk, answer.agency):
            yield _no_lever(study, scenario, risk, answer.agency)
        absent = _absent(study, risk)
        if absent:
            yield _duty_absent(study, scenario, risk, absent)
    for agency in study.partnership.agencies:
        yield from _low_priority(study, agency)
    yield from _no_deputy(study)


def _of_harm(risk: Risk) -> bool:
    """Whether it is about the outcome itself; who leads on careful sharing need not move the outcome."""
    return risk.kind is not RiskKind.SHARING


def _holds_a_lever(study: Study, risk: Risk, agency: str) -> bool:
    """Whether an agency does the work, leads for those whom the law binds, or has what moves the outcome."""
    if agency in risk.raci.responsible or risk.joint_duty is not None:
        return True
    reach = influences(study)
    return any(
        risk.outcome in reach.moved_by(effect.factor)
        for service in study.partnership.services
        if running(study.partnership, service) and agency in (service.provider, service.commissioner)
        for effect in service.effects
    )


def _no_lever(study: Study, scenario: Scenario, risk: Risk, agency: str) -> Finding:
    partnership = study.partnership
    name = partnership.agency(agency).name
    doing = named(partnership, sorted(set(risk.raci.responsible))) or "nobody"
    return NO_LEVER.finding(
        f"{name} leads on {harm_of(partnership, risk)} in '{scenario.title}', and neither does the work "
        f"nor has "
        f"a service that moves it.",
        (Kind.RISK, risk.id),
        agencies=(agency, *risk.raci.responsible),
        evidence=(
            evidence(partnership, Kind.RISK, risk.id, risk.statement),
            evidence(partnership, Kind.RISK, risk.id, f"Responsible for the work: {doing}."),
            *cases_at_stake(partnership, study.facts, [risk.outcome]),
        ),
        remedy=(
            f"In {where(partnership, Kind.RISK, risk.id)}, give the lead to a post of an agency that does "
            f"the "
            f"work, or write '{agency}' under 'responsible' in 'raci' with what it will do."
        ),
        cleared_by=(agency, scenario.lead),
    )


def _absent(study: Study, risk: Risk) -> list[str]:
    """Living holders of the joint duty that the risk names nowhere."""
    if risk.joint_duty is None:
        return []
    partnership = study.partnership
    leading = {partnership.role(post)[0].id for post in risk.lead_posts}
    raci = {*risk.raci.responsible, *risk.raci.consulted, *risk.raci.informed}
    return [
        holder
        for holder in sorted(set(risk.joint_duty.holders) - leading - raci)
        if partnership.agency(holder).existed_on(partnership.charter.as_of)
    ]


def _duty_absent(study: Study, scenario: Scenario, risk: Risk, absent: list[str]) -> Finding:
    partnership = study.partnership
    law = risk.joint_duty.duty if risk.joint_duty else ""
    duty = next((gateway.title for gateway in partnership.gateways if gateway.id == law), law)
    verb = "has" if len(absent) == 1 else "have"
    return DUTY_ABSENT.finding(
        f"{named(partnership, absent)} {verb} no part in {harm_of(partnership, risk)} in "
        f"'{scenario.title}', and "
        f"{'is' if len(absent) == 1 else 'are'} bound by the duty.",
        (Kind.RISK, risk.id),
        agencies=(scenario.lead, *absent),
        evidence=(
            evidence(partnership, Kind.RISK, risk.id, risk.statement),
            evidence(partnership, Kind.RISK, risk.id, f"The joint duty: {duty}."),
        ),
        remedy=(
            f"In 'raci' in {where(partnership, Kind.RISK, risk.id)}, write "
            f"{listed(repr(one) for one in absent)} under 'responsible', 'consulted' or 'informed'."
        ),
        cleared_by=(scenario.lead, *absent),
    )


def _low_priority(study: Study, agency: Agency) -> Iterator[Finding]:
    low = [
        answer
        for answer in study.shared(_led_by).get(agency.id, ())
        if answer.points is not None and answer.points < LOW_POINTS
    ]
    if not low:
        return
    partnership = study.partnership
    outcomes = sorted({answer.risk.outcome for answer in low})
    names = listed(f"'{partnership.outcome(one).name}'" for one in outcomes)
    rows = [
        evidence(
            partnership, Kind.RISK, a.risk.id, f"{figure(a.points or 0.0)} of 100 points. {a.risk.statement}"
        )
        for a in low
    ]
    yield LOW_PRIORITY.finding(
        f"{agency.name} leads on {names}, and gives {'it' if len(outcomes) == 1 else 'each'} fewer than "
        f"{LOW_POINTS} of its 100 points.",
        (Kind.AGENCY, agency.id),
        agencies=(agency.id,),
        evidence=tuple(rows),
        remedy=(
            f"Under 'priorities' in {where(partnership, Kind.AGENCY, agency.id)}, write the points that "
            f"it will "
            f"stand by; or give the lead to an agency for which it matters more."
        ),
        cleared_by=(agency.id,),
    )


def _led_by(study: Study) -> Mapping[str, tuple[Led, ...]]:
    """The risks that each agency leads, in order of their ids."""
    found: dict[str, list[Led]] = {}
    for _, risk in sorted(study.partnership.risks(), key=lambda pair: pair[1].id):
        answer = led(study, risk)
        if answer.agency is not None and _of_harm(risk):
            found.setdefault(answer.agency, []).append(answer)
    return {agency: tuple(these) for agency, these in found.items()}


def _no_deputy(study: Study) -> Iterator[Finding]:
    """One finding for all the lead posts of living agencies that name no deputy."""
    partnership = study.partnership
    leading = {post for _, risk in partnership.risks() for post in risk.lead_posts}
    posts = [
        (agency, role)
        for agency, role in sorted(partnership.roles(), key=lambda pair: (pair[0].id, pair[1].id))
        if role.id in leading and agency.existed_on(partnership.charter.as_of)
    ]
    without = [(agency, role) for agency, role in posts if role.deputy is None]
    if without:
        yield _without_deputy(study, without, len(posts))


def _without_deputy(study: Study, without: list[tuple[Agency, Role]], posts: int) -> Finding:
    partnership = study.partnership
    agencies = tuple(agency.id for agency, _ in without)
    verb = "names" if len(without) == 1 else "name"
    return NO_DEPUTY.finding(
        f"Of {counted(posts, 'post')} that {'leads' if posts == 1 else 'lead'} risks, {len(without):,} "
        f"{verb} no "
        f"deputy.",
        (Kind.PARTNERSHIP, partnership.charter.id),
        agencies=agencies,
        evidence=tuple(
            evidence(partnership, Kind.ROLE, role.id, f"'{role.title}', {agency.name}, names no deputy.")
            for agency, role in without
        ),
        remedy="For each, write another post as its 'deputy', under 'roles' in the file of its agency.",
        cleared_by=agencies,
    )
