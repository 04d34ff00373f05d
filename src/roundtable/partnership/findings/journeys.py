"""Where people fall through: each step of a journey to the next, and what stands between them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from roundtable.errors import Place
from roundtable.partnership.findings.finding import Evidence, Finding, Rule, Severity
from roundtable.partnership.model.scenario import JourneyStep, Scenario
from roundtable.partnership.model.service import Service
from roundtable.partnership.model.strict import UNKNOWN, Kind, Part
from roundtable.partnership.periods import covers
from roundtable.partnership.study import Study
from roundtable.partnership.wording import at, counted, where

NOT_ACCEPTED = Rule(
    "journey-referral-refused",
    "A step whose referral the next does not take",
    Severity.MEDIUM,
    "One step of a person's journey leads to a service of another agency, and that service takes no "
    "referrals "
    "from the agency that would send them. On paper the way goes on; in fact it ends there.",
)
THRESHOLD_GAP = Rule(
    "journey-threshold-gap",
    "A step that passes people on below where the next begins",
    Severity.MEDIUM,
    "A step passes people on at one level of need, and the next begins at a higher one. Those between the "
    "two "
    "are sent on and sent back, until they are ill enough or lost.",
)
NO_FEEDBACK = Rule(
    "journey-no-feedback",
    "A step that tells nobody what happened",
    Severity.LOW,
    "Another agency passed somebody on, and the step that received them tells nobody what came of it. "
    "Those who "
    "refer learn nothing, and stop.",
)
RULES = (NOT_ACCEPTED, THRESHOLD_GAP, NO_FEEDBACK)


@dataclass(frozen=True)
class Handover:
    """From one step of a journey to the next. None is what nobody has said.

    Attributes:
        scenario: the id of the scenario.
        place: the number of the step that receives, from 2.
        sender: the agency that passes the person on.
        receiver: the agency that receives.
        step: the step that receives, in words.
        accepted: whether the service takes referrals from the sender.
        gap: by how many levels the next step begins above where this one passes on; 0 or less is none.
        wait: how long people wait, in words.
        met: the share of demand that the service can meet in the present period, at most 1.
        feedback: whether somebody is told what happened.
        served: whether a service receives the person, and not only an event or a call.
    """

    scenario: str
    place: int
    sender: str
    receiver: str
    step: str
    accepted: bool | None
    gap: int | None
    wait: str | None
    met: float | None
    feedback: bool
    served: bool

    @property
    def across(self) -> bool:
        """Whether it goes from one agency to another."""
        return self.sender != self.receiver

    @property
    def broken(self) -> bool:
        """Whether people fall through here: not accepted, a gap, or more asked for than can be met."""
        return self.accepted is False or (self.gap or 0) > 0 or (self.met is not None and self.met < 1)


def where_people_fall_through(study: Study) -> tuple[Handover, ...]:
    """Every handover of every journey, by scenario and in the order of its steps."""
    return tuple(
        _handover(study, scenario, place, before, after)
        for scenario in study.partnership.scenarios
        for place, (before, after) in enumerate(
            zip(scenario.journey, scenario.journey[1:], strict=False), start=2
        )
    )


def bottleneck(study: Study, scenario: Scenario) -> Handover | None:
    """The handover of a journey that meets the least share of its demand; None where none is counted."""
    found = [
        one for one in where_people_fall_through(study) if one.scenario == scenario.id and one.met is not None
    ]
    return min(found, key=lambda one: (one.met, one.place), default=None)


def find(study: Study) -> Iterator[Finding]:
    """For each scenario at most one finding of each rule, with every handover that it is about."""
    for scenario in study.partnership.scenarios:
        mine = [one for one in where_people_fall_through(study) if one.scenario == scenario.id]
        for rule, says, wrong in _QUESTIONS:
            found = [one for one in mine if wrong(one)]
            if found:
                yield _finding(study, scenario, rule, says, found)


def _handover(
    study: Study, scenario: Scenario, place: int, before: JourneyStep, after: JourneyStep
) -> Handover:
    service = study.partnership.service(after.service) if after.service is not None else None
    gap = None
    if before.refers_at_level is not None and after.threshold_level is not None:
        gap = after.threshold_level - before.refers_at_level
    return Handover(
        scenario=scenario.id,
        place=place,
        sender=before.agency,
        receiver=after.agency,
        step=after.step,
        accepted=_accepts(service, before.agency),
        gap=gap,
        wait=after.wait,
        met=_met(study, service),
        feedback=after.feedback_to is not None,
        served=service is not None,
    )


def _accepts(service: Service | None, sender: str) -> bool | None:
    """Whether a service takes referrals from an agency; one that names nobody has not said."""
    if service is None or not service.referral_from:
        return None
    return sender in service.referral_from or sender == service.provider


def _met(study: Study, service: Service | None) -> float | None:
    """The least share of demand met, over the rows of the present period that are known."""
    rows = service.capacity if service is not None else ()
    shares = [
        min(1.0, float(row.supply) / float(row.demand)) if float(row.demand) > 0 else 1.0
        for row in rows
        if covers(row.period, study.partnership.charter.as_of) and UNKNOWN not in (row.supply, row.demand)
    ]
    return min(shares, default=None)


_QUESTIONS: tuple[tuple[Rule, str, Callable[[Handover], bool]], ...] = (
    (NOT_ACCEPTED, "does not take referrals from where people come", lambda one: one.accepted is False),
    (THRESHOLD_GAP, "begins above the level at which people are passed on", lambda one: (one.gap or 0) > 0),
    (NO_FEEDBACK, "tells nobody what happened", lambda one: one.across and one.served and not one.feedback),
)

_REMEDIES = {
    NOT_ACCEPTED.name: "Have the service take the referral and write the agency under its 'referral_from', "
    "or write the step that people really take next, in {place}.",
    THRESHOLD_GAP.name: "Agree one level, and write it as 'refers_at_level' of the one step and "
    "'threshold_level' of the next, or write who helps those between, in {place}.",
    NO_FEEDBACK.name: "Agree who is told, and write it as 'feedback_to' of the step, in {place}.",
}


def _finding(study: Study, scenario: Scenario, rule: Rule, says: str, found: list[Handover]) -> Finding:
    partnership = study.partnership
    agencies = tuple({agency for one in found for agency in (one.sender, one.receiver)})
    steps = counted(len(found), "step")
    first = f": '{found[0].step}'" if len(found) == 1 else f", first '{found[0].step}'"
    file = where(partnership, Kind.SCENARIO, scenario.id)
    place = at(partnership, _place(study, found[0])) if len(found) == 1 else file
    return rule.finding(
        f"On the way through '{scenario.title}', {steps} {_verb(says, len(found))}{first}.",
        (Kind.SCENARIO, scenario.id),
        agencies=agencies,
        evidence=tuple(Evidence(_place(study, one), _said(study, one)) for one in found),
        remedy=_REMEDIES[rule.name].format(place=place),
        cleared_by=tuple(one.receiver for one in found),
    )


def _place(study: Study, one: Handover) -> Place:
    return study.partnership.part(Part.STEP, Kind.SCENARIO, one.scenario, str(one.place))


def _verb(says: str, number: int) -> str:
    if number == 1:
        return says
    return says.replace("does not", "do not").replace("begins", "begin").replace("tells", "tell")


def _said(study: Study, one: Handover) -> str:
    sender, receiver = (study.partnership.agency(agency).name for agency in (one.sender, one.receiver))
    parts = [f"Step {one.place}, '{one.step}': from {sender} to {receiver}."]
    if one.accepted is False:
        parts.append(f"The service takes no referrals from {sender}.")
    if one.gap is not None and one.gap > 0:
        parts.append(f"It begins {counted(one.gap, 'level')} above where people are passed on.")
    if one.met is not None and one.met < 1:
        parts.append(f"It can meet {one.met:.0%} of what is asked.")
    if one.wait:
        parts.append(f"Wait: {one.wait[0].lower()}{one.wait[1:]}.")
    if not one.feedback:
        parts.append("Nobody is told what happened.")
    return " ".join(parts)
