"""The words that findings share."""

from roundtable.partnership.evidence import evidence
from roundtable.partnership.wording import (
    counted,
    day,
    decision_of,
    figure,
    harm_of,
    listed,
    named,
    where,
)

__all__ = ["counted", "day", "decision_of", "evidence", "figure", "harm_of", "listed", "named", "where"]
