"""Which profiles say just the same: all columns count, and little that is said is nobody's."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from roundtable.linkage.evidence.encoded import encode
from roundtable.linkage.people.identity import NONE, identity_of, known_already
from roundtable.linkage.profiles.profile import profiled
from tests.unit.linkage.people.town import UK, record, table

WHO = {"date_of_birth": "19800101", "nhs_number": "9000000001", "postcode": "AB11CD"}


def profiles(*rows: dict[str, Any]) -> pa.Table:
    return profiled(table(list(rows))).table


def test_the_same_words_have_one_number_wherever_they_stand() -> None:
    one = profiles(record("1", "evto", "elmton"), record("2", "anda", "ashby", **WHO))
    other = profiles(record("9", "anda", "ashby", **WHO))
    assert identity_of(one)[1] == identity_of(other)[0] != NONE
    assert identity_of(one.slice(1))[0] == identity_of(other)[0]


@pytest.mark.parametrize(
    "change",
    [
        {"landline": "01234567890"},
        {"postcode": None},
        {"postcode": None, "address_key": "AB11CD"},
        {"name_tokens": ["anda", "ashby", "to"]},
        {"given": "ashby", "surname": "anda"},
    ],
)
def test_any_other_word_and_any_other_place_of_it_show(change: dict[str, Any]) -> None:
    one = profiles(record("1", "anda", "ashby", **WHO))
    other = profiles(record("1", "anda", "ashby", **(WHO | {})) | change)
    assert identity_of(one)[0] != identity_of(other)[0]


def test_who_says_too_little_is_like_nobody() -> None:
    thin = profiles(record("1", "anda", "ashby"), record("2", "anda", "ashby"))
    assert identity_of(thin).tolist() == [NONE, NONE]
    encoded = encode(thin, UK)
    assert known_already(identity_of(thin), encoded, identity_of(thin), encoded).tolist() == [-1, -1]


def test_a_number_alone_is_not_believed() -> None:
    one = profiles(record("1", "anda", "ashby", **WHO))
    other = profiles(record("1", "evto", "ashby", **WHO))
    encoded = encode(one, UK)
    same = np.array([7], np.uint64)
    assert known_already(same, encoded, same, encoded.beside(other)).tolist() == [-1]
    assert known_already(same, encoded, same, encoded.beside(one)).tolist() == [0]
