"""Every measure of every node side by side: the appendix to a lever table."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from roundtable.partnership.causal.eigenvector import Standing, eigenvector
from roundtable.partnership.causal.graph import CausalMap, Node
from roundtable.partnership.causal.metrics import NodeMetrics, node_metrics
from roundtable.partnership.causal.micmac import Micmac, Place, Settling, micmac


class Part(StrEnum):
    """The part a node plays: the four fields of the plane of influence and dependence (Godet 1994)."""

    DRIVES = "drives"
    RELAYS = "relays"
    FOLLOWS = "follows"
    APART = "apart"


@dataclass(frozen=True)
class Measured:
    """One node with all that the shape of the map says of it.

    Attributes:
        node: the node.
        metrics: of its place among the links.
        place: of its influence and dependence.
        part: by direct influence and dependence: it drives where its influence is above the mean and its
            dependence is not, follows where it is the other way round, relays where both are, and stands
            apart where neither is. Indirect shares cannot say: in a map with loops the strongest take all.
    """

    node: Node
    metrics: NodeMetrics
    place: Place
    part: Part


@dataclass(frozen=True)
class Measures:
    """Every node in order of ids, and what is to be known of two of the measures.

    Attributes:
        nodes: one for each node.
        eigenvector: whether the map has an eigenvector centrality.
        settling: how the indirect influences were come by.
        power: at which power of the matrix.
    """

    nodes: tuple[Measured, ...]
    eigenvector: Standing
    settling: Settling
    power: int


def measures(causal_map: CausalMap) -> Measures:
    """All measures of a map."""
    found = micmac(causal_map)
    rows = zip(causal_map.nodes, node_metrics(causal_map), found.places, _parts(found), strict=True)
    return Measures(
        tuple(Measured(*row) for row in rows), eigenvector(causal_map).standing, found.settling, found.power
    )


def _parts(found: Micmac) -> tuple[Part, ...]:
    # Every link counts once as influence and once as dependence, so that both have the same mean.
    mean = round(sum(place.influence for place in found.places) / max(len(found.places), 1), 9)
    words = {
        (True, False): Part.DRIVES,
        (True, True): Part.RELAYS,
        (False, True): Part.FOLLOWS,
        (False, False): Part.APART,
    }
    return tuple(
        words[round(place.influence, 9) > mean, round(place.dependence, 9) > mean] for place in found.places
    )
