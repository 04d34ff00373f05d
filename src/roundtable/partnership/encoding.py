"""Text files as bytes: only UTF-8 is taken, and anything else is told what it looks like."""

from __future__ import annotations

import codecs
import re

from roundtable.errors import PartnershipUnusable, Place, Problem

#: Longest byte-order marks first, because UTF-32's begins with UTF-16's.
_MARKS = (
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)
#: What YAML 1.2 calls printable, turned round.
_UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SAVE_AS_UTF_8 = "Save it as UTF-8: in most editors, 'Save as' and then the encoding 'UTF-8'."


def decoded(content: bytes, file: str) -> str:
    """The text of a file, its UTF-8 byte-order mark taken off.

    Args:
        content: the bytes of the file.
        file: what to call the file in a message.

    Raises:
        PartnershipUnusable: it is not UTF-8, or holds characters that no text has; the message
            says which encoding it looks like, and at which line and byte.
    """
    for mark, name in _MARKS:
        if content.startswith(mark):
            raise _refusal(file, content, 0, f"the file is in {name}, not UTF-8", _SAVE_AS_UTF_8)
    content = content.removeprefix(codecs.BOM_UTF8)
    _refuse_nul(content, file)
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _not_utf_8(content, error, file) from None
    _refuse_unprintable(text, file)
    return text


def _refuse_nul(content: bytes, file: str) -> None:
    at = content.find(0)
    if at < 0:
        return
    halves = (content[0::2].count(0), content[1::2].count(0))
    if max(halves) * 4 > len(content):
        order = "big" if halves[0] > halves[1] else "little"
        what = f"the file looks like UTF-16 ({order}-endian, without a byte-order mark), not UTF-8"
        raise _refusal(file, content, 0, what, _SAVE_AS_UTF_8)
    raise _refusal(
        file,
        content,
        at,
        f"the file holds a NUL byte (byte {at + 1} of {len(content)}), which no text has",
        "Delete the character; if the file was damaged in copying, copy it again.",
    )


def _not_utf_8(content: bytes, error: UnicodeDecodeError, file: str) -> PartnershipUnusable:
    at = error.start
    where = f"byte {at + 1} of {len(content)}, 0x{content[at]:02X}"
    if error.reason == "unexpected end of data":
        what = f"the file ends in the middle of a character ({where})"
        return _refusal(file, content, at, what, "It was cut short: copy it again, whole.")
    try:
        letter = content[at : at + 1].decode("cp1252")
        content.decode("cp1252")
    except UnicodeDecodeError:
        what = f"the file is not UTF-8 ({where}), nor any encoding that is known here"
    else:
        what = f"the file looks like Windows-1252 (cp1252), not UTF-8 ({where}, would be '{letter}')"
    return _refusal(file, content, at, what, _SAVE_AS_UTF_8)


def _refuse_unprintable(text: str, file: str) -> None:
    found = _UNPRINTABLE.search(text)
    if found is None:
        return
    before = text[: found.start()]
    place = Place(file, before.count("\n") + 1, found.start() - before.rfind("\n"))
    what = f"there is a control character (U+{ord(found.group()):04X}) in the file"
    raise PartnershipUnusable(Problem(place, "encoding", what, "Delete the character."))


def _refusal(file: str, content: bytes, at: int, what: str, remedy: str) -> PartnershipUnusable:
    """A problem at a byte, with its line and column; everything before that byte is UTF-8."""
    before = content[:at]
    line_start = before.rfind(b"\n") + 1
    column = len(before[line_start:].decode("utf-8", "replace")) + 1
    place = Place(file, before.count(b"\n") + 1, column)
    return PartnershipUnusable(Problem(place, "encoding", what, remedy))
