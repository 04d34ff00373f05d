"""Columns as CSV: whatever stands in them comes back, in every encoding, and cut anywhere between records."""

from __future__ import annotations

import codecs
import csv
import io

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as some

from roundtable.county.sends.csv_text import Records, TextHabit, starts, text_habit
from roundtable.partnership.model.contract_terms import Encoding

CELLS = some.text(some.characters(codec="cp1252", exclude_categories=("Cc", "Cs")), max_size=12)
ROWS = some.lists(some.tuples(CELLS, CELLS | some.none(), CELLS), min_size=1, max_size=8)


def _read(content: bytes, habit: TextHabit) -> list[list[str]]:
    text = content.removeprefix(habit.mark).decode(habit.codec)
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=habit.delimiter))


@given(
    ROWS,
    some.sampled_from(list(Encoding)),
    some.sampled_from(",;|\t"),
    some.booleans(),
    some.booleans(),
)
def test_what_is_written_is_read_again(
    rows: list[tuple[str, str | None, str]], encoding: Encoding, delimiter: str, marked: bool, quoted: bool
) -> None:
    habit = text_habit(encoding, delimiter, marked=marked, eol="\r\n", quoted=quoted)
    columns = [pa.array(column, pa.string()) for column in zip(*rows, strict=True)]
    content = habit.header(["a", f"b{delimiter}c", 'd"']) + Records(columns, habit).cut(0, len(rows))
    read = _read(content, habit)
    assert read[0] == ["a", f"b{delimiter}c", 'd"']
    # A line of nothing but empty cells is still a record: three cells have two delimiters.
    assert read[1:] == [[cell or "" for cell in row] for row in rows]


@given(ROWS, some.data())
def test_cuts_join_to_the_whole(rows: list[tuple[str, str | None, str]], data: some.DataObject) -> None:
    habit = text_habit(Encoding.UTF_16, ",", marked=False, eol="\n")
    records = Records([pa.array(column, pa.string()) for column in zip(*rows, strict=True)], habit)
    at = data.draw(some.integers(0, len(rows)))
    assert records.cut(0, at) + records.cut(at, len(rows)) == records.cut(0, len(rows))
    assert records.picked(np.arange(at)) == records.cut(0, at)


@pytest.mark.parametrize(
    ("encoding", "marked", "mark"),
    [
        (Encoding.UTF_8, True, codecs.BOM_UTF8),
        (Encoding.UTF_8, False, b""),
        (Encoding.UTF_16, False, codecs.BOM_UTF16_LE),
        (Encoding.CP1252, True, b""),
    ],
)
def test_marks(encoding: Encoding, marked: bool, mark: bytes) -> None:
    assert text_habit(encoding, ",", marked=marked, eol="\n").header(["x"]).startswith(mark)
    assert text_habit(encoding, ",", marked=marked, eol="\n").mark == mark


def test_letters_that_an_encoding_lacks_lose_their_marks() -> None:
    habit = text_habit(Encoding.CP1252, ",", marked=False, eol="\n")
    written = Records([pa.array(["Łukasz Sławiński", "Zoë", "Nguyễn", "王"])], habit).cut(0, 4)
    assert written.decode("cp1252") == "Lukasz Slawinski\nZoë\nNguyen\n?\n"


def test_where_each_slot_begins() -> None:
    assert starts(np.array([0, 0, 2, 2, 2]), 4).tolist() == [0, 2, 2, 5, 5]
