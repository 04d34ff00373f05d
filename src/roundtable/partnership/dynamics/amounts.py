"""How an influence, and a course over time, are put into words.

The words are a convention of this product: people at a table ask "a lot or a little?" before they ask for
a figure, and the figure always stands beside the word.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from roundtable.partnership.dynamics.influence import Range
from roundtable.partnership.dynamics.what_if import NEGLIGIBLE, way

#: Up to which size each word holds, on a scale of 1; above the last it is "strongly".
BARELY = 0.05
A_LITTLE = 0.15
CLEARLY = 0.4
#: What comes nearer and nearer never quite arrives: this much of it is as good as all.
ALMOST_ALL = 0.95


def moves(value: float) -> str:
    """Which way something moves and how far: `clearly down`, `barely up`; `as now` where it does not."""
    if not way(value):
        return "as now"
    steps = ((BARELY, "barely"), (A_LITTLE, "a little"), (CLEARLY, "clearly"))
    word = next((word for most, word in steps if abs(value) < most), "strongly")
    return f"{word} {'up' if value > 0 else 'down'}"


def signed(value: float) -> str:
    """A change as a figure with its sign: +0.30, -0.013, 0; two figures where it is small."""
    if abs(value) < NEGLIGIBLE / 10:
        return "0"
    return f"{value:+.2f}" if abs(value) >= 0.0995 else f"{value:+.3f}"


def ranged(value: Range) -> str:
    """A change with its range: -0.30 (-0.40 to -0.20)."""
    return f"{signed(value.middle)} ({signed(value.low)} to {signed(value.high)})"


def either(value: Range) -> bool:
    """Whether within its range it could go either way to speak of."""
    return way(value.low) * way(value.high) < 0


@dataclass(frozen=True)
class Phase:
    """A stretch of time in which something moves one way.

    Attributes:
        start: the week it begins.
        end: the week it is furthest.
        begun: where it stood then.
        reached: where it stands in the end.
    """

    start: int
    end: int
    begun: float
    reached: float


def phases(values: Sequence[float]) -> tuple[Phase, ...]:
    """The stretches in which a course moves one way, leaving out what is too little to speak of."""
    found: list[tuple[int, int]] = []
    pivot = furthest = heading = 0
    for week, value in enumerate(values):
        if not heading:
            heading, furthest = way(value - values[pivot]), week
        elif (value - values[furthest]) * heading > 0:
            furthest = week
        elif way(value - values[furthest]) == -heading:
            found.append((pivot, furthest))
            pivot, furthest, heading = furthest, week, -heading
    if heading:
        found.append((pivot, furthest))
    return tuple(Phase(start, end, values[start], values[end]) for start, end in found)


def told_course(values: Sequence[float], *, still_moving: bool) -> str:
    """A course week by week in a sentence.

    Args:
        values: one a week, beginning with now.
        still_moving: whether it has not come to rest at the end.
    """
    found = phases(values)
    if not found:
        return "Over time: nothing to speak of."
    told = _begun(values, found[0])
    for phase in found[1:]:
        up = "up" if phase.reached > phase.begun else "down"
        told += f"; then {up} to {signed(phase.reached)} by week {_week(values, phase, ALMOST_ALL)}"
    moving = ", and still moving" if still_moving else ""
    return f"Over time: {told}{moving}.{_turned(found)}"


def _begun(values: Sequence[float], phase: Phase) -> str:
    felt = _week(values, phase, NEGLIGIBLE / abs(phase.reached - phase.begun))
    half, almost = (_week(values, phase, share) for share in (0.5, ALMOST_ALL))
    if almost <= felt:
        return f"felt from week {felt}, all of it at once ({signed(phase.reached)})"
    halfway = f"half of it by week {half}, " if felt < half < almost else ""
    return f"felt from week {felt}, {halfway}almost all by week {almost} ({signed(phase.reached)})"


def _week(values: Sequence[float], phase: Phase, share: float) -> int:
    """The first week of a phase in which that share of it is felt."""
    whole = phase.reached - phase.begun
    felt = ((week, (values[week] - phase.begun) / whole) for week in range(phase.start, phase.end + 1))
    return next((week for week, part in felt if part >= share), phase.end)


def _turned(found: Sequence[Phase]) -> str:
    """What a manager has to know of a remedy that works one way first and the other way later."""
    if way(found[0].reached) * way(found[-1].reached) < 0:
        return " What it does first is the opposite of what it does later."
    return ""
