"""A page taken apart: its elements, its attributes and what it says; and a table as rows of text."""

from __future__ import annotations

from collections import Counter
from html.parser import HTMLParser

from roundtable.pages.tables import Table
from roundtable.report.contents import ReportContents
from roundtable.report.page import render

#: Elements that have no end.
VOID = {"meta", "link", "br", "img", "input", "hr"}


class Page(HTMLParser):
    """Reads a page and complains of an element that is not closed where it should be."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.words: list[str] = []
        self.misnested: list[str] = []
        self._open: list[str] = []
        self.feed(text)
        self.close()
        self.misnested.extend(self._open)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open.pop() != tag:
            self.misnested.append(tag)

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1] not in {"style", "title"}:
            self.words.append(data)

    @property
    def text(self) -> str:
        """Everything that a reader sees, with single spaces."""
        return " ".join(" ".join(self.words).split())

    def values(self, attribute: str) -> list[str]:
        """Every value that an attribute has."""
        return [attributes[attribute] for _, attributes in self.elements if attribute in attributes]

    def repeated_ids(self) -> list[str]:
        """Ids that more than one element has."""
        return [one for one, times in Counter(self.values("id")).items() if times > 1]


def rows_of(table: Table) -> list[list[str]]:
    """What the cells of a table say, its totals among them."""
    return [[cell.text for cell in row] for group in table.groups for row in group.rows]


def text_of(contents: ReportContents) -> str:
    """What a reader of the page sees."""
    return Page(render(contents)).text
