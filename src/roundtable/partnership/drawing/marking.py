"""Where marks stand on the lines, so that they hide neither each other nor another line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import hypot

from roundtable.partnership.drawing.routes import Route, Spot

#: Pixels: a mark wants this much clear about it; more than that is no better.
_CLEAR = 17.0


class Ground:
    """What is taken on the sheet: the lines first, then each mark as it is set down."""

    def __init__(self, found: Sequence[Route]) -> None:
        self._taken: dict[tuple[int, int], list[tuple[float, float, int]]] = {}
        for owner, route in enumerate(found):
            for x, y in route.line():
                self._take(x, y, owner)
            self._take(route.sign_at.x, route.sign_at.y, owner)
        self._owners = {id(route): owner for owner, route in enumerate(found)}
        self._marks = -1

    def place(self, route: Route) -> Spot:
        """The clearest spot on a line for a mark, and take it; of equally clear ones the first."""
        best = min(enumerate(route.spots()), key=lambda one: (-self._clearance(one[1], route), one[0]))[1]
        self._take(best.x, best.y, self._marks)
        self._marks -= 1
        return best

    def _take(self, x: float, y: float, owner: int) -> None:
        self._taken.setdefault((int(x // _CLEAR), int(y // _CLEAR)), []).append((x, y, owner))

    def _clearance(self, spot: Spot, route: Route) -> float:
        """How far it is to anything but the line itself, in whole steps of two pixels."""
        own = self._owners[id(route)]
        nearest = min(
            (hypot(x - spot.x, y - spot.y) for x, y, owner in self._near(spot) if owner != own),
            default=_CLEAR,
        )
        sign = hypot(route.sign_at.x - spot.x, route.sign_at.y - spot.y)
        return min(nearest, sign, _CLEAR) // 2

    def _near(self, spot: Spot) -> Iterable[tuple[float, float, int]]:
        column, row = int(spot.x // _CLEAR), int(spot.y // _CLEAR)
        for x in (column - 1, column, column + 1):
            for y in (row - 1, row, row + 1):
                yield from self._taken.get((x, y), ())
