"""The overview: what the table should look at first, and the heat maps."""

from __future__ import annotations

from collections.abc import Mapping

from roundtable.pages.numbers import plural
from roundtable.pages.tables import Cell, Column, Table, table
from roundtable.partnership.findings import Severity
from roundtable.partnership.joins.verdict import ranked
from roundtable.partnership.ladder import RUNGS
from roundtable.partnership.packs import (
    agenda_shown,
    chain_shown,
    concordance_shown,
    interoperability_shown,
    joins_shown,
    levers_shown,
    missing_shown,
    priorities_shown,
    shown_findings,
)
from roundtable.partnership.packs.agenda_shown import Fact
from roundtable.partnership.packs.material import Link, Material
from roundtable.partnership.packs.sharing_shown import unverified_agreements
from roundtable.partnership.packs.words import STAGES

#: A table that a meeting goes down can hold this many needs: those with most at stake.
_MOST_NEEDS = 150
#: And this many findings.
_MOST_FINDINGS = 60


def view(material: Material) -> Mapping[str, object]:
    """What the overview's template prints."""
    high = [one for one in material.findings if one.severity is Severity.HIGH][:_MOST_FINDINGS]
    most = frozenset(one.need.id for one in ranked(material.study)[:_MOST_NEEDS])
    groups = [
        (scenario.title, [one for one in material.verdicts_of(scenario.id) if one.need.id in most])
        for scenario in material.partnership.scenarios
    ]
    return {
        "facts": _facts(material),
        "agencies": _agencies(material),
        "scenarios": _scenarios(material),
        "joins_told": joins_shown.summary(tuple(material.verdicts.values())),
        "joins": joins_shown.table(material, groups),
        "other_needs": len(material.verdicts) - len(most),
        "pairs_told": interoperability_shown.summary(material),
        "pairs": interoperability_shown.heat(material),
        "pair_layers": interoperability_shown.key_to_layers(),
        "steps": interoperability_shown.steps(material),
        "priorities_told": priorities_shown.summary(material),
        "priorities": priorities_shown.heat(material),
        "divides": priorities_shown.divides(material),
        "concordance": concordance_shown.told(material),
        "priorities_said": concordance_shown.said(material),
        "missing": missing_shown.section(material),
        "chain": chain_shown.section(material),
        "levers": levers_shown.strongest(material),
        "findings_told": shown_findings.summary(material.findings),
        "findings": shown_findings.first(material, high),
        "price_base": material.price_base,
        "other_findings": len(material.findings) - len(high),
        "metrics": levers_shown.metrics(material),
        "loops_told": levers_shown.loops_told(material),
    }


def _facts(material: Material) -> tuple[Fact, ...]:
    unverified = unverified_agreements(material)
    today = material.partnership.charter.as_of
    in_force = [one for one in material.partnership.agreements if one.in_force_on(today)]
    law = f"{plural(len(in_force), 'agreement')} in force."
    if unverified:
        law += f" For {len(unverified)} of them no named post has verified the law that they rest on."
    facts = (
        *agenda_shown.facts(material),
        Fact("Where one more hour helps most", levers_shown.headline(material)),
        Fact("Can we know, can we act, will we act?", joins_shown.summary(tuple(material.verdicts.values()))),
        Fact("How well data pass", interoperability_shown.summary(material)),
        Fact("Agreements and the law", law if in_force else ""),
        Fact("What we want most", priorities_shown.summary(material)),
    )
    return tuple(fact for fact in facts if fact.told or fact.items)


def _agencies(material: Material) -> tuple[Link, ...]:
    today = material.partnership.charter.as_of
    living = [one.id for one in material.partnership.agencies if one.existed_on(today)]
    ended = [one.id for one in material.partnership.agencies if not one.existed_on(today)]
    return tuple(material.agency(one) for one in (*living, *ended) if one in material.agencies)


def _scenarios(material: Material) -> Table:
    columns = (
        Column("Scenario", header=True, css="roomy"),
        Column("Led by"),
        Column("Stands"),
        Column("Shares at most"),
        Column("Needs live", numeric=True),
        Column("High findings", numeric=True),
    )
    rows: list[list[str | Cell]] = []
    for scenario in material.partnership.scenarios:
        found = material.verdicts_of(scenario.id)
        about = shown_findings.of_scenario(material, scenario.id)
        rows.append(
            [
                material.scenario_cell(scenario.id),
                material.agency_cell(scenario.lead),
                STAGES[scenario.stage],
                f"{scenario.rung.value}: {RUNGS[scenario.rung]}",
                f"{sum(one.live for one in found)} of {len(found)}",
                str(sum(one.severity is Severity.HIGH for one in about)),
            ]
        )
    return table("scenarios", "The scenarios, and where each stands", columns, rows)
