"""The page on the causal map: code and commands show what they print, tables are those in force."""

from __future__ import annotations

import re
import shutil
from dataclasses import fields
from inspect import signature
from pathlib import Path

import pytest
from typer.testing import CliRunner

from roundtable.cli.main import app
from roundtable.partnership.causal.loops import loop_register
from roundtable.partnership.causal.metrics import NodeMetrics
from roundtable.partnership.causal.micmac import STAYS
from roundtable.partnership.dynamics.amounts import A_LITTLE, BARELY, CLEARLY
from roundtable.partnership.dynamics.damping import REACH, STEP
from roundtable.partnership.dynamics.propagation import WEEKS
from roundtable.partnership.dynamics.what_if import NEGLIGIBLE
from roundtable.partnership.model.causal import Delay
from tests.docs.pages import DOCS, ROOT

PAGE = (DOCS / "causal-map.md").read_text(encoding="utf-8")


def test_the_code_runs_beside_the_example(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(ROOT / "examples" / "north-yorkshire", tmp_path / "north-yorkshire")
    monkeypatch.chdir(tmp_path)
    (code,) = re.findall(r"```python\n(.+?)```", PAGE, re.DOTALL)
    exec(compile(code, "causal-map.md", "exec"), {})
    shown = capsys.readouterr().out.splitlines()
    assert len(shown) == 3
    assert shown[1].startswith("Range(low=")
    assert "Line(node='burglary'" in shown[2]


def test_the_weeks_and_the_damping_are_those_in_force() -> None:
    rows = re.findall(r"^\| ((?:`\w+`(?:, )?)+) \| (\d+)", PAGE, re.MULTILINE)
    told = {Delay(word): int(weeks) for words, weeks in rows for word in re.findall(r"`(\w+)`", words)}
    assert told == WEEKS
    assert f"{STEP}, or in a tangle of loops {REACH} divided" in PAGE


def test_the_examples_are_what_the_command_prints(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(ROOT / "examples" / "north-yorkshire", tmp_path / "north-yorkshire")
    monkeypatch.chdir(tmp_path)
    shown = re.findall(r"```text\n\$ roundtable (.+?)\n(.+?)\n```", PAGE, re.DOTALL)
    assert len(shown) == 3
    for words, printed in shown:
        result = CliRunner().invoke(app, words.split())
        assert result.exit_code == 0
        assert result.stdout.rstrip("\n") == printed, f"docs/causal-map.md does not show what {words} prints"


def test_the_words_for_sizes_are_those_in_force() -> None:
    rows = dict(re.findall(r"^\| ([a-z ]+) \| under (0\.\d+) \|$", PAGE, re.MULTILINE))
    assert {word: float(most) for word, most in rows.items()} == {
        "as now": NEGLIGIBLE,
        "barely": BARELY,
        "a little": A_LITTLE,
        "clearly": CLEARLY,
    }
    assert f"| strongly | {CLEARLY} and above |" in PAGE


def test_every_measure_has_a_row_and_the_bounds_are_those_in_force() -> None:
    told = {
        row.strip()
        for line in PAGE.splitlines()
        if line.startswith("| ")
        for row in line.split("|")[1].split(",")
    }
    metrics = {field.name.replace("_", " ").replace("two step", "two-step") for field in fields(NodeMetrics)}
    assert metrics - {"id"} <= told
    bounds = signature(loop_register).parameters
    text = " ".join(PAGE.split())
    assert f"of up to {bounds['longest'].default} links" in text
    assert f"{bounds['most'].default} at most, and for a bounded time" in text
    assert f"stayed the same {({3: 'three'})[STAYS]} times" in text
