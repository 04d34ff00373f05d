"""`roundtable init`, `check` and `schema`: what they print and how they end."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

import roundtable.partnership.findings
from roundtable.cli.check import check
from roundtable.cli.init import init
from roundtable.cli.printing import print_error, print_findings
from roundtable.cli.schema import schema
from roundtable.errors import Place, UserError
from roundtable.partnership.findings import Evidence, Finding, Severity
from roundtable.partnership.joins.pounds import Pounds
from roundtable.partnership.loading import load_partnership
from roundtable.partnership.model.meeting import Acceptance
from roundtable.partnership.model.strict import Kind
from roundtable.partnership.study import Study
from tests.town import Town

app = typer.Typer(add_completion=False)
for command in (init, check, schema):
    app.command()(command)

FOUND = Finding(
    rule="risk-no-lead",
    severity=Severity.MEDIUM,
    title="Nobody leads the risk 'known-hazard-not-acted-on'.",
    about=(Kind.RISK, "known-hazard-not-acted-on"),
    agencies=("fire-service",),
    evidence=(
        Evidence(Place("town/scenarios/alone-at-risk.yaml", 48, 5, "risks[0]"), "lead_posts is empty"),
    ),
    remedy="Name one post in 'lead_posts'.",
)


@pytest.fixture
def town(tmp_path: Path) -> Town:
    return Town.built_in(tmp_path)


@pytest.fixture
def found(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Say what is to be found, in place of what the rules would find."""

    def are(*findings: Finding) -> None:
        def find(_study: Study) -> tuple[Finding, ...]:
            return findings

        monkeypatch.setattr(roundtable.partnership.findings, "find_all", find)

    return are


def _run(*words: Any) -> tuple[int, str]:
    """Exit code and standard output; a user's mistake is raised, as it is to `main`."""
    result = CliRunner().invoke(app, [str(word) for word in words])
    if isinstance(result.exception, Exception):
        raise result.exception
    return result.exit_code, result.stdout


def test_init_makes_a_folder_that_check_finds_nothing_wrong_with(tmp_path: Path) -> None:
    folder = tmp_path / "our-town"

    assert _run("init", folder, "--name", "Our Town", "--as-of", "2026-11-23") == (
        0,
        f"{folder}: 21 files written.\n"
        "Its area is North Yorkshire (E10000023), to show how one is written: put your own under 'area' in "
        "partnership.yaml.\n"
        f"Look at README.md in it first. `roundtable check {folder}` says how it stands.\n",
    )
    code, out = _run("check", folder)
    assert code == 0
    assert out.startswith(
        "Our Town: 3 agencies, 1 scenario, 1 dataset, 1 agreement, 1 service, 1 improvement. No problems.\n"
    )


def test_a_folder_with_a_space_in_its_name_is_quoted_in_the_next_command(tmp_path: Path) -> None:
    folder = tmp_path / "our town"
    _, out = _run("init", folder)
    _, checked = _run("check", folder)

    assert f"`roundtable check '{folder}'` says" in out
    assert f"`roundtable findings '{folder}'` shows" in checked or "No findings" in checked


def test_init_writes_over_nothing(town: Town) -> None:
    with pytest.raises(UserError, match="there is something in this folder already") as raised:
        _run("init", town.folder)
    assert raised.value.exit_code == 8


def test_a_day_that_is_none_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    assert _run("init", tmp_path / "x", "--as-of", "23/11/2026")[0] == 2
    assert not list(tmp_path.iterdir())


def test_check_raises_every_problem_for_main_to_print(town: Town, capsys: pytest.CaptureFixture[str]) -> None:
    town.change("agencies/council.yaml", "kind: local_authority", "kind: council")
    town.change("services/home-fire-safety-visit.yaml", "provider: fire-service", "provider: fire-sevice")

    with pytest.raises(UserError) as raised:
        _run("check", town.folder)
    print_error(raised.value)

    assert raised.value.exit_code == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.replace(f"{town.folder}/", "").splitlines() == [
        "agencies/council.yaml:4:7 (kind): 'council' is not allowed here",
        told.err.splitlines()[1],
        "services/home-fire-safety-visit.yaml:4:11 (provider): there is no agency 'fire-sevice'",
        "    Did you mean 'fire-service' (agencies/fire-service.yaml:2)? If not, add it: a file in"
        " agencies/.",
        "2 problems.",
    ]


def test_check_prints_problems_as_json_too(town: Town) -> None:
    town.change("agencies/council.yaml", "name: Example Council\n", "")

    code, out = _run("check", town.folder, "--json")

    assert code == 2
    assert json.loads(out) == {
        "folder": str(town.folder),
        "usable": False,
        "problems": [
            {
                "file": f"{town.folder}/agencies/council.yaml",
                "line": 2,
                "column": 1,
                "key": "name",
                "rule": "missing-key",
                "what": "the key 'name' is missing",
                "remedy": "Add 'name': text.",
            }
        ],
        "findings": [],
    }


def test_check_of_another_folder_says_so(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="this folder is not a partnership") as raised:
        _run("check", tmp_path)
    assert raised.value.exit_code == 2


