"""`roundtable levers`: every question it takes, on the North Yorkshire example and on bad input."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from roundtable.cli.main import app, main
from roundtable.errors import SettingUnusable
from tests.docs.pages import ROOT
from tests.town import Town

EXAMPLE = ROOT / "examples" / "north-yorkshire"


def _run(*words: Any) -> str:
    """Standard output; a user's mistake is raised, as it is to `main`."""
    result = CliRunner().invoke(app, ["levers", *(str(word) for word in words)])
    if isinstance(result.exception, Exception):
        raise result.exception
    assert result.exit_code == 0, result.output
    return result.stdout


def _json(*words: Any) -> Any:
    return json.loads(_run(*words, "--json"))


@pytest.fixture
def town(tmp_path: Path) -> Town:
    return Town.built_in(tmp_path)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "Where one more hour helps most"),
        (("--outcome", "burglary"), "What would lower 'Burglary' most"),
        (("--lower", "poverty=0.5"), "If 'Too little money at home' is lowered 0.5 of the way"),
        (("--loops",), "where a change comes back upon itself"),
        (("--measures",), "This is an appendix."),
        (("--up-from", "burglary"), "What leads to 'Burglary'"),
        (("--down-from", "poverty", "--steps", "1"), "What follows from 'Too little money at home' within 1"),
        (("--between", "poverty", "burglary"), "From 'Too little money at home' to 'Burglary'"),
        (("--around", "poverty", "--steps", "2"), "What stands around 'Too little money at home' within 2"),
        (("--common", "older-resident-alone", "--common", "storm-power-cut"), "What lies behind outcomes of"),
        (("--all-of", "older-resident-alone", "--all-of", "storm-power-cut"), "hold together: "),
    ],
)
def test_every_question_has_its_answer_and_no_line_is_too_long(words: tuple[str, ...], said: str) -> None:
    out = _run(EXAMPLE, *words)
    assert said in out
    assert max(map(len, out.splitlines())) <= 100
    assert "nan" not in out.lower().split()


def test_the_table_as_json_has_every_factor_with_its_range() -> None:
    rows = _json(EXAMPLE)
    first = rows[0]
    assert set(first["harm"]) == {"low", "middle", "high", "unit", "price_base"}
    assert first["harm"]["low"] <= first["harm"]["middle"] <= first["harm"]["high"]
    assert 0 <= first["top_share"] <= 1
    assert first["metrics"]["links_out"] >= 1
    assert f"Its id: {next(row['id'] for row in rows if row['controllable'])}." in _run(EXAMPLE)


def test_most_says_how_many_are_left_out() -> None:
    movable = sum(row["controllable"] for row in _json(EXAMPLE))
    assert f"And {movable - 2} more: --most {movable} shows all." in _run(EXAMPLE, "--most", 2)


def test_what_if_as_json_tells_weeks_rest_and_warnings() -> None:
    told = _json(EXAMPLE, "--lower", "poverty=0.5", "--raise", "hoarding")
    assert told["changes"] == {"hoarding": 1.0, "poverty": -0.5}
    assert told["steady_state"]["kind"] == "settled"
    assert len(told["weeks"]["burglary"]) == 157
    effect = next(one for one in told["effects"] if one["outcome"] == "burglary")
    assert effect["better"] is True
    assert effect["pushed"]["low"] <= effect["pushed"]["middle"] <= effect["pushed"]["high"] < 0
    assert isinstance(told["said"], list)


def test_goal_seek_as_json() -> None:
    told = _json(EXAMPLE, "--outcome", "burglary", "--most", 2)
    assert (told["wanted"], len(told["changes"])) == ("down", 2)
    assert set(told["pair"]["changes"]) <= {one["node"] for one in told["changes"]}
    assert told["changes"][0]["disagree"] is False


def test_loops_are_told_with_their_bound_and_steps_moves_it() -> None:
    register = _json(EXAMPLE, "--loops")
    assert {"nodes", "kind", "delayed", "agencies", "scenarios"} == set(register["loops"][0])
    short = _json(EXAMPLE, "--loops", "--steps", 2)
    assert short["longest"] == 2
    assert {len(one["nodes"]) for one in short["loops"]} <= {1, 2}


def test_the_measures_go_into_a_spreadsheet() -> None:
    rows = list(csv.DictReader(io.StringIO(_run(EXAMPLE, "--measures", "--csv"))))
    told = _json(EXAMPLE, "--measures")["nodes"]
    assert [row["id"] for row in rows] == [one["id"] for one in told]
    assert set(rows[0]) == set(told[0])


