"""The words that findings share."""

from roundtable.partnership.evidence import evidence
from roundtable.partnership.wording import (
    at,
    counted,
    day,
    decision_of,
    either,
    figure,
    harm_of,
    listed,
    named,
    where,
)

__all__ = [
    "at",
    "counted",
    "day",
    "decision_of",
    "either",
    "evidence",
    "figure",
    "harm_of",
    "listed",
    "named",
    "where",
]
