"""Agreements out of time: ended or soon to end, not begun though waited for, or past their review."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta

from roundtable.partnership.evidence import evidence
from roundtable.partnership.findings.finding import Evidence, Finding, Rule, Severity
from roundtable.partnership.model.agreement import Agreement, Tier
from roundtable.partnership.model.need import DataNeed
from roundtable.partnership.model.scenario import Scenario
from roundtable.partnership.model.strict import Kind
from roundtable.partnership.model.whole import Partnership
from roundtable.partnership.study import Study
from roundtable.partnership.wording import day, where

EXPIRED = Rule(
    "agreement-expired",
    "An agreement that has ended",
    Severity.HIGH,
    "Its last day has passed and nothing in force replaces it, so nothing may be shared under it. Data "
    "that go on moving have no footing; data that stopped are missed by somebody. An ended agreement that "
    "another, in force, replaces party for party and column for column is no finding.",
)
NOT_BEGUN = Rule(
    "agreement-not-begun",
    "An agreement that is relied on and has not begun",
    Severity.MEDIUM,
    "A need or a service waits for what the agreement will let through, and its first day has not come.",
)
PAST_REVIEW = Rule(
    "agreement-past-review",
    "An agreement past its review",
    Severity.MEDIUM,
    "It is in force, and the day by which its parties promised to look at it again has passed. Lawfulness "
    "drifts: purposes widen, posts change, and nobody has checked.",
)
EXPIRING = Rule(
    "agreement-expiring",
    "An agreement that is about to end",
    Severity.MEDIUM,
    "Its last day is within ninety days and nothing replaces it. It takes about that long to review an "
    "agreement, have it signed by every party, and publish it.",
)
RULES = (EXPIRED, NOT_BEGUN, PAST_REVIEW, EXPIRING)
#: How long before its last day an agreement is found to be about to end: a working policy.
EXPIRY_HORIZON = timedelta(days=90)


def find(study: Study) -> Iterator[Finding]:
    """Every agreement whose dates do not serve, judged by the day that the folder describes."""
    partnership = study.partnership
    today = partnership.charter.as_of
    for agreement in partnership.agreements:
        if agreement.ends is not None and agreement.ends < today:
            if not _replaced(partnership, agreement):
                yield _expired(study, agreement)
        elif agreement.starts > today:
            yield from _not_begun(study, agreement)
        else:
            if agreement.review_by is not None and agreement.review_by < today:
                yield _past_review(partnership, agreement)
            if agreement.ends is not None and agreement.ends <= today + EXPIRY_HORIZON:
                yield from _expiring(study, agreement)


def could_serve(agreement: Agreement, scenario: Scenario, need: DataNeed) -> bool:
    """Whether an agreement, its dates apart, gives the needing agency a dataset that could meet the need.

    An agreement that names scenarios serves no other: a purpose is not stretched. An open licence
    serves anybody.
    """
    granted = {grant.dataset for grant in agreement.grants}
    receives = {party.agency for party in agreement.parties if party.receives}
    return (
        bool(granted & set(need.datasets))
        and (agreement.tier is Tier.OPEN_LICENCE or need.agency in receives)
        and (not agreement.scenarios or scenario.id in agreement.scenarios)
    )


def _relied_on(study: Study, agreement: Agreement) -> tuple[Evidence, ...]:
    """What waits for the agreement: needs it could serve, and services fed by what it gives."""
    partnership, asking = study.partnership, study.shared(_asking)
    granted = {grant.dataset for grant in agreement.grants}
    asked = {need.id: (scenario, need) for dataset in granted for scenario, need in asking.get(dataset, ())}
    needs = (
        evidence(partnership, Kind.NEED, need.id, f"Need '{need.id}' waits for it: {need.decision}")
        for scenario, need in asked.values()
        if could_serve(agreement, scenario, need)
    )
    receives = {party.agency for party in agreement.parties if party.receives}
    services = (
        evidence(partnership, Kind.SERVICE, service.id, f"Service '{service.id}' is fed by it.")
        for service in partnership.services
        if service.provider in receives and granted & set(service.inputs)
    )
    return tuple(sorted((*needs, *services), key=lambda row: row.text))


def _asking(study: Study) -> Mapping[str, list[tuple[Scenario, DataNeed]]]:
    """The needs that ask for each dataset, with their scenarios."""
    found: dict[str, list[tuple[Scenario, DataNeed]]] = {}
    for scenario, need in study.partnership.needs():
        for dataset in need.datasets:
            found.setdefault(dataset, []).append((scenario, need))
    return found


def _replaced(partnership: Partnership, old: Agreement) -> bool:
    return any(_replaces(new, old) for new in partnership.agreements if _running(partnership, new))


def _running(partnership: Partnership, agreement: Agreement) -> bool:
    return agreement.in_force_on(partnership.charter.as_of)


def _replaces(new: Agreement, old: Agreement) -> bool:
    """Whether one agreement covers all of another's parties, purposes and columns."""
    parties = {(party.agency, party.gives, party.receives) for party in old.parties}
    return (
        new.tier is old.tier
        and parties <= {(party.agency, party.gives, party.receives) for party in new.parties}
        and set(old.purposes) <= set(new.purposes)
        and _columns(old) <= _columns(new)
    )


