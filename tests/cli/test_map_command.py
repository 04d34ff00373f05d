"""`roundtable map DIR --to FILE` and `roundtable map import FILE`: what they print and how they end."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from roundtable.cli.main import app, main
from roundtable.errors import SettingUnusable
from roundtable.partnership.exchange.formats import read_map
from tests.town import Town
from tests.unit.partnership.exchange.foreign_files import prsm

TO = ("town.prsm", "town.prsm.xlsx", "kumu.json", "town.kumu.xlsx", "a.graphml", "a.gexf", "a.zip", "a.csv")


@pytest.fixture
def town(tmp_path: Path) -> Town:
    return Town.built_in(tmp_path)


def _run(*words: Any) -> tuple[int, str]:
    """Exit code and standard output; a user's mistake is raised, as it is to `main`."""
    result = CliRunner().invoke(app, [str(word) for word in words])
    if isinstance(result.exception, Exception):
        raise result.exception
    return result.exit_code, result.stdout


@pytest.mark.parametrize("name", TO)
def test_the_map_goes_out_in_the_format_its_name_says(name: str, town: Town, tmp_path: Path) -> None:
    code, out = _run("map", town.folder, "--to", tmp_path / name)

    links = sum(len(scenario.links) for scenario in town.load().scenarios)
    assert code == 0
    assert f"{links} links, as " in out
    assert len(read_map(tmp_path / name).links) == links


@pytest.mark.parametrize(
    ("name", "begins"), [("a.mmd", "---\ntitle:"), ("a.dot", "digraph map {"), ("a.svg", "<svg")]
)
def test_pictures_and_drawn_text_go_out_and_say_what_they_lack(
    name: str, begins: str, town: Town, tmp_path: Path
) -> None:
    code, out = _run("map", town.folder, "--to", tmp_path / name, "--scenario", "alone-at-risk")

    assert code == 0
    assert (tmp_path / name).read_text(encoding="utf-8").lstrip().startswith(begins)
    assert "\n- " in out


def test_one_agency_has_a_map_of_its_own(town: Town, tmp_path: Path) -> None:
    _run("map", town.folder, "--to", tmp_path / "a.graphml", "--agency", "council")

    map = read_map(tmp_path / "a.graphml")
    assert map.title == "A town, as Our Town Council holds it" or map.title.endswith(" holds it")
    asserted = [link for scenario in town.load().scenarios for link in scenario.links]
    assert len(map.links) == sum("council" in link.asserted.by for link in asserted) < len(asserted)


def test_what_stands_there_is_replaced_only_when_told_to(town: Town, tmp_path: Path) -> None:
    target = tmp_path / "a.prsm"
    target.write_text("mine", encoding="utf-8")

    with pytest.raises(SettingUnusable, match="left as it is"):
        _run("map", town.folder, "--to", target)
    assert target.read_text(encoding="utf-8") == "mine"
    assert _run("map", town.folder, "--to", target, "--replace")[0] == 0
    assert target.read_text(encoding="utf-8") != "mine"


@pytest.mark.parametrize(
    ("words", "what"),
    [
        (("--to", "a.xlsx"), "PRSM's or Kumu's"),
        (("--to", "a.pdf"), "does not end as a format that is written"),
        (("--to", "a.prsm", "--scenario", "alone"), "there is no scenario 'alone'"),
        (("--to", "a.prsm", "--agency", "counsil"), "Did you mean 'council'"),
        (("--to", "a.prsm", "--agency", "police-uk"), "asserts and disputes no link here"),
        (("--to", "town.prsm/a.prsm"), "cannot be written"),
        (("--to", "town/a.prsm"), "lies inside the partnership folder"),
        (("--to", "town/deep/er.csv"), "lies inside the partnership folder"),
        (("--to", ".svg"), "'.svg' is an ending without a name"),
    ],
)
def test_what_cannot_go_out_is_told(words: tuple[str, ...], what: str, town: Town, tmp_path: Path) -> None:
    option, name, *rest = words
    (tmp_path / "town.prsm").touch()
    with pytest.raises(SettingUnusable, match=what):
        _run("map", town.folder, option, tmp_path / name, *rest)


def test_an_empty_map_is_told_and_writes_nothing(town: Town, tmp_path: Path) -> None:
    for folder in ("scenarios", "agreements", "improvements", "services", "meetings"):
        for file in (town.folder / folder).glob("*.yaml"):
            file.unlink()

    with pytest.raises(SettingUnusable, match="the map is empty: there is no factor to write"):
        _run("map", town.folder, "--to", tmp_path / "a.prsm")
    assert not (tmp_path / "a.prsm").exists()


def test_a_map_comes_in_after_somebody_has_decided(town: Town, tmp_path: Path) -> None:
    file = prsm(tmp_path / "debt.prsm")
    words = ("map", "import", file, "--into", town.folder, "--scenario", "debt", "--by", "council")

    code, out = _run(*words, "--on", "2026-11-20")
    assert code == 1
    assert out.endswith(
        "debt.prsm.matches.yaml: look it through, then run the same command again. Nothing came in yet.\n"
    )
    matches = tmp_path / "debt.prsm.matches.yaml"
    text = matches.read_text(encoding="utf-8").replace("kind:\n", "kind: state\n")
    matches.write_text(text.replace("outcomes: []", "outcomes: [fire-injuries]"), encoding="utf-8")

    code, out = _run(*words, "--on", "2026-11-20")
    assert code == 0
    assert "The sign of a link was read from the name of its style, 'Positive influence'." in out
    assert town.load().scenario("debt").links[0].sign == "positive"


def test_a_broken_file_ends_with_its_exit_code_and_no_traceback(
    town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "cut.prsm").write_text('{"nodes": [', encoding="utf-8")
    words = ["map", "import", str(tmp_path / "cut.prsm"), "--into", str(town.folder), "--scenario", "x"]
    monkeypatch.setattr("sys.argv", ["roundtable", *words, "--by", "council", "--on", "2026-11-20"])

    with pytest.raises(SystemExit) as caught:
        main()

    told = capsys.readouterr().err
    assert caught.value.code == 9
    assert "cut.prsm:1: the file ends in the middle: it was cut short" in told
    assert "Traceback" not in told
