"""Deliveries as files: notes that tell the truth; one corrected, one late, one withdrawn."""

from __future__ import annotations

import hashlib
from datetime import timedelta

import pytest
import yaml

from roundtable.county.sends.planned_files import SentTable
from tests.unit.county.sends.conftest import SmallCounty
from tests.unit.county.sends.reading_back import all_rows, rows_of


def _table(small: SmallCounty, dataset: str, table: str) -> SentTable:
    return next(one for one in small.tables if (one.dataset.id, one.table.name) == (dataset, table))


def test_every_note_says_what_the_file_is(small: SmallCounty) -> None:
    for sent in small.tables:
        for file in sent.files:
            path = small.deliveries / sent.dataset.id / file.sent_as
            note = yaml.safe_load(path.with_name(f"{file.sent_as}.note.yaml").read_text())
            assert note["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()
            assert note["rows"] == len(rows_of(small.deliveries, sent, file))
            assert note["period"] == file.period
            assert note["as_at"].date() >= sent.slots[file.slot].ends or sent.producer.once


def test_nothing_else_stands_there(small: SmallCounty) -> None:
    found = {path for path in small.deliveries.rglob("*") if path.is_file()}
    notes = {path for path in found if path.name.endswith(".note.yaml")}
    assert {path.with_name(f"{path.name}.note.yaml") for path in found - notes} == {
        path for path in notes if not path.name.endswith(".withdraw.note.yaml")
    }
    assert len(found - notes) == len(small.made.files)
    assert not [path for path in found if path.name.startswith(".")]


@pytest.mark.parametrize(
    ("dataset", "table"), [("recorded-crime", "crimes"), ("safeguarding-concerns", "concerns")]
)
def test_a_correction_brings_what_was_missing(small: SmallCounty, dataset: str, table: str) -> None:
    sent = _table(small, dataset, table)
    (second,) = [file for file in sent.files if file.corrects]
    (first,) = [file for file in sent.files if file.name == second.corrects]
    before, after = (rows_of(small.deliveries, sent, file) for file in (first, second))
    assert len(before) <= len(after)
    assert all(row in after for row in before)
    assert second.as_at > first.as_at
    note = yaml.safe_load((small.deliveries / dataset / f"{second.name}.note.yaml").read_text())
    assert note["corrects"] == first.name


def test_corrections_and_withdrawals_differ_where_there_are_rows_enough(small: SmallCounty) -> None:
    sent = _table(small, "recorded-crime", "crimes")
    (second,) = [file for file in sent.files if file.corrects]
    (first,) = [file for file in sent.files if file.name == second.corrects]
    assert len(rows_of(small.deliveries, sent, first)) < len(rows_of(small.deliveries, sent, second))


def test_one_delivery_comes_late(small: SmallCounty) -> None:
    sent = _table(small, "ambulance-see-and-treat", "incidents")
    late = [f for f in sent.files if f.as_at.date() > sent.slots[f.slot].ends + timedelta(days=30)]
    assert len(late) == 1


def test_one_delivery_is_withdrawn_and_sent_anew(small: SmallCounty) -> None:
    sent = _table(small, "youth-justice-cases", "cases")
    (gone,) = [file for file in sent.files if file.withdrawn]
    (note,) = (small.deliveries / "youth-justice-cases").glob("*.withdraw.note.yaml")
    assert yaml.safe_load(note.read_text())["withdraws"] == gone.name
    assert [file.slot for file in sent.files].count(gone.slot) == 2


def test_increments_change_and_withdraw(small: SmallCounty) -> None:
    sent = _table(small, "ed-attendance-records", "attendances")
    rows = all_rows(small.deliveries, sent)
    versions: dict[str, list[dict[str, str]]] = {}
    for row in rows:
        versions.setdefault(row["attendance_id"], []).append(row)
    changed = [found for found in versions.values() if len(found) > 1]
    assert len(changed) > 5
    # The person of an attendance stays the same, whatever is changed of it.
    # (What is withdrawn says no more than which row it is.)
    assert all(len({row["local_patient_id"] for row in found} - {""}) <= 1 for found in changed)
    assert {row["record_status"] for row in rows} == {"A", "D"}
    for file in sent.files:
        keys = [row["attendance_id"] for row in rows_of(small.deliveries, sent, file)]
        assert len(keys) == len(set(keys))


def test_a_register_grows_and_is_sent_whole(small: SmallCounty) -> None:
    sent = _table(small, "adult-social-care-cases", "cases")
    sizes = [len(rows_of(small.deliveries, sent, file)) for file in sent.files]
    assert len(sizes) == 13
    assert sizes == sorted(sizes)
    assert sizes[0] > 0


def test_late_rows_are_in_a_later_file(small: SmallCounty) -> None:
    late = 0
    for dataset, table, recorded in (
        ("recorded-crime", "crimes", "recorded_at"),
        ("recorded-crime", "people", "linked_at"),
        ("safeguarding-concerns", "concerns", "entered_at"),
        ("ed-attendance-records", "attendances", "changed_at"),
        ("police-calls-for-service", "calls", "updated_at"),
    ):
        sent = _table(small, dataset, table)
        for file in sent.files[1:]:
            months = [_month(row[recorded]) for row in rows_of(small.deliveries, sent, file)]
            assert not any(month > file.period[:7] for month in months if month)
            late += sum(month < file.period[:7] for month in months if month)
    assert late > 0


def _month(written: str) -> str:
    """The month of a time in any of three formats; nothing where it is missing or planted as no day."""
    if not written[:1].isdigit():
        return ""
    if written[2] == "/":
        return f"{written[6:10]}-{written[3:5]}"
    return written[:7] if written[4] == "-" else f"{written[:4]}-{written[4:6]}"
