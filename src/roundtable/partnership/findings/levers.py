"""Where nobody is at work: the strongest factor, and the strongest called a lever, with no service on it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from roundtable.partnership.causal.graph import NodeKind
from roundtable.partnership.dynamics.influence import causal_map
from roundtable.partnership.evidence import evidence
from roundtable.partnership.findings.finding import Finding, Rule, Severity
from roundtable.partnership.findings.lever_table import TOP, Lever, levers
from roundtable.partnership.joins.services import options
from roundtable.partnership.model.strict import Kind
from roundtable.partnership.study import Study
from roundtable.partnership.wording import where

__all__ = ["RULES", "Lever", "find", "levers"]

STRONGEST_UNSERVED = Rule(
    "strong-factor-no-service",
    "One of the factors that move most harm, and no service works on it",
    Severity.MEDIUM,
    "Of the five factors that move most harm and that somebody at the table could change, this is the first "
    "that no running service changes, nor anything that leads straight to it. One more hour would help most "
    "where nobody is at work.",
)
IDLE_LEVER = Rule(
    "lever-idle",
    "Of what the table calls levers, the strongest that nobody pulls",
    Severity.MEDIUM,
    "The table has called this factor a lever: something that it could set out to change. Of all the levers "
    "that no running service changes, it moves the most harm.",
)
RULES = (STRONGEST_UNSERVED, IDLE_LEVER)


def find(study: Study) -> Iterator[Finding]:
    """The strongest factor and the strongest lever that nobody works on: at most one of each."""
    movable = [lever for lever in levers(study) if lever.controllable]
    unserved = [lever for lever in movable[:TOP] if not _worked_on(study, lever)]
    if unserved:
        yield _finding(study, STRONGEST_UNSERVED, unserved[0], movable, unserved[1:])
    idle = [lever for lever in movable if lever.kind is NodeKind.LEVER and not lever.services]
    if idle and idle[0].id not in {lever.id for lever in unserved[:1]}:
        yield _finding(study, IDLE_LEVER, idle[0], movable, idle[1:])


def _worked_on(study: Study, lever: Lever) -> bool:
    """Whether a running service changes it, or anything that leads straight to it."""
    before = (edge.source for edge in study.shared(causal_map).into(lever.id))
    return bool(lever.services) or any(options(study, factor) for factor in before)


def _finding(study: Study, rule: Rule, lever: Lever, movable: list[Lever], others: list[Lever]) -> Finding:
    partnership = study.partnership
    factor = partnership.factor(lever.id)
    holding = [s for s in partnership.scenarios if any(one.id == lever.id for one in s.factors)]
    leads = tuple(scenario.lead for scenario in holding)
    rows = [evidence(partnership, Kind.FACTOR, lever.id, lever.sentence)]
    stability = None if lever.harm is None else lever.top_share
    if rule is STRONGEST_UNSERVED and stability is not None:
        often = f"It is among the {TOP} that move most harm in {stability:.0%} of draws of the strengths."
        rows.append(evidence(partnership, Kind.FACTOR, lever.id, often))
    rows += [evidence(partnership, Kind.FACTOR, one.id, one.sentence) for one in others[: TOP - 1]]
    found = rule.finding(
        _title(rule, lever, movable),
        (Kind.FACTOR, lever.id),
        agencies=(*leads, *factor.asserted.by),
        evidence=tuple(rows),
        remedy=(
            f"Agree who could work on it, and add '{lever.id}' to the 'effects' of that service in "
            f"services/; if nobody can move it, write 'kind: external' in "
            f"{where(partnership, Kind.FACTOR, lever.id)}."
        ),
        cleared_by=leads,
    )
    return replace(found, at_stake=lever.harm, stability=stability)


def _title(rule: Rule, lever: Lever, movable: list[Lever]) -> str:
    if rule is IDLE_LEVER:
        return (
            f"Of what the table has called levers, '{lever.label}' is the strongest on which no running "
            "service works."
        )
    place = movable.index(lever) + 1
    most = "the most harm" if place == 1 else f"more harm than all but {place - 1} others"
    nobody = "no running service changes it or anything that leads straight to it"
    return f"'{lever.label}' moves {most}, and {nobody}."
