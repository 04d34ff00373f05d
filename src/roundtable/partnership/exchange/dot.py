"""A map in the DOT language of Graphviz. Out only."""

from __future__ import annotations

from roundtable.partnership.exchange.foreign_map import ForeignFactor, ForeignLink, ForeignMap, Heading
from roundtable.partnership.exchange.losses import Holding, losses
from roundtable.partnership.exchange.prsm_styles import SIGN_COLOURS
from roundtable.partnership.model.causal import Delay

MISSING = frozenset(
    {
        Holding.STYLE,
        Holding.POSITION,
        Holding.ATTRIBUTES,
        Holding.LINK_STYLE,
        Holding.LINK_ATTRIBUTES,
        Holding.LOOPS,
    }
)
_SHAPES = {"outcome": "ellipse", "lever": "parallelogram", "external": "hexagon"}
_ENDS = {Heading.DIRECTED: "forward", Heading.MUTUAL: "both", Heading.UNDIRECTED: "none"}


def write_dot(map: ForeignMap) -> tuple[bytes, tuple[str, ...]]:
    """The text of the graph, and what it does not hold of the map."""
    lines = ["digraph map {", "  rankdir=LR;", "  node [shape=box];"]
    if map.title:
        lines.append(f"  label={_quoted(map.title)};")
    lines += [_node(factor) for factor in map.factors]
    lines += [_edge(link) for link in map.links]
    return "\n".join([*lines, "}", ""]).encode(), losses(map, MISSING, "DOT")


def _node(factor: ForeignFactor) -> str:
    told = {"label": factor.label, "shape": _SHAPES.get(factor.kind, "box"), "tooltip": factor.note}
    if factor.kind:
        told["class"] = factor.kind
    return f"  {_quoted(factor.id)} [{_list(told)}];"


def _edge(link: ForeignLink) -> str:
    delayed = link.delay not in (Delay.NONE, Delay.UNKNOWN)
    told = {
        "label": link.shown_label,
        "color": SIGN_COLOURS[link.sign],
        "style": "dashed" if delayed else "",
        "dir": _ENDS[link.heading],
        "tooltip": link.note,
    }
    return f"  {_quoted(link.source)} -> {_quoted(link.target)} [{_list(told)}];"


def _list(told: dict[str, str]) -> str:
    return ", ".join(f"{name}={_quoted(text)}" for name, text in told.items() if text)


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'
