"""What changed between two runs: counts, spreads, what columns hold, the model, and who was merged or split.

Nothing here is right or wrong by itself. A shift beyond its threshold (`reference/thresholds.csv`) is an
alarm: somebody looks before the links are used.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from math import log, log2
from typing import Any

import pyarrow as pa

from roundtable.data.linked_tables import LINK_DRIFT, without_purpose
from roundtable.linkage.evidence.model import Model
from roundtable.linkage.quality.references import threshold
from roundtable.linkage.quality.shape import ALL, FILLED, RECORDS_PER_PERSON, WEIGHT

MILLION = 1_000_000
#: Half a case, so that a band that was empty makes the index large and not endless.
_HALF = 0.5


@dataclass(frozen=True)
class Run:
    """A run, as far as it is compared.

    Attributes:
        shape: the table `link_shape`.
        model: the model that weighed its pairs.
        moves: how many people each kind of move was of; none where the run was the first.
    """

    shape: pa.Table
    model: Model
    moves: Mapping[str, int]


def drift(before: Run, now: Run) -> pa.Table:
    """The table `link_drift` without its purpose: everything that was compared, the alarms among it."""
    rows = [*_counts(before, now), *_spreads(before, now), *_filled(before, now), *_moved(before, now)]
    rows += _model(before.model, now.model)
    made = pa.Table.from_pylist(rows, schema=without_purpose(LINK_DRIFT))
    return made.sort_by([("measure", "ascending"), ("part", "ascending")])


def alarms(table: pa.Table) -> tuple[str, ...]:
    """What moved too far, each as a sentence."""
    return tuple(_told(row) for row in table.to_pylist() if row["alarm"])


def stability_index(before: Iterable[int], now: Iterable[int]) -> float:
    """The population stability index of two counts by band: sum of (q - p) ln(q / p) over their shares.

    It is Jeffreys' divergence. Its usual reading, none below 0.1 and much from 0.25, is a rule of thumb
    (Siddiqi 2006, Credit Risk Scorecards).
    """
    first, second = [one + _HALF for one in before], [one + _HALF for one in now]
    p, q = ([one / sum(counts) for one in counts] for counts in (first, second))
    return sum((two - one) * log(two / one) for one, two in zip(p, q, strict=True))


def _counts(before: Run, now: Run) -> Iterator[dict[str, Any]]:
    for part, old, new in (
        ("records", _bands(before.shape, FILLED).get(ALL, 0), _bands(now.shape, FILLED).get(ALL, 0)),
        ("people", _total(before.shape, RECORDS_PER_PERSON), _total(now.shape, RECORDS_PER_PERSON)),
        ("pairs", _total(before.shape, WEIGHT), _total(now.shape, WEIGHT)),
    ):
        shift = abs(new - old) / old if old else float(bool(new))
        yield _row("count", part, old, new, shift, threshold("alarm_count"))


def _spreads(before: Run, now: Run) -> Iterator[dict[str, Any]]:
    for measure in (WEIGHT, RECORDS_PER_PERSON):
        old, new = _bands(before.shape, measure), _bands(now.shape, measure)
        titles = dict.fromkeys((*old, *new))
        index = stability_index((old.get(one, 0) for one in titles), (new.get(one, 0) for one in titles))
        yield _row("spread", measure, 0.0, index, index, threshold("alarm_psi"))


def _filled(before: Run, now: Run) -> Iterator[dict[str, Any]]:
    old, new = _bands(before.shape, FILLED), _bands(now.shape, FILLED)
    for column in sorted({*old, *new} - {ALL}):
        was, is_now = (one.get(column, 0) / max(one.get(ALL, 0), 1) for one in (old, new))
        yield _row("filled", column, was, is_now, abs(is_now - was), threshold("alarm_share"))


def _moved(before: Run, now: Run) -> Iterator[dict[str, Any]]:
    """Merges and splits as a share of the people; a quiet week has few, whatever the week before had."""
    people = [max(_total(run.shape, RECORDS_PER_PERSON), 1) for run in (before, now)]
    for kind in ("merge", "split"):
        was, is_now = (
            run.moves.get(kind, 0) / every for run, every in zip((before, now), people, strict=True)
        )
        yield _row("moved", kind, was, is_now, is_now, threshold("alarm_share"))


def _model(before: Model, now: Model) -> Iterator[dict[str, Any]]:
    """By how many bits the level that moved most of each comparison did."""
    for name in sorted(set(before.odds) & set(now.odds)):
        shifts = [
            (abs(log2(new.m / new.u) - log2(old.m / old.u)), log2(old.m / old.u), log2(new.m / new.u))
            for old, new in zip(before.odds[name], now.odds[name], strict=False)
            if min(old.m, old.u, new.m, new.u) > 0
        ]
        if shifts:
            shift, was, is_now = max(shifts)
            yield _row("model", name, was, is_now, shift, threshold("alarm_bits"))
    for name in sorted(set(before.odds) ^ set(now.odds)):
        present = float(name in now.odds)
        yield _row("comparison", name, 1.0 - present, present, 1.0, 1.0)


def _bands(shape: pa.Table, measure: str) -> dict[str, int]:
    return {row["title"]: row["number"] for row in shape.to_pylist() if row["measure"] == measure}


def _total(shape: pa.Table, measure: str) -> int:
    return sum(_bands(shape, measure).values())


def _row(measure: str, part: str, before: float, now: float, shift: float, alarm: float) -> dict[str, Any]:
    return {
        "measure": measure,
        "part": part,
        "before_ppm": round(before * MILLION),
        "now_ppm": round(now * MILLION),
        "shift_ppm": round(shift * MILLION),
        "alarm_ppm": round(alarm * MILLION),
        "alarm": shift >= alarm,
    }


def _told(row: Mapping[str, Any]) -> str:
    before, now, shift = (row[name] / MILLION for name in ("before_ppm", "now_ppm", "shift_ppm"))
    part = str(row["part"]).replace("_", " ")
    match row["measure"]:
        case "count":
            return (
                f"The number of {part} went from {before:,.0f} to {now:,.0f}: "
                "is a delivery missing or doubled?"
            )
        case "spread":
            return f"The spread of {part} has changed: its stability index is {shift:.2f}."
        case "filled":
            return f"The share of records that say {part} went from {before:.0%} to {now:.0%}."
        case "moved":
            return f"{now:.1%} of the people took part in a {part} in this run."
        case "model":
            return f"A level of {part} was worth {before:.1f} bits and is now worth {now:.1f}."
    return f"The comparison of {part} is {'new' if now else 'gone'}."
