"""The page that shows generated figures beside published ones, from tables that are drawn already."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from roundtable.pages.numbers import day
from roundtable.pages.rendering import BASE, HERE, NARROW_AND_PRINT, PARTS, page
from roundtable.pages.tables import Table


@dataclass(frozen=True)
class Chapter:
    """One part of the page: its anchor, its heading, and its table of figures."""

    id: str
    heading: str
    table: Table


def comparison_page(
    chapters: Sequence[Chapter],
    *,
    people: int,
    today: date,
    tolerance: str,
    summary: str,
    unpriced: Sequence[str] = (),
) -> str:
    """The whole page as HTML. It asks nobody for anything and runs no script.

    Args:
        chapters: the parts of the page, in their order.
        people: how many live in the county.
        today: the county's day.
        tolerance: within how much a figure is said to be close, in words.
        summary: how many figures are close, as a sentence.
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
        "summary": summary,
        "chapters": chapters,
        "unpriced": list(unpriced),
        "stacked": True,
    }
    styles = (BASE, PARTS, NARROW_AND_PRINT)
    return page("comparison.html", values, templates=HERE / "templates", styles=styles)
