"""What stands on the map and is joined to nothing: factors without a link."""

from __future__ import annotations

from collections.abc import Iterator

from roundtable.partnership.dynamics.influence import causal_map
from roundtable.partnership.evidence import evidence
from roundtable.partnership.findings.finding import Finding, Rule, Severity
from roundtable.partnership.model.scenario import Scenario
from roundtable.partnership.model.strict import Kind
from roundtable.partnership.study import Study
from roundtable.partnership.wording import at, counted, either, listed

UNLINKED = Rule(
    "factor-unlinked",
    "A factor that no link joins to anything",
    Severity.LOW,
    "A scenario names a factor, and no scenario's link leads from it or to it. It moves nothing and nothing "
    "moves it, so no ranking and no what-if can say anything of it.",
)
RULES = (UNLINKED,)
#: So many are named in a title; the evidence has them all.
_NAMED = 3


def find(study: Study) -> Iterator[Finding]:
    """One finding for each scenario that lists factors which no link of any scenario joins to another."""
    linked = {
        end
        for edge in study.shared(causal_map).edges
        if edge.source != edge.target
        for end in (edge.source, edge.target)
    }
    for scenario in study.partnership.scenarios:
        loose = [factor.id for factor in scenario.factors if factor.id not in linked]
        if loose:
            yield _finding(study, scenario, loose)


def _finding(study: Study, scenario: Scenario, loose: list[str]) -> Finding:
    partnership = study.partnership
    factors = [partnership.factor(factor_id) for factor_id in loose]
    names = [f"'{factor.label}'" for factor in factors[:_NAMED]]
    if len(factors) > _NAMED:
        names.append(counted(len(factors) - _NAMED, "other factor"))
    places = listed(at(partnership, partnership.place(Kind.FACTOR, factor_id)) for factor_id in loose)
    them = "it" if len(loose) == 1 else "each of them"
    return UNLINKED.finding(
        f"No link leads from or to {either(names)} in '{scenario.title}'.",
        (Kind.SCENARIO, scenario.id),
        agencies=(scenario.lead, *(agency for factor in factors for agency in factor.asserted.by)),
        evidence=tuple(
            evidence(partnership, Kind.FACTOR, factor.id, f"'{factor.label}' has no link.")
            for factor in factors
        ),
        remedy=f"Draw a link from or to {them} under 'links', or take {them} out: {places}.",
        cleared_by=(scenario.lead,),
    )
