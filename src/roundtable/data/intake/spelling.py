"""Bytes to UTF-8 by the declared encoding, strictly: what is spelt otherwise is refused, with the byte.

A byte-order mark is always understood and goes before what is declared. Plain UTF-8 is checked and
not copied; the other encodings are turned into UTF-8 block by block, in memory.
"""

from __future__ import annotations

import codecs
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from roundtable.data.intake.rules import refused
from roundtable.errors import DeliveryRefused
from roundtable.partnership.model.contract_terms import Encoding

#: The codec of each byte-order mark. UTF-32's little mark begins like UTF-16's, so it comes first.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_NAMES = {
    "utf-8": "UTF-8",
    "cp1252": "Windows-1252 (cp1252)",
    "utf-16-le": "UTF-16, low byte first",
    "utf-16-be": "UTF-16, high byte first",
    "utf-32-le": "UTF-32",
    "utf-32-be": "UTF-32",
}
_SEND_UTF_8 = "Send it in UTF-8"


@dataclass
class Spelling:
    """How one file is spelt, and what was found out on the way.

    Attributes:
        shown: what messages call the file.
        declared: the encoding of its note or its contract.
        again: reads its bytes once more from the first, to find the line of a byte that is wrong.
        codec: the codec that it is read with, once its first block has been seen.
    """

    shown: str
    declared: Encoding
    again: Callable[[], Iterator[bytes]]
    codec: str = ""

    def as_utf_8(self, blocks: Iterator[bytes]) -> Iterator[bytes]:
        """The same text as blocks of UTF-8, without its byte-order mark; no character is ever split.

        Raises:
            DeliveryRefused: a byte does not belong to the encoding, or the text holds a NUL; the
                message says which byte, on which line, and what the file looks like.
        """
        first = _at_least(4, blocks)
        mark, codec = self._codec_of(first)
        self.codec = codec
        state = _Reading(self.shown, self.codec, len(mark), self.again)
        blocks = _after(first[len(mark) :], blocks)
        text = state.checked(blocks) if self.codec == "utf-8" else state.transcoded(blocks)
        for block in text:
            if block:
                yield block
        state.finish()

    @property
    def told(self) -> tuple[str, ...]:
        """What the receipt should say, when a byte-order mark went before what is declared."""
        if not self.codec or self.codec.startswith(self.declared.value):
            return ()
        return (f"{self.shown} was read as {_NAMES[self.codec]}, as its byte-order mark says.",)

    def _codec_of(self, first: bytes) -> tuple[bytes, str]:
        for mark, codec in _MARKS:
            if first.startswith(mark):
                return mark, codec
        looks = _half_that_is_empty(first)
        if self.declared is Encoding.UTF_16:
            return b"", looks or "utf-16-le"
        if self.declared is Encoding.UTF_8 and looks is not None:
            what = f"it looks like {_NAMES[looks]}, without a byte-order mark, and not like UTF-8"
            remedy = f"{_SEND_UTF_8}, or write 'encoding: utf-16' in its note or in the table's terms."
            raise refused("encoding", self.shown, what, remedy, line=1)
        return b"", self.declared.value


def _half_that_is_empty(first: bytes) -> str | None:
    """The kind of UTF-16 whose high bytes are mostly NUL, as they are for European text."""
    first = first[:4096]
    even, odd = first[0::2].count(0), first[1::2].count(0)
    if max(even, odd) * 4 <= len(first) or not first:
        return None
    return "utf-16-be" if even > odd else "utf-16-le"


def _at_least(size: int, blocks: Iterator[bytes]) -> bytes:
    first = b""
    while len(first) < size and (more := next(blocks, b"")):
        first += more
    return first


