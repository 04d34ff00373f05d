"""What stands in a brief: a few items under a few headings, each with one next step."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Urgency(StrEnum):
    """Whether its day has passed, comes before the next meeting, or is further off."""

    OVERDUE = "overdue"
    SOON = "soon"
    LATER = "later"

    @property
    def rank(self) -> int:
        """0 for what is overdue, so that sorting puts it first."""
        return list(Urgency).index(self)


@dataclass(frozen=True)
class Item:
    """One thing to know or to do.

    Attributes:
        what: one sentence.
        next_step: the one thing to do about it; empty where there is nothing to do but know it.
        why: a second sentence: the reason, or what hangs on it.
        by: the day by which.
        urgency: what that day means on the day of the brief; None where there is none.
        written: where it stands in the folder.
    """

    what: str
    next_step: str = ""
    why: str = ""
    by: date | None = None
    urgency: Urgency | None = None
    written: str = ""


@dataclass(frozen=True)
class Section:
    """Items under a heading; what did not fit on two pages is counted, never silently left out."""

    heading: str
    items: tuple[Item, ...]
    more: int = 0
    #: What is said when there is nothing.
    none: str = "Nothing."


@dataclass(frozen=True)
class LateData:
    """A dataset of which less or later has come than was promised, as a run has seen it.

    Attributes:
        dataset: its id.
        what: how late, in words.
    """

    dataset: str
    what: str


@dataclass(frozen=True)
class Brief:
    """Two pages for one post.

    Attributes:
        post: the id of the post.
        title: the post's title.
        agency: the name of its agency.
        partnership: the partnership's name.
        as_of: the day that the folder describes.
        next_meeting: the day of the next meeting, if one is set.
        illustrative: whether the folder is an example and no real partnership.
        sections: in the order in which they are read.
    """

    post: str
    title: str
    agency: str
    partnership: str
    as_of: date
    next_meeting: date | None
    illustrative: bool
    sections: tuple[Section, ...]
