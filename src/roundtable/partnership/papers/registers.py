"""Tables that several papers share, drawn from the folder's registers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from roundtable.pages.numbers import ABSENT, MILLION, day, fixed
from roundtable.pages.tables import Cell, Column, Table, table
from roundtable.partnership.measured import MeasuredFacts
from roundtable.partnership.model.improvement import Improvement
from roundtable.partnership.model.outcome import Outcome
from roundtable.partnership.model.scenario import Scenario
from roundtable.partnership.model.service import Service
from roundtable.partnership.model.strict import UNKNOWN
from roundtable.partnership.model.whole import Partnership
from roundtable.partnership.papers.paper import Gap
from roundtable.partnership.wording import listed, named


def outcomes_table(partnership: Partnership, facts: MeasuredFacts, chosen: Sequence[Outcome]) -> Table:
    """Cases a year of each outcome, and whether they were counted or estimated."""
    columns = (
        Column("Outcome", header=True),
        Column("Cases a year", numeric=True),
        Column("Known from"),
        Column("Baseline", numeric=True),
        Column("Target", numeric=True),
    )
    rows = [_outcome(facts, one) for one in chosen]
    return table("outcomes", "What is counted, and how much of it there is", columns, rows)


def _outcome(facts: MeasuredFacts, one: Outcome) -> tuple[str | Cell, ...]:
    measured = facts.annual_cases.get(one.id)
    if measured is not None:
        cases = f"{measured.annual_cases:,}"
        known = f"counted: {measured.records:,} records in {measured.months} months"
    elif one.annual_cases is not None and one.annual_cases.value != UNKNOWN:
        cases, known = fixed(round(float(one.annual_cases.value))), f"estimate: {one.annual_cases.source}"
    else:
        cases, known = UNKNOWN, "nobody has counted it"
    return Cell(one.name, note=one.indicator), cases, known, _figure(one.baseline), _figure(one.target)


def _figure(value: float | str) -> str:
    return UNKNOWN if value == UNKNOWN else fixed(round(float(value)))


def uncounted(facts: MeasuredFacts, chosen: Iterable[Outcome]) -> tuple[Gap, ...]:
    """A gap for each outcome of which nobody knows how many cases there are."""
    return tuple(
        Gap(f"How many cases a year there are of '{one.name}'.", "partnership.yaml, 'annual_cases'")
        for one in chosen
        if one.id not in facts.annual_cases
        and (one.annual_cases is None or one.annual_cases.value == UNKNOWN)
    )


def places_table(facts: MeasuredFacts) -> Table | None:
    """The areas with most records, as the last run counted them; None before the first run."""
    if not facts.places:
        return None
    columns = (
        Column("Area", header=True),
        Column("Records", numeric=True),
        Column("Share of all, %", numeric=True),
        Column("Months held", numeric=True),
    )
    rows = [
        (Cell(one.name, note=one.kind), f"{one.records:,}", fixed_share(one.share_ppm), f"{one.months}")
        for one in facts.places
    ]
    return table("places", "The areas with the most records", columns, rows)


def fixed_share(ppm: int) -> str:
    """Parts per million as a percentage with one decimal."""
    return f"{ppm * 100 / MILLION:.1f}"


def causes_table(partnership: Partnership, scenarios: Sequence[Scenario]) -> Table:
    """What is asserted to move what, scenario by scenario, with who says so and who does not."""
    labels = {factor.id: factor.label for one in partnership.scenarios for factor in one.factors}
    labels |= {one.id: one.name for one in partnership.charter.outcomes}
    columns = (
        Column("What", header=True),
        Column("moves what"),
        Column("How"),
        Column("Who says so"),
        Column("Who does not"),
    )
    ends = {outcome for one in scenarios for outcome in one.outcomes}
    rows = [
        (
            labels[link.from_],
            labels[link.to],
            f"{link.sign}, after {link.delay}" if link.delay != UNKNOWN else f"{link.sign}",
            named(partnership, link.asserted.by),
            named(partnership, (dispute.by for dispute in link.disputed)) or ABSENT,
        )
        for one in scenarios
        for link in one.links
        if link.to in ends
    ]
    return table("causes", "What the table says moves these outcomes directly", columns, rows)


def services_table(partnership: Partnership, services: Sequence[Service]) -> Table:
    """Who does what about it, and whether there is room."""
    columns = (
        Column("Service", header=True),
        Column("Provider"),
        Column("Evidence"),
        Column("Room"),
        Column("Funded until"),
    )
    rows = [
        (
            one.name,
            partnership.agency(one.provider).name,
            listed(sorted({effect.evidence.replace("_", " ") for effect in one.effects})) or ABSENT,
            _room(one),
            day(one.funded_until) if one.funded_until else ABSENT,
        )
        for one in services
    ]
    return table("services", "What is done about it today", columns, rows)


def _room(service: Service) -> str:
    if not service.capacity:
        return UNKNOWN
    latest = max(service.capacity, key=lambda row: row.period)
    return (
        f"{latest.period}: {_figure(latest.supply)} {latest.unit} against {_figure(latest.demand)} asked for"
    )


def services_of(partnership: Partnership, scenarios: Sequence[Scenario]) -> tuple[Service, ...]:
    """Running services that change a factor of these scenarios, in order of their ids."""
    factors = {factor.id for one in scenarios for factor in one.factors}
    return tuple(
        one
        for one in partnership.services
        if partnership.is_running(one) and any(effect.factor in factors for effect in one.effects)
    )


def improvements_table(partnership: Partnership, improvements: Sequence[Improvement]) -> Table:
    """What is to change, who owns it, when it begins and what it costs where anybody has said."""
    columns = (
        Column("Improvement", header=True),
        Column("Owner"),
        Column("Begins"),
        Column("Months", numeric=True),
        Column("Cost, £", numeric=True),
    )
    rows = [
        (
            one.title,
            partnership.role(one.owner)[1].title,
            day(one.starts) if one.starts else UNKNOWN,
            _figure(one.months) if one.months is not None else UNKNOWN,
            _cost(one),
        )
        for one in improvements
    ]
    return table("improvements", "What is to change", columns, rows)


def _cost(improvement: Improvement) -> str:
    if not improvement.costs or any(one.amount == UNKNOWN for one in improvement.costs):
        return UNKNOWN
    return fixed(round(sum(float(one.amount) for one in improvement.costs)))


def improvements_of(partnership: Partnership, scenarios: Sequence[Scenario]) -> tuple[Improvement, ...]:
    """Improvements that close a need or a risk of these scenarios, in order of their ids."""
    needs = {need.id for one in scenarios for need in one.needs}
    risks = {risk.id for one in scenarios for risk in one.risks}
    return tuple(
        one
        for one in partnership.improvements
        if needs & set(one.closes.needs) or risks & set(one.closes.risks)
    )


def outcomes_of(partnership: Partnership, scenarios: Sequence[Scenario]) -> tuple[Outcome, ...]:
    """The outcomes that these scenarios are about, in the order of the partnership's own list."""
    about = {outcome for one in scenarios for outcome in one.outcomes}
    return tuple(one for one in partnership.charter.outcomes if one.id in about)
