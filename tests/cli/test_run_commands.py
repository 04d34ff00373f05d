"""`roundtable run`, `status`, `findings` and `demo`, through the entry point as a user starts it."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from roundtable.cli.printing import print_steps
from roundtable.demonstration import example_folder
from roundtable.steps.runner import StepReport
from tests.cli.test_receive_command import FILE, HEADER, ROW
from tests.town import Town


@pytest.fixture
def town(tmp_path: Path) -> Town:
    return Town.built_in(tmp_path)


def roundtable(*words: str | Path, **settings: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, **settings}
    environment.pop("DATABASE_URL", None)
    start = "import sys; from roundtable.cli.main import main; sys.argv[0] = 'roundtable'; main()"
    command = [sys.executable, "-c", start, *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, env=environment, timeout=240, check=False)


def fingerprints(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_a_run_ends_with_its_report_and_a_second_one_writes_nothing(town: Town) -> None:
    town.write(FILE, HEADER + 3 * ROW)
    first = roundtable("run", town.folder)
    assert (first.returncode, first.stderr.splitlines()[0]) == (0, "check: read the folder")
    assert "measure harm           ran: it has not run before" in first.stdout
    report = Path(first.stdout.splitlines()[-1].removeprefix("Report: "))
    assert report.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    before = fingerprints(town.folder)
    again = roundtable("run", town.folder)
    assert again.returncode == 0
    assert "Nothing has changed since the last run; nothing was written." in again.stdout
    assert fingerprints(town.folder) == before


def test_a_run_says_what_changed(town: Town) -> None:
    town.write(FILE, HEADER + ROW)
    assert roundtable("run", town.folder).returncode == 0
    town.write(FILE.replace("2024-01", "2024-02"), HEADER + ROW.replace("2024-01", "2024-02"))
    told = roundtable("run", town.folder).stdout.splitlines()
    assert "  locate places          ran: table event changed" in told
    assert "  compare weight sets    unchanged" not in told[:1]


def test_a_refused_delivery_ends_the_run_with_3_after_everything_else(town: Town) -> None:
    town.write(FILE, "Crime,Month\n")
    ended = roundtable("run", town.folder, "--json")
    told = json.loads(ended.stdout)
    assert ended.returncode == 3
    assert [one["status"] for one in told["deliveries"]] == ["refused"]
    assert Path(told["report"]).is_file()
    assert "Traceback" not in ended.stderr


def test_a_withdrawn_agreement_withholds_what_came_under_it(town: Town) -> None:
    town.write(FILE, HEADER + ROW)
    assert roundtable("run", town.folder).returncode == 0
    agreement = next(
        path
        for path in sorted((town.folder / "agreements").glob("*.yaml"))
        if "street" in path.read_text(encoding="utf-8")
    )
    lines = agreement.read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if not line.startswith("ends:")]
    started = next(line.split()[1] for line in lines if line.startswith("starts:"))
    agreement.write_text("\n".join([*kept, f"ends: {started}"]) + "\n", encoding="utf-8")
    ended = roundtable("run", town.folder, "--json")
    told = json.loads(ended.stdout)
    assert len(told["withheld"]) == 1
    assert f"ended on {started}" in told["withheld"][0]
    rows = {step["name"]: step["rows"] for step in told["steps"]}
    assert rows["measure harm"] == 0


def test_a_folder_that_is_no_partnership_ends_with_2_and_no_traceback(tmp_path: Path) -> None:
    for command in ("run", "status", "findings", "check", "receive"):
        ended = roundtable(command, tmp_path)
        assert (ended.returncode, "Traceback" in ended.stderr) == (2, False)
        assert "roundtable init" in ended.stderr


def test_status_changes_nothing(town: Town) -> None:
    before = fingerprints(town.folder)
    told = roundtable("status", town.folder)
    assert told.stdout.splitlines()[0] == "Nothing has run yet: start with `roundtable run`."
    assert fingerprints(town.folder) == before
    town.write(FILE, HEADER + ROW)
    roundtable("run", town.folder)
    before = fingerprints(town.folder)
    told = roundtable("status", town.folder, "--json")
    said = json.loads(told.stdout)
    assert said["told"].startswith("Run 1 is finished (attempt 1)")
    assert said["deliveries"]["Taken in"] == ["street-crime: 1 delivery, 1 row, all kept"]
    assert fingerprints(town.folder) == before


def test_findings_of_the_example_are_told_with_their_remedies() -> None:
    ended = roundtable("findings", example_folder(), "--json")
    found = json.loads(ended.stdout)
    assert ended.returncode == 0
    assert {"rule", "severity", "remedy", "evidence"} <= set(found[0])


def test_a_demonstration_without_real_data_makes_a_county_of_people_who_do_not_exist(tmp_path: Path) -> None:
    folder, settings = tmp_path / "demo", {"ROUNDTABLE_KEYS": str(tmp_path / "keys")}
    settings["ROUNDTABLE_SHARED_DATA"] = str(tmp_path / "none")

    ended = roundtable("demo", "--to", folder, "--people", "2000", **settings)

    assert ended.returncode == 0, ended.stderr
    assert "A synthetic county of 2,000 people who do not exist was delivered to it" in ended.stdout
    page = (folder / ".roundtable" / "report.html").read_text(encoding="utf-8")
    assert '<h2 id="flags">' in page and "(synthetic)" in page
    assert (tmp_path / "demo-truth").is_dir() and not list(folder.rglob("*truth*"))
    assert "Late" not in ended.stdout and "no agreement" not in ended.stdout
    again = roundtable("demo", "--to", folder, "--people", "2000", **settings)
    assert again.returncode == 0, again.stderr
    assert "The county of 2,000 people made for it before stands." in again.stdout


def test_a_demonstration_never_lands_in_the_source_tree_or_on_other_files(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    for folder in (tmp_path, example_folder().parent / "demo"):
        ended = roundtable("demo", "--to", folder)
        assert (ended.returncode, "Traceback" in ended.stderr) == (8, False)
    assert not (example_folder().parent / "demo").exists()


def test_the_column_of_steps_is_as_wide_as_the_longest_name(capsys: pytest.CaptureFixture[str]) -> None:
    long = "link people for domestic_abuse_response"
    print_steps([StepReport("locate places", None), StepReport(long, "it has not run before")])
    short, told = capsys.readouterr().out.splitlines()
    assert told == f"  {long}  ran: it has not run before"
    assert short.index("unchanged") == told.index("ran:")
