"""Several scenarios: what their maps share, what they hold together, and what lies behind all of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from roundtable.partnership.causal.graph import CausalMap, Node, NodeKind, scenario_map
from roundtable.partnership.causal.submaps import downstream, intersection, union, upstream
from roundtable.partnership.model.whole import Partnership


@dataclass(frozen=True)
class Behind:
    """A factor that leads to an outcome of each of some scenarios.

    Attributes:
        node: the factor.
        outcomes: ids of the outcomes of these scenarios that it leads to, in order.
        every: whether these are all the outcomes that the scenarios have.
        shared: whether the map of each of the scenarios names it.
    """

    node: Node
    outcomes: tuple[str, ...]
    every: bool
    shared: bool


def shared_part(partnership: Partnership, scenario_ids: Iterable[str]) -> CausalMap:
    """The nodes and links that the maps of all these scenarios hold."""
    return intersection(_maps(partnership, scenario_ids))


def joint_part(partnership: Partnership, scenario_ids: Iterable[str]) -> CausalMap:
    """The nodes and links that the map of any of these scenarios holds."""
    return union(_maps(partnership, scenario_ids))


def behind_all(
    partnership: Partnership, scenario_ids: Sequence[str], order: Sequence[str] = ()
) -> tuple[Behind, ...]:
    """The factors that lead to at least one outcome of every one of these scenarios.

    Ways may run through the map of any of them. A scenario's outcomes are those that its own map names.

    Args:
        partnership: the whole.
        scenario_ids: two or more.
        order: ids of factors, the strongest first, by which those that lead to as many outcomes are ordered;
            what it does not name comes after, in order of ids.

    Returns:
        What leads to most outcomes first.
    """
    maps = _maps(partnership, scenario_ids)
    whole = union(maps)
    outcomes = [{node.id for node in one.outcomes()} for one in maps]
    every = set().union(*outcomes)
    leading = intersection(upstream(whole, some) for some in outcomes)
    shared = intersection(maps)
    found = [
        Behind(node, reached, len(reached) == len(every), node.id in shared)
        for node in leading.nodes
        if node.kind is not NodeKind.OUTCOME
        for reached in [tuple(_reached(whole, node.id, every))]
    ]
    places = {factor_id: place for place, factor_id in enumerate(order)}
    return tuple(
        sorted(found, key=lambda one: (-len(one.outcomes), places.get(one.node.id, len(places)), one.node.id))
    )


def _reached(whole: CausalMap, node_id: str, outcomes: set[str]) -> Iterator[str]:
    return (node.id for node in downstream(whole, [node_id]).nodes if node.id in outcomes)


def _maps(partnership: Partnership, scenario_ids: Iterable[str]) -> list[CausalMap]:
    return [scenario_map(partnership, partnership.scenario(one)) for one in scenario_ids]
