"""Who stands between whom where data flow today, and how much of that has been written down.

A network of flows that is half entered points at whoever was entered first. So the table begins with how
complete it is, and nothing here is a finding.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from roundtable.partnership.sharing.flows import existing_flow, flows
from roundtable.partnership.study import Study

if TYPE_CHECKING:
    import networkx as nx


@dataclass(frozen=True)
class FlowPlace:
    """An agency's place in the network of flows.

    Attributes:
        agency: its id.
        gives: how many agencies it gives data to.
        takes: how many agencies give data to it.
        between: the share of pairs of other agencies whose shortest chain of flows passes through it, 0 to 1.
        cut_off: ids of the agencies that no flow would join to the rest without it, in order; some exactly
            when the agency is an articulation point of the network, its flows read both ways.
    """

    agency: str
    gives: int
    takes: int
    between: float
    cut_off: tuple[str, ...]


@dataclass(frozen=True)
class FlowNetwork:
    """The network of what flows today.

    Attributes:
        needs: how many needs there are.
        needs_with_flow: for how many of them a dataset flows today, or is the agency's own.
        datasets: how many datasets somebody creates.
        datasets_with_use: for how many of them a use is written.
        places: the agencies that a flow touches: those that cut others off first, then by betweenness.
    """

    needs: int
    needs_with_flow: int
    datasets: int
    datasets_with_use: int
    places: tuple[FlowPlace, ...]

    @property
    def completeness(self) -> float | None:
        """The share of needs and datasets with a flow or use entered, 0 to 1; None where there are none."""
        entered, every = self.needs_with_flow + self.datasets_with_use, self.needs + self.datasets
        return entered / every if every else None


def flow_network(study: Study) -> FlowNetwork:
    """The network of what flows today between agencies, worked out once a study."""
    return study.shared(_flow_network)


def _flow_network(study: Study) -> FlowNetwork:
    needs = [need for _, need in study.partnership.needs()]
    created = [dataset for dataset in study.partnership.datasets if dataset.terms.created_by is not None]
    return FlowNetwork(
        needs=len(needs),
        needs_with_flow=sum(
            any(_reaches(study, dataset, need.agency) for dataset in need.datasets) for need in needs
        ),
        datasets=len(created),
        datasets_with_use=sum(bool(dataset.terms.consumed_by) for dataset in created),
        places=_places(study),
    )


def _reaches(study: Study, dataset: str, agency: str) -> bool:
    own = study.partnership.dataset(dataset).terms.created_by == agency
    return own or existing_flow(study, dataset, agency) is not None


def _places(study: Study) -> tuple[FlowPlace, ...]:
    # Here and not above: no finding asks for it, and it takes a tenth of a second to import.
    import networkx as nx

    directed: nx.DiGraph[str] = nx.DiGraph()
    directed.add_edges_from(sorted({(flow.source, flow.target) for flow in flows(study) if flow.existing}))
    both_ways = directed.to_undirected()
    cuts = set(nx.articulation_points(both_ways))
    between = nx.betweenness_centrality(directed)
    found = [
        FlowPlace(
            agency=agency,
            gives=directed.out_degree(agency),
            takes=directed.in_degree(agency),
            between=between[agency],
            cut_off=_cut_off(both_ways, agency) if agency in cuts else (),
        )
        for agency in directed
    ]
    return tuple(sorted(found, key=lambda one: (-len(one.cut_off), -one.between, one.agency)))


def _cut_off(graph: nx.Graph[str], agency: str) -> tuple[str, ...]:
    """All but the largest of the parts that its own part of the network falls into without it."""
    import networkx as nx

    whole = nx.node_connected_component(graph, agency) - {agency}
    parts = [sorted(part) for part in nx.connected_components(graph.subgraph(whole))]
    largest = min(parts, key=lambda part: (-len(part), part))
    return tuple(sorted(one for part in parts if part is not largest for one in part))
