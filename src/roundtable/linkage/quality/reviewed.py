"""What reviewers found of a sample, as rows of `link_quality` beside what was expected."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from roundtable.linkage.quality.compared import MILLION


@dataclass(frozen=True)
class Reviewed:
    """An estimate from a reviewed sample.

    Attributes:
        breakdown: what the records are parted by; `all` for everything.
        part: which part.
        precision: the share of linked pairs that are one person, with its interval; None where nobody knows.
        recall: the share of one person's pairs that are linked, likewise; missed ones count.
        pairs: how many pairs were reviewed.
    """

    breakdown: str
    part: str
    precision: tuple[float, float, float] | None
    recall: tuple[float, float, float] | None
    pairs: int


def reviewed_rows(found: Iterable[Reviewed]) -> Iterator[dict[str, Any]]:
    """Rows of `link_quality`; they count reviewed pairs where others count records, and compare nothing."""
    for one in found:
        for measure, estimate in (("reviewed_precision", one.precision), ("reviewed_recall", one.recall)):
            if estimate is not None:
                value, low, high = (round(share * MILLION) for share in estimate)
                yield {
                    "breakdown": one.breakdown,
                    "part": one.part,
                    "measure": measure,
                    "records": one.pairs,
                    "people": 0,
                    "value_ppm": value,
                    "low_ppm": low,
                    "high_ppm": high,
                    **dict.fromkeys(("ratio_ppm", "ratio_low_ppm", "ratio_high_ppm")),
                }
