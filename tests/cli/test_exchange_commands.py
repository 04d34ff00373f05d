"""`roundtable registers`, `export`, `import` and `draft`: what they print and how they end."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from roundtable.partnership.exchange.exported import Missing, told_missing
from tests.town import Town


@pytest.fixture
def town(tmp_path: Path) -> Town:
    return Town.built_in(tmp_path)


def _run(*words: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from roundtable.cli.main import main; main()", *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, env=os.environ, check=False)


@pytest.mark.parametrize("name", ["registers.xlsx", "csv"])
def test_registers_go_out_and_an_edit_comes_back(town: Town, tmp_path: Path, name: str) -> None:
    to = tmp_path / name
    out = _run("registers", town.folder, "--to", to)
    assert out.returncode == 0, out.stderr
    assert "registers," in out.stdout
    same = _run("registers", "import", to, "--into", town.folder)
    assert "says all of this already" in same.stdout
    council = town.folder / "agencies" / "council.yaml"
    before = council.read_bytes()
    if name == "csv":
        path = to / "agencies.csv"
        path.write_text(path.read_text(encoding="utf-8-sig").replace("Example Council", "The town hall"))
    else:
        from openpyxl import load_workbook

        book = load_workbook(to)
        (cell,) = (c for row in book["Agencies"] for c in row if c.value == "Example Council")
        cell.value = "The town hall"
        book.save(to)
    shown = _run("registers", "import", to, "--into", town.folder)
    assert "change  agencies/council.yaml: name: Example Council -> The town hall" in shown.stdout
    assert "Add --write" in shown.stdout
    assert council.read_bytes() == before
    written = _run("registers", "import", to, "--into", town.folder, "--write", "--json")
    assert json.loads(written.stdout)["written"] is True
    assert council.read_bytes() == before.replace(b"Example Council", b"The town hall")


def test_what_cannot_be_read_ends_with_its_code_and_no_traceback(town: Town, tmp_path: Path) -> None:
    (tmp_path / "not.xlsx").write_bytes(b"PK\x03\x04 and no more")
    for words in (
        ("registers", "import", tmp_path / "not.xlsx", "--into", town.folder),
        ("registers", "import", tmp_path / "absent.xlsx", "--into", town.folder),
        ("import", tmp_path / "not.xlsx", "--as", "odcs", "--into", town.folder),
        ("import", tmp_path / "not.xlsx", "--as", "open-referral", "--into", town.folder),
    ):
        done = _run(*words)
        assert done.returncode == 9, done.stderr
        assert "Traceback" not in done.stderr


def test_an_ending_that_is_not_known_is_a_setting_that_cannot_be_used(town: Town) -> None:
    assert _run("registers", town.folder, "--to", "r.ods").returncode == 8
    done = _run("draft", town.folder, "--as", "dpia", "--for", "open-street-crime", "--to", "d.docx")
    assert done.returncode == 8
    assert "a draft cannot be written as '.docx'" in done.stderr


@pytest.mark.parametrize("standard", ["odcs", "open-referral", "dcat", "dea-register"])
def test_an_export_says_what_is_missing(town: Town, tmp_path: Path, standard: str) -> None:
    name = {"odcs": "out", "dcat": "out.jsonld"}.get(standard, "out.json")
    done = _run("export", town.folder, "--as", standard, "--to", tmp_path / name, "--json")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    written = tmp_path / "out" if standard == "odcs" else tmp_path
    assert all((written / name).is_file() for name in told["files"])
    assert told["missing"] if standard == "dcat" else told["missing"] is not None


@pytest.mark.parametrize("standard", ["open-referral", "dcat", "dea-register"])
def test_an_export_without_its_ending_is_refused(town: Town, tmp_path: Path, standard: str) -> None:
    done = _run("export", town.folder, "--as", standard, "--to", tmp_path / "out")
    assert done.returncode == 8
    assert "the name 'out' has no ending" in done.stderr
    assert not (tmp_path / "out").exists()


def test_a_field_that_many_lack_is_told_once_with_their_number() -> None:
    lacking = [Missing(name, "method", f"agreements/{name}.yaml, method") for name in ("a", "b", "c", "d")]
    assert told_missing([*lacking, Missing("a", "contact", "agreements/a.yaml, contact")]) == [
        "a: contact (agreements/a.yaml, contact)",
        "method of 4: a, b, c and 1 more (agreements/*.yaml, method)",
    ]


@pytest.mark.parametrize(
    ("words", "name"),
    [
        (("registers",), "r.xlsx"),
        (("registers",), "csv"),
        (("export", "--as", "odcs"), "contracts"),
        (("export", "--as", "dcat"), "c.jsonld"),
        (("draft", "--as", "dpia", "--for", "open-street-crime"), "d.md"),
    ],
)
def test_nothing_is_written_over_unasked_or_into_the_partnership_folder(
    town: Town, tmp_path: Path, words: tuple[str, ...], name: str
) -> None:
    command, *options = words
    inside = _run(command, town.folder, *options, "--to", town.folder / name)
    assert inside.returncode == 8
    assert f"Name a place beside it, such as {tmp_path / name}." in inside.stderr.replace("\n", " ")
    assert not (town.folder / name).exists()
    there: tuple[str | Path, ...] = (command, town.folder, *options, "--to", tmp_path / name)
    assert _run(*there).returncode == 0
    again = _run(*there)
    assert again.returncode == 8
    assert "left as it is" in again.stderr
    assert _run(*there, "--replace").returncode == 0


def test_what_has_no_row_is_kept_and_not_said_to_be_there_already(town: Town, tmp_path: Path) -> None:
    _run("registers", town.folder, "--to", tmp_path / "csv")
    path = tmp_path / "csv" / "datasets.csv"
    path.write_text("".join(path.read_text(encoding="utf-8-sig").splitlines(keepends=True)[:1]))
    for name in ("tables", "columns", "consumers", "service-levels"):
        (tmp_path / "csv" / f"{name}.csv").unlink(missing_ok=True)
    done = _run("registers", "import", tmp_path / "csv", "--into", town.folder)
    assert "keep    datasets/" in done.stdout
    assert "Nothing else differs. What has no row stays in " in done.stdout
    assert "already" not in done.stdout


def test_a_contract_is_shown_and_then_taken_in(town: Town, tmp_path: Path) -> None:
    contract = {"apiVersion": "v3.1.0", "kind": "DataContract", "id": "new", "version": "1.0.0"}
    (tmp_path / "c.json").write_text(json.dumps({**contract, "status": "draft"}))
    words = ("import", tmp_path / "c.json", "--as", "odcs", "--into", town.folder, "--subjects", "areas")
    shown = _run(*words)
    assert "add     datasets/new.yaml" in shown.stdout
    assert "still missing in datasets/new.yaml: roundtable.createdBy" in shown.stdout
    assert not (town.folder / "datasets" / "new.yaml").exists()
    assert _run(*words, "--write").returncode == 0
    assert town.load().dataset("new").status == "draft"


def test_a_draft_is_written_and_its_blanks_are_counted(town: Town, tmp_path: Path) -> None:
    to = tmp_path / "dpia.html"
    done = _run("draft", town.folder, "--as", "dpia", "--for", "open-street-crime", "--to", to)
    assert done.returncode == 0, done.stderr
    assert "answers are blank" in done.stdout
    assert "Data protection impact assessment" in to.read_text()
    taken = _run("draft", town.folder, "--as", "dpia", "--for", "open-street-crime", "--to", to)
    assert taken.returncode == 8
    assert "left as it is" in taken.stderr and "--replace" in taken.stderr
    wrong = _run("draft", town.folder, "--as", "dpia", "--for", "open-street-crim", "--to", to)
    assert wrong.returncode == 8
    assert "Did you mean 'open-street-crime'?" in wrong.stderr
