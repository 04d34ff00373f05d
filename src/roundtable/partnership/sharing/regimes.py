"""Under which regime data are held, under which they would be used, and what lets them cross.

What a competent authority collected for law enforcement stands under part 3 of the Data Protection Act 2018,
and may serve another purpose only where the law authorises that (section 36(4); a statute, the common law and
a statutory code can). What was collected for anything else stands under the UK GDPR, and serves law
enforcement by a power to share or by the exemption for crime (schedule 2, paragraph 2).

Which kinds of body are competent, and which purposes are law enforcement in their hands, stands in the row
`dpa18.part3` of the table of gateways.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from roundtable.partnership.model.agency import Agency
from roundtable.partnership.model.agreement import Regime
from roundtable.partnership.model.meeting import Verdict
from roundtable.partnership.model.purpose import Purpose
from roundtable.partnership.model.reference import Gateway
from roundtable.partnership.model.whole import Partnership
from roundtable.partnership.sharing.case import Case, Faults
from roundtable.partnership.sharing.faults import FaultRule
from roundtable.partnership.sharing.gateway_rules import fitting
from roundtable.partnership.sharing.provisions import (
    CRIME_EXEMPTION,
    LAW_ENFORCEMENT,
    a_body,
    carries_personal_data,
    gateways_named,
    in_force,
)
from roundtable.partnership.wording import listed


class Crossing(StrEnum):
    """Which way data cross."""

    OUT_OF_PART_3 = "out of part 3"
    INTO_PART_3 = "into part 3"


def is_competent(partnership: Partnership, agency: Agency) -> bool:
    """Whether a body is of a kind that part 3 reaches."""
    return any(agency.kind in row.provider_kinds for row in _part_3(partnership))


def is_law_enforcement(partnership: Partnership, purpose: Purpose) -> bool:
    """Whether a purpose is law enforcement in the hands of a competent authority."""
    return any(purpose in row.purposes for row in _part_3(partnership))


def held_under(case: Case) -> Regime:
    """The regime that a giver holds the data under.

    What the contract says holds for a competent authority; where it is silent, data of which nobody has said
    that they hold no offences count as collected for law enforcement. No other body holds data under part 3.
    """
    if not case.flow.personal:
        return Regime.NOT_PERSONAL
    if not is_competent(case.partnership, case.giver):
        return Regime.UK_GDPR
    stated, offences = case.dataset.terms.collected_under, case.dataset.terms.criminal_offence
    return stated or (Regime.UK_GDPR if offences is False else Regime.LAW_ENFORCEMENT)


def crossing_for(case: Case, purpose: Purpose) -> Crossing | None:
    """Which way the data cross when they serve a purpose; None where they stay or the agreement says how.

    An agreement that is itself under part 3 answers by `footing_rules` for bodies that part 3 does not reach.
    """
    competent = is_competent(case.partnership, case.receiver)
    if case.basis.regime is Regime.NOT_PERSONAL:
        return None
    if case.basis.regime is Regime.LAW_ENFORCEMENT:
        if not competent or not is_competent(case.partnership, case.giver):
            return None
        into = True
    else:
        into = competent and is_law_enforcement(case.partnership, purpose)
    held = held_under(case)
    if held is Regime.LAW_ENFORCEMENT and not into:
        return Crossing.OUT_OF_PART_3
    return Crossing.INTO_PART_3 if held is Regime.UK_GDPR and into else None


def authorities(case: Case, purpose: Purpose) -> tuple[Gateway, ...]:
    """The provisions of the footing that let the data cross for a purpose on the case's day."""
    named = gateways_named(case.partnership, case.basis)
    powers = [row for row in named if carries_personal_data(row)]
    if case.to_a_processor or case.flow.source == case.flow.target:
        # Nothing is disclosed to another controller: the power need only be the giver's own.
        reaching = [row for row in powers if _is_for(row, case.giver) and in_force(row, case.day)]
    else:
        reaching = fitting(case, powers)
    found = [row for row in reaching if not row.purposes or purpose in row.purposes]
    if crossing_for(case, purpose) is Crossing.INTO_PART_3:
        found += [row for row in named if row.id == CRIME_EXEMPTION and in_force(row, case.day)]
    return tuple(found)


def authorised_in_a_meeting(case: Case) -> bool:
    """Whether a meeting that has been held records a post's decision to let the data cross.

    The provision that the decision rests on has to be one that can: a power over personal data, or the
    exemption for crime, and in force.
    """
    held = (meeting for meeting in case.partnership.meetings if meeting.on <= case.day)
    decided = {
        decision.gateway
        for meeting in held
        for decision in meeting.decisions
        if decision.verdict is Verdict.AGREED and case.agreement.id in decision.concerning.agreements
    }
    return any(
        (carries_personal_data(row) or row.id == CRIME_EXEMPTION) and in_force(row, case.day)
        for row in case.partnership.gateways
        if row.id in decided
    )


def regime_rules(case: Case) -> Faults:
    """Each way that the data would cross for a purpose of the agreement with nothing to authorise it."""
    found: dict[Crossing, list[Purpose]] = {}
    for purpose in sorted(case.agreement.purposes):
        way = crossing_for(case, purpose)
        if way is not None and not authorities(case, purpose):
            found.setdefault(way, []).append(purpose)
    if not found or authorised_in_a_meeting(case):
        return
    for way, purposes in found.items():
        said = listed(purpose.replace("_", " ") for purpose in purposes)
        what, change = (_out if way is Crossing.OUT_OF_PART_3 else _into)(case, said)
        yield case.fault(FaultRule.CROSSING_REGIMES, what, change)


def _out(case: Case, purposes: str) -> tuple[str, str]:
    what = (
        f"'{case.dataset.name}' was collected for law enforcement, {purposes} is another purpose, and it "
        "names no power that authorises this use (Data Protection Act 2018, section 36(4))."
    )
    change = (
        f"{_name_a_power(case, purposes)}, or record in a meeting the decision that authorises it; if it was "
        "not collected for law enforcement, write 'collectedUnder: uk_gdpr' in its contract."
    )
    return what, change


def _into(case: Case, purposes: str) -> tuple[str, str]:
    what = (
        f"'{case.dataset.name}' was not collected for law enforcement, {case.receiver.name} would use it for "
        f"that ({purposes}), and it names nothing that authorises this use."
    )
    change = (
        f"{_name_a_power(case, purposes)}; or name '{CRIME_EXEMPTION}' there (schedule 2, paragraph 2 of the "
        "Data Protection Act 2018), where to hold to the first purpose would prejudice work against crime."
    )
    return what, change


def _name_a_power(case: Case, purposes: str) -> str:
    whom = f"from {a_body(case.giver.kind)} to {a_body(case.receiver.kind)}"
    return f"Name a power that reaches {whom} and serves {purposes} in 'gateways' in {case.file}"


def _is_for(row: Gateway, giver: Agency) -> bool:
    return not row.provider_kinds or giver.kind in row.provider_kinds


def _part_3(partnership: Partnership) -> Iterator[Gateway]:
    return (row for row in partnership.gateways if row.id == LAW_ENFORCEMENT)
