"""A sum of money that is known only as a range, in the prices of one year."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Pounds:
    """Pounds a year.

    Attributes:
        low: the least it could be over the ranges of link strengths and effects.
        middle: what the middles of those ranges give.
        high: the most it could be.
        price_base: the year whose prices these are, such as 2025/26.
    """

    low: float
    middle: float
    high: float
    price_base: str

    def __str__(self) -> str:
        if self.high == 0:
            return f"nothing more ({self.price_base} prices)"
        spread = f"{_told(self.low)} to {_told(self.high)}"
        return f"about {_told(self.middle)} a year ({spread}; {self.price_base} prices)"


def _told(value: float) -> str:
    """A sum to the two figures that its uncertainty deserves: £1.2 million, £340,000, £90."""
    if value >= 999_500:
        millions = value / 1_000_000
        return f"£{millions:.1f} million" if millions < 9.95 else f"£{_two_figures(millions):,} million"
    return f"£{_two_figures(value):,}"


def _two_figures(value: float) -> int:
    whole = round(value)
    unit = int(10 ** max(0, len(str(whole)) - 2))
    return round(value / unit) * unit
