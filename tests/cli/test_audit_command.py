"""`roundtable audit`, through the entry point, after somebody has edited the database or cut its tail off."""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.test_receive_command import FILE, HEADER, ROW
from tests.cli.test_run_commands import roundtable
from tests.town import Town


@pytest.fixture
def keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ROUNDTABLE_KEYS", str(tmp_path / "keys"))
    return tmp_path / "keys"


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which a town has received something, has keys, and keeps a checkpoint elsewhere."""
    beside = tmp_path_factory.mktemp("begun")
    keys = {"ROUNDTABLE_KEYS": str(beside / "keys")}
    town = Town.built_in(beside)
    town.write(FILE, HEADER + 3 * ROW)
    for words in (("receive",), ("keys", "init"), ("audit", "checkpoint", "--to", beside / "kept")):
        done = roundtable(*words, town.folder, **keys)
        assert done.returncode == 0, done.stderr
    return beside


@pytest.fixture
def town(begun: Path, tmp_path: Path, keys: Path) -> Town:
    """A copy of it, to be broken."""
    shutil.copytree(begun, tmp_path, dirs_exist_ok=True)
    return Town(tmp_path / "town")


def _change(town: Town, *statements: str) -> None:
    with closing(sqlite3.connect(town.folder / ".roundtable" / "ledger.sqlite3")) as database, database:
        for statement in statements:
            database.execute(statement)


def _verified(town: Town, *words: str) -> tuple[int, str]:
    done = roundtable("audit", "verify", town.folder, "--kept", town.folder.parent / "kept", *words)
    return done.returncode, done.stdout


def test_a_whole_chain_is_said_to_be(town: Town) -> None:
    status, told = _verified(town)
    assert (status, told.splitlines()[-1]) == (
        0,
        "The chain is whole, and holds every one of 1 checkpoints kept elsewhere.",
    )


def test_without_a_checkpoint_it_says_what_it_cannot_see(town: Town) -> None:
    done = roundtable("audit", "verify", town.folder)
    assert done.returncode == 0
    assert "would not be seen" in done.stdout


@pytest.mark.parametrize(
    ("attack", "found"),
    [
        ("UPDATE ledger_auditevent SET about = 'another' WHERE sequence = 2", "event 2 has been changed"),
        ("DELETE FROM ledger_auditevent WHERE sequence = 2", "event 2 is missing"),
    ],
)
def test_an_edit_and_a_deletion_are_found(town: Town, attack: str, found: str) -> None:
    _change(town, attack)
    status, told = _verified(town)
    assert status == 1
    assert found in told


def test_a_tail_that_was_cut_off_is_found_by_a_checkpoint(town: Town) -> None:
    last = "(SELECT max(sequence) FROM ledger_auditevent)"
    _change(town, f"DELETE FROM ledger_auditevent WHERE sequence = {last}")
    status, told = _verified(town)
    assert status == 1
    assert "is gone with all after it" in told
    assert roundtable("audit", "verify", town.folder).returncode == 0, "a shorter chain is whole in itself"


def test_an_auditor_needs_the_public_key_and_no_secret(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    public = roundtable("audit", "key", town.folder).stdout.strip()
    monkeypatch.setenv("ROUNDTABLE_KEYS", str(town.folder.parent / "auditors-own"))
    assert _verified(town)[0] not in (0, 1)
    assert _verified(town, "--public-key", public)[0] == 0
    assert _verified(town, "--public-key", "ab" * 32)[0] == 1


def test_what_was_done_can_be_read_and_that_is_an_event(town: Town) -> None:
    first = json.loads(roundtable("audit", "show", town.folder, "--act", "delivery.", "--json").stdout)
    assert [event["act"] for event in first] == ["delivery.accepted"]
    told = roundtable("audit", "show", town.folder, "--last", "1").stdout
    assert "audit.read" in told


def test_what_was_done_names_the_posts_that_did_it(town: Town) -> None:
    roundtable("subject", "find", town.folder, "--source-id", "x", "--by", "council-analyst")
    lines = roundtable("audit", "show", town.folder, "--act", "subject.").stdout.splitlines()
    assert [line.split("subject.looked_at")[1].split() for line in lines] == [
        ["a", "search", "by", "council-analyst"]
    ]
    (event,) = json.loads(roundtable("audit", "show", town.folder, "--act", "subject.", "--json").stdout)
    assert event["by"] == ["council-analyst"]
    assert event["detail"]["how"] == "refused", (
        "an analyst looks nobody up, and the chain says that one tried"
    )


def test_a_run_keeps_its_checkpoint_where_the_setting_says(town: Town, tmp_path: Path) -> None:
    elsewhere = {"ROUNDTABLE_CHECKPOINTS": str(tmp_path / "elsewhere")}
    assert roundtable("run", town.folder, **elsewhere).returncode == 0
    made = sorted((tmp_path / "elsewhere").iterdir())
    assert len(made) == 1
    assert roundtable("run", town.folder, **elsewhere).returncode == 0
    assert sorted((tmp_path / "elsewhere").iterdir()) == made, "nothing changed, so there is nothing to keep"
    assert roundtable("audit", "verify", town.folder, **elsewhere).returncode == 0


def test_before_anything_was_done_there_is_nothing_to_verify(tmp_path: Path, keys: Path) -> None:
    done = roundtable("audit", "verify", Town.built_in(tmp_path).folder)
    assert done.returncode == 5
    assert "there is no ledger here yet" in done.stderr
