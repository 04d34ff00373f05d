"""What the page shows of the partnership's folder, gathered from the model."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import PurePath

from roundtable.insight.harm.weights import COUNT, COUNT_UNIT, WeightSet, half_up, weight_sets
from roundtable.partnership.findings import Evidence, Finding
from roundtable.partnership.measured import MeasuredCases, MeasuredFacts
from roundtable.partnership.model.agency import Capacity
from roundtable.partnership.model.agreement import Agreement
from roundtable.partnership.model.improvement import Dimension
from roundtable.partnership.model.outcome import Outcome
from roundtable.partnership.model.reference import CodeMixTable, HarmWeightTable
from roundtable.partnership.model.service import Service
from roundtable.partnership.model.whole import Partnership
from roundtable.partnership.periods import last_day
from roundtable.partnership.sharing.flows import is_personal
from roundtable.report.contents import (
    AgreementShown,
    AgreementState,
    AttributionShown,
    CasesBasis,
    DatasetShown,
    MixShown,
    OutcomeShown,
    PartnershipShown,
    ScenarioShown,
    ServiceShown,
    ShapeShown,
    WeightSetShown,
)

MILLION = 1_000_000


def partnership_shown(partnership: Partnership) -> PartnershipShown:
    """Whose page it is."""
    charter = partnership.charter
    return PartnershipShown(
        charter.name,
        charter.area.name,
        charter.as_of,
        charter.classification,
        charter.illustrative,
        charter.charter,
    )


def agency_names(partnership: Partnership) -> dict[str, str]:
    """The names of the agencies by id."""
    return {agency.id: agency.name for agency in partnership.agencies}


def datasets_shown(partnership: Partnership) -> tuple[DatasetShown, ...]:
    """Every dataset with a contract, and who creates it."""
    names = agency_names(partnership)
    return tuple(
        DatasetShown(one.id, one.name, names.get(one.terms.created_by or "", ""), is_personal(one))
        for one in partnership.datasets
    )


def shape_shown(partnership: Partnership) -> ShapeShown:
    """What the partnership has written down, as it stands on the day that the folder describes."""
    on = partnership.charter.as_of
    names = agency_names(partnership)
    kinds = Counter(agency.kind.value for agency in partnership.agencies if agency.existed_on(on))
    ended = sum(agency.to is not None and agency.to < on for agency in partnership.agencies)
    touched = Counter(
        dimension
        for one in partnership.improvements
        for dimension in {change.dimension for change in one.changes}
    )
    return ShapeShown(
        agencies_by_kind=tuple(sorted(kinds.items())),
        agencies_ended=ended,
        scenarios=tuple(
            ScenarioShown(
                one.title,
                one.rung,
                one.stage,
                names.get(one.lead, one.lead),
                len(one.factors),
                len(one.risks),
                len(one.needs),
            )
            for one in partnership.scenarios
        ),
        datasets=datasets_shown(partnership),
        agreements=tuple(_agreement(one, on) for one in partnership.agreements),
        services=tuple(_service(one, on, names) for one in partnership.services),
        improvements=len(partnership.improvements),
        improvements_by_dimension=tuple((dimension, touched[dimension]) for dimension in Dimension),
    )


def findings_shown(partnership: Partnership, findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings whose evidence stands in files of the folder, wherever the folder itself may be."""
    return tuple(
        replace(one, evidence=tuple(_inside(partnership, row) for row in one.evidence)) for one in findings
    )


def _inside(partnership: Partnership, row: Evidence) -> Evidence:
    path = PurePath(row.place.file)
    if not path.is_relative_to(partnership.folder):
        return row
    return replace(row, place=replace(row.place, file=path.relative_to(partnership.folder).as_posix()))


def attributions_shown(partnership: Partnership) -> tuple[AttributionShown, ...]:
    """The words that the agreements' licences ask for, each once."""
    found = {
        AttributionShown(one.title, one.licence or "", one.attribution, one.published_url)
        for one in partnership.agreements
        if one.attribution
    }
    return tuple(sorted(found, key=lambda one: (one.title, one.attribution)))


def outcomes_shown(partnership: Partnership, facts: MeasuredFacts) -> tuple[OutcomeShown, ...]:
    """The outcomes with their cases a year: measured where a source is named and holds data."""
    datasets = {one.id: one.name for one in partnership.datasets}
    measured = facts.annual_cases
    return tuple(_outcome(one, measured.get(one.id), datasets) for one in partnership.charter.outcomes)


