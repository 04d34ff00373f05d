"""What stands for each kind of node: shapes that differ, so that grey print and any eyes tell them apart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from roundtable.partnership.causal.graph import Node, NodeKind
from roundtable.partnership.drawing.svg import element, group, number, text, words
from roundtable.partnership.drawing.wrapping import wrapped
from roundtable.partnership.model.outcome import Direction

BOX_WIDTH = 150.0
LABEL_SIZE, LINE, _MOST_LINES = 13.0, 16.0, 5
_PAD, _POINTED = 9.0, 14.0
#: Room that one link takes at the side of a box, so that their marks stay apart.
PORT = 17.0


@dataclass(frozen=True)
class Look:
    """How a kind of node is drawn.

    Attributes:
        told: what the legend calls it.
        fill: the colour of the box.
        stroke: the colour of its outline.
        weight: of the outline, in pixels.
        ink: the colour of the words.
        dashes: of the outline; None for a full line.
    """

    told: str
    fill: str
    stroke: str
    weight: float
    ink: str = "#16242e"
    dashes: str | None = None


LOOKS: Mapping[NodeKind, Look] = {
    NodeKind.LEVER: Look("Something the table can pull", "#d3ece6", "#0b5d57", 2.5),
    NodeKind.CAUSE: Look("Cause", "#ffffff", "#16242e", 1.5),
    NodeKind.STATE: Look("How things stand", "#edf1f4", "#5c6b75", 1.5),
    NodeKind.EXTERNAL: Look("From outside: not ours to move", "#ffffff", "#5c6b75", 1.5, dashes="5 4"),
    NodeKind.OUTCOME: Look("Outcome", "#0f4454", "#0f4454", 1.5, ink="#ffffff"),
}
_WANTED = {Direction.DOWN: "▼ fewer wanted", Direction.UP: "▲ more wanted"}


@dataclass(frozen=True)
class Box:
    """A node with its label broken into lines, and the height that it takes."""

    node: Node
    lines: tuple[str, ...]
    height: float

    @property
    def wanted(self) -> str:
        """For an outcome, which way is better."""
        return _WANTED[self.node.wanted] if self.node.wanted else ""


def box(node: Node, ports: int) -> Box:
    """A node's box, tall enough for its words and for the links at its busier side."""
    pad = _POINTED if node.kind is NodeKind.LEVER else _PAD
    lines = wrapped(node.label, BOX_WIDTH - 2 * pad, LABEL_SIZE, _MOST_LINES)
    words_ = (len(lines) + (1 if node.wanted else 0)) * LINE + 16
    return Box(node, lines, max(38.0, words_, ports * PORT + 4))


def drawn(one: Box, x: float, middle: float) -> str:
    """The box at a place; `x` is its left side and `middle` its middle height."""
    look = LOOKS[one.node.kind]
    rows = len(one.lines) + (1 if one.wanted else 0)
    first = middle - rows * LINE / 2 + LABEL_SIZE * 0.92
    centre = x + BOX_WIDTH / 2
    told = [
        text(line, centre, round(first + row * LINE, 1), LABEL_SIZE) for row, line in enumerate(one.lines)
    ]
    if one.wanted:
        told.append(text(one.wanted, centre, round(first + (rows - 1) * LINE, 1), 11.5))
    outcome = one.node.kind is NodeKind.OUTCOME
    return group(
        element("title", words(f"{one.node.label} ({look.told.lower()})")),
        shape(one.node.kind, x, middle - one.height / 2, BOX_WIDTH, one.height),
        group(*told, fill=look.ink, text_anchor="middle", font_weight="bold" if outcome else None),
    )


def shape(kind: NodeKind, x: float, y: float, wide: float, high: float) -> str:
    """The outline of a kind: a hexagon for a lever, square corners for a cause, round for a state."""
    look = LOOKS[kind]
    paint: dict[str, str | float | None] = {
        "fill": look.fill,
        "stroke": look.stroke,
        "stroke_width": look.weight,
        "stroke_dasharray": look.dashes,
    }
    if kind is NodeKind.LEVER:
        tip = min(_POINTED - 3, high / 3)
        corners = [
            (x, y + high / 2),
            (x + tip, y),
            (x + wide - tip, y),
            (x + wide, y + high / 2),
            (x + wide - tip, y + high),
            (x + tip, y + high),
        ]
        points = " ".join(f"{number(a)},{number(b)}" for a, b in corners)
        return element("polygon", points=points, stroke_linejoin="round", **paint)
    radius = {NodeKind.STATE: min(12.0, high / 3), NodeKind.OUTCOME: 4.0}.get(kind, 0.0)
    return element("rect", x=x, y=round(y, 1), width=wide, height=high, rx=radius or None, **paint)
