"""The file of the next meeting: it loads as it is, and what waits stands in it ready to be answered."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from roundtable.demonstration import example_folder
from roundtable.errors import SettingUnusable
from roundtable.partnership.loading import load_partnership
from roundtable.partnership.new_meeting import new_meeting

DAY = date(2026, 12, 7)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    target = tmp_path / "north-yorkshire"
    shutil.copytree(example_folder(), target)
    return target


def test_it_loads_as_it_is_written(folder: Path) -> None:
    new_meeting(folder, DAY)

    meeting = next(one for one in load_partnership(folder).meetings if one.id == "2026-12-07")
    assert (meeting.on, meeting.title, meeting.decisions) == (DAY, "Round table of 7 December 2026", ())


def test_answered_at_the_table_it_loads_too(folder: Path) -> None:
    path = new_meeting(folder, DAY)
    text = path.read_text(encoding="utf-8")
    start = text.index("#  - id: which-post-leads-hoarding")
    block = text[start : text.index("actions: []")].replace("#  ", "  ").replace("#    ", "    ")
    block = block.replace("agreed, refused or deferred", "agreed").replace(
        "reason: why", "reason: It is nearest."
    )
    path.write_text(text[: text.index("decisions: []")] + "decisions:\n" + block, encoding="utf-8")

    meeting = next(one for one in load_partnership(folder).meetings if one.id == "2026-12-07")
    (decision,) = meeting.decisions
    assert (decision.id, decision.concerning.risks) == (
        "which-post-leads-hoarding",
        ("older-hoarding-known-not-acted-on",),
    )


def test_what_waits_stands_in_order_of_its_day(folder: Path) -> None:
    text = new_meeting(folder, DAY).read_text(encoding="utf-8")

    asked = [line.split(": ")[1] for line in text.splitlines() if line.startswith("#  - id")]
    still = [line.split()[1] for line in text.splitlines() if line.startswith("#  2")]
    assert asked == ["care-level-as-yes-or-no", "stand-in-for-the-winter", "which-post-leads-hoarding"]
    assert still == sorted(still) and len(still) == 4


def test_a_meeting_is_not_written_over(folder: Path) -> None:
    new_meeting(folder, DAY)

    with pytest.raises(SettingUnusable, match="there is a meeting '2026-12-07' already"):
        new_meeting(folder, DAY)