def weight_sets_shown(partnership: Partnership, schemes: Iterable[str]) -> tuple[WeightSetShown, ...]:
    """The weight sets that can weigh events of these schemes, under the ids that the measures bear."""
    chosen: dict[str, WeightSet] = {}
    for one in weight_sets(partnership.harm_weights, partnership.code_mixes, schemes):
        # A set may weigh one scheme directly and another by a mix: the mix is what has to be shown.
        if one.id not in chosen or (one.shares and not chosen[one.id].shares):
            chosen[one.id] = one
    return tuple(_weight_set(partnership, one) for _, one in sorted(chosen.items()))


def _agreement(one: Agreement, on: date) -> AgreementShown:
    state = AgreementState.IN_FORCE if one.in_force_on(on) else AgreementState.EXPIRED
    if on < one.starts:
        state = AgreementState.NOT_STARTED
    elif one.suspended_on(on) is not None:
        state = AgreementState.SUSPENDED
    return AgreementShown(one.title, one.purposes, state, one.starts, one.ends)


def _service(one: Service, on: date, names: dict[str, str]) -> ServiceShown:
    provider = names.get(one.provider, one.provider)
    if not one.capacity:
        return ServiceShown(one.name, provider, one.status)
    told = _capacity_on(one, on)
    return ServiceShown(
        one.name, provider, one.status, told.period, _number(told.supply), _number(told.demand), told.unit
    )


def _capacity_on(one: Service, on: date) -> Capacity:
    """The capacity of the period that holds the day, or else of the one nearest to it, the next first."""
    ordered = sorted(one.capacity, key=lambda capacity: (last_day(capacity.period), capacity.unit))
    return next((capacity for capacity in ordered if last_day(capacity.period) >= on), ordered[-1])


def _number(value: float | str) -> float | None:
    return None if isinstance(value, str) else value


def _outcome(one: Outcome, cases: MeasuredCases | None, datasets: dict[str, str]) -> OutcomeShown:
    if one.annual_cases is not None:
        value = _number(one.annual_cases.value)
        basis = CasesBasis.UNKNOWN if value is None else CasesBasis.ESTIMATED
        whole = None if value is None else half_up(Decimal(repr(value)))
        return OutcomeShown(one.name, one.indicator, one.direction, basis, whole, one.annual_cases.source)
    source = datasets.get(one.measured_by.dataset, one.measured_by.dataset) if one.measured_by else ""
    if cases is None:
        return OutcomeShown(one.name, one.indicator, one.direction, CasesBasis.UNKNOWN, source=source)
    return OutcomeShown(
        one.name,
        one.indicator,
        one.direction,
        CasesBasis.MEASURED,
        cases.annual_cases,
        source,
        cases.records,
        cases.months,
        cases.first_month,
        cases.last_month,
    )


def _weight_set(partnership: Partnership, one: WeightSet) -> WeightSetShown:
    if one.id == COUNT:
        return WeightSetShown(COUNT, "Plain count", COUNT_UNIT, counts=True)
    table, mix = _tables(partnership, one)
    return WeightSetShown(
        one.id,
        table.title if mix is None or one.id == table.id else f"{table.title}, by {mix.title}",
        table.unit,
        price_base=table.price_base,
        source=table.source,
        dated=table.dated,
        status=table.status,
        notes=table.notes,
        mix=tuple(_mix(one)) if mix else (),
        mix_source=mix.source if mix else "",
    )


def _tables(partnership: Partnership, one: WeightSet) -> tuple[HarmWeightTable, CodeMixTable | None]:
    """The price table a weight set is named after, and the mix that leads its scheme to that table."""
    tables = {table.id: table for table in partnership.harm_weights}
    name, _, mix_id = one.id.partition(" by ")
    table = tables[name]
    mixes = [
        mix
        for mix in partnership.code_mixes
        if (mix.from_scheme, mix.to_scheme) == (one.scheme, table.scheme)
    ]
    return table, next((mix for mix in mixes if mix_id in ("", mix.id)), None)


def _mix(one: WeightSet) -> Iterable[MixShown]:
    for code, shares in sorted(one.shares.items()):
        for to, share in sorted(shares.items()):
            price = one.prices.get(to)
            yield MixShown(
                code, to, half_up(share * MILLION), None if price is None else half_up(price * 1000)
            )
