"""Can we know, and can we act? Needs that no data, no agreement or no service answers."""

from __future__ import annotations

from collections.abc import Iterator

from roundtable.partnership.findings.agreements import could_serve
from roundtable.partnership.findings.cases import measured_at_stake
from roundtable.partnership.findings.finding import Evidence, Finding, Rule, Severity
from roundtable.partnership.findings.wording import evidence, listed, where
from roundtable.partnership.measured import MeasuredFacts
from roundtable.partnership.model.agreement import Agreement, Tier
from roundtable.partnership.model.contract import Dataset
from roundtable.partnership.model.need import DataNeed
from roundtable.partnership.model.scenario import Scenario
from roundtable.partnership.model.service import ServiceStatus
from roundtable.partnership.model.strict import Kind
from roundtable.partnership.model.whole import Partnership
from roundtable.partnership.study import Study

NO_DATASET = Rule(
    "need-no-dataset",
    "A need that no dataset could meet",
    Severity.MEDIUM,
    "Somebody would act differently on knowing it, and nobody creates it: the need names no dataset, or "
    "only a dataset that is proposed and that no agency makes.",
)
NO_AGREEMENT = Rule(
    "need-no-agreement",
    "A need whose data exist and may not be shared",
    Severity.MEDIUM,
    "A dataset that could meet the need exists, and no agreement in force gives it to the agency that needs "
    "it, for that scenario. The evidence says, dataset by dataset, how far each agreement falls short.",
)
NO_SERVICE = Rule(
    "need-no-service",
    "A need that nobody can act on",
    Severity.HIGH,
    "The need is about a factor that no running service changes. To know it would change nothing: insight "
    "that nobody can act on costs privacy and buys no safety.",
)
RULES = (NO_DATASET, NO_AGREEMENT, NO_SERVICE)


def find(study: Study) -> Iterator[Finding]:
    """Every need that fails one of the joins that would make it live."""
    partnership, facts = study.partnership, study.facts
    for scenario, need in partnership.needs():
        created = [d for d in _datasets(partnership, need) if d.terms.created_by is not None]
        if not created:
            yield _no_dataset(partnership, facts, scenario, need)
        elif not _served(partnership, scenario, need, created):
            yield _no_agreement(partnership, facts, scenario, need, created)
        if not _acted_on(partnership, need.factor):
            yield _no_service(partnership, facts, scenario, need)


def _datasets(partnership: Partnership, need: DataNeed) -> list[Dataset]:
    return [partnership.dataset(dataset_id) for dataset_id in sorted(set(need.datasets))]


def _served(partnership: Partnership, scenario: Scenario, need: DataNeed, created: list[Dataset]) -> bool:
    """Whether the agency makes a dataset itself, or an agreement in force gives it one."""
    if any(dataset.terms.created_by == need.agency for dataset in created):
        return True
    day = partnership.charter.as_of
    return any(
        agreement.in_force_on(day) and could_serve(agreement, scenario, need)
        for agreement in partnership.agreements
    )


def _acted_on(partnership: Partnership, factor: str) -> bool:
    return any(
        effect.factor == factor
        for service in partnership.services
        if service.status is ServiceStatus.ACTIVE
        for effect in service.effects
    )


def _wanted(
    partnership: Partnership, facts: MeasuredFacts, scenario: Scenario, need: DataNeed
) -> tuple[tuple[Evidence, ...], tuple[Evidence, ...]]:
    """What the need says of itself, and the measured cases behind its scenario."""
    said = f"{need.decision} Without it: {need.impact_if_not_given}"
    return (
        (evidence(partnership, Kind.NEED, need.id, said),),
        tuple(measured_at_stake(partnership, facts, scenario.outcomes)),
    )


def _needs(partnership: Partnership, need: DataNeed) -> str:
    return f"{partnership.agency(need.agency).name} needs '{need.id}'"


