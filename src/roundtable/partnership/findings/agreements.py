"""Agreements out of time: ended, not yet begun though something waits for them, or past their review."""

from __future__ import annotations

from collections.abc import Iterator

from roundtable.partnership.findings.finding import Evidence, Finding, Rule, Severity
from roundtable.partnership.findings.wording import evidence, where
from roundtable.partnership.model.agreement import Agreement, Tier
from roundtable.partnership.model.need import DataNeed
from roundtable.partnership.model.scenario import Scenario
from roundtable.partnership.model.strict import Kind
from roundtable.partnership.model.whole import Partnership
from roundtable.partnership.study import Study

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
RULES = (EXPIRED, NOT_BEGUN, PAST_REVIEW)


def find(study: Study) -> Iterator[Finding]:
    """Every agreement whose dates do not serve, judged by the day that the folder describes."""
    partnership = study.partnership
    day = partnership.charter.as_of
    for agreement in partnership.agreements:
        if agreement.ends is not None and agreement.ends < day:
            if not _replaced(partnership, agreement):
                yield _expired(partnership, agreement)
        elif agreement.starts > day:
            yield from _not_begun(partnership, agreement)
        elif agreement.review_by is not None and agreement.review_by < day:
            yield _past_review(partnership, agreement)


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


def _relied_on(partnership: Partnership, agreement: Agreement) -> tuple[Evidence, ...]:
    """What waits for the agreement: needs it could serve, and services fed by what it gives."""
    needs = (
        evidence(partnership, Kind.NEED, need.id, f"Need '{need.id}' waits for it: {need.decision}")
        for scenario, need in partnership.needs()
        if could_serve(agreement, scenario, need)
    )
    granted = {grant.dataset for grant in agreement.grants}
    receives = {party.agency for party in agreement.parties if party.receives}
    services = (
        evidence(partnership, Kind.SERVICE, service.id, f"Service '{service.id}' is fed by it.")
        for service in partnership.services
        if service.provider in receives and granted & set(service.inputs)
    )
    return tuple(sorted((*needs, *services), key=lambda row: row.text))


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


def _columns(agreement: Agreement) -> set[tuple[str, str, str]]:
    return {(grant.dataset, grant.table, c) for grant in agreement.grants for c in grant.columns}


def _parties(agreement: Agreement) -> tuple[str, ...]:
    return tuple(party.agency for party in agreement.parties)


def _expired(partnership: Partnership, agreement: Agreement) -> Finding:
    place = where(partnership, Kind.AGREEMENT, agreement.id)
    day = partnership.charter.as_of
    dates = f"It ran from {agreement.starts} to {agreement.ends}; the folder describes {day}."
    return EXPIRED.finding(
        f"'{agreement.title}' ended on {agreement.ends} and nothing replaces it.",
        (Kind.AGREEMENT, agreement.id),
        agencies=_parties(agreement),
        evidence=(
            evidence(partnership, Kind.AGREEMENT, agreement.id, dates),
            *_relied_on(partnership, agreement),
        ),
        remedy=(
            f"Once its parties have renewed it, write the new 'ends' in {place}; if the sharing has stopped "
            f"for good, delete the file."
        ),
        cleared_by=_parties(agreement),
    )


def _not_begun(partnership: Partnership, agreement: Agreement) -> Iterator[Finding]:
    waiting = _relied_on(partnership, agreement)
    if not waiting:
        return
    place = where(partnership, Kind.AGREEMENT, agreement.id)
    days = (agreement.starts - partnership.charter.as_of).days
    yield NOT_BEGUN.finding(
        f"'{agreement.title}' is relied on and does not begin until {agreement.starts}.",
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
    return PAST_REVIEW.finding(
        f"'{agreement.title}' was to be reviewed by {agreement.review_by}.",
        (Kind.AGREEMENT, agreement.id),
        agencies=_parties(agreement),
        evidence=(
            evidence(
                partnership,
                Kind.AGREEMENT,
                agreement.id,
                f"Review was due on {agreement.review_by}; the folder describes {partnership.charter.as_of}.",
            ),
        ),
        remedy=f"Hold the review, and write the day of the next one as 'review_by' in {place}.{contact}",
        cleared_by=_parties(agreement),
    )