def _after(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    if first:
        yield first
    yield from rest


class _Reading:
    """One pass over a file: where it is, and whether cp1252 was declared for what is really UTF-8."""

    def __init__(self, shown: str, codec: str, offset: int, again: Callable[[], Iterator[bytes]]) -> None:
        self._shown = shown
        self._codec = codec
        self._offset = offset
        self._again = again
        self._utf_8 = codecs.getincrementaldecoder("utf-8")() if codec == "cp1252" else None
        self._wide = False

    def checked(self, blocks: Iterator[bytes]) -> Iterator[bytes]:
        """UTF-8 as it is, once each block has been found to be UTF-8."""
        held = b""
        for block in blocks:
            whole = held + block if held else block
            held = b"" if whole.isascii() else _begun(whole)
            whole = whole[: len(whole) - len(held)] if held else whole
            if not whole.isascii():
                self._decoded(whole, lambda part: codecs.utf_8_decode(part, "strict", True)[0])
            yield self._taken(whole, whole)
        if held:
            self._decoded(held, lambda part: codecs.utf_8_decode(part, "strict", True)[0])

    def transcoded(self, blocks: Iterator[bytes]) -> Iterator[bytes]:
        """Other encodings as UTF-8."""
        decoder = codecs.getincrementaldecoder(self._codec)("strict")
        before = 0
        for block in blocks:
            self._watch_for_utf_8(block)
            text = self._decoded(block, decoder.decode, before)
            before = len(decoder.getstate()[0])
            yield self._taken(block, _encoded(text, self._refusal))
        self._decoded(b"", lambda part: decoder.decode(part, True), before)

    def finish(self) -> None:
        """Refuse UTF-8 that was declared as cp1252: every letter beyond ASCII would be two wrong ones."""
        if self._utf_8 is not None and self._wide:
            what = "it is declared as Windows-1252 (cp1252) and is UTF-8 from its first byte to its last"
            remedy = "Write 'encoding: utf-8' in its note or in the table's terms."
            raise refused("encoding", self._shown, what, remedy)

    def _watch_for_utf_8(self, block: bytes) -> None:
        if self._utf_8 is None:
            return
        try:
            self._utf_8.decode(block)
        except UnicodeDecodeError:
            self._utf_8 = None
        self._wide = self._wide or not block.isascii()

    def _taken(self, raw: bytes, text: bytes) -> bytes:
        if (at := text.find(0)) >= 0:
            line = self._line_of(self._offset) + text.count(b"\n", 0, at)
            what = f"there is a NUL character on line {line:,}, which no text has"
            remedy = "If it was damaged in copying, send it again; otherwise it is no text file."
            raise refused("encoding", self._shown, what, remedy, line=line)
        self._offset += len(raw)
        return text

    def _line_of(self, offset: int) -> int:
        """The line that a byte stands on, found by reading the file again up to it."""
        decoder = codecs.getincrementaldecoder(self._codec)("ignore")
        line, left = 1, offset
        for block in self._again():
            line += decoder.decode(block[:left]).count("\n")
            left -= len(block)
            if left <= 0:
                break
        return line

    def _decoded(self, raw: bytes, decode: Callable[[bytes], str], before: int = 0) -> str:
        try:
            return decode(raw)
        except UnicodeDecodeError as error:
            # What the decoder held back from the block before stands in front of this block.
            raise self._refusal(error, self._offset - before + error.start) from None

    def _refusal(self, error: UnicodeError, at: int | None = None) -> DeliveryRefused:
        name = _NAMES[self._codec]
        if not isinstance(error, UnicodeDecodeError) or at is None:
            what = f"it is not {name}: it holds half of a pair of characters"
            return refused("encoding", self._shown, what, f"{_SEND_UTF_8}.")
        bad = error.object[error.start : error.end]
        line = self._line_of(at)
        where = f"byte 0x{bad[:1].hex().upper()} at offset {at:,}, line {line:,}"
        if error.reason in ("unexpected end of data", "truncated data"):
            what = f"it ends in the middle of a character ({where})"
            return refused("encoding", self._shown, what, "It was cut short: send it again, whole.", line)
        looks, remedy = self._looks_like(error.object, bad)
        return refused("encoding", self._shown, f"it is not {name} ({where}){looks}", remedy, line)

    def _looks_like(self, around: bytes, bad: bytes) -> tuple[str, str]:
        """What else a block could be, to end the sentence with, and what to do about it."""
        if self._codec == "utf-8":
            try:
                around.decode("cp1252")
            except UnicodeDecodeError:
                return ", nor any other encoding that is known here", f"{_SEND_UTF_8}."
            letter = bad[:1].decode("cp1252")
            remedy = f"{_SEND_UTF_8}, or write 'encoding: cp1252' in its note or in the table's terms."
            return f"; it looks like Windows-1252 (cp1252), where that byte is '{letter}'", remedy
        return "", f"{_SEND_UTF_8}, or say in its note which encoding it is in."


def _encoded(text: str, refusal: Callable[[UnicodeError], DeliveryRefused]) -> bytes:
    try:
        return text.encode()
    except UnicodeEncodeError as error:
        raise refusal(error) from None


def _begun(block: bytes) -> bytes:
    """The bytes at the end of a block that begin a character and do not end it."""
    for back in range(1, min(3, len(block)) + 1):
        byte = block[-back]
        if byte >= 0xC0:
            length = 2 if byte < 0xE0 else 3 if byte < 0xF0 else 4
            return block[-back:] if length > back else b""
        if byte < 0x80:
            return b""
    return b""
