"""A paper: parts under headings, each drawn from the folder or left as a gap for somebody to fill."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from roundtable.pages.tables import Table


@dataclass(frozen=True)
class Gap:
    """Something that the paper has to say and the folder does not.

    Attributes:
        what: what is missing.
        where: where it would be written, or who would say it.
    """

    what: str
    where: str


@dataclass(frozen=True)
class Part:
    """One heading of a paper.

    Attributes:
        heading: as the paper's readers expect it.
        asked_by: the provision or guidance that asks for it; recalled, and to be checked.
        paragraphs: plain sentences.
        tables: what stands in rows.
        gaps: what is missing here.
    """

    heading: str
    asked_by: str = ""
    paragraphs: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()
    gaps: tuple[Gap, ...] = ()


@dataclass(frozen=True)
class Paper:
    """A first draft of a paper that somebody has to finish and a post has to sign.

    Attributes:
        name: its file's name without the ending.
        title: what it is.
        basis: the law that asks for it, with the words that it has not been verified.
        parts: in order.
        signed_by: the posts that would sign, as blanks.
        as_of: the day that the folder describes.
    """

    name: str
    title: str
    basis: str
    parts: tuple[Part, ...]
    signed_by: tuple[str, ...]
    as_of: date

    @property
    def gaps(self) -> tuple[tuple[str, Gap], ...]:
        """Every gap, with the heading that it stands under."""
        return tuple((part.heading, gap) for part in self.parts for gap in part.gaps)
