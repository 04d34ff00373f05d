"""A made county at the door: `roundtable receive` ends as the county's truth says, refusals and all."""

from __future__ import annotations

import json
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


def _ask(*words: str | Path) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words])


def _receive(folder: Path) -> Result:
    return _ask("receive", folder)


def _said(ended: Result) -> dict[str, str]:
    """The status of each file, by its name."""
    return {
        Path(words[-1]).name: words[0]
        for words in (line.split() for line in ended.stdout.splitlines())
        if words and words[-1].startswith("deliveries/")
    }


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
    said = _said(ended)
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


def test_what_is_proposed_for_the_refused_file_can_be_adopted_and_lets_it_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The months before have not got the new column, some of them not one row, and stay what they were."""
    monkeypatch.setenv("ROUNDTABLE_KEYS", str(tmp_path / "keys"))
    folder = tmp_path / "county"
    sent_county(folder, 1_500, ("home-fire-safety-visits",))
    before = _said(_receive(folder))
    assert sorted(before.values()) == ["accepted"] * 12 + ["refused"]
    listed = _ask("deliveries", "list", folder, "--json").stdout
    (proposal,) = (folder / ".roundtable" / "proposals").iterdir()

    adopted = _ask("deliveries", "adopt", folder, proposal.name)
    assert adopted.exit_code == 0 and "the column 'Battery charging' is new" in adopted.stdout
    ended = _receive(folder)

    assert ended.exit_code == 0 and ended.exception is None, ended.output
    assert _said(ended) == dict.fromkeys(before, "accepted")
    assert "would be refused" not in ended.output
    assert _ids(_ask("deliveries", "list", folder, "--json").stdout) == _ids(listed)
    assert not proposal.exists()
    assert "nothing was written" in _receive(folder).stdout
    assert "refused" not in _ask("status", folder).stdout


def _ids(listed: str) -> list[str]:
    return sorted(one["delivery_id"] for one in json.loads(listed))
