"""What an analysis says, in parts and points that a screen and a page can both set out."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Point:
    """One thing said.

    Attributes:
        text: in a sentence or two.
        more: what stands under it, a line each.
    """

    text: str
    more: tuple[str, ...] = ()


@dataclass(frozen=True)
class Part:
    """Points under a heading.

    Attributes:
        heading: what the part answers.
        points: in order.
        before: what has to be known before the points are read.
        after: what is said when they have been.
        ranked: whether the order of the points means something.
    """

    heading: str
    points: tuple[Point, ...] = ()
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    ranked: bool = False
