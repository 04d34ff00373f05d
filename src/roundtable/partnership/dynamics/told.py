"""What-if and goal seek in plain words: for a manager first, with the figures beside the words."""

from __future__ import annotations

from collections.abc import Iterator

from roundtable.partnership.causal.graph import CausalMap, NodeKind
from roundtable.partnership.dynamics.amounts import BARELY, either, moves, ranged, signed, told_course
from roundtable.partnership.dynamics.cognitive import Ending
from roundtable.partnership.dynamics.goal_seek import Change, GoalSeek, Touch
from roundtable.partnership.dynamics.influence import causal_map
from roundtable.partnership.dynamics.what_if import OutcomeEffect, WhatIf, towards, way
from roundtable.partnership.model.outcome import Direction
from roundtable.partnership.outline import Part, Point
from roundtable.partnership.study import Study
from roundtable.partnership.wording import counted, listed

#: So many factors on the way are told at most.
_ON_THE_WAY = 5
_SCALE = (
    "Nought is as now, 1 as much more as can be, -1 as much less; in brackets stands what the ranges of the "
    "links allow. This follows from what the table believes, and is no forecast."
)


def told_what_if(study: Study, answer: WhatIf) -> tuple[Part, ...]:
    """What follows of some changes: what to know first, every outcome, and what else moves."""
    whole = study.shared(causal_map)
    others = [effect for effect in answer.effects if effect.outcome not in answer.changes]
    moved = [effect for effect in others if _most(effect) >= BARELY]
    moved.sort(key=lambda one: (-abs(one.pushed.middle), -abs(one.held.middle), one.outcome))
    barely = [f"'{one.name}'" for one in others if way(_most(one)) and one not in moved]
    still = [f"'{one.name}'" for one in others if not way(_most(one))]
    after = (
        f"Barely moved, whatever the strengths of the links: {listed(barely)}." if barely else "",
        f"Not moved at all: {listed(still)}." if still else "",
    )
    none = () if moved else ("It moves no outcome more than barely.",)
    return (
        Part(_supposed(whole, answer), tuple(Point(said) for said in _first(whole, answer))),
        Part(
            "What it does to each outcome, the most moved first",
            tuple(Point(_effect(one), tuple(_figures(answer, one))) for one in moved),
            before=(
                "Pushed: a push whose effect fades with every step along the map. Held: kept there until "
                f"everything else has found its place, loops too. Over time: three years, week by week, each "
                f"link as fast as the table says. {_SCALE}",
                *none,
            ),
            after=tuple(line for line in after if line),
            ranked=True,
        ),
        Part("What else moves while it is held", tuple(_on_the_way(whole, answer))),
    )


def _supposed(whole: CausalMap, answer: WhatIf) -> str:
    told = [
        f"'{whole.node(i).label}' is {'raised' if amount > 0 else 'lowered'} "
        + ("all the way" if abs(amount) == 1 else f"{abs(amount):g} of the way")
        for i, amount in answer.changes.items()
    ]
    return f"If {listed(told)}"


def _first(whole: CausalMap, answer: WhatIf) -> Iterator[str]:
    """Everything that a reader has to know before the figures."""
    yield from answer.said
    if answer.state.kind is Ending.SETTLED:
        yield f"Held there, the map comes to rest after {counted(answer.state.steps, 'round')}."
    limited = [f"'{whole.node(node_id).label}'" for node_id in answer.spread.limited]
    if limited:
        yield f"Over time {listed(limited)} goes as far as can be, so what follows of it is cut short."


def _most(effect: OutcomeEffect) -> float:
    """How far it moves at most, one way or the other, worked out either way."""
    return max(effect.pushed.size.high, effect.held.size.high)


def _effect(effect: OutcomeEffect) -> str:
    if effect.disagree:
        pushed, held = moves(effect.pushed.middle), moves(effect.held.middle)
        return f"{effect.name}: the map does not say. Pushed, it goes {pushed}; held, {held}."
    middle = effect.pushed.middle if way(effect.pushed.middle) else effect.held.middle
    if not way(middle):
        return f"{effect.name}: it could go up or down, and nobody knows which."
    verdict = "better" if effect.better else "worse"
    could = either(effect.pushed) or either(effect.held)
    unsure = "; but it could go the other way" if could else ""
    return f"{effect.name}: {moves(middle)}, which is {verdict}{unsure}."


def _figures(answer: WhatIf, effect: OutcomeEffect) -> Iterator[str]:
    yield f"Pushed {ranged(effect.pushed)}; held {ranged(effect.held)}."
    if effect.outcome in answer.spread.course.nodes:
        values = answer.spread.course.of(effect.outcome).tolist()
        yield told_course(values, still_moving=effect.outcome in answer.spread.moving)


