"""A map as a Mermaid flowchart: text that many wikis and code hosts draw. Out only.

Mermaid has no causal loop diagrams; the sign stands along each link, and a delayed one is dotted.
"""

from __future__ import annotations

import json

from roundtable.partnership.exchange.foreign_map import ForeignLink, ForeignMap, Heading, in_one_line
from roundtable.partnership.exchange.losses import Holding, losses
from roundtable.partnership.exchange.marks import mark
from roundtable.partnership.model.causal import Delay

MISSING = frozenset(
    {
        Holding.NOTE,
        Holding.STYLE,
        Holding.POSITION,
        Holding.ATTRIBUTES,
        Holding.LINK_NOTE,
        Holding.LINK_STYLE,
        Holding.LINK_ATTRIBUTES,
        Holding.LOOPS,
    }
)
#: Brackets that draw the shape of each kind of factor; a plain box for every other.
_SHAPES = {"outcome": ("([", "])"), "lever": ("[/", "/]"), "external": ("{{", "}}")}
_ARROWS = {
    (Heading.DIRECTED, False): "-->",
    (Heading.DIRECTED, True): "-.->",
    (Heading.MUTUAL, False): "<-->",
    (Heading.MUTUAL, True): "<-.->",
    (Heading.UNDIRECTED, False): "---",
    (Heading.UNDIRECTED, True): "-.-",
}


def write_mermaid(map: ForeignMap) -> tuple[bytes, tuple[str, ...]]:
    """The text of the flowchart, and what it does not hold of the map."""
    names = {factor.id: f"f{number}" for number, factor in enumerate(map.factors, start=1)}
    lines = ["---", f"title: {json.dumps(map.title, ensure_ascii=False)}", "---"] if map.title else []
    lines.append("flowchart LR")
    for factor in map.factors:
        opens, closes = _SHAPES.get(factor.kind, ("[", "]"))
        lines.append(f'    {names[factor.id]}{opens}"{_quoted(factor.label)}"{closes}')
    lines += [f"    {names[link.source]} {_arrow(link)} {names[link.target]}" for link in map.links]
    return ("\n".join(lines) + "\n").encode(), losses(map, MISSING, "Mermaid")


def _arrow(link: ForeignLink) -> str:
    arrow = _ARROWS[link.heading, link.delay not in (Delay.NONE, Delay.UNKNOWN)]
    mark = _mark(link)
    return f'{arrow}|"{_quoted(mark)}"|' if mark else arrow


def _mark(link: ForeignLink) -> str:
    """What stands along a link: its sign, and its own label after it."""
    sign = mark(link.sign, link.strength, link.delay)
    return " ".join(part for part in (sign, in_one_line(link.label)) if part)


def _quoted(text: str) -> str:
    """Text between quotation marks: Mermaid writes awkward letters as the numbers of their characters."""
    plain = in_one_line(text)
    return "".join(f"#{ord(letter)};" if letter in '"#;<>&`\\|' else letter for letter in plain)
