"""Quantile classes, with the limits that really occur.

The lower four take a fifth of the areas each; the topmost fifth is cut again, so that the darkest
colour is kept for the top twentieth. Harm is so uneven that even sixths would paint a town of 180
records and a centre of 2,400 alike.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

#: Where the classes end, in per cent of the areas from the least to the most.
CUTS = (20, 40, 60, 80, 95, 100)


@dataclass(frozen=True)
class ValueClass:
    """One class of the legend: the least and the greatest value in it, and how many areas."""

    low: int
    high: int
    areas: int


def quantile_classes(values: Sequence[int]) -> tuple[ValueClass, ...]:
    """Cut values into at most six classes; equal values stay together.

    Nought is a class of its own, because an area with nothing recorded is not an area with little.
    """
    ordered = sorted(value for value in values if value)
    noughts = len(values) - len(ordered)
    classes = [ValueClass(0, 0, noughts)] if noughts else []
    taken = 0
    for cut in CUTS:
        part = ordered[taken : _end(ordered, cut)]
        if part:
            classes.append(ValueClass(part[0], part[-1], len(part)))
            taken += len(part)
    return tuple(classes)


def _end(ordered: Sequence[int], cut: int) -> int:
    end = len(ordered) * cut // 100
    while 0 < end < len(ordered) and ordered[end] == ordered[end - 1]:
        end += 1
    return end


def class_of(value: int, classes: Sequence[ValueClass]) -> int:
    """The place of the class that a value falls in, counted from 0."""
    return next(place for place, one in enumerate(classes) if value <= one.high)
