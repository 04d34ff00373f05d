"""Small counts: shown, or hidden behind `fewer than N`, by one rule for the whole page."""

from __future__ import annotations

from dataclasses import dataclass

from roundtable.pages.numbers import fixed, plural

#: What stands in place of any figure that would give a hidden count away.
WITHHELD = "withheld"


@dataclass(frozen=True)
class Disclosure:
    """The page's rule. It hides small counts and may round the others.

    Hiding alone does not protect against subtraction from totals; rounding every count by itself makes
    what is left over uncertain by as much as the hidden count.
    """

    suppress_below: int | None = None
    round_to: int = 1

    def hides(self, records: int) -> bool:
        """Whether a count is too small to be shown; nought is shown."""
        return self.suppress_below is not None and 0 < records < self.suppress_below

    def count(self, records: int) -> str:
        """A count of records, or that there are fewer than so many."""
        return f"fewer than {self.suppress_below}" if self.hides(records) else fixed(self.rounded(records))

    def published(self, number: int) -> int | None:
        """A count for a machine: rounded, or None where it is hidden."""
        return None if self.hides(number) else self.rounded(number)

    def told(self, number: int, one: str) -> str:
        """The same with what is counted: `about 25 homes`, `no homes`, `fewer than 8 homes`."""
        if self.hides(number):
            return f"fewer than {self.suppress_below} {one}s"
        about = "about " if self.round_to > 1 and number else ""
        return f"{about}{plural(self.rounded(number), one)}" if number else f"no {one}s"

    def rounded(self, number: int) -> int:
        """A count to the nearest of what it is rounded to, halves up."""
        return (number + self.round_to // 2) // self.round_to * self.round_to

    @property
    def rule(self) -> str:
        """The rule in words."""
        hidden = f"Counts from 1 to {self.suppress_below - 1} are not shown" if self.suppress_below else ""
        rounded = f"the others are rounded to the nearest {self.round_to}" if self.round_to > 1 else ""
        return f"{'; '.join(part for part in (hidden, rounded) if part) or 'Counts are shown as they are'}."

    def derived(self, records: int, told: str) -> str:
        """A figure worked out from a count, withheld when the count is hidden."""
        return WITHHELD if self.hides(records) else told


#: What holds for counts of homes and people: suppress 1 to 7, round to 5 (promise 7 of the design).
PEOPLE = Disclosure(suppress_below=8, round_to=5)
