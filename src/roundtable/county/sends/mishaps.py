"""What goes wrong with whole deliveries: sent again, late, taken back, with a new column or code, packed.

Which table, which month and how much stand in `reference/mishaps.csv`, with what the door makes of it.
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
    #: From this month on files have a column that the contract lacks, so that the door refuses them.
    NEW_COLUMN = "new_column"
    #: From this month on some rows have a code that the contract's list lacks.
    NEW_CODE = "new_code"
    #: It comes in a ZIP.
    ZIPPED = "zipped"


@dataclass(frozen=True)
class Mishap:
    """One delivery that goes wrong.

    Attributes:
        kind: how.
        months_back: which month: 1 is the last whole one before today.
        share: of its rows that the first sending lacks, or that have the new code.
        days: after how many days it came, was corrected, withdrawn or sent anew.
        detail: the header of the new column; or the column with a new code, and the code: `disposal=other`.
        outcome: what becomes of it at the door, in words.
    """

    kind: MishapKind
    months_back: int
    share: float
    days: int
    detail: str
    outcome: str


@cache
def mishap_of(dataset: str, table: str) -> Mishap | None:
    """What goes wrong with a table, if anything does."""
    for row in reference_rows("sends", "mishaps"):
        if (row["dataset"], row["table"]) == (dataset, table):
            kind = MishapKind(row["kind"])
            told = row["detail"], row["outcome"]
            return Mishap(kind, int(row["months_back"]), float(row["share"]), int(row["days"]), *told)
    return None
