"""Does sharing work? Scenarios whose essential flows stand still though the law lets them move."""

from __future__ import annotations

from collections.abc import Iterator

from roundtable.partnership.evidence import evidence
from roundtable.partnership.findings.finding import Evidence, Finding, Rule, Severity
from roundtable.partnership.model.strict import Kind
from roundtable.partnership.sharing.interoperability import (
    BLOCKED,
    FlowScore,
    ScenarioScore,
    scenario_scores,
    semantic_ceiling,
)
from roundtable.partnership.sharing.layers import Layer, means, next_step
from roundtable.partnership.study import Study
from roundtable.partnership.wording import counted, listed, where

BLOCKED_FLOW = Rule(
    "scenario-flow-blocked",
    "Essential data that do not get through",
    Severity.MEDIUM,
    "An essential need asks for the data, and in the organisational, semantic or technical layer, or in the "
    "partners' confidence, the flow stands at level 0 or 1. A flow is as good as its weakest layer: an "
    "agreement alone moves nothing. What the law stands in the way of is told by the rules about agreements.",
)
RULES = (BLOCKED_FLOW,)
#: The least level at which a layer lets data through.
OPEN = BLOCKED + 1


def find(study: Study) -> Iterator[Finding]:
    """One finding for each scenario in which an essential flow is blocked by more, or other, than the law."""
    for scored in scenario_scores(study):
        blocked = [score for score in scored.essential if _layers(score)]
        if blocked:
            worst_first = sorted(blocked, key=lambda score: (min(_layers(score).values()), score.order))
            yield _blocked(study, scored, worst_first)


def _layers(score: FlowScore) -> dict[Layer, int]:
    """The layers but the legal that are known to stand at a level at which nothing gets through."""
    return {
        layer: level
        for layer, level in score.levels.items()
        if layer is not Layer.LEGAL and level is not None and level <= BLOCKED
    }


def _blocked(study: Study, scored: ScenarioScore, blocked: list[FlowScore]) -> Finding:
    scenario = study.partnership.scenario(scored.scenario)
    ends = {end for score in blocked for end in (score.flow.source, score.flow.target)}
    flows = counted(len(blocked), "essential flow of data does", "essential flows of data do")
    return BLOCKED_FLOW.finding(
        f"In '{scenario.title}', {flows} not get through.",
        (Kind.SCENARIO, scenario.id),
        agencies=tuple(ends),
        evidence=tuple(_row(study, score) for score in blocked),
        remedy=(
            "Bring each flow to the levels named here, the weakest first; and write them, with what shows "
            "each, under 'levels' of its need, in place of whatever is lower there or under 'levels' of "
            f"the use that is made today. {' '.join(_to_reach(study, score) for score in blocked)} "
            f"{_meaning(blocked)}"
        ),
        cleared_by=tuple(ends),
    )


def _to_reach(study: Study, score: FlowScore) -> str:
    """The level that every layer that blocks a flow has to reach, and what a measured layer takes besides."""
    flow, dataset = score.flow, study.partnership.dataset(score.flow.dataset)
    layers = listed(f"{layer} level {OPEN}" for layer in _layers(score))
    measure = ""
    if Layer.SEMANTIC in _layers(score) and semantic_ceiling(dataset) <= BLOCKED:
        unsaid = listed(["'matchRate'"] if dataset.terms.keys else ["'keys'", "'matchRate'"])
        measure = f"; and write {unsaid} in {where(study.partnership, Kind.DATASET, dataset.id)}"
    return f"'{dataset.name}' for the need '{flow.need}': {layers}{measure}."


def _meaning(blocked: list[FlowScore]) -> str:
    """What the level to reach means in each layer that has to reach it, in the order of the layers."""
    wanting = {layer for score in blocked for layer in _layers(score)}
    told = (f"{layer}, {means(layer, OPEN)}" for layer in Layer if layer in wanting)
    return f"Level {OPEN} means: {'; '.join(told)}."


def _row(study: Study, score: FlowScore) -> Evidence:
    flow, layers = score.flow, _layers(score)
    giver, receiver = (study.partnership.agency(end).name for end in (flow.source, flow.target))
    name = study.partnership.dataset(flow.dataset).name
    stands = listed(f"{layer} level {level} ({means(layer, level)})" for layer, level in layers.items())
    steps = " ".join(next_step(layer, level) for layer, level in layers.items())
    doubtful = [layer for layer in layers if layer in score.unverified_layers]
    unverified = " No post has verified that assessment." if doubtful else ""
    text = f"'{name}' from {giver} to {receiver}: {stands}. {steps}{unverified}"
    return evidence(study.partnership, Kind.NEED, flow.need or "", text)
