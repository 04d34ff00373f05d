"""Small counts: shown, or hidden behind `fewer than N`, by one rule for the whole page."""

from __future__ import annotations

from dataclasses import dataclass

from roundtable.pages.numbers import fixed

#: What stands in place of any figure that would give a hidden count away.
WITHHELD = "withheld"


@dataclass(frozen=True)
class Disclosure:
    """The page's rule. It hides small counts; it does not protect against subtraction from totals."""

    suppress_below: int | None = None

    def hides(self, records: int) -> bool:
        """Whether a count is too small to be shown; nought is shown."""
        return self.suppress_below is not None and 0 < records < self.suppress_below

    def count(self, records: int) -> str:
        """A count of records, or that there are fewer than so many."""
        return f"fewer than {self.suppress_below}" if self.hides(records) else fixed(records)

    def derived(self, records: int, told: str) -> str:
        """A figure worked out from a count, withheld when the count is hidden."""
        return WITHHELD if self.hides(records) else told
