"""Who owns the risks and who can act: the tables that agency and scenario pages share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from roundtable.pages.numbers import ABSENT, day
from roundtable.pages.tables import Cell, Column, Table, table
from roundtable.partnership.joins.services import why_not_running
from roundtable.partnership.joins.will import led
from roundtable.partnership.model.agency import Capacity
from roundtable.partnership.model.risk import Risk, RiskKind
from roundtable.partnership.model.scenario import Scenario
from roundtable.partnership.model.service import Effect, Service
from roundtable.partnership.model.strict import UNKNOWN
from roundtable.partnership.packs.material import Material
from roundtable.partnership.packs.words import EVIDENCE, maybe_number, number_told
from roundtable.partnership.periods import covers, last_day, per_year
from roundtable.partnership.wording import listed

_SPANS = {1: "a year", 4: "a quarter", 12: "a month"}
_RISK_KINDS = {
    RiskKind.HARM: "harm",
    RiskKind.DELIVERY: "delivery",
    RiskKind.SHARING: "of sharing",
    RiskKind.NOT_SHARING: "of not sharing",
}


def risks(
    material: Material, table_id: str, caption: str, found: Sequence[tuple[Scenario, Risk]], *, own: bool
) -> Table:
    """Risks with who leads each.

    Args:
        material: what the pages are made from.
        table_id: the id of the table.
        caption: its caption.
        found: the risks, each with its scenario.
        own: whether it is an agency's own page, where the scenario is told and the rest of the RACI is not.
    """
    last = Column("Scenario", css="who") if own else Column("Others named", css="who")
    columns = (
        Column("Risk", header=True, css="roomy"),
        Column("Outcome"),
        Column("Lead post", css="who"),
        Column("Accepted"),
        last,
    )
    rows: list[list[str | Cell]] = [
        [
            Cell(risk.statement, note=f"A risk {_of(risk)}"),
            material.partnership.outcome(risk.outcome).name,
            _lead(material, risk),
            day(risk.accepted_on) if risk.accepted_on else Cell("not recorded", css="words"),
            material.scenario_cell(scenario.id) if own else _named(material, risk),
        ]
        for scenario, risk in found
    ]
    return table(table_id, caption, columns, rows)


def _of(risk: Risk) -> str:
    told = _RISK_KINDS[risk.kind]
    return told if told.startswith("of") else f"of {told}"


def _lead(material: Material, risk: Risk) -> Cell:
    if not risk.lead_posts:
        return Cell("Nobody", css="noted")
    posts = "; ".join(material.post(post) for post in risk.lead_posts)
    if len(risk.lead_posts) > 1:
        return Cell(posts, css="noted", note="several posts, so none of them leads")
    return Cell(posts, note=led(material.study, risk).why)


def _named(material: Material, risk: Risk) -> Cell:
    does = material.agency_names(risk.raci.responsible) or "nobody named"
    duty = ""
    if risk.joint_duty is not None:
        duty = f"The law holds {material.agency_names(risk.joint_duty.holders)} to it together."
    return Cell(f"Does the work: {does}", note=duty)


def services(
    material: Material, table_id: str, caption: str, found: Iterable[Service], *, own: bool
) -> Table:
    """Services with what they change, who provides them and what room they have now."""
    columns = (
        Column("Service", header=True, css="roomy"),
        Column("What it changes", css="roomy"),
        Column("For whom" if own else "Provider", css="who"),
        Column("Supply now", numeric=True, css="room"),
        Column("Asked for", numeric=True),
        Column("Paid for until", css="until"),
    )
    rows: list[list[str | Cell]] = [
        [
            Cell(service.name, note=_not_running(material, service)),
            _effects(material, service.effects),
            service.eligibility if own else material.agency_cell(service.provider),
            *_room(material, service),
            _funded(material, service),
        ]
        for service in found
    ]
    return table(table_id, caption, columns, rows)


def _not_running(material: Material, service: Service) -> str:
    why = why_not_running(material.partnership, service)
    return f"Not running: it {why}" if why else ""


def _effects(material: Material, effects: Sequence[Effect]) -> Cell:
    told = [_effect(material, one) for one in effects]
    return Cell("; ".join(told)) if told else Cell("Nothing is written", css="words")


def _effect(material: Material, effect: Effect) -> str:
    label = material.partnership.factor(effect.factor).label
    if effect.size == UNKNOWN:
        return f"{label}: by how much, nobody knows"
    size = float(effect.size)
    way = "lowers it" if size < 0 else "raises it"
    return f"{label}: {way} by {number_told(round(abs(size) * 100, 1))}% ({EVIDENCE[effect.evidence]})"


def _room(material: Material, service: Service) -> tuple[Cell, Cell]:
    """Supply and demand of the present period, or of the latest where none is present."""
    row = present(service.capacity, material)
    if row is None:
        return Cell("nobody knows", css="words"), Cell("nobody knows", css="words")
    short = row.supply != UNKNOWN and row.demand != UNKNOWN and float(row.demand) > float(row.supply)
    supply, demand = maybe_number(row.supply), maybe_number(row.demand)
    return (
        Cell(supply, css="words" if row.supply == UNKNOWN else "", note=_unit(material, row)),
        Cell(demand, css="words" if row.demand == UNKNOWN else "noted" if short else ""),
    )


def _unit(material: Material, row: Capacity) -> str:
    """What is counted, and for how long a time; the time by its name where it is not the present."""
    if not covers(row.period, material.partnership.charter.as_of):
        return f"{row.unit}, {row.period}, not now"
    return f"{row.unit} {_SPANS[per_year(row.period)]}"


def present(rows: Sequence[Capacity], material: Material) -> Capacity | None:
    """The capacity of the period that the folder describes; of the last one written where there is none."""
    today = material.partnership.charter.as_of
    now = [row for row in rows if covers(row.period, today)]
    latest = sorted(rows, key=lambda row: last_day(row.period))
    return now[0] if now else latest[-1] if latest else None


def _funded(material: Material, service: Service) -> Cell:
    if service.funded_until is None:
        return Cell(ABSENT)
    over = service.funded_until < material.partnership.charter.as_of
    return Cell(day(service.funded_until), css="noted" if over else "", note="ended" if over else "")


def skills_told(material: Material, risk: Risk) -> str:
    """The skills that answering a risk takes, in a sentence."""
    names = {one.id: one.name for one in material.partnership.charter.skills}
    return listed(f"{names.get(one.skill, one.skill)} at level {one.level}" for one in risk.requires)
