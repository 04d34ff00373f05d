"""The words that codes stand for. A vocabulary only grows, so an old code never means another word."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import overload

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

#: Of fewer words than this, each is looked up alone.
_FEW = 256
#: A layer of at least this part of the one before it is joined to it, so that layers are never many.
_JOIN_AT = 8


class _Layer:
    """Words added at one go, shared by every vocabulary that grew from there. Indexed when asked."""

    def __init__(self, start: int, words: pa.Array) -> None:
        self.start, self.words = start, words

    @cached_property
    def listed(self) -> list[str]:
        return list(self.words.to_pylist())

    @cached_property
    def codes(self) -> dict[str, int]:
        return {word: code for code, word in enumerate(self.listed, self.start)}

    def at(self, places: NDArray[np.int64]) -> list[str]:
        """The words at some places: without listing all of them, where a few are asked for the first time."""
        if "listed" not in self.__dict__ and len(places) * _JOIN_AT < len(self.words):
            return list(self.words.take(pa.array(places)).to_pylist())
        listed = self.listed
        return [listed[place] for place in places.tolist()]

    def find(self, words: pa.Array, found: NDArray[np.int32]) -> None:
        """Write the codes of those of the words that are here; none of the words stands there twice."""
        if len(words) < len(self.words):
            place = pc.index_in(self.words, value_set=words)
            here = np.flatnonzero(pc.is_valid(place).to_numpy(zero_copy_only=False))
            found[place.take(pa.array(here)).to_numpy()] = here + self.start
        else:
            place = pc.fill_null(pc.index_in(words, value_set=self.words), -1).to_numpy()
            found[place >= 0] = place[place >= 0] + self.start

    @cached_property
    def letters(self) -> NDArray[np.int32]:
        return np.asarray(pc.utf8_length(self.words).to_numpy(zero_copy_only=False), np.int32)


class Vocabulary(Sequence[str]):
    """Words by code, and codes by word. Growing gives another one and leaves the first as it was.

    What is added lies in a layer of its own, so that a single new word costs nothing however many are known.
    """

    def __init__(self, words: Iterable[str] | pa.Array = ()) -> None:
        """Words, none twice, in the order of their codes."""
        self._layers: tuple[_Layer, ...] = (_Layer(0, _as_array(words)),)

    @overload
    def __getitem__(self, code: int) -> str: ...
    @overload
    def __getitem__(self, code: slice) -> Sequence[str]: ...
    def __getitem__(self, code: int | slice) -> str | Sequence[str]:
        if isinstance(code, slice):
            return [self[one] for one in range(*code.indices(len(self)))]
        if not -len(self) <= code < len(self):
            raise IndexError(code)
        code = int(code) % len(self)
        layer = next(one for one in reversed(self._layers) if one.start <= code)
        return str(layer.words[code - layer.start].as_py())

    def __len__(self) -> int:
        return self._layers[-1].start + len(self._layers[-1].words)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Vocabulary) and self.arrow().equals(other.arrow())

    __hash__ = None  # type: ignore[assignment]

    def arrow(self) -> pa.Array:
        """All words by code, as one array of strings."""
        if len(self._layers) == 1:
            return self._layers[0].words
        return pa.concat_arrays([layer.words for layer in self._layers])

    def code(self, word: str | None) -> int:
        """The code of a word; -1 for a word that is not in it, and for none."""
        if word is None:
            return -1
        for layer in self._layers:
            code = layer.codes.get(word)
            if code is not None:
                return code
        return -1

    def words(self, codes: NDArray[np.int32] | NDArray[np.int64]) -> list[str]:
        """The words of codes, of which none may be -1."""
        codes = codes.astype(np.int64)
        if len(self._layers) == 1:
            return self._layers[0].at(codes)
        words = np.empty(len(codes), object)
        ends = [layer.start for layer in self._layers[1:]]
        of_layer = np.searchsorted(ends, codes, side="right")
        for number, layer in enumerate(self._layers):
            mine = of_layer == number
            words[mine] = layer.at(codes[mine] - layer.start)
        return list(words)

    def codes_of(self, words: pa.Array) -> NDArray[np.int32]:
        """The code of each of many words; -1 for one that is not in it."""
        coded = words.dictionary_encode()
        found = np.full(len(coded.dictionary), -1, np.int32)
        for layer in self._layers:
            layer.find(coded.dictionary, found)
        codes: NDArray[np.int32] = found[coded.indices.to_numpy()]
        return codes

    @cached_property
    def letters(self) -> NDArray[np.int32]:
        """How many letters each word has, by code, and after them 0, which -1 finds."""
        return np.concatenate([*(layer.letters for layer in self._layers), np.zeros(1, np.int32)])

    def with_words(self, words: Iterable[str]) -> Vocabulary:
        """This one and, after its last word, those of `words` that it lacks, in their order."""
        asked = list(dict.fromkeys(words))
        if len(asked) < _FEW:
            new = [word for word in asked if self.code(word) < 0]
        else:
            codes = self.codes_of(pa.array(asked, pa.string()))
            new = [asked[place] for place in np.flatnonzero(codes < 0)]
        if not new:
            return self
        layers = [*self._layers, _Layer(len(self), pa.array(new, pa.string()))]
        while len(layers) > 1 and len(layers[-1].words) * _JOIN_AT >= len(layers[-2].words):
            last, before = layers.pop(), layers.pop()
            layers.append(_Layer(before.start, pa.concat_arrays([before.words, last.words])))
        grown = Vocabulary()
        grown._layers = tuple(layers)
        return grown


def _as_array(words: Iterable[str] | pa.Array) -> pa.Array:
    if isinstance(words, pa.ChunkedArray):
        words = words.combine_chunks()
    if isinstance(words, pa.Array):
        return pc.cast(words, pa.string())
    return pa.array(list(words), pa.string())
