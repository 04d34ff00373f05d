"""The page on the causal map: its code runs, and its table of weeks is the one in force."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from roundtable.partnership.dynamics.damping import REACH, STEP
from roundtable.partnership.dynamics.propagation import WEEKS
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
