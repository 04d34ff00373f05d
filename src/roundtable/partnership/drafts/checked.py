"""What the checker says is wrong with the things that a draft is about, for the box at its top."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from roundtable.partnership.drafts.document import Wrong
from roundtable.partnership.findings import find_all
from roundtable.partnership.findings.finding import Finding, Severity
from roundtable.partnership.model.agreement import Agreement
from roundtable.partnership.model.strict import Kind
from roundtable.partnership.sharing.case import Case
from roundtable.partnership.sharing.faults import Fault, FaultRule
from roundtable.partnership.sharing.lawfulness import faults_of
from roundtable.partnership.sharing.one_agreement import on_paper
from roundtable.partnership.study import Study

#: Findings that say again what these faults of the same agreement say.
_SAID_BY = {
    "agreement-expired": FaultRule.NOT_IN_FORCE,
    "agreement-not-begun": FaultRule.NOT_IN_FORCE,
    "agreement-left-behind": FaultRule.PARTY_ENDED,
}
_DEFECTIVE = "agreement-defective"


def wrong_with_agreement(study: Study, agreement: Agreement) -> tuple[Wrong, ...]:
    """Every fault of what it lets through, and every finding about it or about the data that it names.

    An agreement that has ended is held against every rule too: whoever renews it must mend all of them.
    """
    faults = list(_on_paper(study, agreement))
    rules = {fault.rule for fault in faults}
    told = [
        one
        for one in _about(study, Kind.AGREEMENT, agreement.id)
        if not (one.rule == _DEFECTIVE and faults) and _SAID_BY.get(one.rule) not in rules
    ]
    datasets = {grant.dataset for grant in agreement.grants}
    told += [
        one for name in sorted(datasets) for one in _about(study, Kind.DATASET, name, least=Severity.MEDIUM)
    ]
    return _once((*_of_faults(study, agreement, faults), *(_of_finding(study, one) for one in told)))


def wrong_with(
    study: Study,
    kind: Kind,
    thing: str,
    *,
    least: Severity = Severity.LOW,
    leaving: Collection[str] = (),
    only: Collection[str] = (),
) -> tuple[Wrong, ...]:
    """Every finding about a thing, the worst first.

    Args:
        study: the partnership.
        kind: what sort of thing.
        thing: its id.
        least: findings less grave than this are left out.
        leaving: rules that are left out, because what they say is said already.
        only: the rules that count; every rule where none is given.
    """
    found = _about(study, kind, thing, least=least)
    return _once(
        _of_finding(study, one) for one in found if one.rule not in leaving and (not only or one.rule in only)
    )


def of_faults(study: Study, about: str, faults: Iterable[Fault]) -> tuple[Wrong, ...]:
    """The faults of a flow or an agreement.

    Args:
        study: the partnership.
        about: the agreement's title, said before each fault that does not name it; or nothing.
        faults: what is wrong.
    """
    inside = study.partnership.inside

    def said(what: str) -> str:
        return what if not about or about in what else f"{about}: {what}"

    return tuple(Wrong(said(fault.what), fault.change, inside(fault.place)) for fault in faults)


def _of_faults(study: Study, agreement: Agreement, faults: Iterable[Fault]) -> tuple[Wrong, ...]:
    return of_faults(study, f"'{agreement.title}'", faults)


def _on_paper(study: Study, agreement: Agreement) -> Iterator[Fault]:
    """The faults between each giver and each receiver, each once, in order of the rules."""
    found = {
        fault
        for flow in on_paper(study.partnership, agreement)
        for fault in faults_of(Case(study.partnership, flow, agreement))
    }
    order = list(FaultRule)
    yield from sorted(found, key=lambda fault: (order.index(fault.rule), fault.what))


def _about(study: Study, kind: Kind, thing: str, *, least: Severity = Severity.LOW) -> list[Finding]:
    return [one for one in find_all(study) if one.about == (kind, thing) and one.severity.rank <= least.rank]


def _of_finding(study: Study, finding: Finding) -> Wrong:
    source = study.partnership.inside(finding.evidence[0].place) if finding.evidence else "the folder"
    accepted = " A meeting has accepted this for now." if finding.accepted else ""
    return Wrong(f"{finding.title}{accepted}", finding.remedy, source)


def _once(wrong: Iterable[Wrong]) -> tuple[Wrong, ...]:
    return tuple(dict.fromkeys(wrong))
