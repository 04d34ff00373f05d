"""`roundtable county`: what it lays out, prints and refuses."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from roundtable.cli.county import county
from roundtable.errors import SettingUnusable

app = typer.Typer(add_completion=False)
app.command()(county)


def _run(*words: Any) -> str:
    """Standard output; a user's mistake is raised, as it is to `main`."""
    result = CliRunner().invoke(app, [str(word) for word in words])
    if isinstance(result.exception, Exception):
        raise result.exception
    assert result.exit_code == 0, result.output
    return result.stdout


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("county") / "our county"


@pytest.fixture(scope="module")
def told(folder: Path) -> dict[str, Any]:
    out = _run(folder, "--people", 300, "--processes", 1, "--hold-back", 2, "--json")
    told: dict[str, Any] = json.loads(out)
    return told


def test_a_new_folder_is_laid_out_from_the_example(folder: Path, told: dict[str, Any]) -> None:
    assert (folder / "partnership.yaml").is_file()
    assert (folder / "datasets" / "recorded-crime.yaml").is_file()
    # The folder's own day is the county's, where no other is given.
    assert told["today"] == "2026-11-23"
    assert told["people"] == 300
    assert told["rows"] == sum(file["rows"] for file in told["files"])


def test_the_truth_stands_beside(folder: Path, told: dict[str, Any]) -> None:
    truth = folder.with_name("our county-truth")
    assert Path(told["truth"]) == truth
    assert (truth / "persons.parquet").is_file()
    assert not list(folder.rglob("*.parquet"))
    assert told["truth_rows"]["persons"] >= 300


def test_what_is_held_back_stands_apart(folder: Path, told: dict[str, Any]) -> None:
    later = folder.with_name("our county-later")
    assert Path(told["later"]) == later
    here = {path.name for path in (folder / "deliveries" / "crisis-contacts").glob("*.csv")}
    held = {path.name for path in (later / "crisis-contacts").glob("*.csv")}
    assert held == {"crisis-contacts-2026-09.csv", "crisis-contacts-2026-10.csv"}
    assert len(here) == 11
    nights = {path.name for path in (later / "ed-attendance-records").glob("*.csv")}
    assert nights == {"ed-attendance-records-2026-11-21.csv", "ed-attendance-records-2026-11-22.csv"}


def test_again_in_the_same_folder(folder: Path, told: dict[str, Any]) -> None:
    out = _run(
        folder, "--people", 200, "--processes", 1, "--no-open-data", "--nights", 0, "--today", "2026-06-30"
    )
    assert "together, in" in out
    assert not (folder / "deliveries" / "boundaries-lsoa11").exists()
    assert not folder.with_name("our county-later").exists()
    names = {path.name for path in (folder / "deliveries" / "ed-attendance-records").glob("*.csv")}
    assert len(names) == 13
    assert "ed-attendance-records-2026-05.csv" in names


def test_what_is_refused(tmp_path: Path, folder: Path, told: dict[str, Any]) -> None:
    with pytest.raises(SettingUnusable, match="inside the partnership folder"):
        _run(folder, "--people", 10, "--truth", folder / "truth")
    with pytest.raises(SettingUnusable, match="at most"):
        _run(folder, "--people", 60_000_000)
    real = folder / "deliveries" / "crisis-contacts" / "sent-by-the-trust.csv"
    real.write_text("real")
    with pytest.raises(SettingUnusable, match="not put here by an earlier county"):
        _run(folder, "--people", 10)
    assert real.read_text() == "real"


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(Exception, match=r"file"):
        _run(tmp_path / "file", "--people", 10)
