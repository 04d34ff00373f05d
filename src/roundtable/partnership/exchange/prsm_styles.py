"""The nine styles that PRSM has for factors and for links, and which of them each style of a map is given.

PRSM draws polarity only as a style or a label. By convention here a link of a known sign is drawn green for
positive, red for negative, grey for the rest, as PRSM's own examples are, and the style bears the sign's
name in the legend: `Positive influence`, `Negative influence` and so on.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from roundtable.partnership.exchange.foreign_map import ForeignMap
from roundtable.partnership.exchange.marks import LEGEND
from roundtable.partnership.model.causal import Sign

NUMBER_OF_STYLES = 9
_GREY = "#808080"
SIGN_COLOURS = {
    Sign.POSITIVE: "#008000",
    Sign.NEGATIVE: "#c00000",
    Sign.NONE: "#b0b0b0",
    Sign.UNKNOWN: _GREY,
    Sign.COMPLEX: "#7b3fa0",
}
#: What each kind of factor is filled with; light enough for black letters.
FILLS = ("#fff2cc", "#dae8fc", "#d5e8d4", "#eeeeee", "#f8cecc", "#e1d5e7", "#ffe6cc", "#ddf3f3", "#ffffff")


@dataclass(frozen=True)
class StyleKind:
    """What the styles are of: `group0` to `group8` of factors, `edge0` to `edge8` of links."""

    word: str
    of: str


NODES = StyleKind("group", "factors")
LINKS = StyleKind("edge", "links")


class Slots:
    """Which of the nine styles bears which name.

    Attributes:
        kind: of factors or of links.
        by_name: the number of the slot, from 0, of each style of the map.
        beyond: the names that no slot is left for; their things are drawn in the last one.
    """

    def __init__(self, kind: StyleKind, map: ForeignMap) -> None:
        self.kind = kind
        drawn = (
            (one.style for one in map.factors) if kind is NODES else (one.shown_style for one in map.links)
        )
        names = list(dict.fromkeys(drawn))
        numbered = re.compile(rf"{kind.word}([1-8])")
        own = {name: int(found[1]) for name in names if (found := numbered.fullmatch(name))}
        # What has no style is drawn in the first, which then bears no name.
        first = 1 if "" in names else 0
        free = [number for number in range(first, NUMBER_OF_STYLES) if number not in own.values()]
        others = [name for name in names if name and name not in own]
        self.by_name = own | dict(zip(others, free, strict=False))
        self.beyond = tuple(others[len(free) :])

    def group(self, name: str) -> str:
        """The slot that a style is drawn in, as PRSM calls it; the first for a thing without a style."""
        last = NUMBER_OF_STYLES - 1 if name in self.beyond else 0
        return f"{self.kind.word}{self.by_name.get(name, last)}"

    def number(self, name: str) -> int | None:
        """The slot's number in PRSM's workbook, from 1; None for a thing without a style."""
        if name in self.beyond:
            return NUMBER_OF_STYLES
        return self.by_name[name] + 1 if name in self.by_name else None


def node_style(name: str, number: int) -> dict[str, Any]:
    """A style of factors as PRSM keeps it."""
    return {
        "groupLabel": name,
        "shape": "box",
        "borderWidth": 1,
        "color": {"border": "#333333", "background": FILLS[number]},
        "font": {"face": "arial", "color": "#000000", "size": 14},
        "shapeProperties": {"borderDashes": False},
    }


def edge_style(name: str) -> dict[str, Any]:
    """A style of links as PRSM keeps it."""
    return {
        "groupLabel": name,
        "color": edge_colour(name),
        "width": 1,
        "dashes": False,
        "font": {"size": 14},
        "arrows": {"to": {"enabled": True, "type": "arrow"}, "from": {"enabled": False}},
    }


def edge_colour(name: str) -> Mapping[str, Any]:
    """The colour of a style of links: its sign's, where its name is a sign's, else grey."""
    sign = next((sign for sign, legend in LEGEND.items() if legend == name), Sign.UNKNOWN)
    return {"color": SIGN_COLOURS[sign], "inherit": False, "opacity": 1}
