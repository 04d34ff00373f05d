"""What is wrong with one agreement: for one flow, for all that it lets through, and for one more receiver."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from roundtable.partnership.model.agreement import Agreement, Party, PartyRole, Tier
from roundtable.partnership.model.whole import Partnership
from roundtable.partnership.sharing.agreement_rules import agreement_rules, columns_rule
from roundtable.partnership.sharing.case import Case, granted_columns, party
from roundtable.partnership.sharing.faults import GATEWAY_FAULTS, Fault, FaultRule
from roundtable.partnership.sharing.flows import Flow, is_personal
from roundtable.partnership.sharing.footing_rules import footing_rules
from roundtable.partnership.sharing.gateway_rules import gateway_rules
from roundtable.partnership.sharing.regimes import regime_rules
from roundtable.partnership.study import Study

_RULES_IN_ORDER = tuple(FaultRule)
#: Every agreement of a newcomer still to sign has this fault, and it alone is mended by signing.
_UNSIGNED = frozenset({FaultRule.NOT_SIGNED})


def faults_of(case: Case, covered: frozenset[str] | None = None) -> tuple[Fault, ...]:
    """Everything wrong with one agreement for one flow, in order of the rules.

    Args:
        case: the flow and the agreement.
        covered: the columns that count as let through, instead of the agreement's own.
    """
    through = let_through(case) if covered is None else covered
    found = [*agreement_rules(case), *columns_rule(case, through)]
    if case.flow.personal:
        found += gateway_rules(case)
        # What no power carries at all is told by that. A processor uses nothing for a purpose of its own.
        if not case.to_a_processor and not any(fault.rule in GATEWAY_FAULTS for fault in found):
            found += regime_rules(case)
        found += footing_rules(case)
    return tuple(sorted(set(found), key=lambda fault: (_RULES_IN_ORDER.index(fault.rule), fault.what)))


def let_through(case: Case) -> frozenset[str]:
    """What of the flow the agreement lets through; an open licence, the whole of it."""
    return frozenset(case.flow.columns) if case.open and not case.flow.personal else case.granted


def on_paper(partnership: Partnership, agreement: Agreement) -> Iterator[Flow]:
    """Each dataset that an agreement grants, from whoever gives it to each party that receives."""
    receivers = sorted({party.agency for party in agreement.parties if party.receives})
    givers = sorted({party.agency for party in agreement.parties if party.gives})
    for name in sorted({grant.dataset for grant in agreement.grants}):
        dataset = partnership.dataset(name)
        creator = dataset.terms.created_by
        columns = tuple(sorted(granted_columns(agreement, name)))
        for giver in [creator] if creator in givers else givers:
            for receiver in receivers:
                if giver is not None and giver != receiver:
                    personal = is_personal(dataset)
                    yield Flow(name, giver, receiver, None, None, columns, False, personal)


def open_to(study: Study, flow: Flow, granting: Iterable[Agreement]) -> tuple[Agreement, ...]:
    """Those of the agreements that grant a dataset which the receiver of a flow could sign, to have it all.

    One that has a fault of its own is not worth joining: it has ended, a party to it is gone or has not
    signed, or its footing has gaps. Nor is one whose footing would not reach the newcomer.
    """
    giving = [one for one in granting if _gives(one, flow)]
    sound = (one for one in giving if is_sound(study, one))
    return tuple(one for one in sound if _would_carry(study.partnership, one, flow))


def is_sound(study: Study, agreement: Agreement) -> bool:
    """Whether a specific agreement is in force, all its parties exist, and it has no fault between them."""
    return agreement.id in study.shared(_sound)


def _gives(agreement: Agreement, flow: Flow) -> bool:
    gives = party(agreement, flow.source, gives=True) is not None
    return gives and set(flow.columns) <= granted_columns(agreement, flow.dataset)


def _sound(study: Study) -> frozenset[str]:
    """The ids of the agreements, licences apart, that have no fault between any of their parties."""
    partnership = study.partnership
    return frozenset(one.id for one in partnership.agreements if _is_sound(partnership, one))


def _is_sound(partnership: Partnership, agreement: Agreement) -> bool:
    today = partnership.charter.as_of
    if agreement.tier is not Tier.SPECIFIC or not agreement.in_force_on(today):
        return False
    bodies = (partnership.agency(one.agency) for one in agreement.parties)
    return all(body.existed_on(today) for body in bodies) and not any(
        faults_of(Case(partnership, flow, agreement)) for flow in on_paper(partnership, agreement)
    )


def _would_carry(partnership: Partnership, agreement: Agreement, flow: Flow) -> bool:
    newcomer = Party(agency=flow.target, role=PartyRole.CONTROLLER, receives=True)
    parties = (*agreement.parties, newcomer)
    joined = agreement.model_copy(update={"parties": parties})
    faults = faults_of(Case(partnership, flow, joined))
    return {fault.rule for fault in faults} <= _UNSIGNED