def test_parts_of_the_map_as_json() -> None:
    up = _json(EXAMPLE, "--up-from", "burglary", "--steps", 1)
    assert "burglary" in [node["id"] for node in up["nodes"]]
    assert {edge["target"] for edge in up["edges"]} >= {"burglary"}
    between = _json(EXAMPLE, "--between", "poverty", "burglary")
    assert between["ways"][0][0] == "poverty" and between["ways"][0][-1] == "burglary"
    assert _json(EXAMPLE, "--down-from", "burglary")["nodes"][0]["id"] == "burglary"


def test_scenarios_side_by_side_as_json() -> None:
    pair = ("older-resident-alone", "storm-power-cut")
    told = _json(EXAMPLE, *(word for one in pair for word in ("--common", one)))
    assert "isolation" in [node["id"] for node in told["shared"]["nodes"]]
    reach = [len(one["outcomes"]) for one in told["upstream"]]
    assert reach == sorted(reach, reverse=True) and reach[0] == 5
    assert told["upstream"][0]["node"]["id"] == "frailty"
    joint = _json(EXAMPLE, *(word for one in pair for word in ("--all-of", one)))
    assert {node["id"] for node in told["shared"]["nodes"]} < {node["id"] for node in joint["nodes"]}


def test_what_stands_around_and_the_shortest_way_as_json() -> None:
    near = _json(EXAMPLE, "--around", "burglary")
    assert {"burglary"} < {node["id"] for node in near["nodes"]}
    far = _json(EXAMPLE, "--around", "burglary", "--steps", 2)
    assert len(far["nodes"]) > len(near["nodes"])
    none = _json(EXAMPLE, "--between", "poverty", "burglary", "--steps", 1)
    assert none["ways"] == []
    assert none["shortest"] == ["poverty", "theft-to-pay-for-drugs", "burglary"]


def test_one_scenario_is_another_question() -> None:
    alone = _json(EXAMPLE, "--scenario", "harm-by-place")
    assert {row["id"] for row in alone} < {row["id"] for row in _json(EXAMPLE)}
    assert {scenario for row in alone for scenario in row["scenarios"]} == {"harm-by-place"}


@pytest.mark.parametrize(
    ("words", "what"),
    [
        (("--outcome", "burglary", "--loops"), "--outcome and --loops are questions of their own"),
        (("--raise", "poverty", "--measures"), "--raise and --measures are questions of their own"),
        (("--steps", "2"), "there is nothing here that has so many links"),
        (("--csv",), "only --measures can be CSV"),
        (("--measures", "--csv", "--json"), "only --measures can be CSV"),
        (("--raise", "povrty"), "the map has no 'povrty'"),
        (("--outcome", "burglry"), "Did you mean 'burglary'"),
        (("--between", "povrty", "burglry"), "Did you mean 'burglary'"),
        (("--common", "harm-by-place"), "harm-by-place is one scenario, and this is asked of two or more"),
        (("--all-of", "harm-by-place", "--all-of", "harm-by-place"), "this is asked of two or more"),
        (("--common", "harm-by-place", "--common", "storm-powr-cut"), "Did you mean 'storm-power-cut'"),
        (("--common", "a", "--common", "b", "--scenario", "c"), "names the scenarios that are meant"),
        (("--common", "a", "--all-of", "b"), "--common and --all-of are questions of their own"),
        (("--scenario", "harm-by-plaice"), "Did you mean 'harm-by-place'"),
        (("--raise", "poverty", "--scenario", "storm-power-cut"), "the map of 'storm-power-cut' has no"),
    ],
)
def test_what_cannot_be_asked_is_told(words: tuple[str, ...], what: str) -> None:
    with pytest.raises(SettingUnusable, match=what):
        _run(EXAMPLE, *words)


def test_bad_ids_are_all_told_and_end_with_8(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    words = [
        "levers",
        str(EXAMPLE),
        "--raise",
        "povrty",
        "--lower",
        "hordding=3",
        "--scenario",
        "storm-power",
    ]
    monkeypatch.setattr("sys.argv", ["roundtable", *words])

    with pytest.raises(SystemExit) as caught:
        main()

    told = capsys.readouterr().err
    assert caught.value.code == 8
    assert told.rstrip().endswith("4 problems.")
    assert "Did you mean 'poverty'?" in told and "Did you mean 'storm-power-cut'?" in told
    assert "Traceback" not in told


@pytest.mark.parametrize("words", [(), ("--loops",), ("--measures",), ("--measures", "--csv")])
def test_a_partnership_without_a_map_is_answered(words: tuple[str, ...], town: Town) -> None:
    for folder in ("scenarios", "agreements", "improvements", "services", "meetings"):
        for file in (town.folder / folder).glob("*.yaml"):
            file.unlink()

    out = _run(town.folder, *words)
    assert "--csv" in words or "No factor on this map" in out or "0 " in out
