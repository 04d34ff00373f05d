"""The partnership's shape: who is in it, what it has agreed and how far up the ladder it goes."""

from __future__ import annotations

from dataclasses import dataclass

from roundtable.pages.numbers import ABSENT, day, fixed, listed, plural
from roundtable.pages.tables import Bar, Cell, Column, Table, table
from roundtable.partnership.ladder import RUNGS
from roundtable.partnership.model.scenario import Rung
from roundtable.report.contents import (
    AgreementShown,
    AgreementState,
    ReportContents,
    ServiceShown,
    ShapeShown,
)
from roundtable.report.vocabulary import spoken

KIND_COLUMNS = (Column("Kind of agency", header=True), Column("Agencies", numeric=True))
AGREEMENT_COLUMNS = (
    Column("Agreement", header=True, css="roomy"),
    Column("Purpose"),
    Column("From", css="unbroken"),
    Column("Until", css="unbroken"),
    Column("State"),
)
SERVICE_COLUMNS = (
    Column("Service", header=True, css="roomy"),
    Column("Provider"),
    Column("State"),
    Column("Period", css="unbroken"),
    Column("Can supply", numeric=True),
    Column("Is asked for", numeric=True),
    Column("In"),
)
DATASET_COLUMNS = (Column("Dataset", header=True), Column("Created by"))
DIMENSION_COLUMNS = (
    Column("Dimension", header=True),
    Column("", css="chart-cell"),
    Column("Improvements", numeric=True),
)
STATES = {
    AgreementState.EXPIRED: "bad",
    AgreementState.NOT_STARTED: "quiet",
    AgreementState.SUSPENDED: "bad",
    AgreementState.IN_FORCE: "good",
}


@dataclass(frozen=True)
class Count:
    """One number worth a glance."""

    number: str
    what: str


@dataclass(frozen=True)
class LadderScenario:
    """One scenario on its rung."""

    title: str
    told: str


@dataclass(frozen=True)
class LadderRung:
    """One rung of the sharing ladder, highest first."""

    number: int
    name: str
    scenarios: tuple[LadderScenario, ...]


@dataclass(frozen=True)
class ShapeView:
    """The section."""

    counts: tuple[Count, ...]
    ladder: tuple[LadderRung, ...]
    kinds: Table
    agreements: Table
    services: Table
    datasets: Table
    dimensions: Table


def view(contents: ReportContents) -> ShapeView:
    """The section as its template prints it."""
    shape = contents.shape
    as_of = day(contents.partnership.as_of)
    return ShapeView(
        counts=_counts(shape) if shape.agencies_by_kind or shape.scenarios else (),
        ladder=_ladder(shape) if shape.scenarios else (),
        kinds=_kinds(shape),
        agreements=table(
            "agreements",
            f"Agreements, by their dates on {as_of}.",
            AGREEMENT_COLUMNS,
            [_agreement(one) for one in sorted(shape.agreements, key=_agreement_order)],
        ),
        services=table(
            "services",
            "Services, and what they can supply beside what is asked of them.",
            SERVICE_COLUMNS,
            [_service(one) for one in shape.services],
        ),
        datasets=table(
            "datasets",
            "Datasets with a contract.",
            DATASET_COLUMNS,
            [(one.name, one.publisher or ABSENT) for one in shape.datasets],
        ),
        dimensions=_dimensions(shape),
    )


def _counts(shape: ShapeShown) -> tuple[Count, ...]:
    states = [one.state for one in shape.agreements]
    expired = states.count(AgreementState.EXPIRED)
    in_force = "agreements in force" if not expired else f"agreements in force, {fixed(expired)} expired"
    agencies = sum(number for _, number in shape.agencies_by_kind)
    ended = f", {fixed(shape.agencies_ended)} since ended" if shape.agencies_ended else ""
    return (
        Count(fixed(agencies), f"agencies{ended}"),
        Count(fixed(len(shape.scenarios)), "scenarios"),
        Count(fixed(len(shape.datasets)), "datasets with a contract"),
        Count(fixed(states.count(AgreementState.IN_FORCE)), in_force),
        Count(fixed(len(shape.services)), "services"),
        Count(fixed(shape.improvements), "improvements"),
    )


def _ladder(shape: ShapeShown) -> tuple[LadderRung, ...]:
    return tuple(
        LadderRung(
            rung.value,
            RUNGS[rung],
            tuple(
                LadderScenario(
                    one.title,
                    f"{one.lead} leads; {one.stage.value}; {plural(one.factors, 'factor')}, "
                    f"{plural(one.risks, 'risk')}, {plural(one.needs, 'data need')}",
                )
                for one in shape.scenarios
                if one.rung is rung
            ),
        )
        for rung in sorted(Rung, reverse=True)
    )


def _kinds(shape: ShapeShown) -> Table:
    ordered = sorted(shape.agencies_by_kind, key=lambda pair: (-pair[1], pair[0]))
    rows = [(spoken(kind), fixed(number)) for kind, number in ordered]
    return table("agencies", "Agencies, by kind.", KIND_COLUMNS, rows)


def _agreement_order(one: AgreementShown) -> tuple[int, str]:
    return list(STATES).index(one.state), one.title


def _agreement(one: AgreementShown) -> tuple[str | Cell, ...]:
    until = day(one.ends) if one.ends else "no end"
    purposes = listed(tuple(spoken(purpose.value).lower() for purpose in one.purposes))
    return (one.title, purposes, day(one.starts), until, Cell(one.state.value, tag=STATES[one.state]))


def _service(one: ServiceShown) -> tuple[str | Cell, ...]:
    over = one.supply is not None and one.demand is not None and one.demand > one.supply
    return (
        one.name,
        one.provider,
        one.status.value,
        one.period or ABSENT,
        _known(one.supply, one.period),
        Cell(_known(one.demand, one.period), css="noted" if over else ""),
        one.unit or ABSENT,
    )


def _known(value: float | None, period: str) -> str:
    if not period:
        return ABSENT
    return "unknown" if value is None else f"{value:,.10g}"


def _dimensions(shape: ShapeShown) -> Table:
    most = max((number for _, number in shape.improvements_by_dimension), default=0)
    rows = [
        (
            dimension.value.capitalize(),
            Cell(bars=(Bar("b0", 4, f"{number * 100 / most if most else 0:.2f}"),), bars_height=16),
            fixed(number),
        )
        for dimension, number in shape.improvements_by_dimension
    ]
    caption = "Improvements that change something in each dimension; one improvement may touch several."
    return table("dimensions", caption, DIMENSION_COLUMNS, rows)
