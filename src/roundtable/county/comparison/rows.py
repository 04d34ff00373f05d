"""A row of the comparison: one published figure and the county's own."""

from __future__ import annotations

from dataclasses import dataclass

from roundtable.county.comparison.concentration import Null
from roundtable.county.happenings.figures import figures

#: The chapters of the comparison, in their order.
PEOPLE = "The people and their homes"
HAPPENS = "What happens to them"
GATHERS = "How crime and harm gather"


@dataclass(frozen=True)
class Comparison:
    """One published figure and the county's own.

    Attributes:
        group: the heading it stands under.
        about: what is counted, in words.
        unit: what both numbers are in.
        published: the published figure; None where none was found.
        generated: the county's.
        source, date, status: of the published figure; the status says how far to trust it.
        note: why they differ, where they must, and what cannot be met together.
        null: what a world without special places or people gives, for concentration.
        places: digits after the point that both are worth.
        chapter: which part of the comparison the group belongs to.
    """

    group: str
    about: str
    unit: str
    published: float | None
    generated: float
    source: str
    date: str
    status: str
    note: str = ""
    null: Null | None = None
    places: int = 2
    chapter: str = HAPPENS

    @property
    def ratio(self) -> float | None:
        """Generated over published; None without one."""
        return self.generated / self.published if self.published else None


def beside(
    group: str,
    about: str,
    name: str,
    generated: float,
    note: str = "",
    null: Null | None = None,
    places: int = 2,
) -> Comparison:
    """A row beside the figure of rates.csv of that name."""
    figure = figures()[name]
    return Comparison(
        group,
        about,
        figure.unit,
        figure.value,
        generated,
        figure.source,
        figure.date,
        str(figure.status),
        note or figure.note,
        null,
        places,
    )
