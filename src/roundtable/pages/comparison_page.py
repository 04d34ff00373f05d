"""The page that shows generated figures beside published ones, from tables that are drawn already."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from roundtable.pages.numbers import day
from roundtable.pages.rendering import BASE, HERE, NARROW_AND_PRINT, PARTS, page
from roundtable.pages.tables import Table


def comparison_page(
    tables: Sequence[Table], *, people: int, today: date, tolerance: str, unpriced: Sequence[str] = ()
) -> str:
    """The whole page as HTML. It asks nobody for anything and runs no script.

    Args:
        tables: one for each group of figures.
        people: how many live in the county.
        today: the county's day.
        tolerance: within how much a figure is said to be close, in words.
        unpriced: what the weights leave out, a sentence each.
    """
    values = {
        "partnership": {
            "name": "A synthetic county",
            "classification": "OFFICIAL",
            "illustrative": False,
        },
        "as_of": day(today),
        "people": f"{people:,}",
        "tolerance": tolerance,
        "tables": tables,
        "unpriced": list(unpriced),
        "stacked": False,
    }
    styles = (BASE, PARTS, NARROW_AND_PRINT)
    return page("comparison.html", values, templates=HERE / "templates", styles=styles)
