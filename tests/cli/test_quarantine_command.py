"""`roundtable quarantine` and `roundtable deliveries`, through the entry point as a user starts them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.test_receive_command import FILE, HEADER, ROW
from tests.cli.test_run_commands import roundtable
from tests.town import Town

POST = """
roles:
  - {id: police-uk-data, title: Data manager, kind: iao}
"""
WHY = ("--reason", "The sender confirmed it in writing.")


@pytest.fixture
def town(tmp_path: Path) -> Town:
    made = Town.built_in(tmp_path)
    agency = made.folder / "agencies" / "police-uk.yaml"
    text = agency.read_text(encoding="utf-8")
    assert "roles:" not in text
    agency.write_text(text + POST, encoding="utf-8")
    return made


def test_a_row_is_seen_mended_and_released(town: Town, tmp_path: Path) -> None:
    keys = {"ROUNDTABLE_KEYS": str(tmp_path / "keys")}
    post = ("--post", "police-uk-data")
    town.write(FILE, HEADER + ROW * 20 + ROW.replace("2024-01", "January"))
    assert roundtable("keys", "init", town.folder, **keys).returncode == 0
    assert roundtable("receive", town.folder, **keys).returncode == 0
    listed = json.loads(roundtable("quarantine", "list", town.folder, "--json", **keys).stdout)
    assert [(one["rule"], one["rows"], one["days"]) for one in listed] == [("date-format", 1, 0)]
    delivery = listed[0]["delivery_id"]
    shown = roundtable("quarantine", "show", town.folder, delivery, *post, *WHY, **keys)
    assert "line 22: Month is not written as yyyy-MM [date-format]" in shown.stdout
    assert "    Month: January" in shown.stdout and "Context" not in shown.stdout
    place = ("--line", "22", "--column", "Month", "--value", "2024-01")
    mended = roundtable("quarantine", "mend", town.folder, delivery, *place, *post, *WHY, **keys)
    assert (mended.returncode, mended.stdout.split(".")[0]) == (0, "Kept")
    done = roundtable("quarantine", "release", town.folder, delivery, *post, *WHY, **keys)
    assert done.returncode == 0, done.stderr
    assert "accepted              21          21           0" in done.stdout
    assert roundtable("quarantine", "list", town.folder, **keys).stdout == "Nothing is in quarantine.\n"


def test_a_row_is_dismissed_and_a_post_that_is_not_there_is_told(town: Town) -> None:
    town.write(FILE, HEADER + ROW * 20 + ROW.replace("2024-01", "January"))
    roundtable("receive", town.folder)
    (one,) = json.loads(roundtable("quarantine", "list", town.folder, "--json").stdout)
    words = ("quarantine", "dismiss", town.folder, one["delivery_id"], "--line", "22", *WHY)
    refused = roundtable(*words, "--post", "police-uk-dat")
    assert (refused.returncode, "did you mean 'police-uk-data'?" in refused.stderr) == (8, True)
    done = roundtable(*words, "--post", "police-uk-data")
    assert "accepted              21          20           0" in done.stdout


def test_a_delivery_that_waits_is_listed_told_and_released(town: Town) -> None:
    for month, rows in enumerate((50, 50, 50, 700), start=1):
        name = f"2024-0{month}"
        town.write(FILE.replace("2024-01", name), HEADER + rows * ROW.replace("2024-01", name))
    assert roundtable("receive", town.folder).returncode == 0
    listed = json.loads(roundtable("deliveries", "list", town.folder, "--json").stdout)
    (waits,) = (one for one in listed if one["status"] == "waiting")
    status = roundtable("status", town.folder).stdout
    assert "Look at the data of 1 partner: 1 waiting" in status
    assert "  waiting  street-crime: " in status
    assert f"deliveries release {town.folder} {waits['delivery_id']}" in status
    words = ("deliveries", "release", town.folder, waits["delivery_id"], "--post", "police-uk-data", *WHY)
    done = roundtable(*words)
    assert "accepted             700         700           0" in done.stdout
    assert "waiting" not in roundtable("status", town.folder).stdout


def test_a_proposal_is_adopted(town: Town) -> None:
    town.write(FILE, HEADER.replace("Falls within", "Falls inside") + ROW)
    assert roundtable("receive", town.folder).returncode == 3
    (proposal,) = (town.folder / ".roundtable" / "proposals").iterdir()
    status = roundtable("status", town.folder).stdout
    assert f"deliveries adopt {town.folder} {proposal.name}" in status
    done = roundtable("deliveries", "adopt", town.folder, proposal.name)
    assert (done.returncode, "'Falls inside'" in done.stdout) == (0, True)
    assert roundtable("receive", town.folder).returncode == 0
