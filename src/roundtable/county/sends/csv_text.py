"""Columns of text as the bytes of CSV records, which can be cut apart."""

from __future__ import annotations

import codecs
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from roundtable.county.sends.names_written import plain_word
from roundtable.partnership.model.contract_terms import Encoding

_QUOTE = '"'
_NOTHING = {"null_handling": "replace", "null_replacement": ""}
#: The name under which Python knows what becomes of a letter that an encoding lacks.
PLAIN_LETTERS = "roundtable-plain-letters"


@dataclass(frozen=True)
class TextHabit:
    """How a source writes a file.

    Attributes:
        delimiter: what stands between two values.
        eol: what ends a record.
        codec: Python's name of the encoding; its byte-order mark is apart.
        mark: the byte-order mark that the file begins with; empty where it has none.
        quoted: whether every value is quoted, and not only one that needs it.
    """

    delimiter: str
    eol: str
    codec: str
    mark: bytes
    quoted: bool = False

    def header(self, names: Sequence[str]) -> bytes:
        """The mark and the first line."""
        cells = [_quoted(name, self.delimiter, always=self.quoted) for name in names]
        return self.mark + (self.delimiter.join(cells) + self.eol).encode(self.codec)


def text_habit(
    encoding: Encoding, delimiter: str, *, marked: bool, eol: str, quoted: bool = False
) -> TextHabit:
    """How files of an encoding are written.

    Args:
        encoding: the contract's. UTF-16 is written low byte first, with its mark.
        delimiter: the contract's.
        marked: whether UTF-8 begins with a byte-order mark, as spreadsheets write it.
        eol: what ends a record.
        quoted: whether every value is quoted.
    """
    if encoding is Encoding.UTF_16:
        return TextHabit(delimiter, eol, "utf-16-le", codecs.BOM_UTF16_LE, quoted)
    mark = codecs.BOM_UTF8 if marked and encoding is Encoding.UTF_8 else b""
    return TextHabit(delimiter, eol, encoding.value, mark, quoted)


class Records:
    """The records of a table, each one's text after the other's."""

    def __init__(self, columns: Sequence[pa.Array], habit: TextHabit) -> None:
        """Write columns of text, all of one length; a null is written as nothing."""
        cells = [_cells(column, habit) for column in columns]
        last = pc.binary_join_element_wise(cells[-1], habit.eol, "", **_NOTHING)
        self._joined = (
            pc.binary_join_element_wise(*cells[:-1], last, habit.delimiter, **_NOTHING)
            if cells[:-1]
            else last
        )
        self._habit = habit

    def cut(self, begins: int, ends: int) -> bytes:
        """The bytes of the records from one to before another, in the file's encoding."""
        return self._encoded(self._joined[begins:ends])

    def picked(self, rows: NDArray[np.int64]) -> bytes:
        """The bytes of some records."""
        return self._encoded(self._joined.take(pa.array(rows)))

    def _encoded(self, records: pa.Array) -> bytes:
        _, offsets, data = records.buffers()
        if not len(records) or data is None:
            return b""
        places = np.frombuffer(offsets, np.int32)
        text = bytes(memoryview(data)[places[records.offset] : places[records.offset + len(records)]])
        codec = self._habit.codec
        return text if codec == "utf-8" else text.decode().encode(codec, errors=PLAIN_LETTERS)


def _plain_letter(error: UnicodeError) -> tuple[str, int]:
    """What a system writes for a letter that it lacks: the letter without its mark, or a question mark."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    wanted = error.object[error.start : error.end]
    plain = plain_word(wanted)
    return (plain if plain.isascii() else "?" * len(wanted)), error.end


codecs.register_error(PLAIN_LETTERS, _plain_letter)


def _cells(column: pa.Array, habit: TextHabit) -> pa.Array:
    if not habit.quoted:
        buffer = column.buffers()[2]
        # Most columns need no quotes: to look for a letter in all of the bytes costs next to nothing.
        text = b"" if buffer is None else bytes(buffer)
        if not any(letter in text for letter in (habit.delimiter.encode(), b'"', b"\n", b"\r")):
            return column
    words = column.dictionary_encode()
    cells = [
        None if word is None else _quoted(word, habit.delimiter, always=habit.quoted)
        for word in words.dictionary.to_pylist()
    ]
    return pa.array(cells, pa.string()).take(words.indices)


def _quoted(text: str, delimiter: str, *, always: bool = False) -> str:
    if not always and not any(letter in text for letter in (delimiter, _QUOTE, "\n", "\r")):
        return text
    return _QUOTE + text.replace(_QUOTE, _QUOTE * 2) + _QUOTE


def starts(slot_of: NDArray[np.int64], slots: int) -> NDArray[np.int64]:
    """Where the records of each slot begin among records in order of slot, and where the last ends."""
    return np.searchsorted(slot_of, np.arange(slots + 1), side="left")
