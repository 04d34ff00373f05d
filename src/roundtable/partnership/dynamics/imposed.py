"""The changes that somebody would make: which nodes are moved, by how much."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from roundtable.errors import Place, Problem, SettingUnusable
from roundtable.partnership.causal.graph import CausalMap
from roundtable.partnership.nearest import nearest

Floats = NDArray[np.float64]


def checked(causal_map: CausalMap, changes: Mapping[str, float]) -> Mapping[str, float]:
    """The changes in order of their nodes.

    Args:
        causal_map: the map.
        changes: the node's id and how far it is moved: -1 as far down as can be, 1 as far up.

    Raises:
        SettingUnusable: naming every node that the map has not and every amount that is not from -1 to 1.
    """
    problems = [*_unknown(causal_map, changes), *_out_of_range(changes)]
    if problems:
        raise SettingUnusable(problems)
    return {node_id: float(changes[node_id]) for node_id in sorted(changes)}


def as_row(causal_map: CausalMap, changes: Mapping[str, float]) -> Floats:
    """The changes as one value a node, nought where nothing is changed."""
    row = np.zeros(len(causal_map.nodes))
    for node_id, amount in changes.items():
        row[causal_map.index[node_id]] = amount
    return row


def _unknown(causal_map: CausalMap, changes: Mapping[str, float]) -> list[Problem]:
    known = [node.id for node in causal_map.nodes]
    found = []
    for node_id in sorted(set(changes) - set(known)):
        meant = nearest(node_id, known)
        perhaps = f"Did you mean '{meant}'? " if meant else ""
        remedy = f"{perhaps}Name a factor or an outcome that stands on the map."
        found.append(Problem(_place(node_id), "unknown-node", f"the map has no '{node_id}'", remedy))
    return found


def _out_of_range(changes: Mapping[str, float]) -> list[Problem]:
    # Put so that what is not a number is refused too: it compares false with everything.
    wrong = sorted(node_id for node_id, amount in changes.items() if not -1 <= amount <= 1)
    remedy = "Give an amount from -1 (as far down as can be) to 1 (as far up as can be)."
    what = "the amount {} cannot be a change"
    return [Problem(_place(i), "change-out-of-range", what.format(changes[i]), remedy) for i in wrong]


def _place(node_id: str) -> Place:
    return Place("the changes asked for", key=node_id)