def _continued(partnership: Partnership, old: Agreement) -> bool:
    """Whether another agreement takes over without a day between, and runs on."""
    if old.ends is None:
        return True
    next_day = old.ends + timedelta(days=1)
    return any(_replaces(new, old) and new.in_force_on(next_day) for new in partnership.agreements)


def _columns(agreement: Agreement) -> set[tuple[str, str, str]]:
    return {(grant.dataset, grant.table, c) for grant in agreement.grants for c in grant.columns}


def _parties(agreement: Agreement) -> tuple[str, ...]:
    return tuple(party.agency for party in agreement.parties)


def _expired(study: Study, agreement: Agreement) -> Finding:
    partnership = study.partnership
    place = where(partnership, Kind.AGREEMENT, agreement.id)
    today, ends = partnership.charter.as_of, agreement.ends or agreement.starts
    dates = f"It ran from {day(agreement.starts)} to {day(ends)}; the folder describes {day(today)}."
    return EXPIRED.finding(
        f"'{agreement.title}' ended on {day(ends)} and nothing replaces it.",
        (Kind.AGREEMENT, agreement.id),
        agencies=_parties(agreement),
        evidence=(
            evidence(partnership, Kind.AGREEMENT, agreement.id, dates),
            *_relied_on(study, agreement),
        ),
        remedy=(
            f"Once its parties have renewed it, write the new 'ends' in {place}. If the sharing has stopped "
            f"for good, keep the file as the record, and have a post say so in the next meeting: under "
            f"'accepted', 'rule: {EXPIRED.name}' and 'about: {agreement.id}', with the reason."
        ),
        cleared_by=_parties(agreement),
    )


def _not_begun(study: Study, agreement: Agreement) -> Iterator[Finding]:
    partnership, waiting = study.partnership, _relied_on(study, agreement)
    if not waiting:
        return
    place = where(partnership, Kind.AGREEMENT, agreement.id)
    days = (agreement.starts - partnership.charter.as_of).days
    yield NOT_BEGUN.finding(
        f"'{agreement.title}' is relied on and does not begin until {day(agreement.starts)}.",
        (Kind.AGREEMENT, agreement.id),
        agencies=_parties(agreement),
        evidence=(
            evidence(partnership, Kind.AGREEMENT, agreement.id, f"Begins in {days:,} days."),
            *waiting,
        ),
        remedy=f"If its parties agree to begin sooner, write the earlier day as 'starts' in {place}.",
        cleared_by=_parties(agreement),
    )


def _past_review(partnership: Partnership, agreement: Agreement) -> Finding:
    place = where(partnership, Kind.AGREEMENT, agreement.id)
    contact = f" The post to ask is '{agreement.contact}'." if agreement.contact else ""
    due, today = agreement.review_by or agreement.starts, partnership.charter.as_of
    return PAST_REVIEW.finding(
        f"'{agreement.title}' was to be reviewed by {day(due)}.",
        (Kind.AGREEMENT, agreement.id),
        agencies=_parties(agreement),
        evidence=(
            evidence(
                partnership,
                Kind.AGREEMENT,
                agreement.id,
                f"Review was due on {day(due)}; the folder describes {day(today)}.",
            ),
        ),
        remedy=f"Hold the review, and write the day of the next one as 'review_by' in {place}.{contact}",
        cleared_by=_parties(agreement),
    )


def _expiring(study: Study, agreement: Agreement) -> Iterator[Finding]:
    partnership = study.partnership
    if agreement.ends is None or _continued(partnership, agreement):
        return
    place = where(partnership, Kind.AGREEMENT, agreement.id)
    left = (agreement.ends - partnership.charter.as_of).days
    told = f"Its last day is {day(agreement.ends)}, {left} days after the day that the folder describes."
    yield EXPIRING.finding(
        f"'{agreement.title}' ends on {day(agreement.ends)} and nothing replaces it.",
        (Kind.AGREEMENT, agreement.id),
        agencies=_parties(agreement),
        evidence=(
            evidence(partnership, Kind.AGREEMENT, agreement.id, told),
            *_relied_on(study, agreement),
        ),
        remedy=f"Review it with its parties now; once they have renewed it, write the new 'ends' in {place}.",
        cleared_by=_parties(agreement),
    )
