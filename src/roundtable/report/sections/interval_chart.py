"""A dot for what was observed and a bar for what chance gives, share by share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from roundtable.insight.harm.concentration import NullModel
from roundtable.pages.numbers import MILLION, percent
from roundtable.report.rows import ConcentrationRow
from roundtable.report.vocabulary import NULL_MODELS

#: The drawing, in pixels at natural size.
WIDTH, LEFT, RIGHT, TOP, LINE, HEADING, FOOT = 720, 150, 24, 8, 34, 30, 34


@dataclass(frozen=True)
class Interval:
    """The middle 95 % of one null model, and its mean."""

    css: str
    x: str
    y: str
    width: str
    mean: str
    told: str


@dataclass(frozen=True)
class Line:
    """One share: its label, its dot and its intervals."""

    label: str
    y: str
    dot: str
    value: str
    value_at: str
    value_ends: bool
    told: str
    intervals: tuple[Interval, ...]


@dataclass(frozen=True)
class LineGroup:
    """The shares of one weight set."""

    heading: str
    y: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class AxisTick:
    """A percentage on the axis."""

    at: str
    label: str


@dataclass(frozen=True)
class IntervalChart:
    """The drawing."""

    id: str
    title: str
    width: int
    height: int
    left: int
    right: int
    top: int
    foot: int
    groups: tuple[LineGroup, ...]
    ticks: tuple[AxisTick, ...]
    models: tuple[tuple[str, str], ...]


def interval_chart(
    chart_id: str, heading: str, by_set: Sequence[tuple[str, Sequence[ConcentrationRow]]]
) -> IntervalChart:
    """Lay the chart out: a group a weight set, a line a share of the areas."""
    rows = [row for _, rows in by_set for row in rows]
    step, parts = _axis(max(max(row.share_ppm, row.null_high_ppm or 0) for row in rows))
    scale = (WIDTH - LEFT - RIGHT) / (step * parts)
    groups: list[LineGroup] = []
    y = TOP
    for title, mine in by_set:
        lines = [list(one) for _, one in groupby(mine, key=lambda row: row.top_percent)]
        start = y + HEADING
        drawn = tuple(_line(one, start + place * LINE + LINE // 2, scale) for place, one in enumerate(lines))
        groups.append(LineGroup(title, _at(y + HEADING - 8), drawn))
        y = start + len(lines) * LINE
    ticks = tuple(
        AxisTick(_at(LEFT + place * step * scale), f"{place * step // (MILLION // 100)}%")
        for place in range(parts + 1)
    )
    models = tuple(
        (f"null-{model}", f"What chance gives: {NULL_MODELS[model]}")
        for model in (NullModel.SHUFFLED.value, NullModel.MIXED_SEVERITY.value)
        if any(row.null_model == model for row in rows)
    )
    title = f"Share in the areas with most, beside chance: {heading}"
    return IntervalChart(
        f"{chart_id}-chart", title, WIDTH, y + FOOT, LEFT, WIDTH - RIGHT, TOP, y, tuple(groups), ticks, models
    )


def _axis(most: int) -> tuple[int, int]:
    """The step of the axis in parts per million and how many steps it takes."""
    step = next(one * MILLION // 100 for one in (1, 2, 5, 10, 20) if one * 10_000 * 6 >= most or one == 20)
    return step, max(-(-most // step), 1)


def _line(rows: Sequence[ConcentrationRow], middle: int, scale: float) -> Line:
    first = rows[0]
    nulls = [row for row in rows if row.null_low_ppm is not None]
    offsets = (0,) if len(nulls) < 2 else (-6, 6)
    intervals = tuple(
        _interval(row, middle + offset, scale) for row, offset in zip(nulls, offsets, strict=False)
    )
    dot = LEFT + first.share_ppm * scale
    # The figure stands beside its dot, on the side where no interval is.
    crowded = any((row.null_high_ppm or 0) > first.share_ppm for row in nulls)
    return Line(
        f"Top {first.top_percent}% of areas",
        str(middle),
        _at(dot),
        percent(first.share_ppm),
        _at(dot - 11 if crowded else dot + 11),
        crowded,
        f"Top {first.top_percent}%: observed {percent(first.share_ppm)}",
        intervals,
    )


def _interval(row: ConcentrationRow, y: int, scale: float) -> Interval:
    low, high, mean = row.null_low_ppm or 0, row.null_high_ppm or 0, row.null_mean_ppm or 0
    return Interval(
        f"null-{row.null_model}",
        _at(LEFT + low * scale),
        _at(y - 5),
        _at(max((high - low) * scale, 1.5)),
        _at(LEFT + mean * scale),
        f"{NULL_MODELS.get(row.null_model, row.null_model)}: {percent(low)} to {percent(high)}",
    )


def _at(value: float) -> str:
    return f"{value:.1f}"
