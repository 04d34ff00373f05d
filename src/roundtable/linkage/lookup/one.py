"""One cleaned record in the codes of those that it is looked up among, without growing their vocabularies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from roundtable.linkage.evidence.columns import TOKEN_LAST, TOKEN_LINE, TOKEN_LIST, vocabulary_of
from roundtable.linkage.evidence.encoded import Encoded
from roundtable.linkage.evidence.vocabulary import Vocabulary
from roundtable.linkage.lookup.words import NO_CODE as NO_CODE
from roundtable.linkage.lookup.words import Words

_NO_WORD: NDArray[np.int32] = np.array([NO_CODE], np.int32)


@dataclass(frozen=True)
class One:
    """A record as words and as codes.

    Attributes:
        words: by the column of an encoding; None where it says nothing.
        known: the code of each word; `NO_CODE` where there is none, or nobody else has it.
        encoded: the record as a profile to score others against; a word of its own has a code too.
    """

    words: Mapping[str, str | None]
    known: Mapping[str, int]
    encoded: Encoded


class _Said(Vocabulary):
    """The few words of one record, by the codes that they have among everybody's."""

    def __init__(self, said: Mapping[int, str], size: int) -> None:
        # There are no words but these: what the class keeps for all of a vocabulary's is not made.
        self._said, self._size = said, size

    def __len__(self) -> int:
        return self._size

    @cached_property
    def letters(self) -> NDArray[np.int32]:
        letters = np.zeros(self._size + 1, np.int32)
        for code, word in self._said.items():
            letters[code] = len(word)
        return letters

    def words(self, codes: NDArray[np.int32] | NDArray[np.int64]) -> list[str]:
        return [self._said[code] for code in codes.tolist()]


class OneEncoder:
    """Turns one record at a time into codes.

    Args:
        encoded: the profiles that it will be looked up among.
    """

    def __init__(self, encoded: Encoded) -> None:
        self._columns = {column: vocabulary_of(column) for column in encoded.codes}
        self._words = {name: Words(words.arrow()) for name, words in encoded.vocabularies.items()}

    def one(self, cleaned: Mapping[str, Any]) -> One:
        """A record.

        Args:
            cleaned: its values by the columns of CLEANED.
        """
        words = {column: _word(cleaned, column) for column in self._columns}
        known: dict[str, int] = {}
        codes: dict[str, NDArray[np.int32]] = {}
        said: dict[str, dict[str, int]] = {name: {} for name in self._words}
        for column, name in self._columns.items():
            word, mine, size = words[column], said[name], len(self._words[name])
            if word is None:
                known[column], codes[column] = NO_CODE, _NO_WORD
                continue
            if word not in mine:
                code = self._words[name].code(word)
                mine[word] = size + len(mine) if code == NO_CODE else code
            known[column] = mine[word] if mine[word] < size else NO_CODE
            codes[column] = np.array([mine[word]], np.int32)
        vocabularies = {
            name: _Said({code: word for word, code in mine.items()}, len(self._words[name]) + len(mine))
            for name, mine in said.items()
        }
        return One(words, known, Encoded(codes, vocabularies))


def _word(cleaned: Mapping[str, Any], column: str) -> str | None:
    """What stands in a column of the encoding: name parts one by one come from the list of them."""
    if not column.startswith("token_"):
        word: str | None = cleaned.get(column)
        return word
    parts: Sequence[str] = cleaned.get(TOKEN_LIST) or ()
    if column == TOKEN_LINE:
        return " ".join(parts) or None
    if column == TOKEN_LAST:
        return parts[-1] if parts else None
    place = int(column.removeprefix("token_")) - 1
    return parts[place] if place < len(parts) else None
