"""`roundtable pack --for`: the papers already owed, written into a folder."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from roundtable.cli.pack import PaperFor, pack
from roundtable.demonstration import example_folder
from roundtable.errors import SettingUnusable
from roundtable.partnership.papers.owed import Owed
from tests.town import Town

app = typer.Typer()
app.command()(pack)


def _run(*words: Any) -> str:
    result = CliRunner().invoke(app, [str(word) for word in words])
    if isinstance(result.exception, Exception):
        raise result.exception
    assert result.exit_code == 0, result.output
    return result.stdout


def test_the_command_offers_every_paper_that_there_is() -> None:
    assert [one.value for one in PaperFor] == [one.value for one in Owed]


@pytest.mark.parametrize(
    ("paper", "begins"),
    [
        ("community-safety", "strategic-assessment-and-plan.html"),
        ("serious-violence", "serious-violence-needs-assessment.html"),
        ("commissioner", "decision-notice-compare-weights-openly.html"),
    ],
)
def test_a_paper_is_written_and_its_place_is_told(tmp_path: Path, paper: str, begins: str) -> None:
    told = _run(example_folder(), "--to", tmp_path, "--for", paper)

    assert told.splitlines()[-1] == f"Begin with {tmp_path / begins}."
    assert "first draft" in (tmp_path / begins).read_text(encoding="utf-8")


def test_papers_go_into_a_folder_and_not_a_page(tmp_path: Path) -> None:
    page = tmp_path / "c.html"
    with pytest.raises(SettingUnusable, match="the papers are written to a folder") as raised:
        _run(example_folder(), "--to", page, "--for", "commissioner")

    assert f"Name a folder, such as --to {tmp_path / 'c'}." in str(raised.value)
    assert not page.exists()


def test_where_no_decision_was_taken_there_is_no_notice(tmp_path: Path) -> None:
    town = Town.built_in(tmp_path)

    told = _run(town.folder, "--to", tmp_path / "papers", "--for", "commissioner")

    assert told.startswith("No commissioning body has recorded a decision")
    assert not (tmp_path / "papers").exists()
