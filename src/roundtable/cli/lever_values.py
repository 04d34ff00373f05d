"""The answers of `roundtable levers` as JSON writes them."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from roundtable.cli.printing import pounds_values

if TYPE_CHECKING:
    from roundtable.partnership.causal.graph import CausalMap
    from roundtable.partnership.causal.loops import LoopRegister
    from roundtable.partnership.causal.measures import Measures
    from roundtable.partnership.causal.shared import Behind
    from roundtable.partnership.causal.submaps import Paths
    from roundtable.partnership.dynamics.goal_seek import GoalSeek
    from roundtable.partnership.dynamics.what_if import OutcomeEffect, WhatIf
    from roundtable.partnership.findings.lever_table import Lever


def lever_values(lever: Lever) -> dict[str, Any]:
    """One row of the lever table."""
    return {
        "id": lever.id,
        "label": lever.label,
        "kind": lever.kind,
        "controllable": lever.controllable,
        "sentence": lever.sentence,
        "harm": pounds_values(lever.harm),
        "outcomes": lever.outcomes,
        "unpriced": lever.unpriced,
        "scenarios": lever.scenarios,
        "services": lever.services,
        "top_share": None if lever.harm is None else lever.top_share,
        "loops": lever.loops,
        "reinforcing": lever.reinforcing,
        "metrics": asdict(lever.metrics),
    }


def goal_values(goal: GoalSeek) -> dict[str, Any]:
    """What moves an outcome most."""
    changes = [{**asdict(one), "disagree": one.disagree} for one in goal.changes]
    pair = goal.pair and {**asdict(goal.pair), "changes": [one.node for one in goal.pair.changes]}
    return {**asdict(goal), "changes": changes, "pair": pair}


def what_if_values(answer: WhatIf) -> dict[str, Any]:
    """What follows of some changes: outcomes, where the map rests, and every week of the outcomes."""
    state, spread = answer.state, answer.spread
    outcomes = [effect.outcome for effect in answer.effects if effect.outcome in spread.course.nodes]
    return {
        "changes": dict(answer.changes),
        "said": answer.said,
        "effects": [_effect_values(effect) for effect in answer.effects],
        "steady_state": {
            "kind": state.kind,
            "period": state.period,
            "rounds": state.steps,
            "values": dict(state.values),
            "low": dict(state.low),
            "high": dict(state.high),
        },
        "weeks": {line.node: line.values for line in spread.course.lines(outcomes)},
        "moving": spread.moving,
        "limited": spread.limited,
        "speed_unknown": [{"from": source, "to": target} for source, target in spread.guessed],
    }


def _effect_values(effect: OutcomeEffect) -> dict[str, Any]:
    judged = {"disagree": effect.disagree, "better": effect.better, "sure": effect.sure}
    return {**asdict(effect), **judged}


def loop_values(register: LoopRegister) -> dict[str, Any]:
    """The loop register with its bound."""
    return asdict(register)


def measures_values(measures: Measures) -> dict[str, Any]:
    """Every measure of every node."""
    from roundtable.partnership.exchange.measures_csv import measure_values

    return {
        "eigenvector": measures.eigenvector,
        "settling": measures.settling,
        "power": measures.power,
        "nodes": [measure_values(one) for one in measures.nodes],
    }


def map_values(part: CausalMap) -> dict[str, Any]:
    """A part of the map."""
    return {"nodes": [asdict(node) for node in part.nodes], "edges": [asdict(edge) for edge in part.edges]}


def ways_values(ways: Paths, shortest: tuple[str, ...], part: CausalMap) -> dict[str, Any]:
    """The ways between two places, the shortest there is at all, and the part of the map that they lie on."""
    return {"shortest": shortest, "ways": ways.paths, "complete": ways.complete, **map_values(part)}


def common_values(part: CausalMap, behind: tuple[Behind, ...]) -> dict[str, Any]:
    """What some scenarios share, and what leads to outcomes of each of them."""
    return {"shared": map_values(part), "upstream": [asdict(one) for one in behind]}
