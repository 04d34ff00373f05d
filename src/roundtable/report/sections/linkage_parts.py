"""Parts of the records beside the rest: tables of every measure, and the chart of who is linked worse."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from roundtable.linkage.quality.references import threshold
from roundtable.pages.numbers import ABSENT, MILLION, coefficient, listed, percent
from roundtable.pages.tables import Cell, Column, Group, Table, cells
from roundtable.report.disclosure import PEOPLE
from roundtable.report.linkage_contents import QualityShown
from roundtable.report.sections.linkage_words import BREAKDOWNS, MEASURES, part_name, part_order

COLUMNS = (
    Column("", header=True),
    Column("Records", numeric=True),
    Column("Known to another agency too", numeric=True),
    Column("Nothing to link by", numeric=True),
    Column("Expected precision", numeric=True),
    Column("Expected recall", numeric=True),
    Column("Best pair’s probability", numeric=True),
    Column("In the grey zone", numeric=True),
)
_SHOWN = ("linked", "unlinkable", "precision", "recall", "certainty", "grey")
#: Measures of which less is worse.
_GOOD = ("linked", "precision", "recall")

#: The drawing, in pixels at natural size.
WIDTH, LEFT, RIGHT, TOP, LINE, HEADING, FOOT = 720, 250, 24, 8, 28, 30, 34
#: The ends of the axis reach no further than this; what lies beyond is drawn at the end.
LEAST, MOST = 0.25, 2.0


@dataclass(frozen=True)
class RatioLine:
    """One group: its label, its dot and its interval."""

    label: str
    y: str
    dot: str
    low: str
    width: str
    value: str
    told: str
    worse: bool


@dataclass(frozen=True)
class RatioGroup:
    """The groups of one breakdown."""

    heading: str
    y: str
    lines: tuple[RatioLine, ...]


@dataclass(frozen=True)
class RatioTick:
    """A ratio on the axis."""

    at: str
    label: str


@dataclass(frozen=True)
class RatioChart:
    """The drawing: a dot a group, a bar its interval, a line where groups are alike."""

    id: str
    title: str
    width: int
    height: int
    top: int
    foot: int
    alike: str
    value_at: int
    groups: tuple[RatioGroup, ...]
    ticks: tuple[RatioTick, ...]


@dataclass(frozen=True)
class Worse:
    """Who is linked worse, in a sentence, and whether anybody is."""

    sentence: str
    anybody: bool


def parts_table(
    table_id: str, caption: str, rows: Sequence[QualityShown], name: Callable[[str], str] | None
) -> Table:
    """Every measure of every part; figures of few people are hidden.

    Args:
        table_id: its id on the page.
        caption: what it shows.
        rows: the measures.
        name: what a part is called; None for groups of people, which stand under their breakdowns.
    """
    groups = tuple(
        Group(
            tuple(cells(COLUMNS, tuple(_cells(part, mine, name))) for part, mine in _parts(rows, breakdown)),
            heading="" if name else BREAKDOWNS[breakdown],
        )
        for breakdown in dict.fromkeys(row.breakdown for row in _ordered(rows))
    )
    return Table(table_id, caption, COLUMNS, groups)


def _ordered(rows: Sequence[QualityShown]) -> list[QualityShown]:
    order = list(BREAKDOWNS)
    return sorted(rows, key=lambda row: order.index(row.breakdown) if row.breakdown in order else 0)


def _parts(rows: Sequence[QualityShown], breakdown: str) -> Iterator[tuple[str, dict[str, QualityShown]]]:
    mine = [row for row in rows if row.breakdown == breakdown]
    for part in sorted({row.part for row in mine}, key=part_order):
        yield part, {row.measure: row for row in mine if row.part == part}


def _cells(
    part: str, mine: dict[str, QualityShown], name: Callable[[str], str] | None
) -> Iterator[str | Cell]:
    yield name(part) if name else part_name(part)
    whole = mine.get("linked") or next(iter(mine.values()))
    hidden = PEOPLE.hides(whole.people)
    yield f"of {PEOPLE.count(whole.people)} people" if hidden else PEOPLE.count(whole.records)
    for measure in _SHOWN:
        row = mine.get(measure)
        if row is None:
            yield ABSENT
        elif PEOPLE.hides(row.people):
            yield Cell("withheld", css="words")
        else:
            yield Cell(percent(row.value_ppm), note=_between(row) if measure in _GOOD else "")


def _between(row: QualityShown) -> str:
    return f"{percent(row.low_ppm)} to {percent(row.high_ppm)}"


def worse_parts(rows: Sequence[QualityShown]) -> tuple[QualityShown, ...]:
    """The parts that some measure shows to be linked worse, most of all first.

    The whole interval of the ratio lies below the threshold. Parts of few people are never among them, and
    records that do not say which group they are of are nobody's group.
    """
    limit = round(threshold("poorer") * MILLION)
    found = [
        row
        for row in rows
        if row.measure in _GOOD
        and row.part != "not_said"
        and row.ratio_high_ppm is not None
        and row.ratio_high_ppm < limit
        and not PEOPLE.hides(row.people)
    ]
    return tuple(sorted(found, key=lambda row: (row.ratio_ppm or 0, row.breakdown, row.part, row.measure)))


def told_worse(worse: Sequence[QualityShown], looked: bool) -> Worse:
    """The same as a sentence; nothing where nobody looked."""
    if not looked:
        return Worse("", False)
    if not worse:
        return Worse(
            "No group stands out: none is linked so much less than the rest that chance does not explain it. "
            "A group of few people would have to be very far off to be seen.",
            False,
        )
    told = tuple(
        f"{part_name(row.part)} ({BREAKDOWNS[row.breakdown].lower()}; {MEASURES[row.measure]}): "
        f"{coefficient(row.ratio_ppm or 0)} times the rest"
        for row in worse
    )
    return Worse(
        "Records of some people are linked less than those of the rest in the same datasets: "
        f"{listed(told)}. "
        "Either fewer agencies know them, or they are found less well: a reviewed sample of theirs can tell. "
        "Whatever is built on these links sees less of them.",
        True,
    )


def ratio_chart(chart_id: str, rows: Sequence[QualityShown]) -> RatioChart | None:
    """Lay the chart of being known to another agency out; None where there is nothing to compare."""
    drawn = [
        row
        for row in rows
        if row.measure == "linked" and row.ratio_ppm is not None and not PEOPLE.hides(row.people)
    ]
    if not drawn:
        return None
    low, high = _axis(drawn)
    scale = (WIDTH - LEFT - RIGHT) / (high - low)
    worse = {(row.breakdown, row.part) for row in worse_parts(drawn)}
    groups, y = [], TOP
    for breakdown in dict.fromkeys(row.breakdown for row in _ordered(drawn)):
        start = y + HEADING
        mine = [found["linked"] for _, found in _parts(drawn, breakdown)]
        lines = tuple(
            _line(row, start + place * LINE + LINE // 2, low, high, scale, (row.breakdown, row.part) in worse)
            for place, row in enumerate(mine)
        )
        groups.append(RatioGroup(BREAKDOWNS[breakdown], str(y + HEADING - 8), lines))
        y = start + len(lines) * LINE
    ticks = tuple(
        RatioTick(_at(LEFT + (at - low) * scale), f"{at:g}")
        for at in (0.25, 0.5, 0.75, 1, 1.25, 1.5, 1.75, 2)
        if low <= at <= high
    )
    return RatioChart(
        f"{chart_id}-ratios",
        "How often a group’s records are known to another agency too, beside the rest of the same datasets",
        WIDTH,
        y + FOOT,
        TOP,
        y,
        _at(LEFT + (1 - low) * scale),
        LEFT - 20,
        tuple(groups),
        ticks,
    )


def _axis(drawn: Sequence[QualityShown]) -> tuple[float, float]:
    """Ends of the axis at whole quarters, with one between."""
    least = min(row.ratio_low_ppm or 0 for row in drawn) / MILLION
    most = max(row.ratio_high_ppm or 0 for row in drawn) / MILLION
    low = max(min(int(least * 4) / 4, 0.75), LEAST)
    high = min(max(-int(-most * 4 // 1) / 4, 1.25), MOST)
    return low, high


def _line(row: QualityShown, y: int, low: float, high: float, scale: float, worse: bool) -> RatioLine:
    ends = [(value or 0) / MILLION for value in (row.ratio_low_ppm, row.ratio_ppm, row.ratio_high_ppm)]
    start, dot, end = (LEFT + (min(max(value, low), high) - low) * scale for value in ends)
    told = (
        f"{part_name(row.part)}: {coefficient(row.ratio_ppm or 0)} "
        f"({coefficient(row.ratio_low_ppm or 0)} to {coefficient(row.ratio_high_ppm or 0)})"
    )
    return RatioLine(
        part_name(row.part),
        str(y),
        _at(dot),
        _at(start),
        _at(max(end - start, 1.5)),
        coefficient(row.ratio_ppm or 0),
        told,
        worse,
    )


def _at(value: float) -> str:
    return f"{value:.1f}"
