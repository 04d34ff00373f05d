"""Many words at a time come to what one word at a time does, in however many layers they lie."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from roundtable.linkage.evidence.vocabulary import Vocabulary

KNOWN = [f"word{place}" for place in range(3000)]


@pytest.mark.parametrize("grown", [(), (400,), (300, 20), (2, 1)])
def test_many_words_have_the_codes_that_each_has(grown: tuple[int, ...]) -> None:
    vocabulary = Vocabulary(KNOWN)
    for number, count in enumerate(grown):
        vocabulary = vocabulary.with_words(f"new{number}-{place}" for place in range(count))
    every = list(vocabulary)
    for asked in (every, every[::7], [*every[-5:], "nowhere", every[-1]], every * 2, []):
        codes = vocabulary.codes_of(pa.array(asked, pa.string()))
        assert codes.tolist() == [vocabulary.code(word) for word in asked]
        assert vocabulary.words(codes[codes >= 0]) == [word for word in asked if word != "nowhere"]


def test_many_new_words_come_in_their_order_after_those_that_are_known() -> None:
    asked = [*KNOWN[100:400], *(f"new{place}" for place in range(300)), "new0"]
    grown = Vocabulary(KNOWN).with_words(asked)
    assert list(grown) == [*KNOWN, *(f"new{place}" for place in range(300))]
    assert Vocabulary(KNOWN).with_words(KNOWN[:500]) == Vocabulary(KNOWN)


def test_words_are_the_same_whether_they_were_listed_before_or_not() -> None:
    one, other = Vocabulary(KNOWN), Vocabulary(KNOWN)
    other.code("word1")
    few = np.array([2999, 0, 7], np.int32)
    assert one.words(few) == other.words(few) == ["word2999", "word0", "word7"]
