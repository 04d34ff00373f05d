"""Will it still be there? Services and skills whose money runs out soon, or has run out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from roundtable.partnership.evidence import evidence
from roundtable.partnership.findings.capacity import Stated, current_rows, everything_stated
from roundtable.partnership.findings.finding import Finding, Rule, Severity
from roundtable.partnership.model.service import Service
from roundtable.partnership.model.strict import Kind
from roundtable.partnership.model.whole import Partnership
from roundtable.partnership.study import Study
from roundtable.partnership.wording import day, where

#: Half a year: about what it takes to agree money, or to tell people that a service will close.
NOTICE = timedelta(days=180)

FUNDING_ENDS = Rule(
    "funding-ends",
    "Money that ends soon",
    Severity.MEDIUM,
    "A running service or a counted skill has money for fewer than 180 days more, or its money has ended "
    "already. A plan that leans on it leans on something that may not be there.",
)
RULES = (FUNDING_ENDS,)


def find(study: Study) -> Iterator[Finding]:
    """Every running service and counted skill whose money ends within the notice."""
    partnership = study.partnership
    services = {service.id: service for service in partnership.services}
    today = partnership.charter.as_of
    for stated in everything_stated(partnership):
        service = services[stated.thing] if stated.kind is Kind.SERVICE else None
        soon = [end for end in _ends(partnership, stated, service) if end <= today + NOTICE]
        if soon:
            yield _funding_ends(partnership, stated, service, min(soon))


def _ends(partnership: Partnership, stated: Stated, service: Service | None) -> Iterator[date]:
    if service is not None and service.funded_until is not None:
        yield service.funded_until
    for row in current_rows(partnership, stated):
        if row.funded_until is not None:
            yield row.funded_until


def _funding_ends(partnership: Partnership, stated: Stated, service: Service | None, end: date) -> Finding:
    today = partnership.charter.as_of
    days = (end - today).days
    payer = service.commissioner if service is not None and service.commissioner else stated.agency
    place = where(partnership, stated.kind, stated.thing)
    when = f"ends on {day(end)}" if days >= 0 else f"ended on {day(end)}"
    left = f"{days:,} days from {day(today)}" if days >= 0 else f"{-days:,} days before {day(today)}"
    return FUNDING_ENDS.finding(
        f"The money for {stated.what} {when}.",
        (stated.kind, stated.thing),
        agencies=(stated.agency, payer),
        evidence=(evidence(partnership, stated.kind, stated.thing, f"Funded until {day(end)}: {left}."),),
        remedy=(
            f"Once money is agreed, write the new 'funded_until' in {place}; if there will be none, plan "
            f"the close and say who takes on the people served."
        ),
        cleared_by=(payer,),
    )
