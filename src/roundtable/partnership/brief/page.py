"""The brief as a page: two sheets of A4 that print as they look."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from roundtable.pages.numbers import day, plural
from roundtable.pages.rendering import BASE, NARROW_AND_PRINT, PARTS, page
from roundtable.partnership.brief.contents import Brief, Item, Section, Urgency
from roundtable.partnership.model.whole import Charter

HERE = Path(__file__).parent
STYLES = (BASE, PARTS, HERE / "styles" / "brief.css", NARROW_AND_PRINT)
#: What an item's urgency is called and how it is coloured.
_TAGS = {Urgency.OVERDUE: ("overdue", "bad"), Urgency.SOON: ("soon", "warn"), Urgency.LATER: ("", "")}


def render(brief: Brief, charter: Charter) -> str:
    """The whole page as HTML; the same bytes for the same brief."""
    values = {
        "brief": brief,
        "partnership": charter,
        "as_of": day(brief.as_of),
        "lead": lead(brief),
        "sections": [_section(section) for section in brief.sections],
    }
    return page("brief.html", values, templates=HERE / "templates", styles=STYLES)


def lead(brief: Brief) -> str:
    """The one sentence that stands first: for which meeting, and how much waits."""
    asked, actions = brief.sections[0], brief.sections[1]
    waits = [
        _many(asked, "decision is wanted of you", "decisions are wanted of you"),
        _many(actions, "action of yours is open", "actions of yours are open"),
    ]
    meeting = f"For the meeting of {day(brief.next_meeting)}" if brief.next_meeting else "No meeting is set"
    return f"{meeting}: {' and '.join(waits)}."


def _many(section: Section, one: str, many: str) -> str:
    number = len(section.items) + section.more
    late = sum(item.urgency is Urgency.OVERDUE for item in section.items)
    return (plural(number, one, many) if number else f"no {one}") + (f" ({late} overdue)" if late else "")


def _section(section: Section) -> Mapping[str, object]:
    return {
        "heading": section.heading,
        "items": [_item(item) for item in section.items],
        "more": f"And {section.more} more: see your agency's page." if section.more else "",
        "none": section.none,
    }


def _item(item: Item) -> Mapping[str, object]:
    tag, css = _TAGS[item.urgency] if item.urgency else ("", "")
    return {"what": item.what, "why": item.why, "next_step": item.next_step, "tag": tag, "css": css}
