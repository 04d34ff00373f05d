"""A made county at the door: `roundtable receive` ends as the county's truth says, refusals and all."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner, Result

from roundtable.cli.main import app
from roundtable.county.sends.mishaps import MishapKind
from roundtable.errors import DeliveryRefused
from tests.county_received import sent_county

#: Those with a mishap; nothing else is needed to see what becomes of it.
DATASETS = (
    "ambulance-see-and-treat",
    "council-tax-arrears",
    "ed-attendance-records",
    "home-fire-safety-visits",
    "safeguarding-concerns",
    "youth-justice-cases",
)


def _receive(folder: Path) -> Result:
    return CliRunner().invoke(app, ["receive", str(folder)])


def _truth(folder: Path) -> list[dict[str, Any]]:
    table = pq.read_table(folder.with_name(f"{folder.name}-truth") / "planted_mishaps.parquet")
    found: list[dict[str, Any]] = table.to_pylist()
    return found


def test_a_county_is_received_as_its_truth_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ROUNDTABLE_KEYS", str(tmp_path / "keys"))
    folder = tmp_path / "county"
    sent_county(folder, 1_500, DATASETS)
    planted = _truth(folder)
    assert {row["kind"] for row in planted} == {str(kind) for kind in MishapKind}
    ended = _receive(folder)
    # `main` makes the exit code of the error.
    assert isinstance(ended.exception, DeliveryRefused)
    assert ended.exception.exit_code == 3
    said = {
        Path(words[-1]).name: words[0]
        for words in (line.split() for line in ended.stdout.splitlines())
        if words and words[-1].startswith("deliveries/")
    }
    refused = sorted(name for name, status in said.items() if status == "refused")
    assert refused == sorted(row["file"] for row in planted if row["refused"]) != []
    by_kind = {row["kind"]: row["file"] for row in planted}
    assert said[by_kind["zipped"]] == said[by_kind["late"]] == said[by_kind["new_code"]] == "accepted"
    # In a small county nothing may have been missing from the first: then the same file came twice.
    corrected = [row["file"] for row in planted if row["kind"] == "corrected"]
    assert {said[name] for name in corrected} in ({"superseded", "accepted"}, {"repeated", "accepted"})
    # What would let the refused file in is proposed.
    (proposal,) = (folder / ".roundtable" / "proposals").glob("home-fire-safety-visits-*.yaml")
    assert "Battery charging" in proposal.read_text()
