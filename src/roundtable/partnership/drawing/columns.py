"""Which column each node stands in: as few columns as may be, links short, outcomes last and by themselves.

Columns are those of the longest path, after which each node is drawn towards its neighbours: the second
step of Sugiyama's method. A picture that is too wide to read is narrowed by letting one more link run
backwards, where that saves columns enough.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from roundtable.partnership.causal.graph import CausalMap
from roundtable.partnership.drawing.cycles import Arc, burden

#: How often the columns are gone through; they settle after a few rounds.
_ROUNDS = 20
#: Columns that a page holds at a size one can read, and what one more is weighed at against what it costs
#: that a link runs backwards.
_ROOM, _A_COLUMN = 5, 0.6
#: Larger maps than this are taken as they come: to try every link would take long and gain little.
_MOST_TRIED = 70
#: Costs are exact to here, so that no picture differs from machine to machine.
_DIGITS = 9


def columns_of(causal_map: CausalMap, found: Sequence[Arc]) -> dict[str, int]:
    """The column of every node that a link touches, 0 for the leftmost.

    Args:
        causal_map: the map.
        found: its links, each with the way it runs; together they go round in no circle.
    """
    before, after = _neighbours(found)
    columns = _longest(before, after)
    if columns is None:
        raise ValueError("the links go round in a circle")
    _shorten(columns, before, after)
    _set_apart(columns, {node.id for node in causal_map.outcomes()}, before, after)
    return columns


def _set_apart(
    columns: dict[str, int],
    outcomes: set[str],
    before: Mapping[str, list[str]],
    after: Mapping[str, list[str]],
) -> None:
    """Move the outcomes to the right of every factor, all in one column unless one leads to another."""
    drawn = sorted(outcomes & columns.keys(), key=lambda node: columns[node])
    first = 1 + max((column for node, column in columns.items() if node not in outcomes), default=-1)
    for node in drawn:
        columns[node] = max((columns[one] + 1 for one in before[node] if one in outcomes), default=first)
    last = max((columns[node] for node in drawn), default=0)
    for node in drawn:
        if not after[node]:
            columns[node] = last


def narrowed(causal_map: CausalMap, found: Sequence[Arc]) -> tuple[Arc, ...]:
    """The links with some turned about, where that makes the picture narrow enough to read.

    One link at a time, or the two of a pair that move each other, is turned as long as that lowers the
    sum of what the links that run backwards cost and of columns too many.
    """
    best = tuple(found)
    if len(causal_map.nodes) > _MOST_TRIED:
        return best
    outcomes = {node.id for node in causal_map.outcomes()}
    cost = _cost(best, outcomes)
    while True:
        tried = [(_cost(turned, outcomes), at, turned) for at, turned in enumerate(_turned(best, outcomes))]
        found_cost, _, turned = min(tried, default=(cost, 0, best), key=lambda one: one[:2])
        if found_cost >= cost:
            return best
        best, cost = turned, found_cost


def _turned(found: tuple[Arc, ...], outcomes: set[str]) -> Iterable[tuple[Arc, ...]]:
    """Every way of turning one link, or a pair of links that move each other; never those of outcomes."""
    at = {(arc.edge.source, arc.edge.target): row for row, arc in enumerate(found)}
    for row, arc in enumerate(found):
        ends = (arc.edge.source, arc.edge.target)
        if outcomes.intersection(ends):
            continue
        rows = {row, at.get((ends[1], ends[0]), row)}
        yield tuple(
            replace(one, backward=not one.backward) if i in rows else one for i, one in enumerate(found)
        )


def _cost(found: Sequence[Arc], outcomes: set[str]) -> float:
    before, after = _neighbours(found)
    columns = _longest(before, after)
    if columns is None:
        return float("inf")
    _set_apart(columns, outcomes, before, after)
    wide = max(0, max(columns.values(), default=0) + 1 - _ROOM)
    return round(sum(burden(arc.edge) for arc in found if arc.backward) + _A_COLUMN * wide, _DIGITS)


def _neighbours(found: Sequence[Arc]) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    ends = sorted({end for arc in found for end in (arc.left, arc.right)})
    before: dict[str, list[str]] = {node: [] for node in ends}
    after: dict[str, list[str]] = {node: [] for node in ends}
    for arc in found:
        before[arc.right].append(arc.left)
        after[arc.left].append(arc.right)
    return before, after


def _longest(before: Mapping[str, list[str]], after: Mapping[str, list[str]]) -> dict[str, int] | None:
    """The column of each node by the longest path that reaches it; None where the links go round."""
    columns = {node: 0 for node in before if not before[node]}
    waiting = {node: len(found) for node, found in before.items()}
    ready = sorted(columns)
    done = 0
    while ready:
        node = ready.pop()
        done += 1
        for one in after[node]:
            columns[one] = max(columns.get(one, 0), columns[node] + 1)
            waiting[one] -= 1
            if not waiting[one]:
                ready.append(one)
    return columns if done == len(before) else None


def _shorten(
    columns: dict[str, int], before: Mapping[str, list[str]], after: Mapping[str, list[str]]
) -> None:
    """Draw each node towards the side where it has more links, as far as its neighbours allow."""
    for _ in range(_ROUNDS):
        moved = False
        for node in sorted(columns, key=lambda one: (-columns[one], one)):
            least = max((columns[one] + 1 for one in before[node]), default=0)
            most = min((columns[one] - 1 for one in after[node]), default=columns[node])
            pull = len(after[node]) - len(before[node])
            wanted = most if pull > 0 else least if pull < 0 else columns[node]
            moved = moved or wanted != columns[node]
            columns[node] = wanted
        if not moved:
            break
