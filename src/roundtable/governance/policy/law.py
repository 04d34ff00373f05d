"""Whether the law carries data from a giver to a receiver, on each day.

The rules are those of `partnership/sharing`: a power that reaches between the two bodies for the purpose and
is in force, the right regime, and for data that cross from the one regime to the other what authorises that.
There they are judged by the folder's `as_of`; here, by the day on which permission is asked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from roundtable.governance.policy.days import ALWAYS, Days, Span, join
from roundtable.partnership.model.agreement import Agreement, Regime
from roundtable.partnership.model.purpose import Purpose
from roundtable.partnership.model.whole import Partnership
from roundtable.partnership.sharing.case import Case, Faults
from roundtable.partnership.sharing.faults import GATEWAY_FAULTS, Fault, FaultRule
from roundtable.partnership.sharing.flows import Flow, is_personal
from roundtable.partnership.sharing.footing_rules import footing_rules
from roundtable.partnership.sharing.gateway_rules import gateway_rules
from roundtable.partnership.sharing.provisions import gateways_named
from roundtable.partnership.sharing.regimes import (
    Crossing,
    authorised_in_a_meeting,
    authorities,
    crossing_for,
    regime_rules,
)

_Rules = Callable[[Case], Faults]
#: Data that leave the regime they were collected under, or never stood under the one that is named.
_CROSSING = frozenset({FaultRule.CROSSING_REGIMES, FaultRule.NOT_COMPETENT})
#: What keeps data from an agency. What else is missing on paper is a finding, and stops nothing.
_CARRYING = GATEWAY_FAULTS | _CROSSING | {FaultRule.REGIME_NOT_PERSONAL}


def against(
    partnership: Partnership,
    agreement: Agreement,
    dataset: str,
    between: tuple[str, str],
    purpose: Purpose | None,
    on: date,
) -> tuple[Fault, ...]:
    """Why the law does not carry a dataset from the one agency to the other; nothing where it does.

    Args:
        partnership: what is agreed.
        agreement: the agreement whose footing it rests on.
        dataset: which dataset, by id.
        between: the giver and the receiver.
        purpose: what for; None for all that the agreement is for.
        on: the day.
    """
    return tuple(_faults(partnership, agreement, dataset, between, purpose, on, _CARRYING))


def crossing(
    partnership: Partnership, agreement: Agreement, dataset: str, between: tuple[str, str], on: date
) -> tuple[Fault, ...]:
    """Why data of an agreement under part 3 may not go to a body that it does not reach."""
    if agreement.basis.regime is not Regime.LAW_ENFORCEMENT:
        return ()
    found = _faults(partnership, agreement, dataset, between, None, on, _CROSSING, (footing_rules,))
    return tuple(found)


def unauthorised(
    partnership: Partnership,
    agreement: Agreement,
    dataset: str,
    between: tuple[str, str],
    purpose: Purpose,
    on: date,
) -> tuple[Fault, ...]:
    """Why data collected under one regime may not serve a purpose under the other; nothing if they may."""
    found = _faults(partnership, agreement, dataset, between, purpose, on, _CROSSING, (regime_rules,))
    return tuple(found)


def authorised_by(
    partnership: Partnership,
    agreement: Agreement,
    dataset: str,
    between: tuple[str, str],
    purpose: Purpose,
    on: date,
) -> tuple[Crossing, tuple[str, ...]] | None:
    """Which way a use crosses between the regimes, and the titles of the provisions that authorise it.

    A decision in a meeting stands last among them. None where nothing crosses.
    """
    case = _case(partnership, agreement, dataset, between, purpose, on)
    way = crossing_for(case, purpose) if case is not None else None
    if case is None or way is None:
        return None
    titles = [row.title for row in authorities(case, purpose)]
    if authorised_in_a_meeting(case):
        titles.append("a decision recorded in a meeting")
    return way, tuple(titles)


def carried_on(
    partnership: Partnership,
    agreement: Agreement,
    dataset: str,
    between: tuple[str, str],
    purpose: Purpose,
) -> Days:
    """The days on which nothing stands against it."""
    return _days_without(
        partnership, agreement, lambda on: against(partnership, agreement, dataset, between, purpose, on)
    )


def crossing_on(
    partnership: Partnership, agreement: Agreement, dataset: str, between: tuple[str, str]
) -> Days:
    """The days on which data may cross, or need not."""
    if agreement.basis.regime is not Regime.LAW_ENFORCEMENT:
        return ALWAYS
    return _days_without(
        partnership, agreement, lambda on: crossing(partnership, agreement, dataset, between, on)
    )


def authorised_on(
    partnership: Partnership,
    agreement: Agreement,
    dataset: str,
    between: tuple[str, str],
    purpose: Purpose,
) -> Days:
    """The days on which data may serve a purpose under that purpose's regime, or need not cross."""
    case = _case(partnership, agreement, dataset, between, purpose, agreement.starts)
    if case is None or crossing_for(case, purpose) is None:
        return ALWAYS
    return _days_without(
        partnership, agreement, lambda on: unauthorised(partnership, agreement, dataset, between, purpose, on)
    )


