"""Whatever is sent: cleaning ends, its values have their forms, and no row depends on its place."""

from __future__ import annotations

import re
import time
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from roundtable.linkage.cleaning.cleaned import clean, cleaned
from roundtable.linkage.cleaning.letters import LONGEST, folded
from roundtable.linkage.cleaning.nhs_numbers import check_digit_holds
from roundtable.linkage.profiles.profile import profiled
from tests.factories_records import TEXTS, many_records

#: Right to left, signs of direction, marks on marks, joined letters, faces, control signs, nothing at all.
ODD = [
    "",
    " ",
    "\x00",
    "\x1f",
    "‮abc",
    "أحمد",
    "עברית",
    "Z̸̡͓̲a̷l̵g̶o̷",
    "ﷺ",
    "ﬁ",
    "👩‍👩‍👧",
    "İI",
    "ı",
    "ß",
    "ǅ",
    "\u200b",
    "~",
    "␟",
    "'",
    "`",
    ",",
    ",,",
    "(",
    "()",
    "née",
    "aka",
    "0",
    "1st",
    "-",
    "c/o",
    "baby of",
]
WORDS = st.sampled_from(
    [*ODD, "Ann", "Hill", "07700 900123", "ZY1 2EH", "1987-05-04", "9990448256", "unknown"]
)
VALUES = st.one_of(st.none(), st.text(max_size=30), st.lists(WORDS, max_size=5).map(" ".join), WORDS)
ROWS = st.fixed_dictionaries(dict.fromkeys((*TEXTS, "date_of_birth"), VALUES))
TABLES = st.lists(ROWS, max_size=8)

NAME = re.compile(r"[a-z]+( [a-z]+)*")
FORMS = {
    **dict.fromkeys(("given", "given_root", "middle", "surname", "former_surname", "known_as"), NAME),
    "date_of_birth": re.compile(r"[0-9]{8}"),
    "sex": re.compile(r"[fm]"),
    "nhs_number": re.compile(r"[0-9]{10}"),
    "mobile": re.compile(r"07[0-9]{9}"),
    "landline": re.compile(r"0[123][0-9]{8,9}"),
    "email": re.compile(r"[^@\s]+@[^@\s]+\.[a-z]+"),
    "postcode": re.compile(r"[A-Z]{1,2}[0-9][A-Z0-9]?[0-9][A-Z]{2}"),
    "outward": re.compile(r"[A-Z]{1,2}[0-9][A-Z0-9]?"),
    "address_key": re.compile(r"[a-z0-9]+( [a-z0-9]+)*"),
}


@settings(max_examples=80, deadline=None)
@given(TABLES)
def test_every_value_has_its_form_or_is_null(rows: list[dict[str, Any]]) -> None:
    for row in clean(many_records(rows)).to_pylist():
        for name, form in FORMS.items():
            assert row[name] is None or form.fullmatch(row[name]), (name, row[name])
        assert row["nhs_number"] is None or check_digit_holds(row["nhs_number"])
        tokens = row["name_tokens"]
        assert tokens is None or (
            tokens and tokens == sorted(set(tokens)) and all(map(NAME.fullmatch, tokens))
        )
        assert all(row[name] is None or len(row[name]) <= 20 * LONGEST for name in FORMS)


@settings(max_examples=30, deadline=None)
@given(TABLES, st.randoms(use_true_random=False))
def test_no_row_depends_on_its_place_or_on_its_neighbours(rows: list[dict[str, Any]], chance: Any) -> None:
    sent = many_records(rows)
    whole = cleaned(sent)
    order = list(range(len(rows)))
    chance.shuffle(order)
    assert clean(sent.take(pa.array(order, pa.int64()))).equals(whole.table)
    for place in range(len(rows)):
        assert clean(sent.slice(place, 1), whole.usual).equals(whole.table.slice(place, 1))


@settings(max_examples=50, deadline=None)
@given(TABLES)
def test_every_record_has_one_profile_and_its_profile_says_what_it_says(rows: list[dict[str, Any]]) -> None:
    table = clean(many_records([*rows, *rows]))
    found = profiled(table)
    assert len(found.of_record) == table.num_rows == found.records.sum()
    identity = found.table.column_names[1:]
    assert (
        found.table.select(identity).take(pa.array(found.of_record)).to_pylist()
        == table.select(identity).to_pylist()
    )


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60))
@example("İ")
@example("ﷺ")
@example("ŁÓDŹ")
def test_folding_what_is_folded_changes_nothing(text: str) -> None:
    once = folded(text)
    assert folded(once) == once
    assert re.fullmatch(r"([a-z0-9]+( [a-z0-9]+)*)?", once)


@settings(max_examples=50, deadline=None)
@given(
    st.lists(
        st.sampled_from(["Ann", "Bob", "Hill", "O'Brien", "de", "la", "Cruz", "Łódź", "J", "9th"]),
        min_size=1,
        max_size=6,
    )
)
def test_no_word_of_a_whole_name_is_lost(words: list[str]) -> None:
    (row,) = clean(many_records([{"full_name": " ".join(words)}])).to_pylist()
    kept = {word for word in map(folded, words) if len(word) > 1 and word not in {"de", "la", "9th"}}
    assert kept <= set(row["name_tokens"] or [])


LONG = "x" * 10_000


@pytest.mark.parametrize("column", [*TEXTS, "date_of_birth"])
@pytest.mark.parametrize(
    "value",
    [
        LONG,
        "a " * 5_000,
        "1" * 10_000,
        "(" * 10_000,
        "baby " * 2_000,
        "a@" * 5_000,
        "👩" * 10_000,
        ", " * 5_000,
        "07" * 5_000,
        "é" * 10_000,
    ],
    ids=["one word", "words", "figures", "brackets", "babies", "ats", "faces", "commas", "sevens", "marks"],
)
def test_a_box_of_ten_thousand_letters_takes_no_time(column: str, value: str) -> None:
    started = time.process_time()
    clean(many_records([{column: value}]))
    assert time.process_time() - started < 1.0


@pytest.mark.parametrize(
    "row",
    [
        {},
        {"given_name": "Ann", "surname": "Hill", "date_of_birth": "1987-05-04", "nhs_number": "9990448256"},
        {"full_name": "Unknown", "phone": "00000000000"},
    ],
    ids=["nothing", "one person", "nobody"],
)
def test_two_hundred_thousand_alike_are_cleaned_in_seconds(row: dict[str, str]) -> None:
    count = 200_000
    few = many_records([row])
    sent = few.take(pa.array(np.zeros(count, dtype=np.int64)))
    ids = pc.binary_join_element_wise("r", pa.array(np.arange(count)).cast(pa.string()), "")
    sent = sent.set_column(0, "record_id", ids)
    started = time.process_time()
    table = clean(sent)
    profiles = profiled(table)
    assert time.process_time() - started < 10
    assert len(profiles.records) in (1, count)
    assert pc.count_distinct(table["date_of_birth"], mode="all").as_py() == 1
