"""The measures of a map as one table, for a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping

from roundtable.partnership.causal.measures import Measured, Measures
from roundtable.partnership.exchange.csv_tables import as_text


def measure_values(one: Measured) -> Mapping[str, str | int | float | bool | None]:
    """One node's measures by their names; None where a measure does not exist for it."""
    metrics, place = one.metrics, one.place
    return {
        "id": one.node.id,
        "label": one.node.label,
        "kind": one.node.kind.value,
        "links_in": metrics.links_in,
        "links_out": metrics.links_out,
        "leverage": metrics.leverage,
        "two_step_reach": metrics.two_step_reach,
        "reach_efficiency": metrics.reach_efficiency,
        "betweenness": metrics.betweenness,
        "closeness": metrics.closeness,
        "eigenvector": metrics.eigenvector,
        "part": one.part.value,
        "influence": place.influence,
        "dependence": place.dependence,
        "indirect_influence": place.indirect_influence,
        "indirect_dependence": place.indirect_dependence,
        "articulation": metrics.articulation,
        "community": metrics.community,
    }


def measures_csv(measures: Measures) -> str:
    """The table: one row a node; an empty cell where a measure does not exist, never nought."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    for place, one in enumerate(measures.nodes):
        values = measure_values(one)
        if not place:
            writer.writerow(values)
        writer.writerow([_cell(value) for value in values.values()])
    return text.getvalue()


def _cell(value: str | int | float | bool | None) -> str:
    if isinstance(value, str):
        return as_text(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else f"{value:.6g}"
