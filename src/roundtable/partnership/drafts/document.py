"""A draft as questions and what the folder answers to each: where it says so, and what it leaves blank."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class DraftKind(StrEnum):
    """The documents that can be drafted."""

    IMPACT_ASSESSMENT = "dpia"
    RECORD_OF_PROCESSING = "record-of-processing"
    AGREEMENT = "agreement"
    PRIVACY_NOTICE = "privacy-notice"
    EQUALITY = "equality"
    SHARE_REQUEST = "data-share-request"
    ICO_DECISION = "ico-decision"


#: What a draft says where the checker finds nothing.
NOTHING_WRONG = "It finds nothing. That is what the files say, and no legal advice."


@dataclass(frozen=True)
class Answer:
    """One question of the document.

    Attributes:
        question: as the form asks it.
        lines: what the folder answers, a line or a point each; none when it is blank.
        sources: the files of the folder that say so.
        unverified: whether it is law that no named post has verified.
        hand: whether only a person can answer it, by judgement or signature.
    """

    question: str
    lines: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    unverified: bool = False
    hand: bool = False

    @property
    def blank(self) -> bool:
        """Whether somebody still has to write it."""
        return not self.lines


@dataclass(frozen=True)
class Wrong:
    """One thing that the checker finds wrong with what the document is about.

    Attributes:
        what: in a sentence or two.
        change: the smallest change that would mend it.
        source: the file that it stands in.
    """

    what: str
    change: str
    source: str


@dataclass(frozen=True)
class Section:
    """A part of the document, with its questions in the order of the form."""

    heading: str
    answers: tuple[Answer, ...]
    note: str = ""


@dataclass(frozen=True)
class Document:
    """A whole draft.

    Attributes:
        title: what the document is.
        about: what it is about, by its name.
        rests_on: the published form or provision that the questions come from.
        status: whether that was checked, in a sentence.
        sections: in the order of the form.
        as_of: the day that the folder describes.
        partnership: the partnership's name.
        first: what to know before anything else, in sentences: that it may not be needed, or not by them.
        wrong: what the checker finds wrong with what it is about, the gravest first.
    """

    title: str
    about: str
    rests_on: str
    status: str
    sections: tuple[Section, ...]
    as_of: date
    partnership: str
    first: tuple[str, ...] = ()
    wrong: tuple[Wrong, ...] = ()

    def blanks(self) -> Iterator[tuple[Section, Answer]]:
        """Every question that is still to be answered, in order."""
        for section in self.sections:
            for answer in section.answers:
                if answer.blank:
                    yield section, answer

    def unverified(self) -> Iterator[tuple[Section, Answer]]:
        """Every answer that rests on law which no named post has verified."""
        for section in self.sections:
            for answer in section.answers:
                if answer.unverified and not answer.blank:
                    yield section, answer


def said(question: str, value: object, source: str = "", *, unverified: bool = False) -> Answer:
    """A question with what the folder says; nothing, an empty list and `unknown` are blank."""
    if value is None or value in ("", "unknown", (), []):
        return Answer(question, sources=(source,) if source else (), unverified=unverified)
    lines = tuple(str(item) for item in value) if isinstance(value, list | tuple) else (str(value),)
    return Answer(question, lines, (source,) if source else (), unverified)


def by_hand(question: str) -> Answer:
    """A question that only a person can answer: a judgement, advice or a signature."""
    return Answer(question, hand=True)
