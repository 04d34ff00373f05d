"""May we share? Agreements that would not stand, data that flow without one, refusals without a reason.

What the dates of an agreement say stands in `agreements`, what a need waits for in `needs`, and who took
over from a body that has ended in `succession`: none of it is said again here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from roundtable.partnership.evidence import evidence
from roundtable.partnership.findings.finding import Evidence, Finding, Rule, Severity
from roundtable.partnership.model.agreement import Agreement, Tier
from roundtable.partnership.model.meeting import Decision, Verdict
from roundtable.partnership.model.strict import Kind
from roundtable.partnership.model.whole import Partnership
from roundtable.partnership.sharing.case import Case
from roundtable.partnership.sharing.faults import Fault, FaultRule
from roundtable.partnership.sharing.flows import Flow, flows
from roundtable.partnership.sharing.footing_rules import basis_beside
from roundtable.partnership.sharing.lawfulness import check, faults_of, is_verified, to_cover
from roundtable.partnership.sharing.one_agreement import on_paper
from roundtable.partnership.sharing.provisions import CHILD_WELFARE_DUTY, gateways_named, is_checked
from roundtable.partnership.study import Study
from roundtable.partnership.wording import counted, listed, where

DEFECTIVE = Rule(
    "agreement-defective",
    "An agreement whose legal footing has gaps",
    Severity.HIGH,
    "It lets personal data through, and something that the law or the data sharing code asks for is not "
    "there: a power that reaches from each giver to each receiver for each purpose, a lawful basis that "
    "they may rest on, a condition for special-category data, an impact assessment, retention, a review.",
)
UNCOVERED = Rule(
    "flow-not-covered",
    "Personal data that flow and that no agreement covers",
    Severity.HIGH,
    "A use of the dataset is written down, and no agreement lets these columns through from the agency "
    "that creates it to the one that uses it.",
)
UNREASONED = Rule(
    "refusal-without-reason",
    "A refusal to share about a child that gives no reason",
    Severity.HIGH,
    "Where the Children Act 2004 makes sharing a duty (section 16LA), the one exception is that sharing "
    "would be more detrimental to the child. A refusal that does not say how may break the law, and "
    "somebody may come to harm.",
)
UNVERIFIED = Rule(
    "footing-unverified",
    "Legal footings that no named post has verified",
    Severity.LOW,
    "What an agreement rests on is only what somebody wrote down until a named post has checked it, and "
    "each provision it names, against the law as it stands. Until then it counts as unverified wherever "
    "it is used, and a flow's legal level goes no higher than 2.",
)
RULES = (DEFECTIVE, UNCOVERED, UNREASONED, UNVERIFIED)

#: Told by the rules about dates, succession and flows, or no fault of an agreement by itself.
_TOLD_ELSEWHERE = frozenset(
    {
        FaultRule.NO_AGREEMENT,
        FaultRule.NOT_IN_FORCE,
        FaultRule.PARTY_ENDED,
        FaultRule.OTHER_SCENARIO,
        FaultRule.COLUMNS_NOT_COVERED,
    }
)
#: What makes a flow of today one that no agreement covers.
_UNCOVERING = frozenset({FaultRule.NO_AGREEMENT, FaultRule.COLUMNS_NOT_COVERED, FaultRule.PROTOCOL_ALONE})
#: How many pairs of agencies one row of evidence names.
_NAMED_PAIRS = 3


def find(study: Study) -> Iterator[Finding]:
    """Every agreement, flow and refusal that would not stand; then what nobody has verified."""
    today = study.partnership.charter.as_of
    for agreement in study.partnership.agreements:
        if agreement.ends is None or agreement.ends >= today:
            yield from _defective(study.partnership, agreement)
    yield from _uncovered(study)
    yield from _unreasoned(study.partnership)
    yield from _unverified(study)


def _defective(partnership: Partnership, agreement: Agreement) -> Iterator[Finding]:
    faults = _faults_on_paper(partnership, agreement)
    if not faults:
        return
    everybody = len({(flow.source, flow.target) for flow in on_paper(partnership, agreement)})
    rows = [_row(partnership, fault, pairs, everybody) for fault, pairs in faults.items()]
    parties = tuple(party.agency for party in agreement.parties)
    gaps = "a gap" if len(faults) == 1 else f"{len(faults)} gaps"
    yield DEFECTIVE.finding(
        f"The legal footing of '{agreement.title}' has {gaps}.",
        (Kind.AGREEMENT, agreement.id),
        agencies=parties,
        evidence=tuple(rows),
        remedy=_mended(partnership, agreement, faults),
        cleared_by=_could_mend(agreement, faults) or parties,
    )


def _could_mend(agreement: Agreement, faults: Iterable[Fault]) -> tuple[str, ...]:
    """Whoever gives, who writes the footing down; and those of whom a fault is said, who know their own."""
    givers = (party.agency for party in agreement.parties if party.gives)
    return (*givers, *(body for fault in faults for body in fault.bodies))


def _mended(partnership: Partnership, agreement: Agreement, faults: Iterable[Fault]) -> str:
    """The changes, each once: powers that do not reach are one, and so is a basis that some may not use."""
    place = where(partnership, Kind.AGREEMENT, agreement.id)
    reach = [fault for fault in faults if fault.rule is FaultRule.GATEWAY_PARTIES]
    private = [fault for fault in faults if fault.rule is FaultRule.PRIVATE_BASIS]
    changes = [fault.change for fault in faults if fault not in reach and fault not in private]
    if private:
        bodies = sorted({body for fault in private for body in fault.bodies})
        changes.append(basis_beside([partnership.agency(body).name for body in bodies], place))
    if len(reach) > 1:
        changes.append(f"Name powers that reach between the bodies listed above in 'gateways' in {place}.")
    else:
        changes += [fault.change for fault in reach]
    return " ".join(dict.fromkeys(changes))


def _faults_on_paper(
    partnership: Partnership, agreement: Agreement
) -> Mapping[Fault, tuple[tuple[str, str], ...]]:
    """What is wrong with all that the agreement lets through, and between whom, in order of the rules."""
    found: dict[Fault, set[tuple[str, str]]] = {}
    for flow in on_paper(partnership, agreement):
        for fault in faults_of(Case(partnership, flow, agreement)):
            if fault.rule not in _TOLD_ELSEWHERE:
                found.setdefault(fault, set()).add((flow.source, flow.target))
    order = list(FaultRule)
    in_order = sorted(found, key=lambda fault: (order.index(fault.rule), fault.what))
    return {fault: tuple(sorted(found[fault])) for fault in in_order}


def _row(
    partnership: Partnership, fault: Fault, pairs: tuple[tuple[str, str], ...], everybody: int
) -> Evidence:
    """A fault; with those between whom it stands, unless it stands between all the parties."""
    if len(pairs) == everybody:
        return Evidence(fault.place, fault.what)
    named = [[partnership.agency(end).name for end in pair] for pair in pairs[:_NAMED_PAIRS]]
    said = [f"{giver} to {receiver}" for giver, receiver in named]
    said += [f"{len(pairs) - len(said):,} more"] if len(pairs) > len(said) else []
    return Evidence(fault.place, f"{fault.what} It concerns {listed(said)}.")


def _uncovered(study: Study) -> Iterator[Finding]:
    """One finding for each dataset, with every use of it that no agreement covers."""
    found: dict[str, list[tuple[Flow, tuple[Fault, ...]]]] = {}
    for flow in flows(study):
        faults = check(study, flow).faults if flow.existing and flow.personal else ()
        if _is_uncovered(study, flow, faults):
            found.setdefault(flow.dataset, []).append((flow, faults))
    for name, uses in sorted(found.items()):
        yield _uncovered_dataset(study, name, uses)


def _is_uncovered(study: Study, flow: Flow, faults: Iterable[Fault]) -> bool:
    """An agreement that has ended, or not begun, is told as such and not again."""
    rules = {fault.rule for fault in faults}
    return bool(rules & _UNCOVERING) and FaultRule.NOT_IN_FORCE not in rules


def _uncovered_dataset(study: Study, name: str, uses: list[tuple[Flow, tuple[Fault, ...]]]) -> Finding:
    partnership = study.partnership
    dataset = partnership.dataset(name)
    users = [partnership.agency(flow.target).name for flow, _ in uses]
    faults = [fault for _, these in uses for fault in these if fault.rule in _UNCOVERING]
    ends = {end for flow, _ in uses for end in (flow.source, flow.target)}
    whole = any(fault.rule is not FaultRule.COLUMNS_NOT_COVERED for fault in faults)
    what = "no agreement covers that" if whole else "no agreement covers all of its columns"
    place = where(partnership, Kind.DATASET, name)
    return UNCOVERED.finding(
        f"'{dataset.name}' goes to {listed(users)}, and {what}.",
        (Kind.DATASET, name),
        agencies=tuple(ends),
        evidence=tuple(Evidence(fault.place, fault.what) for fault in faults),
        remedy=(
            f"{' '.join(_covered(study, uses))} If less than this reaches them, write what does under "
            f"'columns' of the use in {place}."
        ),
        cleared_by=tuple(ends),
    )


def _covered(study: Study, uses: Iterable[tuple[Flow, tuple[Fault, ...]]]) -> Iterator[str]:
    """The changes that would cover the uses: one for all that no agreement has, then the others."""
    bare = [flow for flow, faults in uses if any(one.rule is FaultRule.NO_AGREEMENT for one in faults)]
    if bare:
        yield to_cover(study, bare)
    changes = (one for _, faults in uses for one in faults if one.rule in _UNCOVERING)
    yield from dict.fromkeys(one.change for one in changes if one.rule is not FaultRule.NO_AGREEMENT)


def _unreasoned(partnership: Partnership) -> Iterator[Finding]:
    for meeting in partnership.meetings:
        for decision in meeting.decisions:
            refused = decision.verdict is Verdict.REFUSED and decision.detriment is None
            if refused and _under_the_duty(partnership, decision):
                yield _unreasoned_refusal(partnership, decision)


def _under_the_duty(partnership: Partnership, decision: Decision) -> bool:
    """Whether the refusing body is bound by the duty, and what it refused would have rested on it."""
    agency, _ = partnership.role(decision.by)
    rows = [row for row in partnership.gateways if row.id == CHILD_WELFARE_DUTY]
    bound = all(not row.provider_kinds or agency.kind in row.provider_kinds for row in rows)
    agreements = (partnership.agreement(name) for name in decision.concerning.agreements)
    rests = any(CHILD_WELFARE_DUTY in agreement.basis.gateways for agreement in agreements)
    return bound and (decision.gateway == CHILD_WELFARE_DUTY or rests)


def _unreasoned_refusal(partnership: Partnership, decision: Decision) -> Finding:
    agency, role = partnership.role(decision.by)
    said = f"{role.title} refused, and said: {decision.reason}"
    return UNREASONED.finding(
        f"{agency.name} refused to share about a child and did not say why sharing would do more harm.",
        (Kind.DECISION, decision.id),
        agencies=(agency.id,),
        evidence=(evidence(partnership, Kind.DECISION, decision.id, f"{decision.question} {said}"),),
        remedy=(
            "Write as 'detriment' why sharing would be more detrimental to the child, in "
            f"{where(partnership, Kind.DECISION, decision.id)}; or take the decision again."
        ),
        cleared_by=(agency.id,),
    )


def _unverified(study: Study) -> Iterator[Finding]:
    """One finding for the whole partnership: the agreements in force that nobody has verified."""
    partnership = study.partnership
    today = partnership.charter.as_of
    resting = [
        one
        for one in partnership.agreements
        if one.tier is not Tier.PROTOCOL and one.in_force_on(today) and not is_verified(study, one)
    ]
    if not resting:
        return
    rows = sorted({row.id for one in resting for row in gateways_named(partnership, one.basis)})
    unchecked = [row for row in rows if not is_checked(partnership.gateway(row))]
    yield UNVERIFIED.finding(
        f"The legal footing of {counted(len(resting), 'agreement')} has not been verified by any named post.",
        (Kind.PARTNERSHIP, partnership.charter.id),
        agencies=tuple({party.agency for one in resting for party in one.parties if party.gives}),
        evidence=tuple(_unverified_row(partnership, one) for one in resting),
        remedy=(
            "When a post has checked a footing, write 'verified_by' and 'verified_on' under its 'basis'"
            + (f"; and write the checked row of each provision ({listed(unchecked)}) " if unchecked else "")
            + ("in a table of gateways in reference/, with 'status: verified'." if unchecked else ".")
        ),
        cleared_by=tuple({party.agency for one in resting for party in one.parties if party.gives}),
    )


def _unverified_row(partnership: Partnership, agreement: Agreement) -> Evidence:
    rows = [row.id for row in gateways_named(partnership, agreement.basis) if not is_checked(row)]
    whom = "" if agreement.basis.verified_by else "no post has verified the footing"
    law = f"not checked against the law: {listed(rows)}" if rows else ""
    said = (
        "; ".join(part for part in (whom, law) if part) or "the day on which it was verified is not written"
    )
    return evidence(partnership, Kind.AGREEMENT, agreement.id, f"'{agreement.title}': {said}.")
