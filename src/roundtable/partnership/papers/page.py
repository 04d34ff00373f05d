"""A paper as a page: a draft that prints, with its gaps listed first and lines for posts to sign."""

from __future__ import annotations

from pathlib import Path

from roundtable.pages.numbers import day, plural
from roundtable.pages.rendering import BASE, NARROW_AND_PRINT, PARTS, page
from roundtable.partnership.model.whole import Charter
from roundtable.partnership.papers.paper import Paper

HERE = Path(__file__).parent
STYLES = (BASE, PARTS, HERE / "styles" / "paper.css", NARROW_AND_PRINT)


def render(paper: Paper, charter: Charter) -> str:
    """The whole page as HTML; the same bytes for the same paper."""
    values = {
        "paper": paper,
        "stacked": True,
        "partnership": charter,
        "as_of": day(paper.as_of),
        "gaps": [{"heading": heading, "gap": gap} for heading, gap in paper.gaps],
        "gaps_told": plural(len(paper.gaps), "thing is", "things are"),
    }
    return page("paper.html", values, templates=HERE / "templates", styles=STYLES)
