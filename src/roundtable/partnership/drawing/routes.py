"""Where each link runs: out of a box's side, level through the columns between, and into a box's side.

A link is level wherever it passes a column, in a row of its own that no box stands in, and bends only in
the clear space between columns. It can therefore cross other links, and never a box.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import atan2, degrees

from roundtable.partnership.drawing.boxes import BOX_WIDTH, PORT
from roundtable.partnership.drawing.layering import Chain, Layout, is_point
from roundtable.partnership.drawing.svg import number

#: The level run before a head, where its sign stands; and the shorter one after a box.
HEAD_RUN, TAIL_RUN, HEAD = 30.0, 6.0, 9.0


@dataclass(frozen=True)
class Spot:
    """A point on the sheet, and the direction of the line there in degrees."""

    x: float
    y: float
    angle: float = 0.0


@dataclass(frozen=True)
class Bend:
    """A line between two columns: a cubic that leaves and arrives level."""

    from_x: float
    from_y: float
    to_x: float
    to_y: float

    def at(self, share: float) -> Spot:
        """The point at a share of the way, 0 to 1."""
        wide, high = self.to_x - self.from_x, self.to_y - self.from_y
        across = 1.5 * share * (1 - share) + share**3
        down = 3 * share**2 - 2 * share**3
        slope = (6 * share * (1 - share) * high, (1.5 - 3 * share + 3 * share**2) * wide)
        angle = round(degrees(atan2(*slope)), 1)
        return Spot(round(self.from_x + wide * across, 1), round(self.from_y + high * down, 1), angle)


@dataclass(frozen=True)
class Route:
    """One link as it is drawn.

    Attributes:
        chain: the link and what it passes.
        path: the line, as an SVG path from the tail to the foot of the head.
        tip: where the head points, and 1 or -1 for rightward or leftward.
        sign_at: where the sign stands.
        bends: from left to right, one between each column and the next.
    """

    chain: Chain
    path: str
    tip: tuple[float, float, int]
    sign_at: Spot
    bends: tuple[Bend, ...]

    def spots(self) -> Iterator[Spot]:
        """Places on the line where a mark could stand, the best first: level runs, then middles of bends."""
        for one, other in zip(self.bends, self.bends[1:], strict=False):
            middle = (one.to_x + other.from_x) / 2
            yield from (Spot(middle + shift, one.to_y) for shift in (0.0, -28.0, 28.0))
        for share in (0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8, 0.1, 0.9):
            yield from (bend.at(share) for bend in self.bends)

    def line(self) -> Iterator[tuple[float, float]]:
        """Points along the whole line, near enough to each other to tell where it runs."""
        for bend in self.bends:
            for step in range(11):
                spot = bend.at(step / 10)
                yield spot.x, spot.y
        for one, other in zip(self.bends, self.bends[1:], strict=False):
            steps = max(1, int((other.from_x - one.to_x) // 12))
            yield from ((one.to_x + 12 * step, one.to_y) for step in range(1, steps))


def routes(layout: Layout, middle: Mapping[str, float], lefts: Sequence[float]) -> tuple[Route, ...]:
    """Every link's route.

    Args:
        layout: the columns.
        middle: the height of each place.
        lefts: the left side of each column.
    """
    column = {place: at for at, layer in enumerate(layout.layers) for place in layer}
    ports = _ports(layout, middle)
    return tuple(
        _route(chain, [lefts[column[place]] for place in chain.through], middle, ports[row])
        for row, chain in enumerate(layout.chains)
    )


def busiest_side(layout: Layout) -> dict[str, int]:
    """How many links there are at the busier side of each box."""
    sides: dict[tuple[str, int], int] = {}
    for chain in layout.chains:
        for key in ((chain.through[0], 1), (chain.through[-1], 0)):
            sides[key] = sides.get(key, 0) + 1
    places = {place for layer in layout.layers for place in layer if not is_point(place)}
    return {place: max(sides.get((place, 0), 0), sides.get((place, 1), 0)) for place in sorted(places)}


def _ports(layout: Layout, middle: Mapping[str, float]) -> list[tuple[float, float]]:
    """The heights at which each link leaves its left box and reaches its right one."""
    sides: dict[tuple[str, int], list[tuple[float, str, int]]] = {}
    for at, chain in enumerate(layout.chains):
        first, last = chain.through[0], chain.through[-1]
        sides.setdefault((first, 1), []).append((middle[chain.through[1]], chain.through[1], at))
        sides.setdefault((last, 0), []).append((middle[chain.through[-2]], chain.through[-2], at))
    found: dict[tuple[int, int], float] = {}
    for (place, side), links in sides.items():
        for row, (_, _, at) in enumerate(sorted(links)):
            found[at, side] = round(middle[place] + (row - (len(links) - 1) / 2) * PORT, 1)
    return [(found[at, 1], found[at, 0]) for at in range(len(layout.chains))]


def _route(
    chain: Chain, lefts: Sequence[float], middle: Mapping[str, float], ports: tuple[float, float]
) -> Route:
    """Build the line from left to right, then turn it about where the link runs backwards."""
    backward = chain.arc.backward
    heights = [ports[0], *(middle[place] for place in chain.through[1:-1]), ports[1]]
    begin, end = (HEAD_RUN, TAIL_RUN) if backward else (TAIL_RUN, HEAD_RUN)
    last = len(lefts) - 2
    bends = tuple(
        Bend(
            lefts[at] + BOX_WIDTH + (begin if at == 0 else 0.0),
            heights[at],
            lefts[at + 1] - (end if at == last else 0.0),
            heights[at + 1],
        )
        for at in range(last + 1)
    )
    start, stop = lefts[0] + BOX_WIDTH, lefts[-1]
    if backward:
        turned = [Bend(bend.to_x, bend.to_y, bend.from_x, bend.from_y) for bend in reversed(bends)]
        path = _path(stop, turned, start + HEAD - 1)
        return Route(chain, path, (start, heights[0], -1), Spot(start + HEAD + 9, heights[0]), bends)
    path = _path(start, bends, stop - HEAD + 1)
    return Route(chain, path, (stop, heights[-1], 1), Spot(stop - HEAD - 9, heights[-1]), bends)


def _path(start: float, bends: Sequence[Bend], stop: float) -> str:
    told = [f"M{number(start)} {number(bends[0].from_y)}"]
    for bend in bends:
        half, end = number((bend.from_x + bend.to_x) / 2), number(bend.to_y)
        told.append(f"H{number(bend.from_x)}")
        told.append(f"C{half} {number(bend.from_y)} {half} {end} {number(bend.to_x)} {end}")
    return "".join((*told, f"H{number(stop)}"))
