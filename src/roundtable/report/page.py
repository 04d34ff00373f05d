"""The page itself: one self-contained HTML document, the same bytes for the same contents."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from django.template import Context, Engine

from roundtable.report.contents import ReportContents
from roundtable.report.names import Names
from roundtable.report.numbers import day
from roundtable.report.sections import (
    categories,
    concentration,
    findings,
    headline,
    months,
    outcomes,
    places,
    rankings,
    reading,
    received,
    shape,
)

HERE = Path(__file__).parent
#: What an unknown name in a template prints; no page may hold it.
MISSING = "[[no value for %s]]"


def render(contents: ReportContents) -> str:
    """The whole page as HTML. It asks nobody for anything and runs no script."""
    styles = _styles()
    context = Context(
        {
            "partnership": contents.partnership,
            "as_of": day(contents.partnership.as_of),
            "measured": contents.figures is not None,
            "suppress_below": contents.suppress_below,
            "styles": styles,
            "style_hash": style_hash(styles),
            **_sections(contents),
        },
        autoescape=True,
        use_l10n=False,
        use_tz=False,
    )
    return str(_engine().get_template("page.html").render(context))


def style_hash(styles: str) -> str:
    """What the page's policy knows its one style block by."""
    return base64.b64encode(hashlib.sha256(styles.encode()).digest()).decode()


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
        "shape": shape.view(contents),
        "findings": findings.view(contents, names),
        "reading": reading.view(contents, names),
    }


@cache
def _engine() -> Engine:
    """Django's templates by themselves: no settings and no app."""
    return Engine(dirs=[str(HERE / "templates")], string_if_invalid=MISSING)


@cache
def _styles() -> str:
    return (HERE / "styles.css").read_text(encoding="utf-8")
