"""`roundtable disagreement`: every question it takes, on the North Yorkshire example and on bad input."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.testing import CliRunner

from roundtable.cli.main import app
from roundtable.errors import ForeignFileUnusable, SettingUnusable
from roundtable.partnership.exchange.formats import read_map
from tests.docs.pages import ROOT
from tests.town import Town

EXAMPLE = ROOT / "examples" / "north-yorkshire"
TWIN = """\
id: alone-in-winter
title: Alone in winter
rung: 1
stage: discovery
lead: council
story: Somebody is alone and cold.
vulnerability: Frail.
situation: Alone.
population: {value: unknown, unit: people, source: Nobody has counted}
outcomes: [fire-injuries]
factors:
  - {id: lonely, label: ISOLATION_LABEL, kind: state, asserted: SAID}
  - {id: frost, label: A hard frost, kind: external, asserted: SAID}
  - {id: risky-home, label: A risky home, kind: state, asserted: SAID}
links:
  - {from: lonely, to: risky-home, sign: negative, asserted: SAID}
  - {from: frost, to: lonely, sign: positive, asserted: SAID}
asserted: SAID
"""
SAID = "{by: [fire-service], on: 2026-10-01, confidence: low}"
PAIR = ("--merge", "alone-at-risk", "alone-in-winter")


def _twin(label: str) -> str:
    return TWIN.replace("SAID", SAID).replace("ISOLATION_LABEL", json.dumps(label))


def _run(*words: Any) -> str:
    """Standard output; a user's mistake is raised, as it is to `main`."""
    result = CliRunner().invoke(app, ["disagreement", *(str(word) for word in words)])
    if isinstance(result.exception, Exception):
        raise result.exception
    assert result.exit_code == 0, result.output
    return result.stdout


def _json(*words: Any) -> Any:
    return json.loads(_run(*words, "--json"))


@pytest.fixture
def town(tmp_path: Path) -> Town:
    """A town whose fire service told a story of its own, about some of the same."""
    built = Town.built_in(tmp_path)
    (first,) = (one for one in built.load().scenarios if one.id == "alone-at-risk")
    label = next(one.label for one in first.factors if one.id == "isolation")
    built.write("scenarios/alone-in-winter.yaml", _twin(label))
    return built


def _decided(town: Town, text: str, **same: str) -> Path:
    """The printed file, filled in: what is not the same as something is new."""
    held = yaml.safe_load(text)
    for one in held["factors"]:
        one["same_as"] = same.get(one["factor"].replace("-", "_"))
        one["new"] = True if one["same_as"] is None else None
    path = town.folder.parent / "matches.yaml"
    path.write_text(yaml.safe_dump(held), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            (),
            (
                "How alike the agencies' maps are",
                "Contested links, those on which most turns first",
                "Which outcome divides the table most",
                "Kendall's W is 0.04",
            ),
        ),
        (("--between", "nyp", "youth-charity"), ("to 1 of those.", "strength 0.05 to 0.15")),
        (("--history",), ("disputes that",)),
        (("--history", "--agency", "ons"), ("has not said anything",)),
    ],
)
def test_every_question_has_its_answer_and_no_line_is_too_long(
    words: tuple[str, ...], said: tuple[str, ...]
) -> None:
    out = _run(EXAMPLE, *words)
    assert not [one for one in said if one not in " ".join(out.split())]
    assert max(map(len, out.splitlines())) <= 100


def test_the_whole_matrix_is_in_the_json() -> None:
    told = _json(EXAMPLE)
    agencies = told["maps"]["agencies"]
    assert [len(row) for row in told["maps"]["agreement"]] == [len(agencies)] * len(agencies)
    assert len(told["maps"]["pairs"]) == len(agencies) * (len(agencies) - 1) // 2
    assert told["contested"][0]["bearing"]["rank"] == 1
    assert told["priorities"]["concordance"]["w"] == pytest.approx(0.04, abs=0.005)
    tied = next(
        one
        for one in told["priorities"]["pairs"]
        if {one["first"], one["second"]} == {"northern-powergrid", "nylrf"}
    )
    assert len(tied["drivers"]) == 2


def test_two_agencies_and_the_history_as_json() -> None:
    told = _json(EXAMPLE, "--between", "nyp", "youth-charity")
    assert (told["likeness"]["both"], told["likeness"]["same"]) == (2, 1)
    assert (len(told["signs"]), len(told["links"])) == (1, 2)
    assert told["distance"]["distance"] == pytest.approx(0.7)
    said = _json(EXAMPLE, "--history", "--agency", "nyp")
    assert {one["agency"] for one in said} == {"nyp"}
    assert [one["on"] for one in said] == sorted(one["on"] for one in said)


