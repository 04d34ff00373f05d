"""Where does one more hour help most? Every factor by the harm that it moves.

The harm a factor reaches, in pounds a year, is the sum over outcomes of cases a year x pounds a case x the
size of its damped influence on the outcome (`dynamics.influence`), over the ranges of the links' strengths.
Outcomes that nobody has priced, or that are priced in another year's pounds, are named and never nought.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from roundtable.partnership.causal.graph import CausalMap, Node, NodeKind
from roundtable.partnership.causal.loops import LoopKind, LoopRegister, loop_register
from roundtable.partnership.dynamics.influence import Influences, causal_map, influences
from roundtable.partnership.dynamics.robustness import top_shares
from roundtable.partnership.dynamics.what_if import NEGLIGIBLE, towards
from roundtable.partnership.joins.pounds import Pounds
from roundtable.partnership.joins.prices import Priced, one_price_base, prices
from roundtable.partnership.joins.services import options
from roundtable.partnership.study import Study
from roundtable.partnership.wording import counted, listed

if TYPE_CHECKING:
    # What it measures with is slow to import, and most who ask for levers do not look at the appendix.
    from roundtable.partnership.causal.metrics import NodeMetrics

#: How many levers a table can take in: a lever's stability is the share of draws in which it is among them.
TOP = 5


class Effort(StrEnum):
    """How an hour is spent on a factor: against what makes things worse, for what makes them better."""

    AGAINST = "against"
    FOR = "for"
    #: It helps one outcome as much as it harms another, or nobody knows which way it works.
    EITHER = "on"


@dataclass(frozen=True)
class Lever:
    """What a change of one factor would reach.

    Attributes:
        id: the factor.
        label: in plain words.
        sentence: what it means for somebody with an hour to spend.
        harm: the harm that it reaches a year; None where nothing that it reaches is priced.
        effort: whether an hour is spent against it or for it.
        outcomes: ids of the outcomes that it moves to speak of, or of the one that it moves most where it
            moves none so far; the most moved first.
        unpriced: those among them that are not in the sum, in the same order.
        scenarios: ids of the scenarios that list one of those outcomes, in order.
        loops: how many loops it is in, of those in the register.
        reinforcing: how many of those reinforce: a change there goes on working.
        controllable: whether the table could set out to move it; what comes from outside it cannot.
        kind: what part it plays.
        services: ids of the running services that change it, in order.
        top_share: the share of draws of link strengths in which it is among the `TOP` of those that the
            table could move; None without draws, for what comes from outside, and where none of them
            reaches a priced outcome while others have a price.
        study: what it was worked out from.
    """

    id: str
    label: str
    sentence: str
    harm: Pounds | None
    effort: Effort
    outcomes: tuple[str, ...]
    unpriced: tuple[str, ...]
    scenarios: tuple[str, ...]
    loops: int
    reinforcing: int
    controllable: bool
    kind: NodeKind
    services: tuple[str, ...]
    top_share: float | None
    study: Study = field(repr=False, compare=False)

    @property
    def metrics(self) -> NodeMetrics:
        """What the shape of the map says of it, for an appendix; worked out for those who ask."""
        return metrics(self.study)[self.id]


def levers(study: Study) -> tuple[Lever, ...]:
    """Every factor that reaches an outcome, strongest first.

    Strongest is the most harm at the middle of every range; then at its high end; then the sum of the
    sizes of its influences, which alone decides where nothing is priced; then the id.
    """
    return study.shared(_levers)


def loops(study: Study) -> LoopRegister:
    """The loops of the partnership's whole map, worked out once a study."""
    return study.shared(_loops)


def metrics(study: Study) -> Mapping[str, NodeMetrics]:
    """The measures of every node of the partnership's whole map, by id, worked out once a study."""
    return study.shared(_metrics)


@dataclass(frozen=True)
class _Weights:
    """What each outcome weighs in the ranking: its pounds a year, or one each where nothing is priced."""

    each: NDArray[np.float64]
    priced: NDArray[np.bool_]
    base: str | None


def _weights(study: Study, found: Influences) -> _Weights:
    every = [prices(study)[outcome] for outcome in found.outcomes]
    base = one_price_base(study, (one.price_base for one in every if isinstance(one, Priced)))
    pounds = [one.pounds if isinstance(one, Priced) and one.price_base == base else None for one in every]
    priced = np.array([value is not None for value in pounds], dtype=bool)
    if base is None:
        return _Weights(np.ones(len(pounds)), priced, None)
    return _Weights(np.array([value or 0.0 for value in pounds]), priced, base)


def _levers(study: Study) -> tuple[Lever, ...]:
    found = influences(study)
    whole = study.shared(causal_map)
    weights = _weights(study, found)
    sizes = _sizes(found)
    harm = {end: size @ weights.each for end, size in sizes.items()}
    plain = sizes["middle"].sum(axis=1)
    shares = _top_shares(whole, found, weights)
    rows = [row for row, node in enumerate(whole.nodes) if _reaches(node, sizes["high"][row])]
    rows.sort(key=lambda row: (-harm["middle"][row], -harm["high"][row], -plain[row], found.nodes[row]))
    made = []
    for row in rows:
        pounds = None
        moved = sizes["high"][row] > 0
        if weights.base is not None and (moved & weights.priced).any():
            low, middle, high = (float(harm[end][row]) for end in ("low", "middle", "high"))
            pounds = Pounds(low, middle, high, weights.base)
        effort = _effort(study, found, row, weights)
        to_speak_of = _most_moved(found, sizes, row)
        made.append(_lever(study, whole.nodes[row], to_speak_of, weights, pounds, effort, shares.get(row)))
    return tuple(made)


