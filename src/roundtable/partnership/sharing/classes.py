"""What stands between a need and its data: one class each, because each calls for another action."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from roundtable.partnership.model.agreement import Agreement
from roundtable.partnership.model.contract import Dataset
from roundtable.partnership.model.need import DataNeed
from roundtable.partnership.model.scenario import Scenario
from roundtable.partnership.sharing.case import granted_columns, party
from roundtable.partnership.sharing.faults import GATEWAY_FAULTS, NOT_THIS_FLOW, FaultRule, FlowCheck
from roundtable.partnership.sharing.fitness import fields_nobody_holds, too_old, unfit
from roundtable.partnership.sharing.flows import Flow, asked_for, existing_flow, headers
from roundtable.partnership.sharing.lawfulness import check, granting
from roundtable.partnership.sharing.one_agreement import is_sound
from roundtable.partnership.study import Study
from roundtable.partnership.wording import listed


class NeedClass(StrEnum):
    """Where a need stands, nearest to being met first."""

    AVAILABLE = "available"
    STALE = "exists, stale"
    KEY_OR_QUALITY = "exists, key or quality insufficient"
    FIELD_MISSING = "exists, field missing from agreement"
    NO_GATEWAY = "exists, no gateway"
    SHARED_ELSEWHERE = "already shared with a third partner"
    AGREEMENT_NEEDED = "exists, agreement needed"
    NOT_CREATED = "nobody creates it"


@dataclass(frozen=True)
class ClassedNeed:
    """The class of one need, and what it rests on.

    Attributes:
        kind: the class.
        dataset: the dataset that comes nearest to meeting it, by id; None where there is none.
        agreement: the agreement that carries it or comes nearest; for what is already shared with a
            third partner, the agreement that does so. None where there is none.
        why: the reason in plain words.
        verified: whether a named post has verified the legal footing that the class rests on; True where
            no law is asked, because the agency creates the data itself or nobody does.
        named: whether the need names the dataset. A dataset that it does not name is offered where it
            names none that anybody creates and one holds every field it asks for.
    """

    kind: NeedClass
    dataset: str | None
    agreement: str | None
    why: str
    verified: bool
    named: bool = True


_IN_ORDER = tuple(NeedClass)


def need_class(study: Study, scenario: Scenario, need: DataNeed) -> ClassedNeed:
    """The class of a need.

    Datasets that hold the same fields are alternatives, and the nearest counts; where its fields stand
    in several, all of them are needed, and the farthest counts.
    """
    known = study.shared(classed_needs)
    return known.get(need.id) or _class(study, scenario, need)


def classed_needs(study: Study) -> Mapping[str, ClassedNeed]:
    """The class of every need, by the id of the need."""
    return {need.id: _class(study, scenario, need) for scenario, need in study.partnership.needs()}


def _class(study: Study, scenario: Scenario, need: DataNeed) -> ClassedNeed:
    named = [study.partnership.dataset(name) for name in sorted(set(need.datasets))]
    created = [dataset for dataset in named if dataset.terms.created_by is not None]
    candidates = created or list(_holding_every_field(study, need))
    if not candidates:
        why = "No dataset that could meet it is created by anybody."
        return ClassedNeed(NeedClass.NOT_CREATED, named[0].id if named else None, None, why, True)
    # A field that no candidate holds keeps the need from being met, however well the rest may be shared.
    missing = fields_nobody_holds(need, candidates)
    found = {
        dataset.id: _of_dataset(study, scenario, need, dataset, missing, bool(created))
        for dataset in candidates
    }
    return _of_all(need, candidates, found)


def _of_all(need: DataNeed, candidates: Iterable[Dataset], found: Mapping[str, ClassedNeed]) -> ClassedNeed:
    """Each field from the dataset that is nearest to giving it, and the need as the worst of its fields."""
    chosen = []
    for field in sorted(set(need.fields)):
        holders = [found[one.id] for one in candidates if field in headers(one) or not one.schema_]
        chosen += [min(holders, key=_nearness)] if holders else []
    if not chosen:
        return min(found.values(), key=_nearness)
    return replace(max(chosen, key=_nearness), verified=all(one.verified for one in chosen))


def _nearness(one: ClassedNeed) -> tuple[int, str]:
    return (_IN_ORDER.index(one.kind), one.dataset or "")


def _holding_every_field(study: Study, need: DataNeed) -> Iterator[Dataset]:
    """Datasets that the need does not name and that hold all it asks for, something besides keys included."""
    holders = study.shared(_holders)
    ids = frozenset.intersection(*(holders.get(field, frozenset()) for field in need.fields))
    for dataset in (study.partnership.dataset(one) for one in sorted(ids)):
        if set(need.fields) - set(dataset.terms.keys):
            yield dataset


def _holders(study: Study) -> Mapping[str, frozenset[str]]:
    """The datasets that somebody creates and whose contract has each header."""
    found: dict[str, set[str]] = {}
    for dataset in study.partnership.datasets:
        if dataset.terms.created_by is not None:
            for header in headers(dataset):
                found.setdefault(header, set()).add(dataset.id)
    return {header: frozenset(ids) for header, ids in found.items()}


def _of_dataset(
    study: Study, scenario: Scenario, need: DataNeed, dataset: Dataset, missing: str | None, named: bool
) -> ClassedNeed:
    offer = "" if named else f" The need does not name it: add '{dataset.id}' to 'datasets' if it serves."
    if dataset.terms.created_by == need.agency:
        own = "The agency creates it itself."
        return _by_fitness(need, dataset, missing, (None, True, named, own + offer))
    flow = asked_for(scenario, need, dataset)
    found = check(study, flow)
    if found.lawful:
        reaches = existing_flow(study, dataset.id, need.agency) is not None
        may = "It may be shared and it is." if reaches else "It may be shared, and no use of it is written."
        return _by_fitness(need, dataset, missing, (found.agreement, found.verified, named, may + offer))
    kind, agreement, why = _barred(study, flow, found)
    return ClassedNeed(kind, dataset.id, agreement, why + offer, found.verified, named)


def _by_fitness(
    need: DataNeed, dataset: Dataset, missing: str | None, footing: tuple[str | None, bool, bool, str]
) -> ClassedNeed:
    """Of data that may be used: available, unless they are too old or fall short."""
    agreement, verified, named, may = footing
    old, short = too_old(need, dataset), [*unfit(need, dataset), *([missing] if missing else [])]
    if short:
        return ClassedNeed(NeedClass.KEY_OR_QUALITY, dataset.id, agreement, " ".join(short), verified, named)
    if old:
        return ClassedNeed(NeedClass.STALE, dataset.id, agreement, old, verified, named)
    return ClassedNeed(NeedClass.AVAILABLE, dataset.id, agreement, may, verified, named)


def _barred(study: Study, flow: Flow, found: FlowCheck) -> tuple[NeedClass, str | None, str]:
    """Why a flow is not lawful, in the words of the classes."""
    rules = {fault.rule for fault in found.faults}
    why = _why(study, found)
    if FaultRule.NO_AGREEMENT in rules:
        third = _shared_elsewhere(study, flow)
        if third is not None:
            takers = listed(study.partnership.agency(agency).name for agency in _takers(third, flow))
            said = f"'{third.title}' already gives it to {takers}."
            return NeedClass.SHARED_ELSEWHERE, third.id, f"{why} {said}"
    if rules & NOT_THIS_FLOW:
        return NeedClass.AGREEMENT_NEEDED, found.agreement, why
    if rules & GATEWAY_FAULTS:
        return NeedClass.NO_GATEWAY, found.agreement, why
    if rules == {FaultRule.COLUMNS_NOT_COVERED}:
        return NeedClass.FIELD_MISSING, found.agreement, why
    return NeedClass.AGREEMENT_NEEDED, found.agreement, why


def _why(study: Study, found: FlowCheck) -> str:
    """All that is in the way, in one text that begins with what it speaks of."""
    why = " ".join(fault.what for fault in found.faults)
    if found.agreement is None or not why.startswith("It "):
        return why
    return f"'{study.partnership.agreement(found.agreement).title}'{why.removeprefix('It')}"


def _shared_elsewhere(study: Study, flow: Flow) -> Agreement | None:
    """A sound agreement by which the same creator gives those columns to another agency: one to join."""
    wanted = set(flow.columns)
    return next(
        (
            one
            for one in granting(study, flow.dataset)
            if is_sound(study, one)
            and wanted <= granted_columns(one, flow.dataset)
            and party(one, flow.source, gives=True) is not None
            and _takers(one, flow)
        ),
        None,
    )


def _takers(agreement: Agreement, flow: Flow) -> Iterable[str]:
    ends = {flow.source, flow.target}
    return sorted(one.agency for one in agreement.parties if one.receives and one.agency not in ends)
