"""Whether a power in law carries the data from the one body to the other, for that purpose, today."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from roundtable.partnership.model.agency import AgencyKind
from roundtable.partnership.model.reference import Gateway, GatewayNature
from roundtable.partnership.sharing.case import Case, Faults
from roundtable.partnership.sharing.faults import Fault, FaultRule
from roundtable.partnership.sharing.provisions import (
    CRIME_AND_DISORDER_POWER,
    DISADVANTAGES_POWER,
    FACTORS_NEEDED,
    a_body,
    carries_personal_data,
    factors_counted,
    gateways_named,
    in_force,
)
from roundtable.partnership.wording import day, listed

_NATURES = {
    GatewayNature.DUTY: "a duty, and a duty is no power to share",
    GatewayNature.LIMIT: "a limit",
    GatewayNature.CONDITION: "a condition",
    GatewayNature.REGIME: "a regime",
    GatewayNature.LAWFUL_BASIS: "a lawful basis",
    GatewayNature.LICENCE: "a licence, which does not reach personal data",
}


def gateway_rules(case: Case) -> Faults:
    """A footing needs a power or a duty to share that reaches from giver to receiver, for every purpose.

    A processor acts for the giver alone, so that nothing is disclosed to another controller and no
    power is asked for. Nor is one asked of a giver that is no public authority: it may do what no law
    forbids, and what it needs is a lawful basis (the ICO's data sharing code says so of private and
    voluntary bodies).
    """
    if case.to_a_processor or case.giver.public_authority is False:
        return
    named = gateways_named(case.partnership, case.basis)
    carrying = [gateway for gateway in named if carries_personal_data(gateway)]
    if not carrying:
        yield _none(case, named)
        return
    reaching = fitting(case, carrying)
    if not reaching:
        for gateway in carrying:
            yield from _obstacles(case, gateway)
        return
    yield from _purposes(case, reaching)


def fitting(case: Case, gateways: Iterable[Gateway]) -> list[Gateway]:
    """Those of the powers that reach from the giver to the receiver today, purposes apart."""
    return [gateway for gateway in gateways if next(_obstacles(case, gateway), None) is None]


def carrying_gateways(case: Case) -> list[Gateway]:
    """The powers of the footing that carry personal data and reach from the giver to the receiver."""
    named = gateways_named(case.partnership, case.basis)
    return fitting(case, (gateway for gateway in named if carries_personal_data(gateway)))


def _none(case: Case, named: Iterable[Gateway]) -> Fault:
    said = listed(f"'{g.title}' is {_NATURES[g.nature]}" for g in named)
    what = f"It names no power to share personal data: {said or 'it names no provision at all'}."
    change = f"Name a power, or a duty to share, in 'gateways' in {case.file}."
    return case.fault(FaultRule.NO_GATEWAY, what, change)


def _obstacles(case: Case, gateway: Gateway) -> Iterator[Fault]:
    """Why one power does not carry this flow; nothing where it does, purposes apart."""
    giver, receiver = case.giver.kind, case.receiver.kind
    if not _reaches(gateway.provider_kinds, giver) or not _reaches(gateway.recipient_kinds, receiver):
        yield _wrong_bodies(case, gateway)
    if not in_force(gateway, case.day):
        yield _out_of_force(case, gateway)
    if gateway.id == DISADVANTAGES_POWER:
        yield from _too_few_factors(case, gateway)


def _reaches(kinds: tuple[AgencyKind, ...], kind: AgencyKind) -> bool:
    return not kinds or kind in kinds


def _wrong_bodies(case: Case, gateway: Gateway) -> Fault:
    giver, receiver = a_body(case.giver.kind), a_body(case.receiver.kind)
    what = f"'{gateway.title}' does not reach from {giver} to {receiver}."
    if gateway.id == CRIME_AND_DISORDER_POWER and case.receiver.kind is AgencyKind.VCSE:
        what = f"'{gateway.title}' gives no power to disclose to a voluntary body, and the receiver is one."
    change = f"Name a power that reaches from {giver} to {receiver} in 'gateways' in {case.file}."
    return case.fault(FaultRule.GATEWAY_PARTIES, what, change)


def _out_of_force(case: Case, gateway: Gateway) -> Fault:
    begins = gateway.in_force_from
    if begins is not None and case.day < begins:
        what = f"'{gateway.title}' is not in force until {day(begins)}."
    else:
        what = f"'{gateway.title}' is no longer in force."
    change = f"Name a power that is in force in 'gateways' in {case.file}."
    return case.fault(FaultRule.GATEWAY_NOT_IN_FORCE, what, change)


def _too_few_factors(case: Case, gateway: Gateway) -> Faults:
    """Every scenario that the flow is for has to show two or more of the factors that the law lists."""
    wanted = [case.flow.scenario] if case.flow.scenario else list(case.agreement.scenarios)
    scenarios = [case.partnership.scenario(name) for name in sorted(wanted)]
    if not scenarios:
        what = f"'{gateway.title}' serves people with {FACTORS_NEEDED} or more listed factors, and no "
        change = f"Name the scenarios that it serves in 'scenarios' in {case.file}."
        yield case.fault(FaultRule.DISADVANTAGE_FACTORS, what + "scenario shows which.", change)
    for scenario in scenarios:
        shown = factors_counted(case.partnership, scenario)
        if len(shown) < FACTORS_NEEDED:
            what = (
                f"'{gateway.title}' needs {FACTORS_NEEDED} or more of the factors that the law lists, and "
                f"'{scenario.title}' shows {listed(sorted(shown)) or 'none'}."
            )
            change = (
                f"Write the factors in 'dea_factors' of '{scenario.id}', if they apply; else another power."
            )
            yield case.fault(FaultRule.DISADVANTAGE_FACTORS, what, change)


def _purposes(case: Case, reaching: Iterable[Gateway]) -> Faults:
    """Every purpose of the agreement needs a power that serves it; one that names none serves any."""
    powers = list(reaching)
    if any(not gateway.purposes for gateway in powers):
        return
    served = {purpose for gateway in powers for purpose in gateway.purposes}
    unserved = sorted(set(case.agreement.purposes) - served)
    if unserved:
        titles = listed(f"'{gateway.title}'" for gateway in powers)
        purposes = listed(purpose.replace("_", " ") for purpose in unserved)
        what = f"It is for {purposes}, and its powers do not serve that: {titles}."
        change = f"Name a power that serves {purposes} in {case.file}, or take the purpose out."
        yield case.fault(FaultRule.GATEWAY_PURPOSE, what, change)
