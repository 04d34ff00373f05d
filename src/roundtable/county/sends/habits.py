"""How well each sender keeps its records and how it writes them, from `reference/habits.csv`.

A sender is one records system of an agency: the county's police have one for people and crimes and another in
the control room. A row of `habits.csv` for `any` stands for every sender that has none of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from roundtable.county.reference_table import reference_rows

_EVERY = "any"


@dataclass(frozen=True)
class Habits:
    """A sender's habits by name; what each means stands in its row for `any`."""

    sender: str
    values: Mapping[str, str]

    def rate(self, name: str) -> float:
        """A share from 0 to 1, or a number of days or letters."""
        return float(self.values[name])

    def manner(self, name: str) -> str:
        """A way of writing something, as one of the words that the table names."""
        return self.values[name]

    def holds(self, name: str) -> bool:
        """Whether a habit that is had or not is had."""
        return self.values[name] == "1"


@cache
def habits_of(sender: str) -> Habits:
    """The habits of a sender."""
    rows = reference_rows("sends", "habits")
    values = {row["habit"]: row["value"] for row in rows if row["sender"] == _EVERY}
    own = {row["habit"]: row["value"] for row in rows if row["sender"] == sender}
    if not own.keys() <= values.keys():
        raise KeyError(f"habits of {sender} that nobody has: {sorted(own.keys() - values.keys())}")
    return Habits(sender, values | own)


def senders() -> frozenset[str]:
    """Every sender that has habits of its own."""
    return frozenset(row["sender"] for row in reference_rows("sends", "habits")) - {_EVERY}
