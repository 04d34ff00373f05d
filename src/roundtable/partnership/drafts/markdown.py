"""A draft as Markdown: what is blank first, then every question with its answer and its source."""

from __future__ import annotations

import re
from collections.abc import Iterator

from roundtable.partnership.drafts.document import NOTHING_WRONG, Answer, Document, Section
from roundtable.partnership.wording import counted, day

_SPECIAL = re.compile(r"([\\`*_\[\]<>|#])")


def as_markdown(document: Document) -> str:
    """The whole draft."""
    return "\n".join(_lines(document)) + "\n"


def _lines(document: Document) -> Iterator[str]:
    blanks, unverified = list(document.blanks()), list(document.unverified())
    yield f"# {_safe(document.title)}"
    yield f"\n**DRAFT.** {_safe(document.about)}"
    yield f"\n{_safe(document.partnership)}, as of {day(document.as_of)}."
    yield f"\nQuestions from: {_safe(document.rests_on)}. {_safe(document.status)}"
    yield "\nThis is a first draft from the partnership's folder. Posts finish and sign it, not the product."
    yield from (f"\n**{_safe(line)}**" for line in document.first)
    yield "\n## What the checker says is wrong\n"
    yield from _wrong(document)
    yield f"\n## Still to be written: {counted(len(blanks), 'answer')}\n"
    yield from (f"- {_safe(section.heading)}: {_safe(answer.question)}" for section, answer in blanks)
    if unverified:
        yield f"\n## Law that no named post has verified: {counted(len(unverified), 'answer')}\n"
        yield from (f"- {_safe(section.heading)}: {_safe(answer.question)}" for section, answer in unverified)
    for section in document.sections:
        yield from _section(section)


def _wrong(document: Document) -> Iterator[str]:
    if not document.wrong:
        yield NOTHING_WRONG
    for one in document.wrong:
        yield f"- {_safe(one.what)} To mend it: {_safe(one.change)} <small>{_safe(one.source)}</small>"


def _section(section: Section) -> Iterator[str]:
    yield f"\n## {_safe(section.heading)}"
    if section.note:
        yield f"\n{_safe(section.note)}"
    for answer in section.answers:
        yield f"\n### {_safe(answer.question)}\n"
        yield from _answer(answer)


def _answer(answer: Answer) -> Iterator[str]:
    if answer.blank:
        yield "_Blank._" if answer.hand else f"_Blank. It would stand in: {_safe(', '.join(answer.sources))}_"
        return
    many = len(answer.lines) > 1
    yield from (f"- {_safe(line)}" if many else _safe(line) for line in answer.lines)
    said = f"From: {_safe(', '.join(answer.sources))}"
    yield f"\n<small>{said}{'. **Unverified law.**' if answer.unverified else ''}</small>"


def _safe(text: str) -> str:
    """Text that Markdown takes as text, on one line."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))
