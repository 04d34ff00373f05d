"""The few loops that a picture colours and names: R for one that feeds itself, B for one that holds back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from roundtable.partnership.causal.graph import CausalMap
from roundtable.partnership.causal.loops import Loop, LoopKind
from roundtable.partnership.drawing.marking import Ground
from roundtable.partnership.drawing.routes import Route, Spot
from roundtable.partnership.drawing.svg import element, group, text

#: More colours than this cannot be told apart, nor more loops followed.
MOST = 3
_LETTERS = {LoopKind.REINFORCING: "R", LoopKind.BALANCING: "B", LoopKind.UNKNOWN: "L"}
_WORDS = {
    LoopKind.REINFORCING: "feeds itself",
    LoopKind.BALANCING: "holds itself back",
    LoopKind.UNKNOWN: "is a loop whose direction nobody knows",
}
_COLOURS = {
    LoopKind.REINFORCING: ("#f7cf77", "#f3ab8c", "#e9b6d0", "#f0dd9a"),
    LoopKind.BALANCING: ("#9ad6c8", "#a9c8ee", "#c5dd9c", "#c9c2ea"),
    LoopKind.UNKNOWN: ("#d5dade", "#c3cbd1", "#b2bcc3", "#a3aeb6"),
}


@dataclass(frozen=True)
class DrawnLoop:
    """One loop in the picture: its badge, such as R1, its colour, and where the badge stands."""

    loop: Loop
    badge: str
    colour: str
    at: Spot

    def told(self, causal_map: CausalMap) -> str:
        """The loop in a sentence."""
        round_ = [*self.loop.nodes, self.loop.nodes[0]]
        labels = " → ".join(causal_map.node(one).label for one in round_)
        after = ", with a delay" if self.loop.delayed else ""
        return f"{self.badge} {_WORDS[self.loop.kind]}{after}: {labels}."


def pairs(loop: Loop) -> set[tuple[str, str]]:
    """The links of a loop, by their ends."""
    return set(zip(loop.nodes, (*loop.nodes[1:], loop.nodes[0]), strict=True))


def main_loops(loops: Sequence[Loop], found: Sequence[Route], ground: Ground) -> tuple[DrawnLoop, ...]:
    """The first loops that are drawn whole, each with its badge on a link where no other loop's badge is."""
    by_ends = {(one.chain.arc.edge.source, one.chain.arc.edge.target): one for one in found}
    taken: set[tuple[str, str]] = set()
    counts: dict[LoopKind, int] = {}
    drawn: list[DrawnLoop] = []
    for loop in (one for one in loops if pairs(one) <= by_ends.keys()):
        free = sorted(pairs(loop) - taken, key=lambda ends: (not by_ends[ends].chain.arc.backward, ends))
        if not free or len(drawn) == MOST:
            continue
        taken.add(free[0])
        number = counts[loop.kind] = counts.get(loop.kind, 0) + 1
        badge, colour = f"{_LETTERS[loop.kind]}{number}", _COLOURS[loop.kind][number - 1]
        drawn.append(DrawnLoop(loop, badge, colour, ground.place(by_ends[free[0]])))
    return tuple(drawn)


def halos(named: Sequence[DrawnLoop], found: Sequence[Route]) -> Iterator[str]:
    """A band of each loop's colour under its links; where loops share a link, the bands lie side by side."""
    for route in found:
        ends = (route.chain.arc.edge.source, route.chain.arc.edge.target)
        through = [one for one in named if ends in pairs(one.loop)]
        for row, one in reversed(list(enumerate(through))):
            wide = 11.0 + 7.0 * row
            yield element(
                "path",
                d=route.path,
                stroke=one.colour,
                stroke_width=wide,
                fill="none",
                stroke_linecap="round",
            )


def badges(named: Sequence[DrawnLoop]) -> str:
    """The badges, over everything else."""
    return "".join(_badge(one) for one in named)


def _badge(one: DrawnLoop) -> str:
    return group(
        element(
            "circle", cx=one.at.x, cy=one.at.y, r=12, fill=one.colour, stroke="#16242e", stroke_width=1.4
        ),
        text(one.badge, one.at.x, round(one.at.y + 4.4, 1), 12, fill="#16242e", text_anchor="middle"),
        font_weight="bold",
    )
