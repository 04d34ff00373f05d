"""Every figure of the senders' habits says where it comes from and how far to trust it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import roundtable.county.sends
from roundtable.county.reference_table import PROVENANCE, FigureStatus, reference_rows
from roundtable.county.sends.every_sender import OPEN, PRODUCERS
from roundtable.county.sends.habits import habits_of, senders
from roundtable.county.sends.mishaps import MishapKind
from roundtable.county.sends.shares import mixture

FOLDER = Path(roundtable.county.sends.__file__).parent / "reference"
TABLES = sorted(path.stem for path in FOLDER.glob("*.csv"))


@pytest.mark.parametrize("name", TABLES)
def test_every_row_says_its_source_date_and_status(name: str) -> None:
    rows = reference_rows("sends", name)
    assert rows
    for row in rows:
        assert all(row[column] for column in PROVENANCE)
        date.fromisoformat(row["date"])
        FigureStatus(row["status"])


def test_habits_are_of_senders_and_hold_once() -> None:
    rows = [(row["sender"], row["habit"]) for row in reference_rows("sends", "habits")]
    assert len(rows) == len(set(rows))
    assert senders() == {one.sender for one in (*PRODUCERS.values(), *OPEN.values())}
    assert all(habits_of(sender).values for sender in senders())


def test_mishaps_befall_tables_that_are_sent() -> None:
    rows = reference_rows("sends", "mishaps")
    assert {(row["dataset"], row["table"]) for row in rows} <= set(PRODUCERS)
    assert {row["kind"] for row in rows} == {str(kind) for kind in MishapKind}


@pytest.mark.parametrize("name", ["visits", "abuse", "care homes", "clutter", "carer support", "carer hours"])
def test_mixtures_add_up(name: str) -> None:
    words, shares = mixture(name)
    assert len(words) == len(set(words)) > 1
    assert sum(shares) == pytest.approx(1)
