"""The pages themselves: what they tell a reader to type exists, and the site stands on its own."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from roundtable.cli.first_word import UNNAMED
from tests.docs.commands import all_commands
from tests.docs.pages import DOCS, ROOT, Shown, all_shown, shown_in

SITE = yaml.safe_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))
COMMANDS = all_commands()
TARGETS = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))


def _nav(entries: list[Any]) -> Iterator[str]:
    for entry in entries:
        value = next(iter(entry.values())) if isinstance(entry, dict) else entry
        if isinstance(value, list):
            yield from _nav(value)
        else:
            yield value


def _wrong(shown: Shown) -> str | None:
    """What is wrong with a command line, or None: its words, its options, its `make` targets."""
    program, *words = shown.words
    if program == "make":
        unknown = [word for word in words if word not in TARGETS and "=" not in word]
        return f"{shown}: no target {unknown}" if unknown else None
    name = program
    while words and f"{name} {words[0]}" in COMMANDS:
        name += f" {words.pop(0)}"
    if words and not words[0].startswith("-") and f"{name} {UNNAMED}" in COMMANDS and name != program:
        name += f" {UNNAMED}"  # The word may be left out: `registers DIR --to FILE`.
    if name == program and words and not words[0].startswith("-"):
        return f"{shown}: no command '{words[0]}'"
    unknown = [word for word in words if word.startswith("--")]
    unknown = [word for word in unknown if word.split("=")[0] not in COMMANDS[name].options]
    return f"{shown}: no option {unknown}" if unknown else None


def test_what_a_page_tells_the_reader_to_type_exists() -> None:
    shown = all_shown()
    assert len(shown) > 10
    wrong = [problem for command in shown if (problem := _wrong(command))]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(
    "line",
    [
        "roundtable fly DIR",
        "roundtable run DIR --sideways",
        "roundtable --loud",
        "make coffee",
        "$ make demo tea",
    ],
)
def test_a_command_that_does_not_exist_is_seen(line: str) -> None:
    (block,) = shown_in("page.md", f"```\n{line}\n```")
    assert _wrong(block)
    (span,) = shown_in("page.md", f"Type `{line.removeprefix('$ ')}` now.")
    assert _wrong(span)


def test_the_readme_begins_with_its_two_commands() -> None:
    shown = shown_in("README.md", (ROOT / "README.md").read_text(encoding="utf-8"))
    assert [command.words for command in shown[:2]] == [("make", "demo"), ("make", "test")]


def test_every_page_is_in_the_navigation() -> None:
    pages = {page.relative_to(DOCS).as_posix() for page in DOCS.rglob("*.md")}
    assert pages <= set(_nav(SITE["nav"])), sorted(pages - set(_nav(SITE["nav"])))


def test_every_picture_is_shown_and_described() -> None:
    text = "".join(page.read_text(encoding="utf-8") for page in (*DOCS.rglob("*.md"), ROOT / "README.md"))
    shown = {Path(target).name: alt for alt, target in re.findall(r"!\[([^\]]*)\]\(([^)\s]+)\)", text)}
    pictures = {picture.name for picture in (DOCS / "pictures").iterdir()}
    assert pictures == set(shown)
    assert all(len(alt) > 10 for alt in shown.values())


def _build(project: Path, site: Path) -> subprocess.CompletedProcess[str]:
    """Build a site as `make docs` does."""
    return subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(site)],
        cwd=project,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    built = _build(ROOT, folder)
    assert built.returncode == 0, built.stderr
    return folder


def test_the_site_asks_nobody_for_anything(site: Path) -> None:
    fetched = re.compile(r"""<(?:script|img|iframe|source)\b[^>]*\bsrc=["']?(?:https?:)?//""")
    linked = re.compile(
        r"""<link\b(?=[^>]*\brel=["']?(?:stylesheet|preconnect|preload|icon))[^>]*\bhref=["']?(?:https?:)?//"""
    )
    pages = sorted(site.rglob("*.html"))
    assert len(pages) > 5
    asking = [
        page.name
        for page in pages
        if fetched.search(text := page.read_text(encoding="utf-8")) or linked.search(text)
    ]
    assert not asking


def test_a_link_that_leads_nowhere_stops_the_build(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "index.md").write_text("# Start\n\n[Nowhere](nowhere.md)\n")
    settings = {key: SITE[key] for key in ("site_name", "theme", "validation", "markdown_extensions")}
    (tmp_path / "mkdocs.yml").write_text(yaml.safe_dump(settings))
    built = _build(tmp_path, tmp_path / "site")
    assert built.returncode != 0
    assert "nowhere.md" in built.stderr
