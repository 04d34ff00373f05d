"""Profiles as codes: one vocabulary for names, none for what is not said, and growth that moves nothing."""

from __future__ import annotations

import pyarrow as pa
import pytest

from roundtable.linkage.evidence.encoded import Encoded, encode, vocabulary_of
from roundtable.linkage.evidence.settings import shipped
from roundtable.linkage.evidence.vocabulary import Vocabulary
from tests.factories_profiles import profiles

UK = shipped("uk")
TWO = profiles(
    {"given": "ruth", "surname": "hill", "name_tokens": ["hill", "ruth"], "sex": "f"},
    {"given": "hill", "surname": None, "name_tokens": None, "sex": None},
)


def test_a_name_has_one_code_wherever_it_stands() -> None:
    codes = encode(TWO, UK).codes
    assert codes["surname"][0] == codes["given"][1] == codes["token_1"][0]
    assert codes["given"][0] == codes["token_2"][0] == codes["token_last"][0]
    assert vocabulary_of("token_3") == vocabulary_of("former_surname") == "name"
    assert vocabulary_of("email") == "email"


def test_what_is_not_said_is_minus_one() -> None:
    codes = encode(TWO, UK).codes
    assert codes["surname"][1] == codes["sex"][1] == codes["token_1"][1] == codes["token_line"][1] == -1
    assert codes["token_3"].tolist() == [-1, -1]
    assert codes["email"].tolist() == [-1, -1]


def test_name_parts_beyond_the_sixth_are_not_looked_at_but_the_last_is_known() -> None:
    encoded = encode(profiles({"name_tokens": list("abcdefgh")}), UK)
    words = encoded.vocabulary("token_1")
    assert [words[encoded.codes[f"token_{place}"][0]] for place in range(1, 7)] == list("abcdef")
    assert words[encoded.codes["token_last"][0]] == "h"
    assert encoded.vocabulary("token_line")[0] == "a b c d e f g h"


def test_a_slice_of_a_table_is_encoded_as_the_table_that_it_is() -> None:
    assert encode(TWO.slice(1), UK).codes["given"].tolist() == [0]
    assert encode(pa.concat_tables([TWO, TWO]), UK).codes["given"].tolist() == [0, 1, 0, 1]


def test_no_profiles_can_be_encoded_and_extended() -> None:
    none = encode(TWO.slice(0, 0), UK)
    assert len(none) == 0
    assert len(none.extended(TWO)) == 2


def test_an_encoding_that_was_made_ready_is_the_same() -> None:
    made = encode(TWO, UK)
    assert made.made_ready() is made
    assert made.vocabulary("given").code("ruth") == made.codes["given"][0]


def test_an_encoding_can_be_made_of_plain_words() -> None:
    """What is stored comes back as words and codes."""
    made = encode(TWO, UK)
    again = Encoded(made.codes, {name: list(words) for name, words in made.vocabularies.items()})  # type: ignore[misc]
    assert again.vocabularies == made.vocabularies
    assert again.beside(TWO).codes["given"].tolist() == made.codes["given"].tolist()


@pytest.mark.parametrize("count", [3, 900])
def test_few_and_many_profiles_beside_others_get_the_same_codes(count: int) -> None:
    """A few are looked up one by one, many all at once."""
    more = profiles(*({"given": f"name{place % 7}", "surname": "hill"} for place in range(count)))
    beside = encode(TWO, UK).beside(more)
    assert beside.codes["surname"].tolist() == [encode(TWO, UK).codes["surname"][0]] * count
    said = [beside.vocabulary("given")[code] for code in beside.codes["given"]]
    assert said == more["given"].to_pylist()


def test_a_vocabulary_grows_without_changing_what_it_grew_from() -> None:
    first = Vocabulary([f"word{place}" for place in range(100)])
    one, other = first.with_words(["new", "word3", "new"]), first.with_words(["other"])
    assert (len(first), len(one), len(other)) == (100, 101, 101)
    assert (one[100], other[100]) == ("new", "other")
    assert (one.code("other"), one.code("new"), first.code("new"), first.code(None)) == (-1, 100, -1, -1)
    assert one.with_words(["word5"]) is one
    grown = one
    for place in range(40):
        grown = grown.with_words([f"later{place}"])
    assert list(grown) == [*first, "new", *(f"later{place}" for place in range(40))]
    assert all(grown.code(word) == code for code, word in enumerate(grown))
    assert grown[-1] == "later39"
    assert grown[99:102] == ["word99", "new", "later0"]
    with pytest.raises(IndexError):
        grown[141]
