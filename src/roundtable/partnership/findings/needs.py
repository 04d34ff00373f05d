"""Can we know? Needs that no data answer, or that no agreement lets the data answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from roundtable.partnership.evidence import evidence
from roundtable.partnership.findings.cases import measured_at_stake
from roundtable.partnership.findings.finding import Evidence, Finding, Rule, Severity
from roundtable.partnership.measured import MeasuredFacts
from roundtable.partnership.model.agreement import Agreement, Tier
from roundtable.partnership.model.contract import Dataset
from roundtable.partnership.model.need import DataNeed
from roundtable.partnership.model.scenario import Scenario
from roundtable.partnership.model.strict import Kind
from roundtable.partnership.model.whole import Partnership
from roundtable.partnership.sharing.classes import ClassedNeed, NeedClass, need_class
from roundtable.partnership.study import Study
from roundtable.partnership.wording import day, decision_of, listed, where

NO_DATASET = Rule(
    "need-no-dataset",
    "A need that no dataset could meet",
    Severity.MEDIUM,
    "Somebody would act differently on knowing it, and nobody creates it: the need names no dataset, or "
    "only a dataset that is proposed and that no agency makes. Where a dataset that it does not name holds "
    "every field it asks for, the finding says which.",
)
NO_AGREEMENT = Rule(
    "need-no-agreement",
    "A need whose data exist and may not be shared",
    Severity.MEDIUM,
    "A dataset that could meet the need exists, and no agreement in force gives it to the agency that "
    "needs "
    "it, for that scenario. The evidence says, dataset by dataset, how far each agreement falls short.",
)
FIELD_MISSING = Rule(
    "need-field-missing",
    "A need that an agreement meets in part",
    Severity.MEDIUM,
    "The dataset exists and an agreement gives it, and the agreement leaves out a column that the "
    "decision needs. "
    "It is mostly a matter of a line, and of asking those who signed.",
)
UNFIT = Rule(
    "need-data-unfit",
    "Data that may be shared and are not good enough",
    Severity.LOW,
    "The agency may have the data, and they come too late, cannot be joined, or lack something the "
    "decision needs. "
    "Nobody is in the way; the data are.",
)
RULES = (NO_DATASET, NO_AGREEMENT, FIELD_MISSING, UNFIT)

_BARRED = (NeedClass.AGREEMENT_NEEDED, NeedClass.SHARED_ELSEWHERE)
_POOR = (NeedClass.STALE, NeedClass.KEY_OR_QUALITY)


def find(study: Study) -> Iterator[Finding]:
    """Every need for which nobody creates data, nobody may have them, or they are not good enough.

    A need whose agreement rests on no sound gateway is found once for the agreement, and not here.
    """
    partnership = study.partnership
    for scenario, need in partnership.needs():
        created = [d for d in _datasets(partnership, need) if d.terms.created_by is not None]
        classed = need_class(study, scenario, need)
        if not created:
            yield _no_dataset(partnership, study.facts, scenario, need, classed)
        elif classed.kind in _BARRED:
            yield _no_agreement(study, scenario, need, created, classed)
        elif classed.kind is NeedClass.FIELD_MISSING:
            yield _field_missing(study, scenario, need, classed)
        elif classed.kind in _POOR:
            yield _unfit(study, scenario, need, classed)


def _datasets(partnership: Partnership, need: DataNeed) -> list[Dataset]:
    return [partnership.dataset(dataset_id) for dataset_id in sorted(set(need.datasets))]


def wanted(
    partnership: Partnership, facts: MeasuredFacts, scenario: Scenario, need: DataNeed
) -> tuple[tuple[Evidence, ...], tuple[Evidence, ...]]:
    """What the need says of itself, and the measured cases behind its scenario."""
    said = f"{need.decision} Without it: {need.impact_if_not_given}"
    return (
        (evidence(partnership, Kind.NEED, need.id, said),),
        tuple(measured_at_stake(partnership, facts, scenario.outcomes)),
    )


def _needs(partnership: Partnership, need: DataNeed) -> str:
    return f"{partnership.agency(need.agency).name} needs data for {decision_of(need)}"


def _no_dataset(
    partnership: Partnership,
    facts: MeasuredFacts,
    scenario: Scenario,
    need: DataNeed,
    classed: ClassedNeed,
) -> Finding:
    said, cases = wanted(partnership, facts, scenario, need)
    proposed = _datasets(partnership, need)
    fitting = partnership.dataset(classed.dataset) if classed.dataset and not classed.named else None
    rows = [
        evidence(partnership, Kind.DATASET, d.id, f"'{d.name}' is {d.status}, and nobody creates it.")
        for d in proposed
    ]
    gap = "and nobody creates any that would do"
    if fitting is not None:
        near = f"'{fitting.name}' holds every field it asks for. {classed.why}"
        rows.append(evidence(partnership, Kind.DATASET, fitting.id, near))
        none = "no dataset that anybody creates" if proposed else "no dataset"
        gap = f"and names {none}, though '{fitting.name}' holds every field it asks for"
    remedy = _to_have_a_dataset(partnership, need, proposed, fitting)
    if need.minimum_alternative:
        remedy += f" The least that would do: {need.minimum_alternative}"
    return NO_DATASET.finding(
        f"{_needs(partnership, need)}, {gap}.",
        (Kind.NEED, need.id),
        agencies=(need.agency,),
        evidence=(*said, *rows, *cases),
        remedy=remedy,
        cleared_by=(need.agency, scenario.lead),
    )


def _to_have_a_dataset(
    partnership: Partnership, need: DataNeed, proposed: list[Dataset], fitting: Dataset | None
) -> str:
    """To name the dataset that fits, to find a creator for what is proposed, or to propose one."""
    place = where(partnership, Kind.NEED, need.id)
    if fitting is not None:
        return f"Add '{fitting.id}' to 'datasets' in {place}, if it serves."
    if proposed:
        files = listed(where(partnership, Kind.DATASET, d.id) for d in proposed)
        return f"When an agency agrees to create it, write that agency as 'createdBy' in {files}."
    return (
        f"Name a dataset that could meet it in 'datasets' in {place}; where nobody creates one, write a "
        f"contract in datasets/ with 'status: proposed' and find an agency to create it."
    )


def _no_agreement(
    study: Study,
    scenario: Scenario,
    need: DataNeed,
    created: list[Dataset],
    classed: ClassedNeed,
) -> Finding:
    partnership = study.partnership
    said, cases = wanted(partnership, study.facts, scenario, need)
    makers = tuple(d.terms.created_by for d in created if d.terms.created_by is not None)
    rows = [row for d in created for row in _shortfalls(study, scenario, need, d, classed)]
    names = listed(f"'{d.id}'" for d in created)
    remedy = (
        f"Write an agreement in agreements/ that grants {names}, with 'receives: true' for '{need.agency}' "
        f"and '{scenario.id}' among its 'scenarios'; or mend one that the evidence names."
    )
    if need.minimum_alternative:
        remedy += f" The least that would do: {need.minimum_alternative}"
    return NO_AGREEMENT.finding(
        f"{_needs(partnership, need)}. They exist, and no agreement in force gives them.",
        (Kind.NEED, need.id),
        agencies=(need.agency, *makers),
        evidence=(*said, *rows, *cases),
        remedy=remedy,
        cleared_by=(need.agency, *makers),
    )


def _granting(study: Study) -> Mapping[str, tuple[Agreement, ...]]:
    """The agreements that grant something of each dataset, in their order."""
    found: dict[str, list[Agreement]] = {}
    for agreement in study.partnership.agreements:
        for dataset in {grant.dataset for grant in agreement.grants}:
            found.setdefault(dataset, []).append(agreement)
    return {dataset: tuple(these) for dataset, these in found.items()}


def _shortfalls(
    study: Study, scenario: Scenario, need: DataNeed, dataset: Dataset, classed: ClassedNeed
) -> Iterator[Evidence]:
    """How each agreement that grants a dataset falls short, or that none grants it."""
    partnership = study.partnership
    granting = study.shared(_granting).get(dataset.id, ())
    if not granting:
        yield evidence(partnership, Kind.DATASET, dataset.id, f"No agreement grants '{dataset.id}'.")
    for agreement in granting:
        reasons = listed(_reasons(partnership, scenario, need, agreement))
        if reasons:
            text = f"Agreement '{agreement.id}' grants '{dataset.id}', and {reasons}."
        elif agreement.id == classed.agreement:
            text = f"Agreement '{agreement.id}' grants '{dataset.id}'. {classed.why}"
        else:
            continue
        yield evidence(partnership, Kind.AGREEMENT, agreement.id, text)


def _reasons(
    partnership: Partnership, scenario: Scenario, need: DataNeed, agreement: Agreement
) -> Iterator[str]:
    today = partnership.charter.as_of
    if agreement.ends is not None and agreement.ends < today:
        yield f"ended on {day(agreement.ends)}"
    if agreement.starts > today:
        yield f"does not begin until {day(agreement.starts)}"
    receivers = {party.agency for party in agreement.parties if party.receives}
    if agreement.tier is not Tier.OPEN_LICENCE and need.agency not in receivers:
        yield f"gives nothing to '{need.agency}'"
    if agreement.scenarios and scenario.id not in agreement.scenarios:
        yield f"is not for '{scenario.id}'"


def _field_missing(study: Study, scenario: Scenario, need: DataNeed, classed: ClassedNeed) -> Finding:
    partnership = study.partnership
    said, cases = wanted(partnership, study.facts, scenario, need)
    agreement = partnership.agreement(classed.agreement or "")
    givers = tuple(party.agency for party in agreement.parties if party.gives)
    return FIELD_MISSING.finding(
        f"{_needs(partnership, need)}, and '{agreement.title}' leaves some of it out.",
        (Kind.NEED, need.id),
        agencies=(need.agency, *givers),
        evidence=(*said, evidence(partnership, Kind.AGREEMENT, agreement.id, classed.why), *cases),
        remedy=(
            f"Once its parties agree, add the columns under 'grants' in "
            f"{where(partnership, Kind.AGREEMENT, agreement.id)}; or take what is not needed out of "
            f"'fields' in "
            f"{where(partnership, Kind.NEED, need.id)}."
        ),
        cleared_by=(need.agency, *givers),
    )


def _unfit(study: Study, scenario: Scenario, need: DataNeed, classed: ClassedNeed) -> Finding:
    partnership = study.partnership
    said, cases = wanted(partnership, study.facts, scenario, need)
    dataset = partnership.dataset(classed.dataset or "")
    creator = dataset.terms.created_by or need.agency
    return UNFIT.finding(
        f"{_needs(partnership, need)}. It may have '{dataset.name}', which is not good enough for it yet.",
        (Kind.NEED, need.id),
        agencies=(need.agency, creator),
        evidence=(*said, evidence(partnership, Kind.DATASET, dataset.id, classed.why), *cases),
        remedy=(
            f"Mend the data, and write what they then are in "
            f"{where(partnership, Kind.DATASET, dataset.id)}; or "
            f"change what is asked for in {where(partnership, Kind.NEED, need.id)}."
        ),
        cleared_by=(need.agency, creator),
    )