def _days_without(
    partnership: Partnership, agreement: Agreement, faults_on: Callable[[date], tuple[Fault, ...]]
) -> Days:
    """The days on which the law finds no fault."""
    return join((one,) for one in spans_of_law(partnership, agreement) if not faults_on(one.first))


def spans_of_law(partnership: Partnership, agreement: Agreement) -> tuple[Span, ...]:
    """Spans inside each of which the law, for one agreement, stays the same."""
    firsts = sorted({date.min, *_changes(partnership, agreement)})
    lasts = [first - timedelta(days=1) for first in firsts[1:]]
    return tuple(Span(*ends) for ends in zip(firsts, [*lasts, date.max], strict=True))


def _changes(partnership: Partnership, agreement: Agreement) -> Iterator[date]:
    """The first day of each change: of a provision that the footing or a meeting names, or of a decision."""
    named = {gateway.id for gateway in gateways_named(partnership, agreement.basis)}
    for meeting in partnership.meetings:
        for decision in meeting.decisions:
            if agreement.id in decision.concerning.agreements:
                yield meeting.on
                named |= {decision.gateway} if decision.gateway else set()
    for gateway in partnership.gateways:
        if gateway.id not in named:
            continue
        if gateway.in_force_from is not None:
            yield gateway.in_force_from
        if gateway.in_force_to is not None and gateway.in_force_to < date.max:
            yield gateway.in_force_to + timedelta(days=1)


def _faults(
    partnership: Partnership,
    agreement: Agreement,
    dataset: str,
    between: tuple[str, str],
    purpose: Purpose | None,
    on: date,
    of: frozenset[FaultRule],
    rules: tuple[_Rules, ...] = (gateway_rules, regime_rules, footing_rules),
) -> Iterator[Fault]:
    """The faults of these rules. What an agency gives itself is disclosed to nobody; its use can cross."""
    case = _case(partnership, agreement, dataset, between, purpose, on)
    if case is None:
        return
    to_itself = between[0] == between[1]
    asked = [rule for rule in rules if rule is regime_rules or not to_itself]
    found = {fault for rule in asked for fault in rule(case) if fault.rule in of}
    yield from sorted(found, key=lambda fault: (list(FaultRule).index(fault.rule), fault.what))


def _case(
    partnership: Partnership,
    agreement: Agreement,
    dataset: str,
    between: tuple[str, str],
    purpose: Purpose | None,
    on: date,
) -> _CaseOn | None:
    """The case of personal data on a day; None for what is not personal."""
    contract = next((one for one in partnership.datasets if one.id == dataset), None)
    if contract is None or not is_personal(contract):
        return None
    flow = Flow(dataset, *between, None, None, (), existing=False, personal=True)
    asked = agreement if purpose is None else agreement.model_copy(update={"purposes": (purpose,)})
    return _CaseOn(partnership, flow, asked, on)


@dataclass(frozen=True)
class _CaseOn(Case):
    """A case that is judged by a day of its own, and not by the one that the folder describes."""

    on: date

    @property
    def day(self) -> date:
        """The day on which permission is asked."""
        return self.on
