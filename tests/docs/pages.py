"""The documentation as a reader sees it: its pages, what they name, and the commands they show."""

import re
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"

HEADING = re.compile(r"^#{1,6}\s+(.+?)\s*$")
ROW = re.compile(r"^\|\s*(.+?)\s*\|")
SPAN = re.compile(r"`([^`\n]+)`")
SHOWN = ("roundtable ", "make ")


def pages() -> list[Path]:
    """Every page that is written, README and CHANGELOG among them."""
    return [*sorted(DOCS.rglob("*.md")), ROOT / "README.md", ROOT / "CHANGELOG.md"]


@dataclass(frozen=True)
class Shown:
    """A command line that a page shows its reader."""

    page: str
    line: int
    words: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.page}:{self.line}: {' '.join(self.words)}"


def named_in(text: str) -> set[str]:
    """What a page has a heading or a table row for: the heading, or the row's first cell, without marks."""
    named = set()
    for line in text.splitlines():
        if found := HEADING.match(line) or ROW.match(line):
            named.add(found[1].replace("`", "").strip())
    return named


def shown_in(page: str, text: str) -> list[Shown]:
    """Every `roundtable ...` and `make ...` that a page shows, in blocks and in running text."""
    shown = []
    fenced = False
    for number, line in enumerate(text.splitlines(), start=1):
        if line.lstrip().startswith("```"):
            fenced = not fenced
        elif fenced or line.startswith("    "):
            shown += _commands(page, number, [line.strip().removeprefix("$ ")])
        else:
            shown += _commands(page, number, SPAN.findall(line))
    return shown


def _commands(page: str, number: int, spans: list[str]) -> list[Shown]:
    commands = [span.split("#")[0].strip() for span in spans if span.startswith(SHOWN)]
    return [Shown(page, number, tuple(command.split())) for command in commands]


def all_shown() -> list[Shown]:
    """Every command line that any page shows."""
    return [
        shown
        for page in pages()
        for shown in shown_in(page.relative_to(ROOT).as_posix(), page.read_text(encoding="utf-8"))
    ]
