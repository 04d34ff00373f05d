"""What has to be decided, for the head of the overview: what is wanted, of whom and by when; what is late."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from roundtable.pages.numbers import day, plural
from roundtable.partnership.brief import agenda
from roundtable.partnership.joins.verdict import NeedVerdict, ranked
from roundtable.partnership.model.meeting import DecisionWanted
from roundtable.partnership.packs import shown_findings
from roundtable.partnership.packs.material import Material
from roundtable.partnership.packs.words import QUESTIONS, as_part

#: A head of a page is read at a glance: beyond this many it says how many more there are.
_MOST = 5


@dataclass(frozen=True)
class Fact:
    """One line of the headline: its name, what is told, and a list where there are several things."""

    name: str
    told: str
    items: tuple[str, ...] = ()


def facts(material: Material) -> tuple[Fact, ...]:
    """What a meeting has to look at first, what it must decide before all else."""
    found = (
        Fact("Start here", _start(material)),
        Fact("Next meeting", _next(material)),
        _decisions(material),
        _late_actions(material),
        Fact("Most harm at stake", _most_at_stake(material)),
        Fact("Findings", _findings(material)),
    )
    return tuple(fact for fact in found if fact.told or fact.items)


def _start(material: Material) -> str:
    """The decision most overdue; where none is, the worst finding that is open."""
    today = material.partnership.charter.as_of
    for _, one in agenda.decisions_wanted(material.partnership):
        if one.by < today:
            return f"{one.question} {_asked_of(material, one)} It was due on {day(one.by)}."
    open_ = [one for one in material.findings if one.accepted is None]
    return f"{open_[0].title} {shown_findings.stake(open_[0])}".strip() if open_ else ""


def _asked_of(material: Material, one: DecisionWanted) -> str:
    return f"Asked of the {material.post(one.of)}."


def _next(material: Material) -> str:
    on = agenda.next_meeting(material.partnership)
    if on is None:
        return "No meeting is set."
    days = (on - material.partnership.charter.as_of).days
    return f"{day(on)}, {'today' if not days else 'in ' + plural(days, 'day')}."


def _decisions(material: Material) -> Fact:
    lines = [
        f"{_by(material, one.by)}: {one.question} ({material.post(one.of)})"
        for _, one in agenda.decisions_wanted(material.partnership)
    ]
    return Fact("Decisions wanted", "" if lines else "None is wanted of anybody.", _bounded(lines))


def _late_actions(material: Material) -> Fact:
    today = material.partnership.charter.as_of
    lines = [
        f"{_by(material, one.due)}: {one.what.rstrip('.')} ({material.post(one.owner)})"
        for _, one in agenda.actions_open(material.partnership)
        if one.due < today
    ]
    return Fact("Actions overdue", "", _bounded(lines))


def _by(material: Material, on: date) -> str:
    return f"Overdue since {day(on)}" if on < material.partnership.charter.as_of else f"By {day(on)}"


def _bounded(lines: list[str]) -> tuple[str, ...]:
    more = len(lines) - _MOST
    return (*lines[:_MOST], f"And {more} more, on the pages of their agencies.") if more > 0 else tuple(lines)


def _most_at_stake(material: Material) -> str:
    """The need with most harm at stake that is not live yet."""
    waits = [one for one in ranked(material.study) if not one.live and one.at_stake is not None]
    return _need(material, waits[0]) if waits else ""


def _need(material: Material, one: NeedVerdict) -> str:
    name = material.partnership.agency(one.need.agency).name
    failing = f" It fails first at “{QUESTIONS[one.first_failing]}”" if one.first_failing else ""
    stake = shown_findings.stake_told(one.at_stake, one.avertable)
    return f"{name} would “{as_part(one.need.decision).rstrip('.')}”. {stake}{failing}"


def _findings(material: Material) -> str:
    told = shown_findings.summary(material.findings)
    worst = next((one for one in material.findings if one.accepted is None), None)
    return f"{told} The worst: {worst.title}" if worst else told
