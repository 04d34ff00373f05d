"""`roundtable pack`: what it writes, prints and refuses."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from roundtable.cli.pack import pack
from roundtable.errors import SettingUnusable, UserError
from tests.town import Town

app = typer.Typer(add_completion=False)
app.command()(pack)


@pytest.fixture
def town(tmp_path_factory: pytest.TempPathFactory) -> Town:
    return Town.built_in(tmp_path_factory.mktemp("town"))


def test_it_says_how_many_pages_there_are_and_where_to_begin(town: Town, tmp_path: Path) -> None:
    result = CliRunner().invoke(app, [str(town.folder), "--to", str(tmp_path / "packs")])
    assert result.exit_code == 0, result.output
    files = sorted(path.name for path in (tmp_path / "packs").iterdir())
    assert f"{len(files)} pages written to {tmp_path / 'packs'}." in result.output
    assert f"Begin with {tmp_path / 'packs' / 'index.html'}." in result.output
    assert "index.html" in files
    assert {name.split("-")[0] for name in files} == {"index.html", "agency", "scenario"}


def test_one_page_and_what_changed_as_json(town: Town, tmp_path: Path) -> None:
    agency = sorted((town.folder / "agencies").glob("*.yaml"))[0].stem
    options = ["--to", str(tmp_path), "--agency", agency, "--since", str(town.folder), "--json"]
    result = CliRunner().invoke(app, [str(town.folder), *options])
    assert result.exit_code == 0, result.output
    assert json.loads(result.output) == [str(tmp_path / f"agency-{agency}.html")]
    assert "What changed since" in (tmp_path / f"agency-{agency}.html").read_text(encoding="utf-8")


def test_an_agency_that_is_not_there_is_refused(town: Town, tmp_path: Path) -> None:
    result = CliRunner().invoke(app, [str(town.folder), "--to", str(tmp_path), "--agency", "nobody"])
    assert isinstance(result.exception, SettingUnusable)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("which", ["folder", "since"])
def test_a_folder_that_is_none_is_the_users_mistake(town: Town, tmp_path: Path, which: str) -> None:
    missing = str(tmp_path / "none")
    first = [missing] if which == "folder" else [str(town.folder), "--since", missing]
    result = CliRunner().invoke(app, [*first, "--to", str(tmp_path / "packs")])
    assert isinstance(result.exception, UserError)


@pytest.mark.parametrize("paper", [(), ("--for", "community-safety")])
def test_pages_that_stand_there_are_replaced_only_when_told_to(
    town: Town, tmp_path: Path, paper: tuple[str, ...]
) -> None:
    words = [str(town.folder), "--to", str(tmp_path / "packs"), *paper]
    assert CliRunner().invoke(app, words).exit_code == 0
    first = sorted((tmp_path / "packs").iterdir())[0]
    first.write_text("mine", encoding="utf-8")

    refused = CliRunner().invoke(app, words)
    assert isinstance(refused.exception, SettingUnusable)
    assert len(refused.exception.problems) == len(list((tmp_path / "packs").iterdir()))
    assert first.read_text(encoding="utf-8") == "mine"
    assert CliRunner().invoke(app, [*words, "--replace"]).exit_code == 0
    assert first.read_text(encoding="utf-8") != "mine"


@pytest.mark.parametrize("paper", [(), ("--for", "community-safety")])
def test_pages_go_beside_the_partnership_folder_and_not_into_it(town: Town, paper: tuple[str, ...]) -> None:
    refused = CliRunner().invoke(app, [str(town.folder), "--to", str(town.folder / "packs"), *paper])
    assert isinstance(refused.exception, SettingUnusable)
    (problem,) = refused.exception.problems
    assert problem.rule == "inside-the-folder"
    assert not (town.folder / "packs").exists()
