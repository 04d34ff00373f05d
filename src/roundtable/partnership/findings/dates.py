"""Dates that cannot be: something done on a day that has not come, and a review after the end.

A day ahead is no contradiction in the files: `as_of` may lag behind them. So it is a finding, and nothing
that rests on such a day counts until the day has come.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache

from pydantic import BaseModel

from roundtable.errors import Place
from roundtable.partnership.evidence import Evidence, evidence
from roundtable.partnership.findings.by_file import by_file
from roundtable.partnership.findings.finding import Finding, Rule, Severity
from roundtable.partnership.model.agency import Priority, Skill
from roundtable.partnership.model.agreement import Agreement, LegalBasis, Party
from roundtable.partnership.model.causal import Factor, Link
from roundtable.partnership.model.contract_terms import Consumption
from roundtable.partnership.model.improvement import Requirement
from roundtable.partnership.model.meeting import Action, Decision, Meeting
from roundtable.partnership.model.need import DataNeed
from roundtable.partnership.model.reference import Gateway
from roundtable.partnership.model.risk import Risk
from roundtable.partnership.model.strict import Kind, Part
from roundtable.partnership.model.whole import Partnership
from roundtable.partnership.shapes import DAY, shapes_of
from roundtable.partnership.study import Study
from roundtable.partnership.wording import counted, day

IN_FUTURE = Rule(
    "date-in-future",
    "Something said to have happened on a day that has not come",
    Severity.LOW,
    "A signature, an acceptance, an assessment, a vote or a decision bears a day after the one that the "
    "folder describes. It is a slip of the pen, or the folder's own day lags behind; until the day comes "
    "nothing that rests on it counts.",
)
REVIEW_AFTER_END = Rule(
    "review-after-end",
    "An agreement that is to be reviewed after it has ended",
    Severity.LOW,
    "Its 'review_by' is later than its 'ends', so that nobody will look at it while it is in force.",
)
RULES = (IN_FUTURE, REVIEW_AFTER_END)

#: Keys whose day is that of something done: one of them ahead is a plan written as though it were done.
_DONE = frozenset(
    {"on", "accepted_on", "signed_on", "verified_on", "checked_on", "assessed_on", "done_on", "assessedOn"}
)
_WITH_IDS: Mapping[type[BaseModel], Kind] = {
    Factor: Kind.FACTOR,
    Risk: Kind.RISK,
    DataNeed: Kind.NEED,
    Requirement: Kind.REQUIREMENT,
    Decision: Kind.DECISION,
    Action: Kind.ACTION,
    Gateway: Kind.GATEWAY,
}


def find(study: Study) -> Iterator[Finding]:
    """One finding for each kind of file with days that have not come; one for all late reviews."""
    partnership = study.partnership
    for these in by_file(partnership, _ahead(partnership)):
        things = counted(these.number, "day")
        has = "has" if these.number == 1 else "have"
        yield IN_FUTURE.finding(
            f"{things} on which something is said to have been done {has} not come by "
            f"{day(partnership.charter.as_of)}.",
            these.about,
            agencies=these.keepers,
            evidence=these.rows,
            remedy=(
                "Correct the days of the evidence, or take out what has not been done; if the folder "
                "describes a later day, write that day as 'as_of' in partnership.yaml."
            ),
            cleared_by=these.keepers,
        )
    late = [one for one in partnership.agreements if _reviewed_too_late(one)]
    if late:
        yield _review_after_end(partnership, late)


def _reviewed_too_late(agreement: Agreement) -> bool:
    ends, review = agreement.ends, agreement.review_by
    return ends is not None and review is not None and review > ends


def _review_after_end(partnership: Partnership, late: list[Agreement]) -> Finding:
    parties = tuple({party.agency for one in late for party in one.parties})
    is_to = "agreement is" if len(late) == 1 else "agreements are"
    return REVIEW_AFTER_END.finding(
        f"{len(late):,} {is_to} to be reviewed after the last day of being in force.",
        (Kind.PARTNERSHIP, partnership.charter.id),
        agencies=parties,
        evidence=tuple(_late_row(partnership, one) for one in late),
        remedy="Write in each a 'review_by' that is not after its 'ends', or the right 'ends'.",
        cleared_by=parties,
    )


def _late_row(partnership: Partnership, one: Agreement) -> Evidence:
    review, ends = (day(value) if value else "" for value in (one.review_by, one.ends))
    said = f"'{one.title}' is to be reviewed by {review} and ends on {ends}."
    return evidence(partnership, Kind.AGREEMENT, one.id, said)


def _ahead(partnership: Partnership) -> Iterator[Evidence]:
    """Every day of something done that is after the folder's own, with the nearest line that is known."""
    tops: tuple[tuple[Kind, tuple[BaseModel, ...]], ...] = (
        (Kind.AGENCY, partnership.agencies),
        (Kind.SCENARIO, partnership.scenarios),
        (Kind.DATASET, partnership.datasets),
        (Kind.AGREEMENT, partnership.agreements),
        (Kind.SERVICE, partnership.services),
        (Kind.IMPROVEMENT, partnership.improvements),
        (Kind.MEETING, partnership.meetings),
        (Kind.GATEWAY, partnership.gateways),
        (Kind.PARTNERSHIP, (partnership.charter,)),
    )
    today = partnership.charter.as_of
    for kind, things in tops:
        for thing in things:
            owner = (kind, str(thing.__dict__["id"]))
            yield from _inside(partnership, owner, thing, partnership.place(*owner), today)


