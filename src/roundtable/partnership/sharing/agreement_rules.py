"""Whether an agreement applies to a flow at all: its tier, dates, parties, signatures, scenario, columns."""

from __future__ import annotations

from roundtable.partnership.model.agency import Agency
from roundtable.partnership.model.agreement import Party, Tier
from roundtable.partnership.sharing.case import Case, Faults
from roundtable.partnership.sharing.faults import FaultRule
from roundtable.partnership.wording import day, listed


def agreement_rules(case: Case) -> Faults:
    """Every way in which it does not apply."""
    if case.agreement.tier is Tier.PROTOCOL:
        what = "It is a protocol, and a protocol or a memorandum alone is no agreement to share."
        change = f"Write a specific agreement under it, with '{case.agreement.id}' as its 'parent'."
        yield case.fault(FaultRule.PROTOCOL_ALONE, what, change)
    yield from _dates(case)
    for body, party in ((case.giver, case.giving), (case.receiver, case.receiving)):
        yield from _still_there(case, body)
        if party is not None:
            yield from _left(case, body, party)
        if party is not None and not case.open:
            yield from _signed(case, body, party)
    yield from _scenario(case)


def columns_rule(case: Case, covered: frozenset[str]) -> Faults:
    """Every column that flows is one that is let through."""
    missing = sorted(set(case.flow.columns) - covered)
    if missing:
        names = listed(f"'{column}'" for column in missing)
        what = f"It does not let {names} of '{case.dataset.name}' through."
        change = f"If its parties agree, add {names} to the columns it grants in {case.file}."
        yield case.fault(FaultRule.COLUMNS_NOT_COVERED, what, change)


def _dates(case: Case) -> Faults:
    agreement = case.agreement
    if case.day < agreement.starts:
        what = f"It does not begin until {day(agreement.starts)}."
        change = f"If its parties agree to begin sooner, write the earlier 'starts' in {case.file}."
        yield case.fault(FaultRule.NOT_IN_FORCE, what, change)
    if agreement.ends is not None and agreement.ends < case.day:
        what = f"It ended on {day(agreement.ends)}."
        change = f"Once its parties have renewed it, write the new 'ends' in {case.file}."
        yield case.fault(FaultRule.NOT_IN_FORCE, what, change)
    yield from _stopped(case)


def _stopped(case: Case) -> Faults:
    """Ended early, or standing still."""
    agreement, ended = case.agreement, case.agreement.withdrawn_on
    if ended is not None and agreement.withdrawn_by(case.day):
        what = f"It was withdrawn on {day(ended)}."
        change = f"If it is to hold again, have its parties sign a new one beside {case.file}."
        yield case.fault(FaultRule.NOT_IN_FORCE, what, change)
    for one in agreement.suspended:
        if one.covers(case.day):
            what = f"It has been suspended since {day(one.from_)}: {one.reason.rstrip('.')}."
            change = f"Once it may go on, write the last day of the suspension as 'to' in {case.file}."
            yield case.fault(FaultRule.NOT_IN_FORCE, what, change)


def _left(case: Case, body: Agency, party: Party) -> Faults:
    if party.withdrawn_on is not None and party.has_withdrawn_by(case.day):
        what = f"{body.name} withdrew from it on {day(party.withdrawn_on)}."
        change = f"If it comes back, have it sign anew and take 'withdrawn_on' out of {case.file}."
        yield case.fault(FaultRule.PARTY_WITHDRAWN, what, change, body.id)


def _still_there(case: Case, body: Agency) -> Faults:
    if not body.existed_on(case.day):
        successor = f"'{body.successor}'" if body.successor else "the body that holds its powers"
        what = f"{body.name} does not exist on {day(case.day)}."
        change = f"Have {successor} sign, and write it under 'parties' in {case.file}."
        yield case.fault(FaultRule.PARTY_ENDED, what, change, body.id)


def _signed(case: Case, body: Agency, party: Party) -> Faults:
    posts = {role.id for role in body.roles}
    if party.signed_on is None or party.signed_by is None or case.day < party.signed_on:
        what = f"Nobody has signed it for {body.name}."
    elif party.signed_by not in posts:
        what = f"It is signed for {body.name} by a post of another body."
    else:
        return
    change = f"Once a post of {body.name} has signed, write 'signed_by' and 'signed_on' in {case.file}."
    yield case.fault(FaultRule.NOT_SIGNED, what, change, body.id)


def _scenario(case: Case) -> Faults:
    """An agreement that names scenarios serves no other: a purpose is not stretched."""
    wanted, served = case.flow.scenario, case.agreement.scenarios
    if wanted is not None and served and wanted not in served:
        title = case.partnership.scenario(wanted).title
        what = f"'{case.agreement.title}' is for other scenarios and not for '{title}'."
        change = (
            f"If its parties agree that it serves this too, add '{wanted}' to 'scenarios' in {case.file}."
        )
        yield case.fault(FaultRule.OTHER_SCENARIO, what, change)
