"""The people, their households and homes, their moves and their names, beside what the census found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from roundtable.county.comparison.rows import PEOPLE, Comparison
from roundtable.county.population.summary import summary


def people_rows(counts: Mapping[str, float]) -> Iterator[Comparison]:
    """Every figure of the population; one that nobody looked up stands without a published figure."""
    for row in summary(counts):
        known = row.published is not None
        yield Comparison(
            row.group,
            row.label,
            row.unit,
            row.published,
            row.generated,
            row.source,
            row.date,
            str(row.status) if known else "not found",
            places=_places(row.published if row.published is not None else row.generated),
            chapter=PEOPLE,
        )


def _places(number: float) -> int:
    """Digits after the point that leave two or three significant ones."""
    return 0 if number >= 20 else 1 if number >= 1 else 2
