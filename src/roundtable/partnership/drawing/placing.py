"""Where each place of a layout stands on the sheet, in pixels.

The last step of Sugiyama's method. Within a column the order is kept and nothing overlaps; subject to
that, each place stands as near as it can to those that it is linked to. For one column that is a
least-squares problem with ordered gaps, solved exactly by pooling neighbours that would overlap (pool
adjacent violators; R. E. Barlow and others, "Statistical inference under order restrictions", 1972).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from roundtable.partnership.drawing.layering import Layout, is_point

_SWEEPS = 30
#: A long link should run straight through the columns between: its points pull hardest on each other.
_POINT_TO_POINT, _POINT_TO_BOX, _BOX_TO_BOX = 8.0, 2.0, 1.0
BOX_GAP, POINT_GAP = 22.0, 13.0


@dataclass(frozen=True)
class Places:
    """The middles of all places, and how far the sheet reaches, in pixels."""

    middle: Mapping[str, float]
    height: float


def place(layout: Layout, heights: Mapping[str, float]) -> Places:
    """The height at which each place stands.

    Args:
        layout: the columns and their order.
        heights: of each place, in pixels.

    Returns:
        The middles, from 0 downwards; the same layout and heights give the same numbers.
    """
    pulls = _pulls(layout)
    middle: dict[str, float] = {}
    for layer in layout.layers:
        middle.update(_stacked(layer, heights))
    for sweep in range(_SWEEPS):
        last = sweep == _SWEEPS - 1
        columns = layout.layers if sweep % 2 == 0 else layout.layers[::-1]
        for layer in columns:
            wanted = {one: _wanted(middle[one], pulls[one], middle) for one in layer}
            weights = {one: sum(weight for _, weight in pulls[one]) or 0.1 for one in layer}
            middle.update(_apart(layer, heights, wanted, weights))
        if last:
            break
    top = min((middle[one] - heights[one] / 2 for one in middle), default=0.0)
    bottom = max((middle[one] + heights[one] / 2 for one in middle), default=0.0)
    return Places({one: round(at - top, 1) for one, at in middle.items()}, round(bottom - top, 1))


def _stacked(layer: Sequence[str], heights: Mapping[str, float]) -> dict[str, float]:
    """A column stacked as closely as may be, about the middle of the sheet."""
    found, at = {}, 0.0
    for row, one in enumerate(layer):
        if row:
            at += _gap(layer[row - 1], one, heights)
        found[one] = at
    return {one: middle - at / 2 for one, middle in found.items()}


def _gap(upper: str, lower: str, heights: Mapping[str, float]) -> float:
    """The least distance between the middles of two neighbours."""
    clear = POINT_GAP if is_point(upper) and is_point(lower) else BOX_GAP
    return (heights[upper] + heights[lower]) / 2 + clear


def _pulls(layout: Layout) -> dict[str, list[tuple[str, float]]]:
    found: dict[str, list[tuple[str, float]]] = {one: [] for layer in layout.layers for one in layer}
    for pieces in layout.segments():
        for one, other in pieces:
            points = is_point(one) + is_point(other)
            weight = (_BOX_TO_BOX, _POINT_TO_BOX, _POINT_TO_POINT)[points]
            found[one].append((other, weight))
            found[other].append((one, weight))
    return found


def _wanted(own: float, pulls: Sequence[tuple[str, float]], middle: Mapping[str, float]) -> float:
    whole = sum(weight for _, weight in pulls)
    return sum(middle[one] * weight for one, weight in pulls) / whole if whole else own


def _apart(
    layer: Sequence[str],
    heights: Mapping[str, float],
    wanted: Mapping[str, float],
    weights: Mapping[str, float],
) -> dict[str, float]:
    """The places nearest to what is wanted that keep the order and the gaps."""
    offsets, at = [], 0.0
    for row, one in enumerate(layer):
        at += _gap(layer[row - 1], one, heights) if row else 0.0
        offsets.append(at)
    blocks: list[tuple[float, float, int]] = []  # the block's place, its weight, how many stand in it
    for one, offset in zip(layer, offsets, strict=True):
        place_, weight, many = wanted[one] - offset, weights[one], 1
        while blocks and blocks[-1][0] > place_:
            before, its_weight, its_many = blocks.pop()
            place_ = (before * its_weight + place_ * weight) / (its_weight + weight)
            weight, many = weight + its_weight, many + its_many
        blocks.append((place_, weight, many))
    starts = [at for at, _, many in blocks for _ in range(many)]
    return {one: start + offset for one, start, offset in zip(layer, starts, offsets, strict=True)}
