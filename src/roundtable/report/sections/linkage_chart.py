"""The drawings of linkage: what each stop is expected to give, and how the pairs are spread over weights."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from roundtable.pages.numbers import MILLION, fixed, percent, scaled
from roundtable.report.disclosure import PEOPLE
from roundtable.report.linkage_contents import StopShown

#: The drawings, in pixels at natural size.
WIDTH, LEFT, RIGHT, TOP, PLOT, FOOT = 720, 56, 96, 28, 220, 48
BAR, BAR_LEFT, BAR_RIGHT = 26, 130, 90


@dataclass(frozen=True)
class Tick:
    """A mark on an axis."""

    at: str
    label: str


@dataclass(frozen=True)
class Line:
    """One curve: its CSS class, its points, and its name at the end."""

    css: str
    path: str
    name: str
    label_y: str
    dots: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class StopChart:
    """Expected precision and recall by the stop, and the one in force."""

    id: str
    title: str
    description: str
    width: int
    height: int
    left: int
    right: int
    top: int
    foot: int
    lines: tuple[Line, ...]
    chosen: str
    chosen_label: str
    chosen_ends: bool
    across: tuple[Tick, ...]
    up: tuple[Tick, ...]


@dataclass(frozen=True)
class Bar:
    """One band of weights."""

    label: str
    y: str
    middle: str
    width: str
    value: str
    value_at: str


@dataclass(frozen=True)
class BandChart:
    """Pairs by band of weight."""

    id: str
    title: str
    width: int
    height: int
    left: int
    bars: tuple[Bar, ...]


def stop_chart(chart_id: str, curve: Sequence[StopShown]) -> StopChart | None:
    """Lay the curve out; None where there are fewer than two stops to draw."""
    if len(curve) < 2:
        return None
    least = min(min(one.precision_ppm, one.recall_ppm) for one in curve)
    step = 50_000 if least >= MILLION // 2 else 100_000
    floor = min(least // step * step, MILLION - 2 * step)
    first, last = curve[0].stop_ppm, curve[-1].stop_ppm
    across = (WIDTH - LEFT - RIGHT) / (last - first)

    def x(stop: int) -> float:
        return LEFT + (stop - first) * across

    def y(share: int) -> float:
        return TOP + PLOT * (MILLION - share) / (MILLION - floor)

    chosen = next((one for one in curve if one.chosen), None)
    lines = tuple(
        _line(css, name, [(x(one.stop_ppm), y(value), _told(name, one, value)) for one, value in points])
        for css, name, points in (
            ("precision", "Precision", [(one, one.precision_ppm) for one in curve]),
            ("recall", "Recall", [(one, one.recall_ppm) for one in curve]),
        )
    )
    ticks = [stop for stop in range(0, MILLION + 1, 100_000) if first <= stop <= last]
    return StopChart(
        id=f"{chart_id}-stop",
        title="Expected precision and recall, by where joining stops",
        description=_described(chosen),
        width=WIDTH,
        height=TOP + PLOT + FOOT,
        left=LEFT,
        right=WIDTH - RIGHT,
        top=TOP,
        foot=TOP + PLOT,
        lines=_apart(lines),
        chosen="" if chosen is None else _at(x(chosen.stop_ppm)),
        chosen_label="" if chosen is None else f"in force: {_share(chosen.stop_ppm)}",
        chosen_ends=chosen is not None and x(chosen.stop_ppm) > WIDTH * 0.6,
        across=tuple(Tick(_at(x(stop)), _share(stop)) for stop in ticks),
        up=tuple(
            Tick(_at(y(share)), percent(share).replace(".0%", "%"))
            for share in range(floor, MILLION + 1, step)
        ),
    )


def _line(css: str, name: str, points: Sequence[tuple[float, float, str]]) -> Line:
    path = "M" + "L".join(f"{_at(x)} {_at(y)}" for x, y, _ in points)
    dots = tuple((_at(x), _at(y), told) for x, y, told in points)
    return Line(css, path, name, _at(points[-1][1]), dots)


def _apart(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """The names at the ends, moved apart where they would lie on one another."""
    first, second = lines
    gap = float(second.label_y) - float(first.label_y)
    if abs(gap) >= 18:
        return lines
    shift = (18 - abs(gap)) / 2 * (1 if gap >= 0 else -1)
    return (
        _named_at(first, float(first.label_y) - shift),
        _named_at(second, float(second.label_y) + shift),
    )


def _named_at(line: Line, y: float) -> Line:
    return Line(line.css, line.path, line.name, _at(y), line.dots)


def _told(name: str, one: StopShown, value: int) -> str:
    return f"{name} {percent(value)} when joining stops at {_share(one.stop_ppm)}"


def _described(chosen: StopShown | None) -> str:
    if chosen is None:
        return "The table below has the figures."
    return (
        f"In force is {_share(chosen.stop_ppm)}, with an expected precision of "
        f"{percent(chosen.precision_ppm)} and an expected recall of {percent(chosen.recall_ppm)}. "
        "The table below has the figures."
    )


def _share(ppm: int) -> str:
    return scaled(ppm, MILLION, 2)


def band_chart(chart_id: str, bands: Sequence[tuple[str, int]]) -> BandChart | None:
    """Lay the bars out, one under the other; None where no pair was kept."""
    shown = [
        (title, 0 if PEOPLE.hides(number) else PEOPLE.rounded(number), number) for title, number in bands
    ]
    most = max((drawn for _, drawn, _ in shown), default=0)
    if not most:
        return None
    scale = (WIDTH - BAR_LEFT - BAR_RIGHT) / most
    bars = tuple(
        Bar(
            f"{title} bits",
            str(place * BAR + 4),
            str(place * BAR + BAR // 2),
            _at(drawn * scale),
            PEOPLE.count(number),
            _at(BAR_LEFT + drawn * scale + 8),
        )
        for place, (title, drawn, number) in enumerate(shown)
    )
    title = f"Pairs of identities by weight: {fixed(sum(drawn for _, drawn, _ in shown))} pairs"
    return BandChart(f"{chart_id}-weight", title, WIDTH, len(bars) * BAR + 4, BAR_LEFT, bars)


def _at(value: float) -> str:
    return f"{value:.1f}"
