"""Where each factor stands when a map is first opened in another tool, which would else heap them all up.

Columns run from left to right by the number of links to the nearest outcome, so that effects stand right
of their causes; in a column, what leads to the same things stands together. People move them from there.
"""

from __future__ import annotations

from collections import deque

from roundtable.partnership.causal.graph import CausalMap

Spot = tuple[float, float]
#: Room for a label of a few lines, in the units of PRSM and Gephi.
COLUMN, ROW = 280, 110
#: A chain longer than this would run off the page; what is further away stands in the first column.
MOST_COLUMNS = 8


def spots(map: CausalMap) -> dict[str, Spot]:
    """A place for each node by its id, no two the same."""
    steps = _steps_to_an_outcome(map)
    furthest = min(max(steps.values(), default=0), MOST_COLUMNS)
    columns: dict[int, list[str]] = {}
    for node in map.nodes:
        columns.setdefault(min(steps.get(node.id, furthest + 1), furthest + 1), []).append(node.id)
    found: dict[str, Spot] = {}
    for step in sorted(columns):
        ids = sorted(columns[step], key=lambda node_id: (_middle(map, node_id, found), node_id))
        top = -(len(ids) - 1) * ROW // 2
        for row, node_id in enumerate(ids):
            found[node_id] = (float((furthest + 1 - step) * COLUMN), float(top + row * ROW))
    return found


def _steps_to_an_outcome(map: CausalMap) -> dict[str, int]:
    steps = {node.id: 0 for node in map.outcomes()}
    waiting = deque(sorted(steps))
    while waiting:
        node_id = waiting.popleft()
        for edge in map.into(node_id):
            if edge.source not in steps:
                steps[edge.source] = steps[node_id] + 1
                waiting.append(edge.source)
    return steps


def _middle(map: CausalMap, node_id: str, found: dict[str, Spot]) -> float:
    """How far down the things stand that it leads to, as far as they have been placed."""
    heights = [found[edge.target][1] for edge in map.out_of(node_id) if edge.target in found]
    return sum(heights) / len(heights) if heights else 0.0
