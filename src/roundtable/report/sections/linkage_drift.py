"""What changed since the run before: the alarms in a sentence, all that was compared in a table."""

from __future__ import annotations

from collections.abc import Sequence

from roundtable.pages.numbers import MILLION, fixed, percent, plural, scaled
from roundtable.pages.tables import Cell, Column, Table, table
from roundtable.report.disclosure import PEOPLE
from roundtable.report.linkage_contents import DriftShown
from roundtable.report.sections.linkage_words import COLUMNS as COLUMN_WORDS

COLUMNS = (
    Column("What", header=True),
    Column("Before", numeric=True),
    Column("Now", numeric=True),
    Column("Shift", numeric=True),
    Column("Alarm from", numeric=True),
    Column(""),
)
WORDS = {
    "count": "Number of {part}",
    "spread": "Spread of {part}",
    "filled": "Records that say {part}",
    "moved": "People in a {part}",
    "model": "Weight of {part}, the level that moved most",
    "comparison": "Comparison of {part}",
}


def drift_sentence(rows: Sequence[DriftShown]) -> str:
    """Whether anything moved too far."""
    if not rows:
        return "This is the first run for this purpose, so there is nothing to compare it with."
    alarms = [row for row in rows if row.alarm]
    if not alarms:
        return (
            f"{plural(len(rows), 'thing')} were compared with the run before. None moved far enough to alarm."
        )
    return (
        f"{plural(len(alarms), 'alarm')} of {plural(len(rows), 'comparison')} with the run before: "
        "somebody should look before the links are used."
    )


def drift_table(table_id: str, rows: Sequence[DriftShown]) -> Table:
    """Everything that was compared, alarms first and then what moved most for its threshold."""
    ordered = sorted(rows, key=lambda row: (-row.shift_ppm / max(row.alarm_ppm, 1), row.measure, row.part))
    return table(f"{table_id}-drift", "Beside the run before.", COLUMNS, [_cells(row) for row in ordered])


def drift_alarms(rows: Sequence[DriftShown]) -> tuple[str, ...]:
    """What moved too far, shortly."""
    return tuple(_alarm(row) for row in rows if row.alarm)


def _alarm(row: DriftShown) -> str:
    what, before, now, shift, limit = (
        cell if isinstance(cell, str) else cell.text for cell in _cells(row)[:5]
    )
    if not before:
        return f"{what}: an index of {shift}, where {limit} is an alarm."
    return f"{what}: {before} before, {now} now."


def _cells(row: DriftShown) -> tuple[str | Cell, ...]:
    part = COLUMN_WORDS.get(row.part, row.part.replace("_", " "))
    what = WORDS.get(row.measure, row.measure + " of {part}").format(part=part)
    told = Cell("alarm", tag="bad") if row.alarm else ""
    match row.measure:
        case "count":
            ends = tuple(PEOPLE.count(one // MILLION) for one in (row.before_ppm, row.now_ppm))
            return (what, *ends, percent(row.shift_ppm), percent(row.alarm_ppm), told)
        case "spread":
            return (what, "", "", _two(row.shift_ppm), _two(row.alarm_ppm), told)
        case "model":
            bits = tuple(f"{scaled(one, MILLION, 1)} bits" for one in (row.before_ppm, row.now_ppm))
            limits = tuple(f"{scaled(one, MILLION, 1)} bits" for one in (row.shift_ppm, row.alarm_ppm))
            return (what, *bits, *limits, told)
        case "comparison":
            there = tuple("there" if one else "not there" for one in (row.before_ppm, row.now_ppm))
            return (what, *there, "", "", told)
    shares = tuple(percent(one) for one in (row.before_ppm, row.now_ppm, row.shift_ppm, row.alarm_ppm))
    return (what, *shares, told)


def _two(ppm: int) -> str:
    return fixed(ppm // 10_000) if ppm >= 100 * MILLION else scaled(ppm, MILLION, 2)
