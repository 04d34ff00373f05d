"""What goes wrong with whole deliveries: one that is sent again, one that comes late, one that is taken back.

Which table, which month and how much stand in `reference/mishaps.csv`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from roundtable.county.reference_table import reference_rows


class MishapKind(StrEnum):
    """What becomes of a delivery."""

    #: Rows are missing from it; the whole of it follows and says that it corrects the first.
    CORRECTED = "corrected"
    #: It is drawn up long after its month.
    LATE = "late"
    #: It is wrong, and a note withdraws it; the right one follows under another name.
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Mishap:
    """One delivery that goes wrong.

    Attributes:
        kind: how.
        months_back: which month: 1 is the last whole one before today.
        share: of its rows that the first sending lacks.
        days: after how many days it came, was corrected or withdrawn.
    """

    kind: MishapKind
    months_back: int
    share: float
    days: int


@cache
def mishap_of(dataset: str, table: str) -> Mishap | None:
    """What goes wrong with a table, if anything does."""
    for row in reference_rows("sends", "mishaps"):
        if (row["dataset"], row["table"]) == (dataset, table):
            kind = MishapKind(row["kind"])
            return Mishap(kind, int(row["months_back"]), float(row["share"]), int(row["days"]))
    return None
