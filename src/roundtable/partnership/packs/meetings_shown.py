"""What meetings left behind for an agency: decisions wanted of its posts, their actions, dates ahead."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from roundtable.pages.numbers import day
from roundtable.pages.tables import Cell, Column, Table, table
from roundtable.partnership.brief import agenda
from roundtable.partnership.model.agency import Agency
from roundtable.partnership.model.meeting import Action, DecisionWanted, Meeting
from roundtable.partnership.packs.material import Material

#: How far ahead a pack looks for dates that need a decision.
_AHEAD = timedelta(days=183)


def posts_of(agency: Agency) -> frozenset[str]:
    """The ids of an agency's posts."""
    return frozenset(role.id for role in agency.roles)


def wanted(material: Material, agency: Agency) -> Table:
    """Decisions that meetings want of the agency's posts and that no meeting has recorded since."""
    columns = (
        Column("Question", header=True, css="roomy"),
        Column("Asked of"),
        Column("Answer by"),
        Column("Asked on"),
    )
    rows: list[list[str | Cell]] = [
        [
            one.question,
            material.partnership.role(one.of)[1].title,
            _due(material, one.by),
            Cell(day(meeting.on), note=meeting.title),
        ]
        for meeting, one in decisions_wanted(material, agency)
    ]
    return table("wanted", "Decisions that the table waits for", columns, rows)


def decisions_wanted(material: Material, agency: Agency) -> tuple[tuple[Meeting, DecisionWanted], ...]:
    """Questions still open, the soonest due first."""
    posts = posts_of(agency)
    return tuple(pair for pair in agenda.decisions_wanted(material.partnership) if pair[1].of in posts)


def actions(material: Material, agency: Agency) -> Table:
    """What the agency's posts have still to do."""
    columns = (
        Column("Action", header=True, css="roomy"),
        Column("Post"),
        Column("Due"),
        Column("Agreed on"),
    )
    rows: list[list[str | Cell]] = [
        [
            one.what,
            material.partnership.role(one.owner)[1].title,
            _due(material, one.due),
            Cell(day(meeting.on), note=meeting.title),
        ]
        for meeting, one in actions_open(material, agency)
    ]
    return table("actions", "Actions that we have taken on and not finished", columns, rows)


def actions_open(material: Material, agency: Agency) -> tuple[tuple[Meeting, Action], ...]:
    """Actions not done on the day that the folder describes, the soonest due first."""
    posts = posts_of(agency)
    return tuple(pair for pair in agenda.actions_open(material.partnership) if pair[1].owner in posts)


def dates(material: Material, agency: Agency) -> Table:
    """Reviews and ends that fall due within half a year, or have fallen due already."""
    columns = (Column("Day"), Column("What falls due", header=True, css="roomy"), Column("Which"))
    last = material.partnership.charter.as_of + _AHEAD
    found: dict[tuple[date, str], list[str]] = {}
    for on, what, which in sorted({one for one in _dates(material, agency) if one[0] <= last}):
        found.setdefault((on, what), []).append(which)
    rows: list[list[str | Cell]] = [
        [_due(material, on), what, "; ".join(which)] for (on, what), which in found.items()
    ]
    return table("dates", "Dates that ask for a decision within half a year", columns, rows)


def _dates(material: Material, agency: Agency) -> Iterator[tuple[date, str, str]]:
    partnership = material.partnership
    today = partnership.charter.as_of
    for agreement in partnership.agreements:
        if any(party.agency == agency.id for party in agreement.parties) and agreement.in_force_on(today):
            if agreement.review_by:
                yield agreement.review_by, "An agreement is to be reviewed", agreement.title
            if agreement.ends:
                yield agreement.ends, "An agreement ends", agreement.title
    for _, risk in partnership.risks():
        if risk.review_by and posts_of(agency).intersection(risk.lead_posts):
            yield (
                risk.review_by,
                "A risk that we lead is to be reviewed",
                partnership.outcome(risk.outcome).name,
            )
    for service in partnership.services:
        if service.funded_until and agency.id in (service.provider, service.commissioner):
            yield service.funded_until, "The money for a service ends", service.name


def _due(material: Material, on: date) -> Cell:
    late = on < material.partnership.charter.as_of
    return Cell(day(on), css="noted unbroken" if late else "unbroken", note="overdue" if late else "")
