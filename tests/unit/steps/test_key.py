"""The fingerprint of the code: what changes a result is in it, and what does not is left out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import roundtable
from roundtable.steps.key import code_fingerprint


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A package of two files, in the place of Roundtable's own."""
    root = tmp_path / "roundtable"
    (root / "insight").mkdir(parents=True)
    (root / "__init__.py").write_text("")
    (root / "insight" / "harm.py").write_text("WEIGHT = 1\n")
    monkeypatch.setattr(roundtable, "__file__", str(root / "__init__.py"))
    yield root
    code_fingerprint.cache_clear()


def now() -> str:
    """The fingerprint as it is on the disk now."""
    code_fingerprint.cache_clear()
    return code_fingerprint()


def test_a_changed_module_changes_it(package: Path) -> None:
    before = now()
    (package / "insight" / "harm.py").write_text("WEIGHT = 2\n")
    assert now() != before


@pytest.mark.parametrize("name", ["insight/__pycache__/harm.cpython-311.pyc", "cli/run.py", "web/page.py"])
def test_compiled_files_and_the_faces_are_left_out(package: Path, name: str) -> None:
    before = now()
    (package / name).parent.mkdir(parents=True)
    (package / name).write_bytes(b"whatever")
    assert now() == before
