"""Will we act? outcome, risk, one living lead post acting for all who are bound, and its agency's priority.

The question is put for the outcome of the scenario that the need's factor moves most. The answer is
verified when every risk of that outcome says on which day its lead post accepted it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from roundtable.partnership.evidence import Evidence, evidence
from roundtable.partnership.joins.join import Join, Question
from roundtable.partnership.joins.stakes import reached
from roundtable.partnership.model.need import DataNeed
from roundtable.partnership.model.risk import Risk, RiskKind
from roundtable.partnership.model.scenario import Scenario
from roundtable.partnership.model.strict import Kind
from roundtable.partnership.study import Study
from roundtable.partnership.wording import day, figure, named


@dataclass(frozen=True)
class Led:
    """Who answers for a risk, and how much it matters to them.

    Attributes:
        risk: the risk.
        agency: the agency of its one living lead post; None where there is none.
        points: the points of its hundred that the agency gives the outcome; None where it has given none out.
        why: what is missing; empty when nothing is.
    """

    risk: Risk
    agency: str | None
    points: float | None
    why: str


def main_outcome(study: Study, scenario: Scenario, need: DataNeed) -> str | None:
    """The outcome of the scenario that the need's factor moves most; None when it moves none of them.

    Influences are compared by their middles, then by the most they could be; the first by id wins a tie.
    """
    moved = reached(study, need.factor)
    return min(
        (one for one in scenario.outcomes if one in moved),
        key=lambda one: (-moved[one].size.middle, -moved[one].size.high, one),
        default=None,
    )


def led(study: Study, risk: Risk) -> Led:
    """Who answers for a risk on the day that the folder describes."""
    return study.shared(_every_lead)[risk.id]


def will_act(study: Study, scenario: Scenario, need: DataNeed) -> Join:
    """Whether one living post answers for the outcome, and the outcome matters to its agency."""
    partnership = study.partnership
    label = partnership.factor(need.factor).label
    outcome = main_outcome(study, scenario, need)
    if outcome is None:
        why = f"No link leads from '{label}' to an outcome of the scenario."
        return Join(Question.WILL, False, False, why, (evidence(partnership, Kind.FACTOR, need.factor, why),))
    name = partnership.outcome(outcome).name
    risks = _risks(study, scenario, outcome)
    if not risks:
        why = f"No risk is written for '{name}', which '{label}' moves most, so nobody answers for it."
        return Join(Question.WILL, False, False, why, (evidence(partnership, Kind.OUTCOME, outcome, why),))
    answers = [led(study, risk) for risk in risks]
    broken = [one for one in answers if one.why]
    rows = tuple(_row(study, one) for one in answers)
    verified = all(_is_accepted(study, one.risk) for one in answers)
    if broken:
        return Join(Question.WILL, False, verified, broken[0].why, rows)
    agencies = _agencies(answers)
    verb = "leads on" if len(agencies) == 1 else "lead on"
    why = f"{named(partnership, agencies)} {verb} '{name}', with points of priority for it."
    return Join(Question.WILL, True, verified, why, rows)


def _is_accepted(study: Study, risk: Risk) -> bool:
    """Whether the lead has been accepted by the day that the folder describes."""
    return risk.accepted_on is not None and risk.accepted_on <= study.partnership.charter.as_of


def _agencies(answers: list[Led]) -> list[str]:
    return sorted({one.agency for one in answers if one.agency is not None})


def _risks(study: Study, scenario: Scenario, outcome: str) -> tuple[Risk, ...]:
    """The risks of an outcome in the scenario, in others where this one has none; risks of sharing apart."""
    own = tuple(risk for risk in scenario.risks if risk.outcome == outcome and _of_harm(risk))
    return own or study.shared(_by_outcome).get(outcome, ())


def _of_harm(risk: Risk) -> bool:
    """Whether it is about the outcome coming about; a risk of careless sharing is answered by others."""
    return risk.kind is not RiskKind.SHARING


def _by_outcome(study: Study) -> Mapping[str, tuple[Risk, ...]]:
    found: dict[str, list[Risk]] = {}
    for _, risk in study.partnership.risks():
        if not _of_harm(risk):
            continue
        found.setdefault(risk.outcome, []).append(risk)
    return {outcome: tuple(sorted(these, key=lambda one: one.id)) for outcome, these in found.items()}


def _every_lead(study: Study) -> Mapping[str, Led]:
    return {risk.id: _led(study, risk) for _, risk in study.partnership.risks()}


def _led(study: Study, risk: Risk) -> Led:
    partnership = study.partnership
    name = partnership.outcome(risk.outcome).name
    posts = sorted(set(risk.lead_posts))
    if len(posts) != 1:
        count = "No post leads" if not posts else f"{len(posts)} posts lead"
        return Led(risk, None, None, f"{count} a risk of '{name}'.")
    agency, post = partnership.role(posts[0])
    if not agency.existed_on(partnership.charter.as_of):
        return Led(risk, None, None, f"The post that leads a risk of '{name}' ended with {agency.name}.")
    if post.vacant_since is not None and post.vacant_since <= partnership.charter.as_of:
        return Led(risk, None, None, f"The post that leads a risk of '{name}' stands empty: {post.title}.")
    if not agency.priorities:
        why = f"{agency.name} leads on '{name}' and has not said what it wants most."
        return Led(risk, agency.id, None, why)
    points = float(sum(one.points for one in agency.priorities if one.outcome == risk.outcome))
    why = "" if points > 0 else f"{agency.name} leads on '{name}' and gives it none of its 100 points."
    return Led(risk, agency.id, points, why)


def _row(study: Study, one: Led) -> Evidence:
    partnership = study.partnership
    holders = one.risk.joint_duty.holders if one.risk.joint_duty else ()
    parts = [one.why or "One living post leads it."]
    if one.points:
        parts.append(f"Its agency gives the outcome {figure(one.points)} of its 100 points.")
    if holders:
        parts.append(f"It acts for {named(partnership, sorted(holders))}, whom the law holds to it together.")
    if one.risk.accepted_on is None:
        parts.append("No day is given on which the lead was accepted.")
    elif not _is_accepted(study, one.risk):
        parts.append(f"It is said to be accepted on {day(one.risk.accepted_on)}, which is to come.")
    return evidence(partnership, Kind.RISK, one.risk.id, " ".join(parts))
