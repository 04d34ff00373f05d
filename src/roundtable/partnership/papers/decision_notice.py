"""A commissioner's decision notice: a first draft for each decision that a commissioning body has taken.

The shape is that of the decision records which police, fire and crime commissioners, and mayors who hold
their powers, publish under the Elected Local Policing Bodies (Specified Information) Order 2011 (S.I.
2011/3050). Recalled, and to be checked against the order in force before the paper is used.
"""

from __future__ import annotations

from roundtable.pages.tables import Column, table
from roundtable.partnership.model.agency import AgencyKind, RoleKind
from roundtable.partnership.model.meeting import Concerning, Decision, Meeting, Verdict
from roundtable.partnership.model.strict import UNKNOWN
from roundtable.partnership.model.whole import Partnership
from roundtable.partnership.papers.paper import Gap, Paper, Part
from roundtable.partnership.papers.registers import improvements_table
from roundtable.partnership.study import Study
from roundtable.partnership.wording import day, listed

BASIS = (
    "Elected Local Policing Bodies (Specified Information) Order 2011, for decisions of significant public "
    "interest. Not verified by a named post."
)
COMMISSIONERS = frozenset({AgencyKind.COMBINED_AUTHORITY, AgencyKind.POLICE_FIRE_CRIME_COMMISSIONER})
#: Posts that can bind the body or answer for its risks.
DECIDING = frozenset({RoleKind.SRO, RoleKind.RISK_OWNER, RoleKind.SIRO, RoleKind.IAO})


def decision_notices(study: Study) -> tuple[Paper, ...]:
    """One draft for each decision that a commissioning body has taken, in order of their days.

    Only what a post that answers for the body has agreed or refused, at a meeting that has been held, is a
    decision of significant public interest: to put a question off is none, nor is what a co-ordinator notes.
    """
    partnership = study.partnership
    taken = [
        (meeting, decision)
        for meeting in sorted(partnership.meetings, key=lambda one: (one.on, one.id))
        for decision in meeting.decisions
        if meeting.on <= partnership.charter.as_of and _is_of_interest(partnership, decision)
    ]
    return tuple(_notice(partnership, meeting, decision) for meeting, decision in taken)


def _is_of_interest(partnership: Partnership, decision: Decision) -> bool:
    agency, post = partnership.role(decision.by)
    decided = decision.verdict in (Verdict.AGREED, Verdict.REFUSED)
    return agency.kind in COMMISSIONERS and decided and post.kind in DECIDING


def _notice(partnership: Partnership, meeting: Meeting, decision: Decision) -> Paper:
    agency, post = partnership.role(decision.by)
    return Paper(
        name=f"decision-notice-{decision.id}",
        title=f"{agency.name}: decision notice",
        basis=BASIS,
        parts=(
            Part(
                "The decision",
                paragraphs=(
                    f"{decision.question} {decision.verdict.capitalize()}.",
                    f"Taken on {day(meeting.on)} by the {post.title}, at '{meeting.title}'.",
                ),
                gaps=(Gap("The notice's reference number.", "the decision maker's office"),),
            ),
            Part("Reasons", paragraphs=(decision.reason,)),
            _background(partnership, decision.concerning),
            _money(partnership, decision.concerning),
            _law(partnership, decision),
            Part(
                "Equality",
                gaps=(
                    Gap(
                        "The effect on people with protected characteristics.", "`roundtable draft`, equality"
                    ),
                ),
            ),
            Part(
                "Who was consulted", gaps=(Gap("Who was asked, and what they said.", "the decision maker"),)
            ),
            Part(
                "Public access",
                gaps=(Gap("Whether any part is kept from publication, and why.", "the monitoring officer"),),
            ),
        ),
        signed_by=(post.title, "Chief finance officer", "Monitoring officer"),
        as_of=partnership.charter.as_of,
    )


def _background(partnership: Partnership, about: Concerning) -> Part:
    told = [
        f"{partnership.scenario(one).title}. {partnership.scenario(one).situation}" for one in about.scenarios
    ]
    agreements = [f"'{partnership.agreement(one).title}'" for one in about.agreements]
    if agreements:
        told.append(f"It concerns the agreement {listed(agreements)}.")
    risks = {risk.id: risk.statement for _, risk in partnership.risks()}
    told += [risks[one] for one in about.risks]
    gaps = () if told else (Gap("What led to the decision.", "the meeting's 'concerning'"),)
    return Part("Background", paragraphs=tuple(told), gaps=gaps)


def _money(partnership: Partnership, about: Concerning) -> Part:
    improvements = [one for one in partnership.improvements if one.id in about.improvements]
    if not improvements:
        return Part("Money", gaps=(Gap("What it costs, in which year, and who pays.", "the finance lead"),))
    columns = (
        Column("Year", header=True),
        Column("Paid by"),
        Column("Pounds", numeric=True),
        Column("Prices of"),
    )
    rows = [
        (
            cost.year,
            partnership.agency(cost.agency).name,
            UNKNOWN if cost.amount == UNKNOWN else f"{float(cost.amount):,.0f}",
            cost.price_base,
        )
        for one in improvements
        for cost in one.costs
    ]
    tables = [improvements_table(partnership, improvements)]
    if rows:
        tables.append(table("costs", "What it costs, by year and payer", columns, rows))
    return Part("Money", tables=tuple(tables))


def _law(partnership: Partnership, decision: Decision) -> Part:
    if decision.gateway is None:
        return Part(
            "Powers", gaps=(Gap("The power under which the decision is taken.", "the meeting's 'gateway'"),)
        )
    gateway = partnership.gateway(decision.gateway)
    return Part("Powers", paragraphs=(f"{gateway.title} ({gateway.status}).",))
