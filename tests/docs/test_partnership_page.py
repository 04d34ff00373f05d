"""The page about the partnership folder: its examples are a whole partnership, and its messages are true."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from roundtable.errors import PartnershipUnusable
from roundtable.partnership.file_kinds import CHARTER_FILE, FOLDERS
from roundtable.partnership.loading import load_partnership
from tests.docs.pages import DOCS

PAGE = (DOCS / "partnership.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"```yaml\n# (\S+)\n(.+?)```", re.DOTALL)


def _written(folder: Path) -> dict[str, str]:
    files = dict(BLOCK.findall(PAGE))
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(f"# {name}\n{text}", encoding="utf-8")
    return files


def test_the_files_on_the_page_are_a_whole_partnership(tmp_path: Path) -> None:
    files = _written(tmp_path)

    assert {name.split("/")[0] for name in files} == {CHARTER_FILE, *FOLDERS}
    assert load_partnership(tmp_path).charter.id == "our-town"


def test_the_messages_on_the_page_are_what_is_said(tmp_path: Path) -> None:
    _written(tmp_path)
    for name, old, new in (
        ("agencies/fire-service.yaml", "kind: fire_rescue", "kind: fire_rescu"),
        (
            "scenarios/alone-at-risk.yaml",
            "lead_posts: [fire-prevention-lead]",
            "lead_posts: [fire-prevention-led]",
        ),
    ):
        path = tmp_path / name
        path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")

    with pytest.raises(PartnershipUnusable) as raised:
        load_partnership(tmp_path)
    said = [str(problem).replace(str(tmp_path), "our-town") for problem in raised.value.problems]
    shown = " ".join(PAGE.split())
    assert len(said) == 2
    for problem in said:
        start = problem.split("Allowed:")[0]
        assert " ".join(start.split()) in shown, problem
