"""The bytes, the text and the packed entries of a foreign file, within bounds that no honest map reaches."""

from __future__ import annotations

import json
import re
import zipfile
import zlib
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

from roundtable.errors import ForeignFileUnusable, PartnershipUnusable
from roundtable.partnership.encoding import decoded
from roundtable.partnership.exchange.faults import unusable

MB = 1_000_000
MAX_BYTES = 50 * MB
#: What all entries of a packed file may unpack to, and how many there may be.
MAX_UNPACKED = 200 * MB
MAX_ENTRIES = 2_000
#: Deflate cannot pack better than about 1,030 to one; honest sheets stay under 60. Small entries pack well.
MAX_RATIO = 200
RATIO_FROM = 5 * MB
_AGAIN = "Save it again in the tool it came from, and copy it whole."
_DECLARATION = re.compile(rb"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)
#: What reading a damaged packed file can raise; an unknown way of packing is a kind of RuntimeError.
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError)


def read_whole(path: Path) -> bytes:
    """The bytes of a file.

    Raises:
        ForeignFileUnusable: it is not there, cannot be read, is empty, or is larger than any map.
    """
    try:
        size = path.stat().st_size
        content = path.read_bytes() if size <= MAX_BYTES and path.is_file() else b""
    except OSError as error:
        what = f"the file cannot be read: {error.strerror}"
        raise unusable(str(path), "unreadable", what, "Check its name and that you may read it.") from None
    if not path.is_file():
        raise unusable(str(path), "unreadable", "this is not a file", "Give the name of a file.")
    if size > MAX_BYTES:
        what = f"the file is larger than {MAX_BYTES // MB} MB"
        raise unusable(str(path), "too-large", what, "See that it is a map, and save it without pictures.")
    if not content:
        raise unusable(str(path), "empty", "the file is empty", _AGAIN)
    return content


def as_utf_8(content: bytes, file: str) -> str:
    """The text of a foreign file; control characters in it are left out later, and that is said.

    Raises:
        ForeignFileUnusable: it is not UTF-8, with what it looks like and where.
    """
    try:
        if b"\x00" not in content:
            return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        return decoded(content, file)
    except PartnershipUnusable as error:
        raise ForeignFileUnusable(error.problems) from None


def read_json(text: str, file: str) -> Any:
    """The value of a JSON text.

    Raises:
        ForeignFileUnusable: it is cut short or no JSON at all, goes too deep, or says a key twice.
    """
    try:
        return json.loads(text, object_pairs_hook=_once, parse_constant=_not_a_number)
    except json.JSONDecodeError as error:
        short = error.pos >= len(text.rstrip()) or "Unterminated" in error.msg
        what = "the file ends in the middle: it was cut short" if short else f"this is not JSON: {error.msg}"
        raise unusable(file, "not-json", what, _AGAIN, error.lineno) from None
    except ValueError as error:
        raise unusable(file, "not-json", str(error), _AGAIN) from None
    except RecursionError:
        raise unusable(file, "too-deep", "its brackets go deeper than any map", _AGAIN) from None


def open_packed(content: bytes, file: str, what_it_is: str) -> zipfile.ZipFile:
    """A packed file (a ZIP, as an XLSX is one too), seen to be whole and to unpack to no more than it should.

    Raises:
        ForeignFileUnusable: it is no ZIP, is damaged or encrypted, or would unpack to far too much.
    """
    try:
        packed = zipfile.ZipFile(BytesIO(content))
        entries = packed.infolist()
    except _BROKEN:
        what = f"this is not {what_it_is}: it cannot be unpacked, or it was cut short"
        raise unusable(file, "not-packed", what, _AGAIN) from None
    total = sum(entry.file_size for entry in entries)
    bomb = any(
        entry.file_size > RATIO_FROM and entry.file_size > MAX_RATIO * max(entry.compress_size, 1)
        for entry in entries
    )
    if bomb or total > MAX_UNPACKED or len(entries) > MAX_ENTRIES:
        what = f"it would unpack to {total // MB:,} MB in {len(entries):,} entries, as no map does"
        raise unusable(file, "too-large", what, "Do not open it; ask where it comes from.")
    return packed


def entry_bytes(packed: zipfile.ZipFile, entry: zipfile.ZipInfo, file: str) -> bytes:
    """One entry, unpacked, never to more than it says.

    Raises:
        ForeignFileUnusable: it is damaged, encrypted, or larger than it says.
    """
    try:
        with packed.open(entry) as opened:
            content = opened.read(entry.file_size + 1)
    except _BROKEN:
        what = f"its part '{entry.filename}' is damaged or encrypted"
        raise unusable(file, "damaged", what, _AGAIN) from None
    if len(content) > entry.file_size:
        raise unusable(file, "too-large", f"its part '{entry.filename}' is larger than it says", _AGAIN)
    return content


def refuse_declarations(content: bytes, file: str) -> None:
    """Refuse XML that declares a document type or entities, by which a small file grows without end.

    Raises:
        ForeignFileUnusable: it does.
    """
    plain = content.replace(b"\x00", b"")
    if _DECLARATION.search(plain):
        what = "its XML declares a document type or entities, which no map needs and which can hide a bomb"
        raise unusable(file, "xml-entities", what, "Save it without a DOCTYPE; ask where it comes from.")


def _once(pairs: list[tuple[str, Any]]) -> Mapping[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise ValueError(f"the key '{twice}' stands twice in one place")
    return found


def _not_a_number(word: str) -> float:
    raise ValueError(f"'{word}' is not a figure that anybody can have meant")
