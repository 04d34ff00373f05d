"""`roundtable brief`: on the screen, as a page of two sheets, as JSON, and for a post that there is not."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from roundtable.cli.brief import brief
from roundtable.demonstration import example_folder
from roundtable.errors import PartnershipUnusable, SettingUnusable

app = typer.Typer()
app.command()(brief)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The example, in a folder of its own."""
    target = tmp_path / "north-yorkshire"
    shutil.copytree(example_folder(), target)
    return target


def _run(*words: Any) -> str:
    result = CliRunner().invoke(app, [str(word) for word in words])
    if isinstance(result.exception, Exception):
        raise result.exception
    assert result.exit_code == 0, result.output
    return result.stdout


def test_it_begins_with_the_meeting_and_what_is_asked(folder: Path) -> None:
    told = _run(folder, "--post", "nyc-adults-lead").splitlines()

    assert told[0] == "Assistant director, adult social care, North Yorkshire Council"
    assert told[1] == (
        "For the meeting of 7 December 2026: "
        "1 decision is wanted of you (1 overdue) and no action of yours is open."
    )
    assert "  - overdue: May care level pass to the fire service" in told[4]
    assert "It was due on 20 November 2026: answer it now" in told[6]
    assert told[7].strip() == "meetings/2026-11-09-steering-group.yaml"


def test_before_anything_has_come_nobody_knows_what_is_late(folder: Path) -> None:
    told = _run(folder, "--post", "nyfrs-prevention-lead")

    assert "Late data\n  Nothing has been received yet, so nobody knows what is late." in told


def test_it_says_what_changed_since_an_earlier_folder(folder: Path, tmp_path: Path) -> None:
    earlier = tmp_path / "earlier"
    shutil.copytree(folder, earlier)
    scenario = earlier / "scenarios" / "older-resident-alone.yaml"
    text = scenario.read_text(encoding="utf-8")
    scenario.write_text(text.replace("lead_posts: []", "lead_posts: [nyfrs-prevention-lead]"), "utf-8")

    told = _run(folder, "--post", "nyc-adults-lead", "--since", earlier)

    assert "New: Nobody leads on 'Fire deaths and injuries at home'" in told


def test_a_fault_of_the_earlier_folder_says_that_it_is_of_the_older(folder: Path, tmp_path: Path) -> None:
    earlier = tmp_path / "earlier"
    shutil.copytree(folder, earlier)
    charter = earlier / "partnership.yaml"
    charter.write_text(charter.read_text(encoding="utf-8") + "surprise: 1\n", "utf-8")

    with pytest.raises(PartnershipUnusable) as caught:
        _run(folder, "--post", "nyc-adults-lead", "--since", earlier)

    assert caught.value.problems
    assert all(one.what.startswith("in the older folder: ") for one in caught.value.problems)


def test_a_page_is_written_whole_and_asks_nobody_for_anything(folder: Path, tmp_path: Path) -> None:
    page = tmp_path / "brief.html"

    assert _run(folder, "--post", "nyc-dpo", "--to", page) == f"Brief: {page}\n"

    text = page.read_text(encoding="utf-8")
    assert text.startswith("<!DOCTYPE html>")
    assert "[[no value" not in text
    assert "http" not in text.replace("http-equiv", "")
    assert [path.name for path in tmp_path.iterdir() if "unfinished" in path.name] == []


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("b.docx", "a brief cannot be written as '.docx'"),
        ("b", "the name 'b' has no ending"),
        ("north-yorkshire/b.html", "lies inside the partnership folder"),
        ("taken.html", "left as it is"),
    ],
)
def test_a_page_that_cannot_be_written_there(folder: Path, tmp_path: Path, name: str, what: str) -> None:
    (tmp_path / "taken.html").write_text("mine", encoding="utf-8")

    with pytest.raises(SettingUnusable, match=what):
        _run(folder, "--post", "nyc-dpo", "--to", tmp_path / name)

    assert (tmp_path / "taken.html").read_text(encoding="utf-8") == "mine"
    assert not (tmp_path / name).exists() or name == "taken.html"


def test_a_page_is_replaced_when_told_to(folder: Path, tmp_path: Path) -> None:
    page = tmp_path / "b.html"
    page.write_text("mine", encoding="utf-8")

    _run(folder, "--post", "nyc-dpo", "--to", page, "--replace")

    assert page.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


def test_json_holds_every_section(folder: Path) -> None:
    made = json.loads(_run(folder, "--post", "nyc-dpo", "--json"))

    assert [section["heading"] for section in made["sections"]] == [
        "Decisions wanted of you",
        "Your actions",
        "Findings that wait for you",
        "Late data",
        "What changed",
    ]


def test_a_post_that_there_is_not(folder: Path) -> None:
    with pytest.raises(SettingUnusable, match="there is no post 'nyc-dpa'") as raised:
        _run(folder, "--post", "nyc-dpa")

    assert raised.value.problems[0].remedy == "Did you mean 'nyc-dpo'?"
