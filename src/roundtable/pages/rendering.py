"""A page from its template: one self-contained HTML document, the same bytes for the same values."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from django.template import Context, Engine

HERE = Path(__file__).parent
#: What an unknown name in a template prints; no page may hold it.
MISSING = "[[no value for %s]]"

#: Styles that every page has. What a page has of its own stands between the parts and the rest, because
#: what is said of narrow windows and of paper has to come last.
BASE = HERE / "styles" / "base.css"
PARTS = HERE / "styles" / "parts.css"
NARROW_AND_PRINT = HERE / "styles" / "narrow_and_print.css"


def page(template: str, values: Mapping[str, object], *, templates: Path, styles: tuple[Path, ...]) -> str:
    """The whole page as HTML. It asks nobody for anything and runs no script.

    Args:
        template: the name of a template that extends `shell.html`.
        values: what it shows.
        templates: the folder of the page's own templates.
        styles: the style sheets, in the order in which they count.
    """
    sheet = _joined(styles)
    context = Context(
        {**values, "styles": sheet, "style_hash": style_hash(sheet)},
        autoescape=True,
        use_l10n=False,
        use_tz=False,
    )
    return str(_engine(templates).get_template(template).render(context))


def style_hash(styles: str) -> str:
    """What the page's policy knows its one style block by."""
    return base64.b64encode(hashlib.sha256(styles.encode()).digest()).decode()


@cache
def _engine(templates: Path) -> Engine:
    """Django's templates by themselves: no settings and no app."""
    return Engine(dirs=[str(templates), str(HERE / "templates")], string_if_invalid=MISSING)


@cache
def _joined(styles: tuple[Path, ...]) -> str:
    return "".join(path.read_text(encoding="utf-8") for path in styles)
