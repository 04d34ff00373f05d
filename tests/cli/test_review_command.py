"""`roundtable review`, through the entry point as a user starts it: links of a small county put to reviewers."""

from __future__ import annotations

import csv
import stat
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from tests.cli.test_run_commands import roundtable

PURPOSE = ("--purpose", "safeguarding_adults")


@pytest.fixture
def begun(tmp_path: Path) -> Path:
    """A partnership in which nothing has run."""
    assert roundtable("init", tmp_path / "place", "--starter", "property-flags").returncode == 0
    return tmp_path / "place"


def _out(folder: Path, to: Path, *more: str) -> CompletedProcess[str]:
    post = ("--post", "council-dpo")
    return roundtable("review", "out", folder, *(more or PURPOSE), *post, "--to", to)


def test_before_any_run_it_says_how_to_begin(begun: Path, tmp_path: Path) -> None:
    for ended in (
        _out(begun, tmp_path / "q.csv"),
        roundtable("review", "in", begun, tmp_path / "q.csv", "--post", "council-dpo"),
        roundtable("review", "status", begun, *PURPOSE),
        roundtable("review", "estimate", begun, *PURPOSE),
    ):
        assert ended.returncode == 8 and "Begin with `roundtable run" in ended.stderr, ended.stderr
        assert "Traceback" not in ended.stderr
    assert not (tmp_path / "q.csv").exists()


def test_a_word_that_is_no_purpose_or_kind_is_told_the_nearest(begun: Path, tmp_path: Path) -> None:
    ended = _out(begun, tmp_path / "q.csv", "--purpose", "safeguarding_adult")
    assert ended.returncode == 8 and "did you mean 'safeguarding_adults'" in ended.stderr
    ended = _out(begun, tmp_path / "q.csv", *PURPOSE, "--kind", "worst")
    assert ended.returncode == 8 and "did you mean 'worth'" in ended.stderr
