"""How a link looks: colour and dashes for its sign, weight for its strength, marks for delay and dispute."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from roundtable.partnership.causal.graph import Edge
from roundtable.partnership.drawing.marking import Ground
from roundtable.partnership.drawing.routes import HEAD, Route, Spot
from roundtable.partnership.drawing.svg import element, group, number, text, words
from roundtable.partnership.model.causal import Delay, Sign

_THINNEST, _THICKEST = 1.3, 4.6


@dataclass(frozen=True)
class Ink:
    """How links of one sign are drawn; the mark at the head says the same as the colour and the dashes."""

    mark: str
    colour: str
    dashes: str | None
    told: str


INKS: Mapping[Sign, Ink] = {
    Sign.POSITIVE: Ink("+", "#1d4f76", None, "more of this, more of that"),
    Sign.NEGATIVE: Ink("−", "#b0431a", "9 5", "more of this, less of that"),
    Sign.UNKNOWN: Ink("?", "#565f66", "2 5", "nobody knows which way"),
    Sign.COMPLEX: Ink("±", "#6a4a93", "12 4 2 4", "sometimes more, sometimes less"),
    Sign.NONE: Ink("0", "#8b9aa5", "2 5", "said to have no effect"),
}


class Wait(StrEnum):
    """How a delay is marked."""

    NONE = "none"
    WEEKS = "weeks"
    LONG = "long"


def wait(edge: Edge) -> Wait:
    """The mark that a link's delay takes; days are soon enough to need none, and unknown has none to draw."""
    if edge.delay in (Delay.MONTHS, Delay.YEARS):
        return Wait.LONG
    return Wait.WEEKS if edge.delay is Delay.WEEKS else Wait.NONE


def weight(edge: Edge) -> float:
    """The line's width in pixels: by the middle of the range of its strength, thinnest where unknown."""
    if not edge.known:
        return _THINNEST
    return round(_THINNEST + (_THICKEST - _THINNEST) * min(1.0, (edge.low + edge.high) / 2 / 0.8), 1)


def drawn(route: Route, told: str) -> str:
    """A link: its line, its head, and a sentence that a pointer resting on it shows.

    Args:
        route: where it runs.
        told: what it says, in words.
    """
    edge = route.chain.arc.edge
    ink = INKS[edge.sign]
    tip_x, tip_y, way = route.tip
    half = 4.2 + weight(edge) * 0.45
    head = " ".join(
        f"{number(x)},{number(y)}"
        for x, y in (
            (tip_x - way, tip_y),
            (tip_x - way * (HEAD + 2), tip_y - half),
            (tip_x - way * (HEAD + 2), tip_y + half),
        )
    )
    return group(
        element("title", words(told)),
        element("path", d=route.path, stroke_width=weight(edge), stroke_dasharray=ink.dashes, fill="none"),
        element("polygon", points=head, fill=ink.colour, stroke="none"),
        stroke=ink.colour,
    )


def marks(route: Route, ground: Ground) -> str:
    """What stands on the line: the sign at its head, the bars of a delay, the mark of a dispute."""
    edge = route.chain.arc.edge
    found = [sign_mark(edge.sign, route.sign_at)]
    if wait(edge) is not Wait.NONE:
        found.append(delay_mark(wait(edge), INKS[edge.sign].colour, ground.place(route)))
    if edge.disputed_by:
        found.append(dispute_mark(ground.place(route)))
    return "".join(found)


def sign_mark(sign: Sign, at: Spot) -> str:
    """The sign in a small white disc."""
    ink = INKS[sign]
    return group(
        element("circle", cx=at.x, cy=at.y, r=7.5, fill="#ffffff", stroke=ink.colour, stroke_width=1.2),
        text(ink.mark, at.x, round(at.y + 4.6, 1), 13, fill=ink.colour, text_anchor="middle"),
        font_weight="bold",
    )


def delay_mark(how: Wait, colour: str, at: Spot) -> str:
    """The bars across a line: two where the effect takes months or years, one where it takes weeks."""
    bars = (-2.8, 2.8) if how is Wait.LONG else (0.0,)
    gap = 5.6 if how is Wait.LONG else 0.0
    return group(
        element("rect", x=-gap / 2 - 2, y=-4, width=gap + 4, height=8, fill="#ffffff") if gap else "",
        *(element("path", d=f"M{number(x)} -7.5V7.5", stroke=colour, stroke_width=2.2) for x in bars),
        transform=f"translate({number(at.x)} {number(at.y)}) rotate({number(at.angle)})",
    )


def dispute_mark(at: Spot) -> str:
    """A lozenge with an exclamation mark: somebody at the table does not agree."""
    corners = ((at.x, at.y - 9.5), (at.x + 9.5, at.y), (at.x, at.y + 9.5), (at.x - 9.5, at.y))
    points = " ".join(f"{number(x)},{number(y)}" for x, y in corners)
    return group(
        element("polygon", points=points, fill="#ffe9b0", stroke="#16242e", stroke_width=1.3),
        text("!", at.x, round(at.y + 4.6, 1), 13, fill="#16242e", text_anchor="middle", font_weight="bold"),
    )
