"""The page itself: one self-contained HTML document, the same bytes for the same contents."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from roundtable.pages.numbers import day
from roundtable.pages.rendering import BASE, NARROW_AND_PRINT, PARTS, page
from roundtable.report.contents import ReportContents
from roundtable.report.names import Names
from roundtable.report.sections import (
    categories,
    concentration,
    findings,
    flags,
    headline,
    linkage,
    months,
    outcomes,
    places,
    rankings,
    reading,
    received,
    shape,
)

HERE = Path(__file__).parent
STYLES = (
    BASE,
    HERE / "styles" / "maps.css",
    HERE / "styles" / "charts.css",
    PARTS,
    NARROW_AND_PRINT,
)


def render(contents: ReportContents) -> str:
    """The whole page as HTML. It asks nobody for anything and runs no script."""
    values = {
        "partnership": contents.partnership,
        "as_of": day(contents.partnership.as_of),
        "measured": contents.figures is not None,
        "suppress_below": contents.suppress_below,
        **_sections(contents),
    }
    return page("page.html", values, templates=HERE / "templates", styles=STYLES)


def _sections(contents: ReportContents) -> Mapping[str, object]:
    names = Names(contents)
    return {
        "headline": headline.view(contents, names),
        "received": received.view(contents, names),
        "places": places.view(contents, names),
        "categories": categories.view(contents, names),
        "concentration": concentration.view(contents, names),
        "rankings": rankings.view(contents, names),
        "months": months.view(contents, names),
        "outcomes": outcomes.view(contents),
        "flags": flags.view(contents),
        "linkage": linkage.view(contents, names),
        "shape": shape.view(contents),
        "findings": findings.view(contents, names),
        "reading": reading.view(contents, names),
    }
