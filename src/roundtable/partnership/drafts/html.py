"""A draft as one self-contained page that prints on A4: the shell of every page, and a watermark."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from roundtable.pages.rendering import BASE, NARROW_AND_PRINT, page
from roundtable.partnership.drafts.document import NOTHING_WRONG, Answer, Document, Section
from roundtable.partnership.model.whole import Charter
from roundtable.partnership.wording import counted, day

_HERE = Path(__file__).parent
_STYLES = (BASE, NARROW_AND_PRINT, _HERE / "styles" / "draft.css")


def as_html(document: Document, charter: Charter) -> str:
    """The whole page."""
    blanks, unverified = list(document.blanks()), list(document.unverified())
    values = {
        "partnership": charter,
        "as_of": day(document.as_of),
        "document": document,
        "blanks": _grouped(blanks),
        "nothing_wrong": NOTHING_WRONG,
        "told_blanks": counted(len(blanks), "answer"),
        "unverified": _grouped(unverified),
        "told_unverified": counted(len(unverified), "answer"),
    }
    return page("draft.html", values, templates=_HERE / "templates", styles=_STYLES)


def _grouped(found: Iterable[tuple[Section, Answer]]) -> list[tuple[str, list[str]]]:
    """The questions under the heading of each part, in order."""
    groups: dict[str, list[str]] = {}
    for section, answer in found:
        groups.setdefault(section.heading, []).append(answer.question)
    return list(groups.items())
