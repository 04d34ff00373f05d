"""May this flow? Each flow held against the agreements: lawful, or everything that stands in the way.

The rules follow the Information Commissioner's data sharing code (parties, purpose, items, lawful basis,
conditions, retention, review) and the table of gateways. They read what is written and are no lawyer's
advice; what no named post has verified is shown as unverified.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from roundtable.partnership.model.agreement import Agreement, Tier
from roundtable.partnership.model.strict import Kind, Part
from roundtable.partnership.sharing.case import Case, party
from roundtable.partnership.sharing.faults import Fault, FaultRule, FlowCheck
from roundtable.partnership.sharing.flows import Flow, flows
from roundtable.partnership.sharing.one_agreement import faults_of, let_through, open_to
from roundtable.partnership.sharing.provisions import gateways_named, is_checked
from roundtable.partnership.study import Study
from roundtable.partnership.wording import either, named

__all__ = ["Fault", "FaultRule", "FlowCheck", "check", "faults_of", "granting", "is_verified", "to_cover"]


def check(study: Study, flow: Flow) -> FlowCheck:
    """Whether a flow is lawful on the folder's `as_of`, and what would make it so.

    A flow is carried by one agreement without a fault, or by several that are faultless and together
    cover its columns. Where none does, the one with the fewest faults is named, the lowest id first.
    """
    known = study.shared(_checks).get(flow)
    return known if known is not None else _check(study, flow)


def granting(study: Study, dataset: str) -> tuple[Agreement, ...]:
    """The agreements that grant something of a dataset, whatever their dates, in order of their ids."""
    return study.shared(_by_dataset).get(dataset, ())


def is_verified(study: Study, agreement: Agreement) -> bool:
    """Whether a named post has checked the footing, and every provision that it names."""
    basis, rows = agreement.basis, gateways_named(study.partnership, agreement.basis)
    on = basis.verified_on
    checked = basis.verified_by is not None and on is not None and on <= study.partnership.charter.as_of
    return checked and len(rows) == len(set(basis.gateways)) and all(is_checked(row) for row in rows)


def _checks(study: Study) -> Mapping[Flow, FlowCheck]:
    return {flow: _check(study, flow) for flow in flows(study)}


def _by_dataset(study: Study) -> Mapping[str, tuple[Agreement, ...]]:
    found: dict[str, list[Agreement]] = {}
    for agreement in sorted(study.partnership.agreements, key=lambda one: one.id):
        for dataset in {grant.dataset for grant in agreement.grants}:
            found.setdefault(dataset, []).append(agreement)
    return {dataset: tuple(these) for dataset, these in found.items()}


def _check(study: Study, flow: Flow) -> FlowCheck:
    grants = granting(study, flow.dataset)
    cases = [Case(study.partnership, flow, one) for one in grants if _between(one, flow)]
    if not cases:
        return FlowCheck(flow, None, False, False, (_no_agreement(study, flow),))
    sound = [case for case in cases if not faults_of(case, frozenset(flow.columns))]
    together = frozenset(column for case in sound for column in let_through(case))
    if sound and together >= set(flow.columns):
        return _carried(study, flow, sound)
    nearest = min(cases, key=lambda case: (len(faults_of(case)), case.agreement.id))
    verified = is_verified(study, nearest.agreement)
    return FlowCheck(flow, nearest.agreement.id, False, verified, faults_of(nearest))


def _carried(study: Study, flow: Flow, sound: Iterable[Case]) -> FlowCheck:
    """Lawful: by a verified agreement where one covers it alone, else by the one that covers most."""
    wanted = set(flow.columns)

    def preference(case: Case) -> tuple[int, bool, str]:
        left_out = len(wanted - let_through(case))
        return (left_out, not is_verified(study, case.agreement), case.agreement.id)

    best = min(sound, key=preference)
    whole = wanted <= let_through(best)
    parts = [best] if whole else [case for case in sound if case.granted & wanted]
    verified = all(is_verified(study, case.agreement) for case in parts)
    return FlowCheck(flow, best.agreement.id, True, verified, ())


def _between(agreement: Agreement, flow: Flow) -> bool:
    """Whether an agreement's parties are those of the flow. An open licence serves any receiver."""
    gives = party(agreement, flow.source, gives=True) is not None
    return gives and (
        agreement.tier is Tier.OPEN_LICENCE or party(agreement, flow.target, gives=False) is not None
    )


def to_cover(study: Study, uncovered: Sequence[Flow]) -> str:
    """The smallest change for flows of one dataset from one giver that no agreement covers.

    An agreement that each receiver could sign as it stands is named; where there is none, one has to be
    written, whatever other agreements grant the dataset.
    """
    partnership = study.partnership
    targets = sorted({flow.target for flow in uncovered})
    grants = granting(study, uncovered[0].dataset)
    common = set.intersection(*({one.id for one in open_to(study, flow, grants)} for flow in uncovered))
    if not common:
        parties = named(partnership, [uncovered[0].source, *targets])
        return f"Write an agreement in agreements/ that grants it, with {parties} as parties."
    ids = either(f"'{one}'" for one in sorted(common))
    receivers = named(partnership, targets)
    return f"Have {receivers} sign {ids} as a party that receives; or write an agreement of their own."


def _no_agreement(study: Study, flow: Flow) -> Fault:
    partnership = study.partnership
    giver, receiver = partnership.agency(flow.source).name, partnership.agency(flow.target).name
    what = f"No agreement gives '{partnership.dataset(flow.dataset).name}' from {giver} to {receiver}."
    use = (Part.USE, Kind.DATASET, flow.dataset, flow.target)
    place = partnership.part(*use) if flow.existing else partnership.place(Kind.DATASET, flow.dataset)
    return Fault(FaultRule.NO_AGREEMENT, what, place, to_cover(study, [flow]))
