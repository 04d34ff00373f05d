"""Is there enough of it? Services and skills asked for beyond what can be supplied, or uncounted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from roundtable.partnership.evidence import evidence
from roundtable.partnership.findings.finding import Evidence, Finding, Rule, Severity
from roundtable.partnership.model.agency import Capacity, SkillCapacity
from roundtable.partnership.model.strict import UNKNOWN, Kind, Part
from roundtable.partnership.model.whole import Partnership
from roundtable.partnership.periods import last_day
from roundtable.partnership.study import Study
from roundtable.partnership.wording import day, figure, listed, where

OVER = Rule(
    "over-capacity",
    "A provider asked for more than it can supply",
    Severity.HIGH,
    "In this period or one to come, what is asked of a service or of an agency's skill is more than can be "
    "supplied. Whoever waits is waiting for somebody who cannot come; to share more data would only "
    "lengthen the queue.",
)
UNKNOWN_CAPACITY = Rule(
    "capacity-unknown",
    "A capacity that nobody knows",
    Severity.LOW,
    "For this period nobody has said how much there is, or how much is asked for. Unknown is not nought "
    "and not enough: a plan that leans on it cannot be checked.",
)
RULES = (OVER, UNKNOWN_CAPACITY)


@dataclass(frozen=True)
class Stated:
    """What somebody can supply, and where that is written."""

    kind: Kind
    thing: str
    agency: str
    what: str
    rows: tuple[Capacity, ...]


def find(study: Study) -> Iterator[Finding]:
    """Every running service and counted skill that is over capacity, or whose capacity is unknown."""
    partnership = study.partnership
    for stated in everything_stated(partnership):
        current = current_rows(partnership, stated)
        over = [row for row in current if _over(row)]
        unknown = [row for row in current if UNKNOWN in (row.supply, row.demand)]
        if over:
            yield _over_capacity(partnership, stated, over)
        if unknown or not current:
            yield _unknown(partnership, stated, unknown)


def everything_stated(partnership: Partnership) -> Iterator[Stated]:
    """Running services, then each skill of which a living agency has counted its capacity."""
    names = {skill.id: skill.name for skill in partnership.charter.skills}
    for service in partnership.services:
        if partnership.is_running(service):
            yield Stated(
                Kind.SERVICE, service.id, service.provider, f"'{service.name}'", tuple(service.capacity)
            )
    for agency in partnership.agencies:
        if not agency.existed_on(partnership.charter.as_of):
            continue
        for skill in sorted({row.skill for row in agency.capacity}):
            rows = tuple(row for row in agency.capacity if row.skill == skill)
            what = f"'{names[skill]}' at {agency.name}"
            yield Stated(Kind.AGENCY, agency.id, agency.id, what, rows)


def current_rows(partnership: Partnership, stated: Stated) -> tuple[Capacity, ...]:
    """The rows of this period and of periods to come, in the order of their last days."""
    rows = [row for row in stated.rows if last_day(row.period) >= partnership.charter.as_of]
    return tuple(sorted(rows, key=lambda row: (last_day(row.period), row.period, row.unit)))


def _over(row: Capacity) -> bool:
    return row.supply != UNKNOWN and row.demand != UNKNOWN and float(row.demand) > float(row.supply)


def _short(row: Capacity) -> float:
    return float(row.demand) - float(row.supply)


def _row(partnership: Partnership, stated: Stated, row: Capacity) -> Evidence:
    supply, demand = (
        UNKNOWN if value == UNKNOWN else figure(float(value)) for value in (row.supply, row.demand)
    )
    text = f"{row.period}: supply {supply}, demand {demand} ({row.unit}). Source: {row.source}."
    skill = (row.skill,) if isinstance(row, SkillCapacity) else ()
    names = (*skill, row.period, row.unit)
    return Evidence(partnership.part(Part.CAPACITY, stated.kind, stated.thing, *names), text)


def _over_capacity(partnership: Partnership, stated: Stated, over: list[Capacity]) -> Finding:
    first = over[0]
    place = where(partnership, stated.kind, stated.thing)
    shortfalls = listed(f"{row.period} ({figure(_short(row))} too few)" for row in over)
    return OVER.finding(
        f"{stated.what} is asked for {figure(float(first.demand))} {first.unit} in {first.period} and can "
        f"supply {figure(float(first.supply))}.",
        (stated.kind, stated.thing),
        agencies=(stated.agency,),
        evidence=tuple(_row(partnership, stated, row) for row in over),
        remedy=(
            f"Raise supply, or agree a threshold that lowers demand, for {shortfalls}, and write the new "
            f"figures under 'capacity' in {place}."
        ),
        cleared_by=(stated.agency,),
    )


def _unknown(partnership: Partnership, stated: Stated, unknown: list[Capacity]) -> Finding:
    place = where(partnership, stated.kind, stated.thing)
    today = partnership.charter.as_of
    if unknown:
        first = unknown[0]
        missing = [key for key in ("supply", "demand") if getattr(first, key) == UNKNOWN]
        title = f"Nobody knows the {listed(missing)} for {stated.what} in {first.period}."
        remedy = f"Count it, and write the figure as {listed(repr(key) for key in missing)} in {place}."
    else:
        title = f"Nobody has said how much of {stated.what} there is on {day(today)}."
        remedy = f"Write 'capacity' for a period that covers {day(today)} in {place}."
    rows = [_row(partnership, stated, row) for row in unknown]
    none = evidence(partnership, stated.kind, stated.thing, f"No period covers {day(today)} or later.")
    return UNKNOWN_CAPACITY.finding(
        title,
        (stated.kind, stated.thing),
        agencies=(stated.agency,),
        evidence=tuple(rows) or (none,),
        remedy=remedy,
        cleared_by=(stated.agency,),
    )
