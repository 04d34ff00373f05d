"""One record in codes, words and keys: what it comes to by itself is what it comes to in a table."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from roundtable.linkage.blocking.keys import keys_of
from roundtable.linkage.evidence.encoded import encode
from roundtable.linkage.evidence.settings import shipped
from roundtable.linkage.lookup.blocks import Blocks
from roundtable.linkage.lookup.one import OneEncoder
from roundtable.linkage.lookup.one_key import NONE, key_of, key_types
from roundtable.linkage.lookup.words import NO_CODE, Words
from roundtable.linkage.profiles.profile import profiled
from roundtable.linkage.schemas import IDENTITY
from tests.unit.linkage.lookup.village import village

UK = shipped("uk")


@given(st.lists(st.text(max_size=5), unique=True), st.text(max_size=5))
def test_a_word_has_its_place_as_its_code(words: list[str], other: str) -> None:
    found = Words(pa.array(words, pa.string()))
    assert [found.code(word) for word in words] == list(range(len(words)))
    assert found.code(other) == (words.index(other) if other in words else NO_CODE)
    assert found.code(None) == NO_CODE


def test_words_of_a_part_of_an_array_are_its_own() -> None:
    whole = pa.array(["zero", "one", "two", "three"])
    found = Words(whole.slice(1, 2))
    assert [found.code(word) for word in ("one", "two", "three", "zero")] == [0, 1, NO_CODE, NO_CODE]


def test_a_record_that_is_there_has_the_codes_and_keys_of_its_profile() -> None:
    _, table, _ = village()
    profiles = profiled(table).table
    encoded = encode(profiles, UK)
    keys, encoder, types = keys_of(UK, encoded), OneEncoder(encoded), key_types(UK)
    named = list(keys)
    assert len(named) == len(types)
    for place, row in enumerate(profiles.select(IDENTITY.names).to_pylist()):
        one = encoder.one(row)
        assert one.known == {column: codes[place] for column, codes in encoded.codes.items()}
        assert {column: codes[0] for column, codes in one.encoded.codes.items()} == one.known
        for name, kind in zip(named, types, strict=True):
            assert key_of(kind, one.words, one.known) == int(keys[name][place])
    assert any((column != NONE).any() for column in keys.values())


def test_a_word_that_nobody_has_is_read_again_and_meets_nobody() -> None:
    _, _, index = village()
    one = index.encoder.one(
        {"given": "xanthe", "surname": "xanthe", "name_tokens": ["xanthe"], "email": "x@y.org"}
    )
    assert one.known["given"] == one.known["email"] == NO_CODE
    for column, word in (
        ("given", "xanthe"),
        ("token_1", "xanthe"),
        ("token_line", "xanthe"),
        ("email", "x@y.org"),
    ):
        assert one.encoded.vocabulary(column).words(one.encoded.codes[column]) == [word]
    assert one.encoded.codes["given"] == one.encoded.codes["surname"]
    assert one.encoded.codes["given"][0] not in index.encoded.codes["given"]


@given(st.lists(st.integers(0, 6), min_size=1, max_size=30), st.integers(1, 7))
def test_a_block_is_everybody_who_has_the_key(keys: list[int], key: int) -> None:
    column = np.array(keys, np.uint64)
    assert sorted(Blocks([column]).having(key).tolist()) == np.flatnonzero(column == key).tolist()
    twice = Blocks([column, column]).having(key).tolist()
    assert sorted(twice) == sorted(np.flatnonzero(column == key).tolist() * 2)
