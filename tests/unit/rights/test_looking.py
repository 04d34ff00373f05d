"""Looking for many byte strings at once finds what a plain look finds."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roundtable.data.subjects.looking import Looking

WORDS = st.lists(st.binary(min_size=4, max_size=8), min_size=1, max_size=6)


@given(WORDS, st.lists(st.integers(0, 9), max_size=9), st.binary(max_size=40))
def test_every_place_is_found_and_no_other(words: list[bytes], order: list[int], noise: bytes) -> None:
    content = noise + b"".join(words[number % len(words)] + noise[:number] for number in order)
    longest_first = sorted(set(words), key=lambda word: (-len(word), word))
    ahead = b"(?=(" + b"|".join(re.escape(word) for word in longest_first) + b"))"
    expected = [found.span(1) for found in re.finditer(ahead, content, re.DOTALL)]
    assert list(Looking(words).places(content)) == expected


def test_what_is_too_short_to_look_for_is_refused() -> None:
    with pytest.raises(ValueError, match="at least 4 bytes"):
        Looking([b"abc"])
    assert list(Looking([]).places(b"anything")) == []