def test_a_matching_file_is_printed_and_nothing_in_it_is_decided(town: Town) -> None:
    held = yaml.safe_load(_run(town.folder, *PAIR))
    assert [one["factor"] for one in held["factors"]] == ["frost", "lonely", "risky-home"]
    assert {(one["same_as"], one["new"]) for one in held["factors"]} == {(None, None)}
    assert held["factors"][1]["perhaps"] == ["isolation"]
    assert ("lonely", "isolation") in {(one["other"], one["kept"]) for one in _json(town.folder, *PAIR)}


def test_a_file_that_nobody_filled_in_is_refused_with_every_line(town: Town) -> None:
    path = town.folder.parent / "matches.yaml"
    path.write_text(_run(town.folder, *PAIR), encoding="utf-8")
    with pytest.raises(ForeignFileUnusable) as caught:
        _run(town.folder, *PAIR, "--matches", path)
    assert [one.rule for one in caught.value.problems] == ["match-not-said"] * 3
    assert all(one.place.line for one in caught.value.problems)


def test_two_maps_are_made_one_and_the_conflict_stands_as_a_dispute(town: Town) -> None:
    path = _decided(town, _run(town.folder, *PAIR), lonely="isolation", risky_home="unsafe-home")
    to = town.folder.parent / "merged.graphml"

    out = " ".join(_run(town.folder, *PAIR, "--matches", path, "--to", to).split())

    assert "'A hard frost' is new." in out
    assert "differ on the link from 'isolation' to 'unsafe-home'" in out
    written = read_map(to)
    links = {(one.source, one.target): one for one in written.links}
    assert "fire-service" in links["isolation", "unsafe-home"].attributes["Disputed by"]
    assert ("frost", "isolation") in links
    assert "lonely" not in {one.id for one in written.factors}
    assert town.problems() == []


def test_a_merged_map_goes_into_tables_too_and_over_nothing(town: Town) -> None:
    path = _decided(town, _run(town.folder, *PAIR), lonely="isolation", risky_home="unsafe-home")
    to = town.folder.parent / "merged.csv"
    told = _json(town.folder, *PAIR, "--matches", path, "--to", to)
    assert told["conflicts"] == [{"from": "isolation", "to": "unsafe-home"}]
    assert (to / "links.csv").is_file()
    with pytest.raises(SettingUnusable):
        _run(town.folder, *PAIR, "--matches", path, "--to", to)
    _run(town.folder, *PAIR, "--matches", path, "--to", to, "--replace")


@pytest.mark.parametrize(
    ("same", "what"),
    [
        ({"lonely": "isolatoin"}, "Did you mean 'isolation'"),
        ({"lonely": "isolation", "frost": "isolation"}, "are matched to 'isolation'"),
    ],
)
def test_a_match_that_cannot_be_is_refused(town: Town, same: dict[str, str], what: str) -> None:
    path = _decided(town, _run(town.folder, *PAIR), **same)
    with pytest.raises(ForeignFileUnusable, match=what):
        _run(town.folder, *PAIR, "--matches", path)


@pytest.mark.parametrize(
    "content", ["", "[1, 2]", "kept: [", "kept: a\nother: b\n", "kept: 1\nother: {}\nfactors: no\n", "\x00"]
)
def test_a_file_that_is_no_matching_file_is_told_as_such(town: Town, content: str) -> None:
    path = town.folder.parent / "matches.yaml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(ForeignFileUnusable):
        _run(town.folder, *PAIR, "--matches", path)


def test_ids_that_there_are_not_are_told_all_at_once() -> None:
    with pytest.raises(SettingUnusable) as caught:
        _run(EXAMPLE, "--between", "nypp", "yout-charity")
    assert [one.remedy for one in caught.value.problems] == [
        "Did you mean 'nyp'?",
        "Did you mean 'youth-charity'?",
    ]
    assert caught.value.exit_code == 8


@pytest.mark.parametrize(
    ("words", "what"),
    [
        (("--history", "--agency", "nypp"), "Did you mean 'nyp'"),
        (("--merge", "harm-by-plaice", "storm-power-cut"), "Did you mean 'harm-by-place'"),
        (("--history", "--between", "nyp", "nyc"), "are questions of their own"),
        (("--agency", "nyp"), "nothing without --history"),
        (("--to", "a.csv"), "nothing without --matches"),
        (("--matches", "a.yaml"), "nothing without --merge"),
        (("--replace",), "nothing without --to"),
        (("--between", "nyp", "nyp"), "is named twice"),
    ],
)
def test_what_cannot_be_asked_is_told(words: tuple[str, ...], what: str) -> None:
    with pytest.raises(SettingUnusable, match=what):
        _run(EXAMPLE, *words)
