"""What stands in deliveries/ and where it does not belong."""

from __future__ import annotations

import hashlib
import os

import pytest

from roundtable.data.intake.receive import receive
from roundtable.governance.clock import trusted_clock
from tests.factories_intake import (
    DropOff,
    good_rows,
)
from tests.unit.intake.refusing import unrecorded

GOOD = good_rows(4)
FILE = "deliveries/crimes/2024-01.csv"


def test_a_folder_that_is_named_for_no_dataset(drop_off: DropOff) -> None:
    drop_off.deliver("crime", "2024-01.csv", GOOD)
    assert unrecorded(drop_off, "unknown-dataset") == (
        "deliveries/crime: there is no dataset 'crime'\n"
        "    If one is meant that exists, the nearest is 'crimes': rename the folder; otherwise write its "
        "contract in datasets/."
    )


def test_a_file_outside_any_folder(drop_off: DropOff) -> None:
    (drop_off.folder / "deliveries").mkdir()
    (drop_off.folder / "deliveries" / "2024-01.csv").write_bytes(GOOD)
    assert "the file stands in deliveries/ itself" in unrecorded(drop_off, "outside-a-dataset")


@pytest.mark.parametrize("place", ["crimes/2024-01.csv", "crimes/folder", "crimes"])
def test_a_symbolic_link(drop_off: DropOff, place: str) -> None:
    target = drop_off.folder / "elsewhere.csv"
    target.write_bytes(GOOD)
    link = drop_off.folder / "deliveries" / place
    link.parent.mkdir(parents=True)
    link.symlink_to(target if place.endswith("csv") else drop_off.folder)
    assert "it is a symbolic link" in unrecorded(drop_off, "link")


def test_a_note_without_its_file(drop_off: DropOff) -> None:
    drop_off.deliver("crimes", "2024-01.csv.note.yaml", b"rows: 4")
    assert "the note describes '2024-01.csv', which is not beside it" in unrecorded(drop_off, "note")


def test_a_pipe_is_no_file(drop_off: DropOff) -> None:
    (drop_off.folder / "deliveries" / "crimes").mkdir(parents=True)
    os.mkfifo(drop_off.folder / "deliveries" / "crimes" / "2024-01.csv")
    assert "it is not an ordinary file" in unrecorded(drop_off, "kind-of-file")


def test_a_file_that_is_still_arriving(drop_off: DropOff, monkeypatch: pytest.MonkeyPatch) -> None:
    path = drop_off.deliver("crimes", "2024-01.csv", GOOD)
    honest = hashlib.file_digest

    def growing(*args: object) -> object:
        found = honest(*args)  # type: ignore[arg-type]
        path.write_bytes(GOOD + b"more")
        return found

    monkeypatch.setattr(hashlib, "file_digest", growing)
    assert "it may still be arriving" in unrecorded(drop_off, "changed-while-read")
    monkeypatch.undo()
    path.write_bytes(GOOD)
    assert drop_off.receive_one().rows_kept == 4


def test_a_file_that_changes_between_its_hash_and_its_rows(drop_off: DropOff) -> None:
    path = drop_off.deliver("crimes", "2024-01.csv", GOOD)
    state = drop_off.state()

    def written_over(told: str) -> None:
        assert told.endswith("reading")
        path.write_bytes(good_rows(9))

    (receipt,) = receive(drop_off.partnership, drop_off.lake, trusted_clock, progress=written_over)
    assert [problem.rule for problem in receipt.problems] == ["changed-while-read"]
    assert drop_off.state() == state
    assert drop_off.receive_one().rows_kept == 9


def test_names_with_a_dot_in_front_are_passed_over(drop_off: DropOff) -> None:
    drop_off.deliver("crimes", ".2024-01.csv", GOOD)
    drop_off.deliver(".hidden", "2024-01.csv", GOOD)
    assert drop_off.receive() == {}
