"""Profiles as numbers: a code a word, so that to be the same is to have the same code."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from roundtable.linkage.evidence.columns import (
    NAME_VOCABULARY,
    TOKEN_COLUMNS,
    TOKEN_LAST,
    TOKEN_LINE,
    TOKEN_LIST,
)
from roundtable.linkage.evidence.columns import vocabulary_of as vocabulary_of
from roundtable.linkage.evidence.settings import Settings
from roundtable.linkage.evidence.vocabulary import Vocabulary

Codes = NDArray[np.int32]

#: Fewer words than this are looked up one by one.
_FEW = 256


@dataclass(frozen=True)
class Encoded:
    """Profiles as numbers.

    Attributes:
        codes: of each column, a code a profile; -1 where it says nothing. For `name_tokens` there are
            `token_1` to `token_6`, `token_last` and `token_line`.
        vocabularies: the words by code; `name` serves all columns of name parts, each other has its own.
    """

    codes: Mapping[str, Codes]
    vocabularies: Mapping[str, Vocabulary]

    def __post_init__(self) -> None:
        held = {
            name: words if isinstance(words, Vocabulary) else Vocabulary(words)
            for name, words in self.vocabularies.items()
        }
        object.__setattr__(self, "vocabularies", held)

    def __len__(self) -> int:
        return len(next(iter(self.codes.values())))

    def vocabulary(self, column: str) -> Vocabulary:
        """The words of a column."""
        return self.vocabularies[vocabulary_of(column)]

    def extended(self, profiles: pa.Table) -> Encoded:
        """These profiles and others after them. Old codes stay, new words come after the old ones."""
        new = self.beside(profiles)
        codes = {column: np.concatenate([old, new.codes[column]]) for column, old in self.codes.items()}
        return Encoded(codes, new.vocabularies)

    def beside(self, profiles: pa.Table) -> Encoded:
        """Other profiles alone, in codes that mean the same words; so a single one costs little."""
        return _encoded(profiles, tuple(self.codes), self.vocabularies)

    def made_ready(self) -> Encoded:
        """The same, with its words indexed before anybody asks, as a service wants it."""
        for words in self.vocabularies.values():
            words.code("")
            _ = words.letters
        return self


def encode(profiles: pa.Table, settings: Settings) -> Encoded:
    """Turn profiles into codes, for the columns that the settings read."""
    return _encoded(profiles, _coded(settings.columns), {})


def _coded(columns: Sequence[str]) -> tuple[str, ...]:
    """The columns of an encoding: those that are read, with the name parts one by one."""
    parts = (*TOKEN_COLUMNS, TOKEN_LAST, TOKEN_LINE) if TOKEN_LIST in columns else ()
    return (*(column for column in columns if column != TOKEN_LIST), *parts)


def _encoded(profiles: pa.Table, columns: tuple[str, ...], known: Mapping[str, Vocabulary]) -> Encoded:
    lists = _array(profiles, TOKEN_LIST) if TOKEN_LAST in columns else None
    vocabularies: dict[str, Vocabulary] = {}
    codes: dict[str, Codes] = {}
    for name, read in _read(columns).items():
        told = {column: _told(profiles, column, lists) for column in read}
        vocabularies[name], coded = _in_one(told, known.get(name))
        codes |= coded
    if lists is not None:
        codes |= _placed(lists, codes[TOKEN_LIST])
    return Encoded({column: codes[column] for column in columns}, vocabularies)


@cache
def _read(columns: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """What is read for each vocabulary; all name parts at once for the columns that hold them one by one."""
    parts = (*TOKEN_COLUMNS, TOKEN_LAST)
    told = [column for column in columns if column not in parts]
    read: dict[str, tuple[str, ...]] = {}
    for column in [*told, TOKEN_LIST] if TOKEN_LAST in columns else told:
        name = NAME_VOCABULARY if column == TOKEN_LIST else vocabulary_of(column)
        read[name] = (*read.get(name, ()), column)
    return read


def _told(profiles: pa.Table, column: str, lists: pa.Array | None) -> pa.Array:
    if lists is None or column not in (TOKEN_LIST, TOKEN_LINE):
        return _array(profiles, column)
    return lists.flatten() if column == TOKEN_LIST else _line(lists)


def _array(profiles: pa.Table, column: str) -> pa.Array:
    return profiles.column(column).combine_chunks()


def _line(lists: pa.Array) -> pa.Array:
    """A name's parts as one word; none where there are no parts."""
    line = pc.binary_join(lists, " ")
    return pc.if_else(pc.equal(line, ""), None, line)


def _in_one(told: Mapping[str, pa.Array], known: Vocabulary | None) -> tuple[Vocabulary, dict[str, Codes]]:
    """The codes of columns in one vocabulary, which begins with the words that are known."""
    if known is not None and max(map(len, told.values())) < _FEW:
        return _one_by_one(told, known)
    coded = {column: words.dictionary_encode() for column, words in told.items()}
    words = pa.concat_arrays([one.dictionary for one in coded.values()])
    if known is None:
        joined = words.dictionary_encode()
        vocabulary, places = Vocabulary(joined.dictionary), joined.indices.to_numpy()
    else:
        vocabulary = known.with_words(words.to_pylist())
        places = vocabulary.codes_of(words)
    codes: dict[str, Codes] = {}
    start = 0
    for column, one in coded.items():
        end = start + len(one.dictionary)
        # The last place stands for no word: -1 finds it.
        mine = np.append(places[start:end], -1).astype(np.int32)
        codes[column] = mine[one.indices.fill_null(-1).to_numpy()]
        start = end
    return vocabulary, codes


def _one_by_one(told: Mapping[str, pa.Array], known: Vocabulary) -> tuple[Vocabulary, dict[str, Codes]]:
    """The same for a few profiles, without the cost of beginning that many have."""
    listed = {column: words.to_pylist() for column, words in told.items()}
    vocabulary = known.with_words(word for words in listed.values() for word in words if word is not None)
    codes = {
        column: np.array([vocabulary.code(word) for word in words], np.int32)
        for column, words in listed.items()
    }
    return vocabulary, codes


def _placed(lists: pa.Array, flat: Codes) -> dict[str, Codes]:
    """The name parts of each profile, by their place in the list."""
    count = pc.list_value_length(lists).fill_null(0).to_numpy().astype(np.int64)
    start = np.cumsum(count) - count
    held = np.append(flat, -1).astype(np.int32)
    placed = {
        column: held[np.where(place < count, start + place, len(flat))]
        for place, column in enumerate(TOKEN_COLUMNS)
    }
    return placed | {TOKEN_LAST: held[np.where(count > 0, start + count - 1, len(flat))]}