def _no_dataset(
    partnership: Partnership, facts: MeasuredFacts, scenario: Scenario, need: DataNeed
) -> Finding:
    said, cases = _wanted(partnership, facts, scenario, need)
    proposed = _datasets(partnership, need)
    rows = [
        evidence(partnership, Kind.DATASET, d.id, f"'{d.name}' is {d.status}, and nobody creates it.")
        for d in proposed
    ]
    if proposed:
        files = listed(where(partnership, Kind.DATASET, d.id) for d in proposed)
        remedy = f"When an agency agrees to create it, write that agency as 'createdBy' in {files}."
    else:
        place = where(partnership, Kind.NEED, need.id)
        remedy = (
            f"Name a dataset that could meet it in 'datasets' in {place}; where nobody creates one, write a "
            f"contract in datasets/ with 'status: proposed' and find an agency to create it."
        )
    if need.minimum_alternative:
        remedy += f" The least that would do: {need.minimum_alternative}"
    return NO_DATASET.finding(
        f"{_needs(partnership, need)}, and nobody creates data that could meet it.",
        (Kind.NEED, need.id),
        agencies=(need.agency,),
        evidence=(*said, *rows, *cases),
        remedy=remedy,
        cleared_by=(need.agency, scenario.lead),
    )


def _no_agreement(
    partnership: Partnership,
    facts: MeasuredFacts,
    scenario: Scenario,
    need: DataNeed,
    created: list[Dataset],
) -> Finding:
    said, cases = _wanted(partnership, facts, scenario, need)
    makers = tuple(d.terms.created_by for d in created if d.terms.created_by is not None)
    rows = [row for d in created for row in _shortfalls(partnership, scenario, need, d)]
    names = listed(f"'{d.id}'" for d in created)
    remedy = (
        f"Write an agreement in agreements/ that grants {names}, with 'receives: true' for '{need.agency}' "
        f"and '{scenario.id}' among its 'scenarios'; or mend one that the evidence names."
    )
    if need.minimum_alternative:
        remedy += f" The least that would do: {need.minimum_alternative}"
    return NO_AGREEMENT.finding(
        f"{_needs(partnership, need)}, the data exist, and no agreement in force gives them.",
        (Kind.NEED, need.id),
        agencies=(need.agency, *makers),
        evidence=(*said, *rows, *cases),
        remedy=remedy,
        cleared_by=(need.agency, *makers),
    )


def _shortfalls(
    partnership: Partnership, scenario: Scenario, need: DataNeed, dataset: Dataset
) -> Iterator[Evidence]:
    """How each agreement that grants a dataset falls short, or that none grants it."""
    granting = [a for a in partnership.agreements if any(g.dataset == dataset.id for g in a.grants)]
    if not granting:
        yield evidence(partnership, Kind.DATASET, dataset.id, f"No agreement grants '{dataset.id}'.")
    for agreement in granting:
        reasons = listed(_reasons(partnership, scenario, need, agreement))
        text = f"Agreement '{agreement.id}' grants '{dataset.id}', and {reasons}."
        yield evidence(partnership, Kind.AGREEMENT, agreement.id, text)


def _reasons(
    partnership: Partnership, scenario: Scenario, need: DataNeed, agreement: Agreement
) -> Iterator[str]:
    day = partnership.charter.as_of
    if agreement.ends is not None and agreement.ends < day:
        yield f"ended on {agreement.ends}"
    if agreement.starts > day:
        yield f"does not begin until {agreement.starts}"
    receivers = {party.agency for party in agreement.parties if party.receives}
    if agreement.tier is not Tier.OPEN_LICENCE and need.agency not in receivers:
        yield f"gives nothing to '{need.agency}'"
    if agreement.scenarios and scenario.id not in agreement.scenarios:
        yield f"is not for '{scenario.id}'"


def _no_service(
    partnership: Partnership, facts: MeasuredFacts, scenario: Scenario, need: DataNeed
) -> Finding:
    said, cases = _wanted(partnership, facts, scenario, need)
    asleep = [
        evidence(partnership, Kind.SERVICE, s.id, f"'{s.name}' would change it, and is {s.status}.")
        for s in partnership.services
        if any(effect.factor == need.factor for effect in s.effects)
    ]
    return NO_SERVICE.finding(
        f"{_needs(partnership, need)}, and no running service changes '{need.factor}'.",
        (Kind.NEED, need.id),
        agencies=(need.agency, scenario.lead),
        evidence=(
            *said,
            evidence(partnership, Kind.FACTOR, need.factor, f"No running service changes '{need.factor}'."),
            *asleep,
            *cases,
        ),
        remedy=(
            f"Add '{need.factor}' to the 'effects' of a service that changes it, or write that service in "
            f"services/; if there is none and will be none, delete the need from "
            f"{where(partnership, Kind.NEED, need.id)}."
        ),
        cleared_by=(need.agency, scenario.lead),
    )
