"""The code of a word without a dictionary of all words: by the word's hash, among hashes in order.

A dictionary of three million words is half a gigabyte and takes seconds to make; hashes in order take a tenth
of either, and one is found among a million in two microseconds.
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa
from numba import njit
from numpy.typing import NDArray

#: No word: it is not among them, or there is none.
NO_CODE = -1


class Words:
    """Words by code, and codes by word.

    Args:
        words: the words by code, each once.
    """

    def __init__(self, words: pa.Array) -> None:
        self._words = words
        hashes = _hashes(*_buffers(words))
        self._code = np.argsort(hashes, kind="stable").astype(np.int32)
        self._hash = hashes[self._code]

    def __len__(self) -> int:
        return len(self._words)

    def code(self, word: str | None) -> int:
        """The code of a word; `NO_CODE` for a word that is not among them, and for none."""
        if word is None:
            return NO_CODE
        told = word.encode()
        wanted = _hashes(np.array([0, len(told)], np.int32), np.frombuffer(told, np.uint8))[0]
        place = int(np.searchsorted(self._hash, wanted))
        while place < len(self._hash) and self._hash[place] == wanted:
            code = int(self._code[place])
            if self._words[code].as_py() == word:
                return code
            place += 1
        return NO_CODE


def _buffers(words: pa.Array) -> tuple[NDArray[np.int32], NDArray[np.uint8]]:
    """Where each word begins and ends, and the bytes of all."""
    _, offsets, data = words.buffers()
    if offsets is None:
        return np.zeros(1, np.int32), np.zeros(0, np.uint8)
    starts = np.frombuffer(offsets, np.int32)[words.offset : words.offset + len(words) + 1]
    return starts, np.zeros(0, np.uint8) if data is None else np.frombuffer(data, np.uint8)


@njit(cache=True)
def _hashes(starts, data):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
    """FNV-1a of each word, 64 bits (Fowler, Noll and Vo; RFC 9923)."""
    found = np.empty(len(starts) - 1, np.uint64)
    for word in range(len(found)):
        mixed = np.uint64(0xCBF29CE484222325)
        for place in range(starts[word], starts[word + 1]):
            mixed = (mixed ^ np.uint64(data[place])) * np.uint64(0x100000001B3)
        found[word] = mixed
    return found
