"""The words that codes stand for. A vocabulary only grows, so an old code never means another word."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import overload

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

#: A tail of this part of the body is folded into it, so that the hundredth night is as quick as the first.
_FOLD_AT = 8


class _Body:
    """The words of a vocabulary that was made at one go; shared by all that grew from it."""

    def __init__(self, words: pa.Array) -> None:
        self.words = words

    @cached_property
    def listed(self) -> list[str]:
        return list(self.words.to_pylist())

    @cached_property
    def codes(self) -> dict[str, int]:
        return {word: code for code, word in enumerate(self.listed)}

    @cached_property
    def lengths(self) -> NDArray[np.int32]:
        return np.asarray(pc.utf8_length(self.words).to_numpy(zero_copy_only=False), np.int32)


class Vocabulary(Sequence[str]):
    """Words by code, and codes by word. Growing gives another one, which shares the body of the first."""

    def __init__(self, words: Iterable[str] | pa.Array = (), *, _body: _Body | None = None) -> None:
        if _body is not None:
            self._body = _body
        else:
            self._body = _Body(_as_array(words))
        self._tail: tuple[str, ...] = ()
        self._tail_codes: dict[str, int] = {}

    @overload
    def __getitem__(self, code: int) -> str: ...
    @overload
    def __getitem__(self, code: slice) -> Sequence[str]: ...
    def __getitem__(self, code: int | slice) -> str | Sequence[str]:
        if isinstance(code, slice):
            return [self[one] for one in range(*code.indices(len(self)))]
        if not -len(self) <= code < len(self):
            raise IndexError(code)
        code %= len(self)
        known = len(self._body.words)
        return str(self._body.words[code].as_py()) if code < known else self._tail[code - known]

    def __len__(self) -> int:
        return len(self._body.words) + len(self._tail)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Vocabulary) and self.arrow().equals(other.arrow())

    __hash__ = None  # type: ignore[assignment]

    def arrow(self) -> pa.Array:
        """All words by code, as one array of strings."""
        if not self._tail:
            return self._body.words
        return pa.concat_arrays([self._body.words, pa.array(self._tail, pa.string())])

    def code(self, word: str | None) -> int:
        """The code of a word; -1 for a word that is not in it, and for none."""
        if word is None:
            return -1
        found = self._body.codes.get(word)
        return found if found is not None else self._tail_codes.get(word, -1)

    def words(self, codes: NDArray[np.int32] | NDArray[np.int64]) -> list[str]:
        """The words of codes, of which none may be -1."""
        listed = self._body.listed
        if not self._tail:
            return [listed[code] for code in codes.tolist()]
        known, tail = len(listed), self._tail
        return [listed[code] if code < known else tail[code - known] for code in codes.tolist()]

    @cached_property
    def letters(self) -> NDArray[np.int32]:
        """How many letters each word has, by code, and after them 0, which -1 finds."""
        return np.concatenate([self._body.lengths, np.array([*map(len, self._tail), 0], np.int32)])

    def with_words(self, words: Iterable[str]) -> Vocabulary:
        """This one and, after its last word, those of `words` that it lacks, in their order."""
        known = len(self)
        tail_codes = dict(self._tail_codes)
        new: list[str] = []
        for word in words:
            if word not in self._body.codes and word not in tail_codes:
                tail_codes[word] = known + len(new)
                new.append(word)
        if not new:
            return self
        grown = Vocabulary(_body=self._body)
        grown._tail, grown._tail_codes = (*self._tail, *new), tail_codes
        if len(grown._tail) * _FOLD_AT > len(self._body.words):
            return Vocabulary(grown.arrow())
        return grown


def _as_array(words: Iterable[str] | pa.Array) -> pa.Array:
    if isinstance(words, pa.ChunkedArray):
        words = words.combine_chunks()
    if isinstance(words, pa.Array):
        return pc.cast(words, pa.string())
    return pa.array(list(words), pa.string())
