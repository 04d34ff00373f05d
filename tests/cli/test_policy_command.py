"""`roundtable policy`, as its users meet it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from roundtable.cli.main import app
from roundtable.errors import ExitCode, SettingUnusable

EXAMPLE = Path(__file__).parents[2] / "examples" / "north-yorkshire"
VISITS = ["--of", "home-fire-safety-visits", "--for", "prevention_of_fire_and_falls", "--at", "2026-06-01"]


def run(*words: str) -> Result:
    result = CliRunner().invoke(app, ["policy", str(EXAMPLE), *words])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def test_it_prints_what_beats_every_agreement_and_what_each_permits() -> None:
    said = run().output
    assert "What beats every agreement:" in said
    assert "no-score-zone: faith: Nothing is scored" in said
    assert "Agreement 'home-safety-flags-2025', Property flags for home safety" in said
    assert "home-fire-safety-visits/visits: alarm_fitted, oxygen_in_use, risk_band" in said
    assert "from 9 June 2025 to 8 June 2027." in said
    assert "Agreement 'overarching-protocol' is a protocol and permits nothing by itself." in said


def test_it_keeps_to_one_agreement_or_one_dataset() -> None:
    one = run("--agreement", "open-population").output
    assert "Agreement 'open-population'" in one and "Agreement 'marac-2025'" not in one
    other = run("--dataset", "marac-cases").output
    assert "Agreement 'marac-2025'" in other and "Agreement 'open-population'" not in other


def test_it_prints_the_policy_as_the_engine_reads_it() -> None:
    said = run("--cedar", "--dataset", "home-fire-safety-visits").output
    assert '@id("home-safety-flags-2025: home-fire-safety-visits/visits to nyc")' in said
    assert 'context.day <= datetime("2027-06-08")' in said
    assert "forbid (" in said


def test_it_prints_the_same_for_a_machine() -> None:
    rules = json.loads(run("--json", "--agreement", "open-population").output)
    (system,) = [
        one for one in rules if one["id"] == "open-population: population-lsoa11/population to system"
    ]
    assert system["effect"] == "permit" and system["columns"] == ["lsoa11_code", "total_population"]
    assert {one["zone"] for one in rules if one["effect"] == "forbid"} >= {"faith", "unborn"}


def test_a_question_that_is_permitted() -> None:
    result = run("--ask", "read", "--by", "nyc", *VISITS, "--columns", "uprn, risk_band")
    assert result.exit_code == ExitCode.CLEAN
    assert result.output == (
        "Permitted. North Yorkshire Council may read uprn and risk_band of visits of 'Home fire safety "
        "visits' for prevention of fire and falls on 1 June 2026, under home-safety-flags-2025.\n"
    )


def test_a_question_that_is_refused_ends_with_4_and_the_reason() -> None:
    result = run("--ask", "read", "--by", "nyc", *VISITS, "--columns", "uprn,lives_alone")
    assert result.exit_code == ExitCode.NOT_PERMITTED
    assert result.output.startswith("Refused. North Yorkshire Council may not read")
    assert "No agreement in force lets 'lives_alone'" in result.output


def test_without_columns_all_of_them_are_asked_for() -> None:
    asked = json.loads(run("--ask", "take_in", *VISITS, "--json").output)
    assert "referred_by" in asked["columns"] and asked["permitted"] is False
    assert asked["principal"] == {"kind": "system", "id": "system", "agency": None}
    assert "referred_by" in asked["refusal"] and asked["refusal"] in asked["said"]


def test_what_needs_no_purpose_is_asked_without_one() -> None:
    assert run("--ask", "erase", "--of", "home-fire-safety-visits").exit_code == ExitCode.CLEAN
    post = run("--ask", "erase", "--by", "nyfrs-siro", "--of", "home-fire-safety-visits")
    assert "Senior information risk owner of North Yorkshire Fire and Rescue Service may erase" in post.output
    assert run("--ask", "erase", "--by", "nyc", "--of", "home-fire-safety-visits").exit_code == 4


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--ask", "reed", *VISITS], "Did you mean 'read'?"),
        (["--ask", "read", "--by", "nycc2", *VISITS], "there is no agency and no post 'nycc2'"),
        (["--ask", "read", "--for", "evaluation"], "no dataset is named"),
        (["--ask", "read", "--of", "marac-cases"], "no purpose is named"),
        (["--ask", "read", *VISITS, "--columns", "uprm"], "Did you mean 'uprn'?"),
        (["--ask", "read", *VISITS[:4], "--at", "tomorrow"], "'tomorrow' is not a day"),
        (["--ask", "read", "--of", "police-uk", "--for", "evaluation"], "--of police-uk/TABLE"),
        (["--ask", "read", "--of", "police-uk/streat", "--for", "evaluation"], "Did you mean 'street'?"),
        (["--dataset", "marac-case"], "Did you mean 'marac-cases'?"),
        (["--agreement", "marac"], "There are: child-exploitation-2025"),
    ],
)
def test_a_word_that_means_nothing_is_told_with_the_nearest(words: list[str], said: str) -> None:
    with pytest.raises(SettingUnusable) as raised:
        run(*words)
    assert said in str(raised.value)
