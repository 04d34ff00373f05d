"""A scenario's page: the story, the causal picture, the three joins, who owns, who can, the journey."""

from __future__ import annotations

from collections.abc import Mapping

from roundtable.pages.numbers import day
from roundtable.pages.tables import Cell, Column, Table, table
from roundtable.partnership.causal.graph import CausalMap, Edge, scenario_map
from roundtable.partnership.causal.loops import loop_register, telling_first
from roundtable.partnership.drawing import draw_map
from roundtable.partnership.drawing.bounded import MOST_LINKS
from roundtable.partnership.ladder import RUNGS
from roundtable.partnership.model.causal import Delay, Sign
from roundtable.partnership.model.scenario import Scenario
from roundtable.partnership.packs import joins_shown, journey_shown, shown_findings, who
from roundtable.partnership.packs.material import Link, Material
from roundtable.partnership.packs.words import STAGES, estimate_told, number_told

_SIGNS = {
    Sign.POSITIVE: "more of it",
    Sign.NEGATIVE: "less of it",
    Sign.NONE: "no effect",
    Sign.UNKNOWN: "nobody knows which way",
    Sign.COMPLEX: "sometimes more, sometimes less",
}


def view(material: Material, scenario: Scenario) -> Mapping[str, object]:
    """What the template of a scenario prints."""
    causal_map = scenario_map(material.partnership, scenario)
    register = loop_register(causal_map)
    verdicts = material.verdicts_of(scenario.id)
    findings = shown_findings.of_scenario(material, scenario.id)
    about_needs = tuple(one for one in findings if shown_findings.about_needs(one))
    others = tuple(one for one in findings if not shown_findings.about_needs(one))
    return {
        "scenario": scenario,
        "lead": material.agency(scenario.lead),
        "facts": _facts(material, scenario),
        "picture": draw_map(causal_map, title=scenario.title, loops=telling_first(register.loops)),
        "map_told": _map_told(material, causal_map),
        "links": _links(material, causal_map),
        "joins_told": joins_shown.summary(verdicts),
        "joins": joins_shown.table(material, [("", verdicts)]),
        "needs": tuple(joins_shown.shown(material, one) for one in verdicts),
        "need_findings": len(about_needs),
        "price_base": material.price_base,
        "risks": who.risks(
            material,
            "risks",
            "The risks, and who leads each",
            [(scenario, one) for one in scenario.risks],
            own=False,
        ),
        "services": _services(material, causal_map),
        "unserved": _unserved(material, causal_map),
        "journey": journey_shown.steps(material, scenario),
        "journey_told": journey_shown.summary(material, scenario),
        "findings": shown_findings.grouped(material, others),
        "findings_told": shown_findings.summary(others),
        "reframings": [(day(one.on), one) for one in scenario.reframings],
    }


def _facts(material: Material, scenario: Scenario) -> tuple[tuple[str, str], ...]:
    outcomes = [material.partnership.outcome(one).name for one in scenario.outcomes]
    population = scenario.population
    facts = (
        ("Led by", material.partnership.agency(scenario.lead).name),
        ("Stands", STAGES[scenario.stage]),
        ("Shares at most", f"Rung {scenario.rung.value}. {RUNGS[scenario.rung]}"),
        ("How many people", f"{estimate_told(population)}. Source: {population.source}."),
        ("What makes them vulnerable", scenario.vulnerability),
        ("What brings the harm", scenario.situation),
        ("Outcomes", "; ".join(outcomes)),
    )
    return tuple((name, told) for name, told in facts if told)


def _map_told(material: Material, causal_map: CausalMap) -> str:
    disputed = [edge for edge in causal_map.edges if edge.disputed_by]
    told = f"{len(causal_map.nodes)} boxes and {len(causal_map.edges)} links, as the table drew them."
    if disputed:
        who_ = sorted({agency for edge in disputed for agency in edge.disputed_by})
        told += f" {len(disputed)} are disputed, by {material.agency_names(who_)}; the disagreement is kept."
    return told


def _links(material: Material, causal_map: CausalMap) -> Table:
    """The picture as a table, the strongest links first."""
    columns = (
        Column("More of this", header=True, css="roomy"),
        Column("leads to", css="roomy"),
        Column("which means"),
        Column("Strength", numeric=True),
        Column("Felt after"),
        Column("Who says so", css="roomy"),
        Column("Who does not", css="roomy"),
    )
    rows = [_link(material, causal_map, edge) for edge in sorted(causal_map.edges, key=_order)[:MOST_LINKS]]
    return table("links", "Every link of the picture", columns, rows)


def _order(edge: Edge) -> tuple[bool, float, str, str]:
    return (not edge.known, -(edge.low + edge.high), edge.source, edge.target)


def _link(material: Material, causal_map: CausalMap, edge: Edge) -> list[str | Cell]:
    delay = {Delay.NONE: "at once", Delay.UNKNOWN: "nobody knows"}.get(edge.delay, edge.delay.value)
    strength = f"{number_told(edge.low)} to {number_told(edge.high)}" if edge.known else "nobody knows"
    return [
        causal_map.node(edge.source).label,
        causal_map.node(edge.target).label,
        _SIGNS[edge.sign],
        Cell(strength, css="unbroken"),
        delay,
        material.agency_names(edge.asserted_by),
        material.agency_names(edge.disputed_by) or Cell("nobody", css="words"),
    ]


def _services(material: Material, causal_map: CausalMap) -> Table:
    found = [
        service
        for service in material.partnership.services
        if any(effect.factor in causal_map for effect in service.effects)
    ]
    return who.services(
        material, "services", "Services that change something in the picture", found, own=False
    )


def _unserved(material: Material, causal_map: CausalMap) -> tuple[Link, ...]:
    """Factors that the table could move and that no service changes."""
    served = {effect.factor for service in material.partnership.services for effect in service.effects}
    return tuple(Link(node.label) for node in causal_map.nodes if node.controllable and node.id not in served)