@pytest.mark.parametrize(
    ("severity", "fail_on", "code"),
    [
        ("high", None, 1),
        ("medium", None, 0),
        ("high", "medium", 1),
        ("medium", "medium", 1),
        ("low", "medium", 0),
        ("low", "low", 1),
        ("high", "never", 0),
    ],
)
def test_findings_at_or_above_a_severity_end_it_with_1(
    town: Town, found: Callable[..., None], severity: str, fail_on: str | None, code: int
) -> None:
    found(replace(FOUND, severity=Severity(severity)))
    option = ["--fail-on", fail_on] if fail_on else []

    ended, out = _run("check", town.folder, *option)

    assert ended == code
    assert (FOUND.title in out) == (code == 1)
    assert f"Findings: 1 {severity}." in out
    assert _run("check", town.folder, "--json", *option)[0] == code


def test_check_prints_findings_as_json_too(town: Town, found: Callable[..., None]) -> None:
    found(FOUND)

    out = json.loads(_run("check", town.folder, "--json")[1])

    assert out["usable"] is True and out["problems"] == []
    assert out["findings"] == [
        {
            "rule": "risk-no-lead",
            "severity": "medium",
            "title": FOUND.title,
            "about": {"kind": "risk", "id": "known-hazard-not-acted-on"},
            "agencies": ["fire-service"],
            "evidence": [
                {
                    "file": "town/scenarios/alone-at-risk.yaml",
                    "line": 48,
                    "column": 5,
                    "key": "risks[0]",
                    "text": "lead_posts is empty",
                }
            ],
            "remedy": FOUND.remedy,
            "cleared_by": [],
            "at_stake": None,
            "avertable": None,
            "stability": None,
            "accepted": None,
        }
    ]


ACCEPTED = Acceptance(
    rule=FOUND.rule, about=FOUND.about[1], by="chief", reason="A post is advertised.", until="2027-01-31"
)


def test_an_accepted_finding_is_shown_and_does_not_fail_the_check(
    town: Town, found: Callable[..., None]
) -> None:
    found(replace(FOUND, severity=Severity.HIGH, accepted=ACCEPTED))

    code, out = _run("check", town.folder)

    assert code == 0
    assert "Findings: 1 high. Accepted for now: 1." in out
    told = json.loads(_run("check", town.folder, "--json")[1])["findings"][0]["accepted"]
    assert (told["by"], told["until"]) == ("chief", "2027-01-31")


def test_both_figures_and_the_acceptance_are_printed(capsys: pytest.CaptureFixture[str]) -> None:
    at_stake = Pounds(1_000_000, 1_234_567, 2_000_000, "2025/26")
    print_findings([replace(FOUND, at_stake=at_stake, stability=0.845, accepted=ACCEPTED)])

    out = capsys.readouterr().out
    assert "[risk-no-lead] (accepted)" in out
    assert (
        "At stake: about £1.2 million a year (£1.0 million to £2.0 million; 2025/26 prices). "
        "Avertable: not known. Among the five greatest in 84% of draws."
    ) in out
    assert "Accepted by 'chief' until 31 January 2027: A post is advertised." in out


def test_findings_are_printed_with_what_they_rest_on(capsys: pytest.CaptureFixture[str]) -> None:
    print_findings([FOUND, replace(FOUND, severity=Severity.LOW)])

    assert capsys.readouterr().out.splitlines()[:4] == [
        "medium Nobody leads the risk 'known-hazard-not-acted-on'. [risk-no-lead]",
        "    town/scenarios/alone-at-risk.yaml:48:5 (risks[0]): lead_posts is empty",
        "    To clear it: Name one post in 'lead_posts'.",
        "low    Nobody leads the risk 'known-hazard-not-acted-on'. [risk-no-lead]",
    ]
    print_findings([])
    assert capsys.readouterr().out == "No findings.\n"


def test_schema_writes_one_file_for_each_kind(town: Town) -> None:
    for file in (town.folder / ".schemas").iterdir():
        file.unlink()

    code, out = _run("schema", town.folder)

    assert code == 0
    assert len(out.splitlines()) == 9
    assert all(json.loads(Path(line).read_text(encoding="utf-8")) for line in out.splitlines())


def test_schema_prints_them_and_writes_nothing(town: Town) -> None:
    for file in (town.folder / ".schemas").iterdir():
        file.unlink()

    code, out = _run("schema", town.folder, "--json")

    assert code == 0
    assert "agency" in json.loads(out)
    assert not list((town.folder / ".schemas").iterdir())


@pytest.mark.parametrize("word", ["init", "check", "schema"])
def test_help_shows_an_example(word: str) -> None:
    code, out = _run(word, "--help")

    assert code == 0
    assert f"Example: `roundtable {word} " in out


def test_the_whole_example_is_checked_from_the_command_line() -> None:
    example = Path(__file__).parents[2] / "examples/north-yorkshire"

    code, out = _run("check", example)

    assert code == 1
    assert load_partnership(example).charter.name in out
