"""The way to one pair's weight as a picture: a bar a step, each beginning where the last one ended.

For goes right in blue, against goes left in orange; the sign stands beside each bar, so colour is never all.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from itertools import pairwise

from roundtable.linkage.evidence.waterfall import Step, Waterfall, in_bits, level_and_words
from roundtable.partnership.drawing.svg import FONT, element, group, text, words
from roundtable.partnership.drawing.wrapping import width, wrapped

#: The sheet in pixels at its natural size: the words on the left, the bars on the right.
_WIDE, _MARGIN, _WORDS = 820.0, 18.0, 372.0
_HEAD, _LINE, _BETWEEN, _BAR = 64.0, 17.0, 14.0, 18.0
_INK, _QUIET, _RULE = "#16242e", "#4b5b66", "#c8d1d7"
_FOR, _AGAINST, _NEITHER = "#0d6f7d", "#b0431a", "#565f66"
_BIG, _SMALL = 14.0, 13.0


@dataclass(frozen=True)
class _Scale:
    """Bits as pixels."""

    least: float
    most: float
    step: int

    def at(self, bits: float) -> float:
        """Where a number of bits stands."""
        room = _WIDE - _WORDS - _MARGIN - 60
        return round(_WORDS + 12 + (bits - self.least) / (self.most - self.least) * room, 1)

    def ticks(self) -> range:
        """The marks of the axis."""
        return range(math.ceil(self.least / self.step) * self.step, math.floor(self.most) + 1, self.step)


@dataclass(frozen=True)
class _Row:
    """A step with its place on the sheet."""

    step: Step
    start: float
    lines: tuple[str, ...]
    top: float

    @property
    def high(self) -> float:
        return _LINE * (1 + len(self.lines)) + _BETWEEN

    @property
    def middle(self) -> float:
        return self.top + (self.high - _BETWEEN) / 2


def draw_waterfall(told: Waterfall, *, title: str) -> str:
    """One pair's weight as one SVG that needs no style sheet and says in its `desc` what it shows.

    Args:
        told: the steps.
        title: what the picture is of; it should name nobody who may not be named.

    Returns:
        The `<svg>` element; the same steps and title give the same bytes.
    """
    rows = _rows(told)
    scale = _scale(told)
    bottom = rows[-1].top + rows[-1].high
    notes = [line for note in told.notes() for line in wrapped(note, _WIDE - 2 * _MARGIN, _BIG, 4)]
    high = bottom + 34 + len(notes) * 20 + _MARGIN
    body = [
        text(title, _MARGIN, 28, 17, font_weight="bold", fill=_INK),
        *_axis(scale, bottom),
        *(_drawn(row, scale) for row in rows),
        *_joins(rows, scale),
        *(text(note, _MARGIN, bottom + 48 + place * 20, _BIG, fill=_INK) for place, note in enumerate(notes)),
    ]
    return _svg(title, " ".join(_sentences(told)), high, *body)


def _rows(told: Waterfall) -> list[_Row]:
    rows: list[_Row] = []
    start, top = 0.0, _HEAD + 12
    for step in told.steps:
        lines = wrapped(level_and_words(step), _WORDS - _MARGIN - 8, _SMALL, 3)
        rows.append(_Row(step, start, lines, top))
        start, top = step.total, top + rows[-1].high
    return rows


def _scale(told: Waterfall) -> _Scale:
    totals = [0.0, *(step.total for step in told.steps)]
    least, most = min(totals), max(totals)
    step = next((one for one in (1, 2, 5, 10, 20, 50, 100) if (most - least) / one <= 9), 200)
    return _Scale(math.floor(least / step) * step, max(math.ceil(most / step), 1) * step, step)


def _axis(scale: _Scale, bottom: float) -> Iterator[str]:
    for bits in scale.ticks():
        at = scale.at(bits)
        yield element(
            "line",
            x1=at,
            x2=at,
            y1=_HEAD,
            y2=bottom,
            stroke=_INK if bits == 0 else _RULE,
            stroke_width=1.5 if bits == 0 else 1,
        )
        told = f"{bits}".replace("-", "−")
        yield text(told, at, _HEAD - 8, _SMALL, fill=_QUIET, text_anchor="middle")
    yield text("as likely as not", scale.at(0), bottom + 18, _SMALL, fill=_QUIET, text_anchor="middle")
    yield text("bits so far", _MARGIN, _HEAD - 8, _SMALL, fill=_QUIET)


def _drawn(row: _Row, scale: _Scale) -> str:
    """One step: its words, its bar and its bits."""
    start, end = scale.at(row.start), scale.at(row.step.total)
    colour = _colour(row.step.bits)
    right = max(start, end) + 6
    return group(
        element("title", words(_sentence(row.step))),
        text(row.step.told, _MARGIN, row.top + 13, _BIG, font_weight="bold", fill=_INK),
        *(
            text(line, _MARGIN, row.top + 13 + _LINE * (place + 1), _SMALL, fill=_QUIET)
            for place, line in enumerate(row.lines)
        ),
        element(
            "rect",
            x=min(start, end),
            y=row.middle - _BAR / 2,
            width=max(abs(end - start), 1.5),
            height=_BAR,
            fill=colour,
        ),
        _figure(in_bits(row.step.bits), right, row.middle + 4.6, colour),
    )


def _figure(told: str, x: float, y: float, colour: str) -> str:
    """The bits of a step, on white so that no line runs through them."""
    wide = width(told, _SMALL) + 4
    return element("rect", x=x - 2, y=y - 12, width=wide, height=15, fill="#ffffff") + text(
        told, x, y, _SMALL, fill=colour, font_weight="bold"
    )


def _joins(rows: list[_Row], scale: _Scale) -> Iterator[str]:
    """A thin line from where a bar ends to where the next one begins."""
    for one, other in pairwise(rows):
        at = scale.at(one.step.total)
        yield element(
            "line",
            x1=at,
            x2=at,
            y1=one.middle - _BAR / 2,
            y2=other.middle + _BAR / 2,
            stroke=_INK,
            stroke_width=1,
        )


def _colour(bits: float) -> str:
    if abs(bits) < 0.05:
        return _NEITHER
    return _FOR if bits > 0 else _AGAINST


def _sentence(step: Step) -> str:
    return f"{step.told}, {level_and_words(step)}: {in_bits(step.bits)} bits, {in_bits(step.total)} so far."


def _sentences(told: Waterfall) -> Iterator[str]:
    yield from map(_sentence, told.steps)
    yield from told.notes()


def _svg(title: str, told: str, high: float, *inside: str) -> str:
    key = sha256(f"{title}\n{told}".encode()).hexdigest()[:8]
    return element(
        "svg",
        element("title", words(title), id=f"weight-{key}-title"),
        element("desc", words(told), id=f"weight-{key}-told"),
        element("rect", width=_WIDE, height=high, fill="#ffffff"),
        *inside,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {_WIDE:.0f} {high:.0f}",
        width=_WIDE,
        height=round(high),
        role="img",
        aria_labelledby=f"weight-{key}-title weight-{key}-told",
        font_family=FONT,
    )
