"""How often links cross, and an order of each column that makes them cross seldom.

The third step of Sugiyama's method, as E. R. Gansner, E. Koutsofios, S. C. North and K.-P. Vo do it in
"A technique for drawing directed graphs", IEEE Transactions on Software Engineering 19 (1993): sweeps by
weighted median, then neighbours changed about wherever that takes a crossing away. Several first orders
are tried, drawn from a fixed seed, and the best is kept.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Mapping, Sequence
from dataclasses import replace
from random import Random

from roundtable.partnership.drawing.layering import Layout

_SEED = 1981
_SWEEPS = 24
#: First orders tried: many for a small map, where each costs little, and few for a large one.
_FEWEST_STARTS, _MOST_STARTS, _WORK = 4, 60, 1_800_000

Neighbours = Mapping[str, tuple[str, ...]]


def crossings(layout: Layout) -> int:
    """How many pairs of links cross between the columns of a layout."""
    at = {place: row for layer in layout.layers for row, place in enumerate(layer)}
    return sum(_crossed([(at[one], at[other]) for one, other in pieces]) for pieces in layout.segments())


def _crossed(pieces: list[tuple[int, int]]) -> int:
    """Pairs of pieces between two columns of which one begins above the other and ends below it."""
    seen: list[int] = []
    total = 0
    for _, end in sorted(pieces):
        total += len(seen) - bisect_left(seen, end + 1)
        insort(seen, end)
    return total


def untangled(layout: Layout) -> Layout:
    """The same columns with each in an order that crosses seldom; the same layout gives the same order."""
    if not layout.layers:
        return layout
    left, right = _neighbours(layout)
    size = sum(map(len, layout.layers))
    random = Random(_SEED)
    best = layout
    fewest = (crossings(layout), _length(layout, right))
    for start in range(max(_FEWEST_STARTS, min(_MOST_STARTS, _WORK // size**2))):
        tried = _settled(layout, left, right, _first(layout, start, random))
        found = (crossings(tried), _length(tried, right))
        if found < fewest:
            best, fewest = tried, found
        if fewest[0] == 0 and start > 8:
            break
    return best


def _neighbours(layout: Layout) -> tuple[Neighbours, Neighbours]:
    left: dict[str, list[str]] = {place: [] for layer in layout.layers for place in layer}
    right: dict[str, list[str]] = {place: [] for layer in layout.layers for place in layer}
    for pieces in layout.segments():
        for one, other in pieces:
            right[one].append(other)
            left[other].append(one)
    return (
        {place: tuple(found) for place, found in left.items()},
        {place: tuple(found) for place, found in right.items()},
    )


def _first(layout: Layout, start: int, random: Random) -> list[list[str]]:
    """A first order: the map's own, its reverse, and then shuffled ones."""
    layers = [list(layer) for layer in layout.layers]
    if start == 1:
        return [layer[::-1] for layer in layers]
    if start > 1:
        for layer in layers:
            random.shuffle(layer)
    return layers


def _settled(layout: Layout, left: Neighbours, right: Neighbours, layers: list[list[str]]) -> Layout:
    """Sweep to and fro, and keep the best order met on the way."""
    best = replace(layout, layers=tuple(map(tuple, layers)))
    fewest = crossings(best)
    waited = 0
    for sweep in range(_SWEEPS):
        rightward = sweep % 2 == 0
        columns = range(1, len(layers)) if rightward else range(len(layers) - 2, -1, -1)
        for column in columns:
            beside = layers[column - 1] if rightward else layers[column + 1]
            _by_median(layers[column], beside, left if rightward else right)
        _change_about(layers, left, right)
        tried = replace(layout, layers=tuple(map(tuple, layers)))
        found = crossings(tried)
        waited = 0 if found < fewest else waited + 1
        if found < fewest:
            best, fewest = tried, found
        if waited > 5 or fewest == 0:
            break
    return best


def _by_median(layer: list[str], beside: Sequence[str], neighbours: Neighbours) -> None:
    """Order a column by the medians of the neighbours; who has none stays in its row."""
    at = {place: row for row, place in enumerate(beside)}
    medians = {place: _median(sorted(at[one] for one in neighbours[place])) for place in layer}
    moving = iter(sorted((p for p in layer if medians[p] >= 0), key=lambda p: medians[p]))
    layer[:] = [place if medians[place] < 0 else next(moving) for place in layer]


def _median(rows: list[int]) -> float:
    """The median, weighted towards the side where the rows lie closer; -1 where there are none."""
    if not rows:
        return -1.0
    middle = len(rows) // 2
    if len(rows) % 2:
        return float(rows[middle])
    if len(rows) == 2:
        return (rows[0] + rows[1]) / 2
    left, right = rows[middle - 1] - rows[0], rows[-1] - rows[middle]
    if left + right == 0:
        return (rows[middle - 1] + rows[middle]) / 2
    return (rows[middle - 1] * right + rows[middle] * left) / (left + right)


def _change_about(layers: list[list[str]], left: Neighbours, right: Neighbours) -> None:
    """Change neighbours in a column about as long as that takes crossings away."""
    at = {place: row for layer in layers for row, place in enumerate(layer)}
    rows = {
        place: (sorted(at[one] for one in left[place]), sorted(at[one] for one in right[place]))
        for place in at
    }
    gained = True
    while gained:
        gained = False
        for column, layer in enumerate(layers):
            changed = False
            for row in range(len(layer) - 1):
                upper, lower = layer[row], layer[row + 1]
                now, then = _both_ways(rows[upper], rows[lower])
                if then < now:
                    layer[row], layer[row + 1] = lower, upper
                    at[upper], at[lower] = row + 1, row
                    gained = changed = True
            if changed:
                _refresh(rows, layers, column, at, left, right)


def _refresh(
    rows: dict[str, tuple[list[int], list[int]]],
    layers: list[list[str]],
    column: int,
    at: Mapping[str, int],
    left: Neighbours,
    right: Neighbours,
) -> None:
    """Take up the new rows of a column where its neighbours look at them."""
    if column:
        for place in layers[column - 1]:
            rows[place] = (rows[place][0], sorted(at[one] for one in right[place]))
    if column + 1 < len(layers):
        for place in layers[column + 1]:
            rows[place] = (sorted(at[one] for one in left[place]), rows[place][1])


def _both_ways(upper: tuple[list[int], list[int]], lower: tuple[list[int], list[int]]) -> tuple[int, int]:
    """Crossings between the links of two neighbours as they stand, and were they changed about."""
    now = then = 0
    for above, below in zip(upper, lower, strict=True):
        if above and below and above[-1] > below[0]:
            now += _above(above, below)
        if above and below and below[-1] > above[0]:
            then += _above(below, above)
    return now, then


def _above(upper: list[int], lower: list[int]) -> int:
    """Crossings between the links of two neighbours, the first standing above the second; both sorted."""
    total = at = 0
    for row in upper:
        while at < len(lower) and lower[at] < row:
            at += 1
        total += at
    return total


def _length(layout: Layout, right: Neighbours) -> int:
    """How far links climb and fall, as rows: what decides between orders that cross equally often."""
    at = {place: row for layer in layout.layers for row, place in enumerate(layer)}
    return sum(abs(at[one] - at[other]) for one, others in right.items() for other in others)