def _sizes(found: Influences) -> Mapping[str, NDArray[np.float64]]:
    """How far each node moves each outcome, whichever way: least, middle and most."""
    ends = np.abs(found.low), np.abs(found.high)
    either = (found.low <= 0) & (found.high >= 0)
    return {
        "low": np.where(either, 0.0, np.minimum(*ends)),
        "middle": np.abs(found.middle),
        "high": np.maximum(*ends),
    }


def _reaches(node: Node, sizes: NDArray[np.float64]) -> bool:
    return node.kind is not NodeKind.OUTCOME and bool(sizes.any())


def _effort(study: Study, found: Influences, row: int, weights: _Weights) -> Effort:
    """Which way more of a factor works in all: by the harm where it is priced, else by the outcomes."""
    wanted = np.array([towards(study.partnership.outcome(one).direction) for one in found.outcomes])
    better = found.middle[row] * wanted
    in_all = float(better @ weights.each) or float(better.sum())
    return Effort.FOR if in_all > 0 else Effort.AGAINST if in_all < 0 else Effort.EITHER


def _most_moved(found: Influences, sizes: Mapping[str, NDArray[np.float64]], row: int) -> list[int]:
    """The columns of the outcomes that a node moves to speak of, the most moved first; at least one.

    Of what could go either way, the greatest amount counts: that nobody knows is no reason to be silent.
    """
    middle, high = sizes["middle"][row], sizes["high"][row]
    either = (found.low[row] < 0) & (found.high[row] > 0)
    to_speak_of = np.where(either, high, middle) >= NEGLIGIBLE
    order = sorted(range(len(middle)), key=lambda at: (-middle[at], -high[at], at))
    return [at for place, at in enumerate(order) if not place or to_speak_of[at]]


def _top_shares(whole: CausalMap, found: Influences, weights: _Weights) -> Mapping[int, float]:
    """For each row that the table could move, the share of draws in which it is among the top."""
    movable = [row for row, node in enumerate(whole.nodes) if node.controllable]
    if found.samples is None or not movable:
        return {}
    # One draw at a time: the sizes of all draws at once would double what the samples take.
    scores = np.stack([np.abs(draw[movable]) @ weights.each for draw in found.samples])
    if not scores.any():
        # Nothing that they reach is priced: all stand level at nought, and none is among the top.
        return {}
    return dict(zip(movable, map(float, top_shares(scores, TOP)), strict=True))


def _lever(
    study: Study,
    node: Node,
    moved: Sequence[int],
    weights: _Weights,
    harm: Pounds | None,
    effort: Effort,
    top_share: float | None,
) -> Lever:
    ids = influences(study).outcomes
    outcomes = tuple(ids[at] for at in moved)
    through, listing = loops(study).through(node.id), study.shared(_listing)
    lever = Lever(
        id=node.id,
        label=node.label,
        sentence="",
        harm=harm,
        effort=effort,
        outcomes=outcomes,
        unpriced=tuple(ids[at] for at in moved if not weights.priced[at]),
        scenarios=tuple(sorted({one for outcome in outcomes for one in listing.get(outcome, ())})),
        loops=len(through),
        reinforcing=sum(loop.kind is LoopKind.REINFORCING for loop in through),
        controllable=node.controllable,
        kind=node.kind,
        services=tuple(sorted({option.service.id for option in options(study, node.id)})),
        top_share=top_share,
        study=study,
    )
    return replace(lever, sentence=_sentence(study, lever))


def _sentence(study: Study, lever: Lever) -> str:
    reach = f"{counted(len(lever.outcomes), 'outcome')} in {counted(len(lever.scenarios), 'scenario')}"
    if not lever.controllable:
        first = f"Nobody at the table can move '{lever.label}', which reaches {reach}{_worth(lever)}."
        return f"{first} Watch it, and be ready for it.{_of_loops(study, lever)}"
    first = f"One more hour {lever.effort} '{lever.label}' reaches {reach}{_worth(lever)}."
    names = [f"'{study.partnership.service(service).name}'" for service in lever.services]
    who = f"{listed(names)} {'works' if len(names) == 1 else 'work'} on it" if names else "Nobody works on it"
    return f"{first} {who}.{_of_loops(study, lever)}"


def _worth(lever: Lever) -> str:
    if lever.harm is None:
        return ", none of them priced"
    left_out = f", with {counted(len(lever.unpriced), 'outcome')} not priced" if lever.unpriced else ""
    return f": {lever.harm}{left_out}"


def _of_loops(study: Study, lever: Lever) -> str:
    if not lever.reinforcing:
        return ""
    most = "" if loops(study).complete else "at least "
    one = lever.reinforcing == 1
    many = counted(lever.reinforcing, "loop")
    return f" It stands in {most}{many} that {'feeds itself' if one else 'feed themselves'}."


def _listing(study: Study) -> Mapping[str, list[str]]:
    """The scenarios that list each outcome."""
    found: dict[str, list[str]] = {}
    for scenario in study.partnership.scenarios:
        for outcome in scenario.outcomes:
            found.setdefault(outcome, []).append(scenario.id)
    return found


def _loops(study: Study) -> LoopRegister:
    return loop_register(study.shared(causal_map))


def _metrics(study: Study) -> Mapping[str, NodeMetrics]:
    from roundtable.partnership.causal.metrics import node_metrics

    return {one.id: one for one in node_metrics(study.shared(causal_map))}
