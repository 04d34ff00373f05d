"""Which column each node stands in: as few columns as may be, links short, outcomes last.

Columns are those of the longest path, after which each node is drawn towards its neighbours: the second
step of Sugiyama's method. A picture that is too wide to read is narrowed by letting one more link run
backwards, where that saves columns enough.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from roundtable.partnership.causal.graph import CausalMap
from roundtable.partnership.drawing.cycles import Arc

#: How often the columns are gone through; they settle after a few rounds.
_ROUNDS = 20
#: Columns that a page holds at a size one can read, and what else is weighed against a backward link.
_ROOM, _A_COLUMN, _AMONG_OUTCOMES = 5, 0.6, 0.45
#: Larger maps than this are taken as they come: to try every link would take long and gain little.
_MOST_TRIED = 70


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
    last = max(columns.values(), default=0)
    for node in causal_map.outcomes():
        if node.id in columns and not after[node.id]:
            columns[node.id] = last
    return columns


def narrowed(causal_map: CausalMap, found: Sequence[Arc]) -> tuple[Arc, ...]:
    """The links with some turned about, where that makes the picture narrow enough to read.

    One link at a time, or the two of a pair that move each other, is turned as long as that lowers the
    sum of links that run backwards, columns too many, and factors that stand among the outcomes.
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
    last = max(columns.values(), default=0)
    among = sum(
        columns[node] == last for node in columns if node not in outcomes and outcomes & columns.keys()
    )
    wide = max(0, last + 1 - _ROOM)
    return sum(arc.backward for arc in found) + _A_COLUMN * wide + _AMONG_OUTCOMES * among


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