def _on_the_way(whole: CausalMap, answer: WhatIf) -> Iterator[Point]:
    """The factors that come to rest furthest from where they were."""
    values = answer.state.values
    factors = [
        node
        for node in whole.nodes
        if node.kind is not NodeKind.OUTCOME and node.id not in answer.changes and way(values[node.id])
    ]
    factors.sort(key=lambda node: (-abs(values[node.id]), node.id))
    for node in factors[:_ON_THE_WAY]:
        yield Point(f"'{node.label}': {moves(values[node.id])} ({signed(values[node.id])}).")
    if len(factors) > _ON_THE_WAY:
        yield Point(f"And {counted(len(factors) - _ON_THE_WAY, 'other factor')}, less.")
    if not factors:
        yield Point("No other factor.")


def told_goal(study: Study, goal: GoalSeek) -> tuple[Part, ...]:
    """What would move an outcome the wanted way: one change at a time, then the best two together."""
    whole = study.shared(causal_map)
    name = study.partnership.outcome(goal.outcome).name
    less = goal.wanted is Direction.DOWN
    wanted = f"less of '{name}' is wanted" if less else f"more of '{name}' is wanted"
    if not goal.changes:
        gone = "Nothing that the table could change is known to move it one way or the other"
        none = f"{gone if goal.outcome in whole else 'It does not stand on this map'}; {wanted}."
        return (Part(f"What would move '{name}'", (Point(none),), after=_unclear(whole, goal)),)
    shown = f"the first {len(goal.changes)} of " if len(goal.changes) < goal.considered else ""
    singles = Part(
        f"What would {'lower' if less else 'raise'} '{name}' most: {wanted}",
        tuple(Point(_single(goal, one), tuple(_beside(study, goal, one))) for one in goal.changes),
        before=(
            f"Each factor is pushed as far as can be, by itself; {shown}"
            f"{counted(goal.considered, 'factor')} that the table could move and that act on it. {_SCALE}",
        ),
        after=_unclear(whole, goal),
        ranked=True,
    )
    return singles, Part("The best two of these together", (_together(study, goal),))


def _verb(change: Change) -> str:
    return "Raise" if change.amount > 0 else "Lower"


def _single(goal: GoalSeek, change: Change) -> str:
    effect = change.gain.times(towards(goal.wanted))
    return f"{_verb(change)} '{change.label}': {moves(effect.middle)}, {ranged(effect)}."


def _beside(study: Study, goal: GoalSeek, change: Change) -> Iterator[str]:
    places = (
        f"place {change.best}" if change.best == change.worst else f"place {change.best} to {change.worst}"
    )
    if change.top_share is None:
        yield f"Whatever the strengths of the links, {places}. Its id: {change.node}."
    else:
        often = f"Among the first {goal.top} in {change.top_share * 100:.0f} of 100 draws"
        yield f"{often}; whatever the strengths of the links, {places}. Its id: {change.node}."
    yield _services(study, change)
    if change.disagree:
        yield "Held, and not only pushed, it works the other way: the map does not say. Talk about the links."
    if change.swings:
        yield "Held, the map does not come to rest."


def _services(study: Study, change: Change) -> str:
    if not change.services:
        return "No service works on it."
    helping = [one for one in change.services if one.running and one.helps]
    first = "" if helping else "No running service works that way. "
    return first + " ".join(_touch(study, one) for one in (*helping, *_others(change, helping)))


def _others(change: Change, helping: list[Touch]) -> list[Touch]:
    return [one for one in change.services if one not in helping]


def _touch(study: Study, touch: Touch) -> str:
    provider = study.partnership.agency(touch.provider).name
    who = f"'{study.partnership.service(touch.service).name}' ({provider})"
    if touch.helps is None:
        return f"{who} acts on it, nobody knows how{'' if touch.running else ', and does not run'}."
    if touch.helps:
        return f"{who} works that way." if touch.running else f"{who} would, and does not run."
    return f"{who} works the other way{'' if touch.running else ', and does not run'}."


def _together(study: Study, goal: GoalSeek) -> Point:
    pair = goal.pair
    if pair is None:
        return Point("No second change adds anything to the best one.")
    one, other = pair.changes
    effect = pair.held * towards(goal.wanted)
    alone = max(change.held for change in goal.changes)
    more = [f"The best single change, held the same way: {signed(alone * towards(goal.wanted))}."]
    if pair.top_share is not None:
        more.append(f"It is the best pair in {pair.top_share * 100:.0f} of 100 draws.")
    if pair.swings:
        more.append("Held, the map does not come to rest: believe the figure no further than its direction.")
    text = (
        f"{_verb(one)} '{one.label}' and {_verb(other).lower()} '{other.label}', both held: "
        f"{moves(effect)}, {signed(effect)}."
    )
    return Point(text, tuple(more))


def _unclear(whole: CausalMap, goal: GoalSeek) -> tuple[str, ...]:
    if not goal.unclear:
        return ()
    names = listed(f"'{whole.node(node_id).label}'" for node_id in goal.unclear)
    return (f"Not ranked, because nobody knows which way they act on it: {names}.",)
