"""Checkpoints: made by whoever has the key, believed only when they are whole and of this ledger."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from roundtable.errors import StoreUnusable
from roundtable.governance.checkpoints import (
    Checkpoint,
    checkpoints_at,
    heads,
    public_key,
    read_checkpoints,
    sign,
)
from roundtable.ledger.audit import Head

SEED, OTHER = b"\x01" * 32, b"\x02" * 32
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
HEAD = Head(41, "ab" * 32)


@pytest.fixture
def checkpoint() -> Checkpoint:
    return sign(SEED, "ledger-1", HEAD, NOON)


def _written(folder: Path, checkpoint: Checkpoint) -> Path:
    path = folder / checkpoint.name
    path.write_text(checkpoint.text(), encoding="utf-8")
    return path


def test_one_that_was_kept_is_believed(checkpoint: Checkpoint, tmp_path: Path) -> None:
    _written(tmp_path, checkpoint)
    (tmp_path / "minutes.txt").write_text("something else")
    found, problems = read_checkpoints(checkpoints_at(tmp_path), "ledger-1", public_key(SEED))
    assert (found, problems) == ((checkpoint,), ())
    assert heads(found) == (HEAD,)
    assert checkpoint.name == "checkpoint-000000000041.json"


@pytest.mark.parametrize(
    "change",
    [{"sequence": 40}, {"hash": "cd" * 32}, {"at": "2026-03-02T12:00:00+00:00"}, {"signature": "00" * 64}],
    ids=lambda change: next(iter(change)),
)
def test_one_that_was_changed_is_not(
    checkpoint: Checkpoint, tmp_path: Path, change: dict[str, object]
) -> None:
    path = _written(tmp_path, replace(checkpoint, **change))  # type: ignore[arg-type]
    found, problems = read_checkpoints([path], "ledger-1", public_key(SEED))
    assert found == ()
    assert [problem.what for problem in problems] == [
        "its signature does not fit: it was changed, or signed with another key"
    ]


def test_nor_one_that_somebody_else_signed_with_a_key_of_their_own(tmp_path: Path) -> None:
    path = _written(tmp_path, sign(OTHER, "ledger-1", HEAD, NOON))
    assert read_checkpoints([path], "ledger-1", public_key(SEED))[0] == ()


def test_nor_one_of_another_ledger_nor_another_file(checkpoint: Checkpoint, tmp_path: Path) -> None:
    path = _written(tmp_path, checkpoint)
    assert "another ledger" in read_checkpoints([path], "ledger-2", public_key(SEED))[1][0].what
    path.write_text(json.dumps({"hash": "x"}))
    assert "no checkpoint" in read_checkpoints([path], "ledger-1", public_key(SEED))[1][0].what


def test_a_place_where_nothing_is_kept_is_said(tmp_path: Path) -> None:
    with pytest.raises(StoreUnusable):
        checkpoints_at(tmp_path / "nowhere")
