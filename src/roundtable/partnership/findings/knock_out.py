"""What would break without it? Each agency, post and dataset taken out in turn, and what no longer holds.

What a scenario rests on today is written as ways: an essential need can be met by this dataset or that one; a
factor is changed by this service or that one; a risk has this post, or its deputy. Each way takes some
agencies, posts and datasets. To take one out breaks what has no way left without it, so the answer follows
from what all the ways have in common, and nothing need be worked out twice. What does not hold today, because
nobody can do it now, cannot break.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from roundtable.partnership.dynamics.influence import causal_map
from roundtable.partnership.joins.services import able_agencies, options
from roundtable.partnership.model.agency import Agency, Role
from roundtable.partnership.model.need import DataNeed
from roundtable.partnership.model.risk import Risk, RiskKind
from roundtable.partnership.model.strict import Kind
from roundtable.partnership.model.whole import Partnership
from roundtable.partnership.sharing.flows import flows_of_need
from roundtable.partnership.sharing.lawfulness import check
from roundtable.partnership.study import Study
from roundtable.partnership.wording import decision_of, harm_of

#: Something that can be taken out: an agency, a post or a dataset, by its id.
Part: TypeAlias = tuple[Kind, str]
Way: TypeAlias = frozenset[Part]
_KINDS = {
    RiskKind.HARM: "harm",
    RiskKind.DELIVERY: "delivery",
    RiskKind.SHARING: "sharing",
    RiskKind.NOT_SHARING: "not-sharing",
}


class Question(StrEnum):
    """Which of the things that a scenario rests on."""

    KNOW = "what can be known"
    ACT = "what can be done"
    ABLE = "who is able"
    WILL = "who leads"


@dataclass(frozen=True)
class Lost:
    """One thing that a scenario rests on and would lose.

    Attributes:
        scenario: its id.
        question: which of the things that a scenario rests on.
        kind: what it is about: a need, a factor or a risk.
        about: the id of that.
        text: what would be lost, in plain words.
    """

    scenario: str
    question: Question
    kind: Kind
    about: str
    text: str


@dataclass(frozen=True)
class KnockOut:
    """What taking out one thing would break.

    Attributes:
        kind: agency, role or dataset.
        id: which one.
        name: what people call it.
        scenarios: ids of the scenarios that lose something they rest on, in order.
        losses: what they lose, by scenario, question and text.
    """

    kind: Kind
    id: str
    name: str
    scenarios: tuple[str, ...]
    losses: tuple[Lost, ...]


@dataclass(frozen=True)
class Footing:
    """Something that a scenario rests on, and the ways in which it holds today."""

    loss: Lost
    ways: tuple[Way, ...]


def knock_out(study: Study) -> tuple[KnockOut, ...]:
    """Everything whose loss would break a scenario: most scenarios first, then most losses, then by id."""
    return study.shared(_knock_out)


def footings(study: Study) -> tuple[Footing, ...]:
    """What the scenarios rest on today; what does not hold today is left out."""
    return study.shared(_footings)


def _knock_out(study: Study) -> tuple[KnockOut, ...]:
    lost: dict[Part, list[Lost]] = {}
    for footing in footings(study):
        for part in frozenset.intersection(*footing.ways):
            lost.setdefault(part, []).append(footing.loss)
    found = [_of_part(study.partnership, part, losses) for part, losses in lost.items()]
    return tuple(sorted(found, key=lambda one: (-len(one.scenarios), -len(one.losses), one.kind, one.id)))


def _of_part(partnership: Partnership, part: Part, losses: list[Lost]) -> KnockOut:
    kind, thing = part
    scenarios = tuple(sorted({loss.scenario for loss in losses}))
    ordered = sorted(losses, key=lambda loss: (loss.scenario, loss.question, loss.text, loss.about))
    return KnockOut(kind, thing, _name(partnership, kind, thing), scenarios, tuple(ordered))


def _name(partnership: Partnership, kind: Kind, thing: str) -> str:
    match kind:
        case Kind.ROLE:
            agency, role = partnership.role(thing)
            return f"{role.title}, {agency.name}"
        case Kind.DATASET:
            return partnership.dataset(thing).name
        case _:
            return partnership.agency(thing).name


def _footings(study: Study) -> tuple[Footing, ...]:
    every = (*_known(study), *_acted_on(study), *_able(study), *_led(study))
    return tuple(footing for footing in every if footing.ways)


def _known(study: Study) -> Iterator[Footing]:
    for scenario, need in study.partnership.needs():
        if need.essential:
            who = study.partnership.agency(need.agency).name
            text = f"{who} could no longer know what it needs for {decision_of(need)}"
            loss = Lost(scenario.id, Question.KNOW, Kind.NEED, need.id, text)
            yield Footing(loss, tuple(_sources(study, need)))


def _sources(study: Study, need: DataNeed) -> Iterator[Way]:
    """Each dataset that the agency may have today. A need goes with its agency, so that breaks none."""
    for dataset_id in sorted(set(need.datasets)):
        if study.partnership.dataset(dataset_id).terms.created_by == need.agency:
            yield frozenset({(Kind.DATASET, dataset_id)})
    for flow in flows_of_need(study, need.id):
        if check(study, flow).lawful:
            yield frozenset({(Kind.DATASET, flow.dataset), (Kind.AGENCY, flow.source)})


def _acted_on(study: Study) -> Iterator[Footing]:
    living = {a.id for a in study.partnership.agencies if a.existed_on(study.partnership.charter.as_of)}
    for node in study.shared(causal_map).nodes:
        providers = (option.service.provider for option in options(study, node.id))
        ways = tuple(frozenset({(Kind.AGENCY, one)}) for one in sorted(living.intersection(providers)))
        for scenario in node.scenarios:
            text = f"nobody would work on '{node.label}'"
            yield Footing(Lost(scenario, Question.ACT, Kind.FACTOR, node.id, text), ways)


def _able(study: Study) -> Iterator[Footing]:
    partnership = study.partnership
    names = {skill.id: skill.name for skill in partnership.charter.skills}
    for scenario, risk in partnership.risks():
        for needed in risk.requires:
            ways = (frozenset({(Kind.AGENCY, one.id)}) for one in able_agencies(study, needed))
            skill = f"'{names[needed.skill]}' at level {needed.level}"
            text = f"nobody would have {skill}, which {_risk(study, risk)} takes"
            yield Footing(Lost(scenario.id, Question.ABLE, Kind.RISK, risk.id, text), tuple(ways))


def _led(study: Study) -> Iterator[Footing]:
    partnership = study.partnership
    for scenario, risk in partnership.risks():
        text = f"nobody would lead {_risk(study, risk)}"
        loss = Lost(scenario.id, Question.WILL, Kind.RISK, risk.id, text)
        posts = sorted(set(risk.lead_posts))
        deputies = [deputy for post in posts if (deputy := partnership.role(post)[1].deputy) is not None]
        held = [partnership.role(post) for post in dict.fromkeys((*posts, *deputies))]
        yield Footing(loss, tuple(_way(*one) for one in held if _holds(partnership, *one)))


def _way(agency: Agency, role: Role) -> Way:
    return frozenset({(Kind.AGENCY, agency.id), (Kind.ROLE, role.id)})


def _holds(partnership: Partnership, agency: Agency, role: Role) -> bool:
    """Whether somebody is in the post on the day that the folder describes."""
    day = partnership.charter.as_of
    return agency.existed_on(day) and (role.vacant_since is None or role.vacant_since > day)


def _risk(study: Study, risk: Risk) -> str:
    """A risk by its kind and the outcome it is about: a risk of sharing may be about burglary."""
    harm = harm_of(study.partnership, risk)
    return (
        f"the risk of {harm}" if risk.kind is RiskKind.HARM else f"the {_KINDS[risk.kind]} risk about {harm}"
    )