def _inside(
    partnership: Partnership, owner: tuple[Kind, str], model: BaseModel, place: Place, today: date
) -> Iterator[Evidence]:
    days, nested = _looked_at(type(model))
    for key, name in days:
        value = model.__dict__[name]
        if isinstance(value, date) and value > today and not _is_a_plan(model):
            yield Evidence(place, f"'{key}' is {day(value)}.")
    for name in nested:
        value = model.__dict__[name]
        for inner in value if isinstance(value, tuple) else (value,):
            if isinstance(inner, BaseModel):
                at = _place(partnership, owner, inner) or place
                yield from _inside(partnership, owner, inner, at, today)


def _is_a_plan(model: BaseModel) -> bool:
    """A meeting to come, of which nothing is recorded, is no slip."""
    return isinstance(model, Meeting) and not (model.decisions or model.accepted)


def _place(partnership: Partnership, owner: tuple[Kind, str], model: BaseModel) -> Place | None:
    kind = _WITH_IDS.get(type(model))
    if kind is not None:
        return partnership.place(kind, str(model.__dict__["id"]))
    match model:
        case Link():
            return partnership.part(Part.LINK, *owner, model.from_, model.to)
        case Party():
            return partnership.part(Part.PARTY, *owner, model.agency, model.role)
        case LegalBasis():
            return partnership.part(Part.BASIS, *owner)
        case Skill():
            return partnership.part(Part.SKILL, *owner, model.skill)
        case Priority():
            return partnership.part(Part.PRIORITY, *owner, model.outcome)
        case Consumption():
            return partnership.part(Part.USE, *owner, model.agency)
        case _:
            return None


@cache
def _looked_at(model: type[BaseModel]) -> tuple[tuple[tuple[str, str], ...], tuple[str, ...]]:
    """The keys of a model that hold a day of something done, and the attributes that hold more with such."""
    shapes = tuple(shapes_of(model).values())
    days = tuple((one.key, one.name) for one in shapes if one.key in _DONE and DAY in one.words)
    return days, tuple(one.name for one in shapes if any(_has_days(inner) for inner in one.models))


@cache
def _has_days(model: type[BaseModel]) -> bool:
    days, nested = _looked_at(model)
    return bool(days or nested)
