"""The partnership's causal map as a map of any tool: whole, of one scenario, or as one agency holds it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from roundtable.errors import Place, Problem, SettingUnusable
from roundtable.partnership.causal.graph import CausalMap, Edge, Node, scenario_map, whole_map
from roundtable.partnership.disagreement.voices import agency_map, voices
from roundtable.partnership.exchange.foreign_map import ForeignFactor, ForeignLink, ForeignMap
from roundtable.partnership.exchange.placing import Spot, spots
from roundtable.partnership.model.causal import Factor, Link
from roundtable.partnership.model.outcome import Outcome
from roundtable.partnership.model.whole import Partnership
from roundtable.partnership.nearest import nearest
from roundtable.partnership.wrong_values import perhaps

#: The names of the styles in which each kind is drawn.
STYLES = {
    "cause": "Cause",
    "state": "State",
    "lever": "Lever",
    "external": "Outside influence",
    "outcome": "Outcome",
}


def chosen_map(partnership: Partnership, scenario: str | None, agency: str | None) -> CausalMap:
    """The causal map that was asked for.

    Args:
        partnership: what is agreed.
        scenario: the id of one scenario; None for all of them together.
        agency: the id of an agency, for the map as it holds it; None for what all assert.

    Raises:
        SettingUnusable: there is no such scenario or agency, it has said nothing, or the map is empty.
    """
    if scenario is not None:
        known = {one.id: one for one in partnership.scenarios}
        _require("--scenario", "scenario", scenario, known)
        partnership = _only(partnership, scenario)
        causal = scenario_map(partnership, known[scenario]) if agency is None else whole_map(partnership)
    else:
        causal = whole_map(partnership)
    if agency is not None:
        _require("--agency", "agency", agency, {one.id: one for one in partnership.agencies})
        heard = {voice.agency: voice for voice in voices(partnership)}
        if agency not in heard:
            what = f"'{agency}' asserts and disputes no link here, so it has no map of its own"
            raise _unusable("--agency", what, f"Agencies that have: {', '.join(heard) or 'none'}.")
        causal = agency_map(partnership, heard[agency])
    if not causal.nodes:
        what = "the map is empty: there is no factor to write"
        raise _unusable("DIR", what, "Write factors and links in a scenario first.")
    return causal


def map_of(partnership: Partnership, causal: CausalMap, title: str) -> ForeignMap:
    """A causal map with what the folder says of its factors and links, each in a place on the page."""
    factors = {factor.id: factor for one in partnership.scenarios for factor in one.factors}
    outcomes = {outcome.id: outcome for outcome in partnership.charter.outcomes}
    said: dict[tuple[str, str], list[Link]] = {}
    for scenario in partnership.scenarios:
        for link in scenario.links:
            said.setdefault((link.from_, link.to), []).append(link)
    places = spots(causal)
    return ForeignMap(
        title,
        tuple(_factor(node, factors.get(node.id) or outcomes[node.id], places) for node in causal.nodes),
        tuple(_link(edge, said.get((edge.source, edge.target), [])) for edge in causal.edges),
    )


def _factor(node: Node, thing: Factor | Outcome, places: Mapping[str, Spot]) -> ForeignFactor:
    x, y = places[node.id]
    attributes = {"Scenarios": "|".join(node.scenarios)}
    if isinstance(thing, Factor):
        note = thing.description or ""
        attributes |= {
            "Measured by": thing.measured_by or "",
            "Asserted by": "|".join(thing.asserted.by),
            "Asserted on": thing.asserted.on.isoformat(),
            "Confidence": thing.asserted.confidence.value,
            "Disputed by": "|".join(sorted({one.by for one in thing.disputed})),
        }
    else:
        note = thing.indicator
        attributes |= {"Better": thing.direction.value}
    held = {name: text for name, text in attributes.items() if text}
    return ForeignFactor(node.id, node.label, node.kind.value, note, STYLES[node.kind.value], x, y, held)


def _link(edge: Edge, said: list[Link]) -> ForeignLink:
    attributes = {
        "Asserted by": "|".join(edge.asserted_by),
        "Disputed by": "|".join(edge.disputed_by),
        "Confidence": edge.confidence.value,
        "Scenarios": "|".join(edge.scenarios),
    }
    return ForeignLink(
        edge.source,
        edge.target,
        edge.sign,
        (edge.low, edge.high) if edge.known else None,
        edge.delay,
        note="\n".join(dict.fromkeys(text for link in said for text in link.evidence)),
        attributes={name: text for name, text in attributes.items() if text},
    )


def _only(partnership: Partnership, scenario: str) -> Partnership:
    """The partnership with the links of one scenario; the factors that others declare stay known."""
    kept = tuple(
        one if one.id == scenario else one.model_copy(update={"links": (), "outcomes": ()})
        for one in partnership.scenarios
    )
    return replace(partnership, scenarios=kept)


def _require(option: str, kind: str, identifier: str, known: Mapping[str, object]) -> None:
    if identifier not in known:
        near = perhaps(nearest(identifier, list(known)))
        raise _unusable(
            option, f"there is no {kind} '{identifier}'", f"{near}There are: {', '.join(known) or 'none'}."
        )


def _unusable(option: str, what: str, remedy: str) -> SettingUnusable:
    return SettingUnusable(Problem(Place("command line", key=option), "map", what, remedy))
