"""`roundtable diff`: what it prints, how it ends, and which of the two folders a mistake is in."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from roundtable.cli.diff import diff
from roundtable.errors import UserError
from tests.town import Town

app = typer.Typer(add_completion=False)
app.command()(diff)


@pytest.fixture
def towns(tmp_path: Path) -> tuple[Town, Town]:
    """The same town twice; the newer has other money for a service."""
    for name in ("old", "new"):
        (tmp_path / name).mkdir()
    old, new = Town.built_in(tmp_path / "old"), Town.built_in(tmp_path / "new")
    new.change("agencies/council.yaml", "name: Example Council", "name: The new council")
    return old, new


def _run(*words: Any) -> str:
    """Standard output of a command that ends with 0; a user's mistake is raised, as it is to `main`."""
    result = CliRunner().invoke(app, [str(word) for word in words])
    if isinstance(result.exception, Exception):
        raise result.exception
    assert result.exit_code == 0, result.output
    return result.stdout


def test_it_prints_what_changed(towns: tuple[Town, Town]) -> None:
    old, new = towns

    assert _run(old.folder, new.folder).splitlines() == [
        "A town: what changed from 23 November 2026 to 23 November 2026.",
        "Of the folder's things, 1 changed.",
        "",
        "Agencies",
        "  changed  The new council (council)",
        "           name: was Example Council, now The new council",
        "",
        "What it touches, agency by agency",
        "  The new council (council): Of the folder's things, 1 changed.",
    ]


def test_a_folder_with_itself_has_not_changed_and_that_is_no_failure(towns: tuple[Town, Town]) -> None:
    assert "Nothing changed." in _run(towns[0].folder, towns[0].folder)


def test_one_agency_may_be_asked_for(towns: tuple[Town, Town]) -> None:
    old, new = towns

    assert "name: was Example Council" in _run(old.folder, new.folder, "--agency", "council")
    other = _run(old.folder, new.folder, "--agency", "fire-service")
    assert "what changed for" in other and "Nothing changed." in other


def test_an_agency_of_neither_folder_is_refused_with_the_nearest(towns: tuple[Town, Town]) -> None:
    with pytest.raises(UserError, match="neither folder has an agency 'counsil'") as raised:
        _run(towns[0].folder, towns[1].folder, "--agency", "counsil")

    assert raised.value.problems[0].remedy == "Did you mean 'council'?"
    assert raised.value.exit_code == 8


def test_it_prints_json_too(towns: tuple[Town, Town]) -> None:
    out = json.loads(_run(towns[0].folder, towns[1].folder, "--json"))

    assert out["old"] == {"name": "A town", "as_of": "2026-11-23"}
    assert out["findings"] == {"appeared": [], "cleared": [], "changed": []}
    assert out["needs"] == []
    assert out["things"] == [
        {
            "how": "changed",
            "kind": "agency",
            "id": "council",
            "name": "The new council",
            "inside": None,
            "fields": [{"field": "name", "was": "Example Council", "now": "The new council", "some": False}],
            "agencies": ["council"],
        }
    ]


def test_mistakes_of_both_folders_are_told_at_once_and_say_whose_they_are(towns: tuple[Town, Town]) -> None:
    old, new = towns
    old.change("agencies/council.yaml", "kind: local_authority", "kind: council")
    new.change("services/home-fire-safety-visit.yaml", "provider: fire-service", "provider: fire-sevice")

    with pytest.raises(UserError) as raised:
        _run(old.folder, new.folder)

    told = sorted(problem.what for problem in raised.value.problems)
    assert told == [
        "in the newer folder: there is no agency 'fire-sevice'",
        "in the older folder: 'council' is not allowed here",
    ]
    assert raised.value.exit_code == 2


@pytest.mark.parametrize(("older", "which"), [(True, "older"), (False, "newer")])
def test_a_folder_that_is_not_there_is_named(towns: tuple[Town, Town], older: bool, which: str) -> None:
    nowhere = towns[0].folder.parent / "nowhere"
    folders = (nowhere, towns[1].folder) if older else (towns[0].folder, nowhere)

    with pytest.raises(UserError, match=f"nowhere: in the {which} folder: there is no such folder"):
        _run(*folders)


def test_a_rename_is_said_and_not_guessed(towns: tuple[Town, Town]) -> None:
    with pytest.raises(UserError, match="does not say what was renamed"):
        _run(*(town.folder for town in towns), "--renamed", "council")
    assert "1 changed" in _run(*(town.folder for town in towns), "--renamed", "service:a=b")


def test_help_shows_an_example() -> None:
    assert "Example: `roundtable diff " in _run("--help")
