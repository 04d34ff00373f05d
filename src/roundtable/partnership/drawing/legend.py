"""The key under the picture: only the shapes, lines and marks that the picture has."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from roundtable.partnership.causal.graph import CausalMap, NodeKind
from roundtable.partnership.drawing.boxes import LOOKS, shape
from roundtable.partnership.drawing.lines import (
    INKS,
    Wait,
    delay_mark,
    dispute_mark,
    sign_mark,
    wait,
)
from roundtable.partnership.drawing.routes import Spot
from roundtable.partnership.drawing.svg import element, group, text
from roundtable.partnership.drawing.wrapping import width
from roundtable.partnership.model.causal import Sign

_SIZE, _ROW, _SYMBOL, _BETWEEN = 12.5, 25.0, 40.0, 26.0


@dataclass(frozen=True)
class _Entry:
    """One symbol, drawn about the height 0, and what it means."""

    symbol: str
    told: str

    @property
    def wide(self) -> float:
        return _SYMBOL + 8 + width(self.told, _SIZE) + _BETWEEN


@dataclass(frozen=True)
class Legend:
    """The key as markup, and how high it is in pixels."""

    markup: str
    height: float


def legend(causal_map: CausalMap, x: float, y: float, room: float) -> Legend:
    """The key of a map, in rows that fit a room.

    Args:
        causal_map: what is drawn.
        x: its left side.
        y: its top.
        room: how wide it may be.
    """
    kinds = [kind for kind in NodeKind if any(node.kind is kind for node in causal_map.nodes)]
    entries = (*map(_kind, kinds), *_lines(causal_map))
    placed, at_x, at_y = [], x, y + _ROW / 2
    for entry in entries:
        if at_x > x and at_x + entry.wide - _BETWEEN > x + room:
            at_x, at_y = x, at_y + _ROW
        told = text(entry.told, at_x + _SYMBOL + 8, round(at_y + 4.3, 1), _SIZE, fill="#16242e")
        placed.append(group(entry.symbol, transform=f"translate({at_x:.1f} {at_y:.1f})") + told)
        at_x += entry.wide
    return Legend("".join(placed), at_y + _ROW / 2 - y if entries else 0.0)


def _kind(kind: NodeKind) -> _Entry:
    return _Entry(shape(kind, 3, -8, _SYMBOL - 6, 16), LOOKS[kind].told)


def _lines(causal_map: CausalMap) -> Iterator[_Entry]:
    for sign in Sign:
        if any(edge.sign is sign for edge in causal_map.edges):
            ink = INKS[sign]
            yield _Entry(_line(ink.colour, 2.6, ink.dashes) + sign_mark(sign, Spot(30, 0)), ink.told)
    strengths = {(edge.low, edge.high) for edge in causal_map.edges if edge.known}
    if len(strengths) > 1:
        thin, thick = _line("#16242e", 1.3, None, -5), _line("#16242e", 4.6, None, 5)
        yield _Entry(thin + thick, "thicker: thought stronger")
    waits = {wait(edge) for edge in causal_map.edges}
    for how, told in ((Wait.WEEKS, "felt after weeks"), (Wait.LONG, "felt after months or years")):
        if how in waits:
            yield _Entry(_line("#16242e", 2.0, None) + delay_mark(how, "#16242e", Spot(20, 0)), told)
    if any(edge.disputed_by for edge in causal_map.edges):
        yield _Entry(dispute_mark(Spot(20, 0)), "disputed at the table")


def _line(colour: str, weight: float, dashes: str | None, y: float = 0.0) -> str:
    return element("path", d=f"M2 {y:g}H38", stroke=colour, stroke_width=weight, stroke_dasharray=dashes)


def told_lines(lines: Sequence[str], x: float, y: float) -> Legend:
    """Sentences under the picture, one a row."""
    rows = [
        text(line, x, round(y + 16 + 18 * row, 1), _SIZE, fill="#16242e") for row, line in enumerate(lines)
    ]
    return Legend("".join(rows), 18.0 * len(lines) + (8 if lines else 0))
