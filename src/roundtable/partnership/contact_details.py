"""Texts by which somebody could be reached: what looks like an e-mail address or a UK telephone number.

A partnership's folder names posts and never people, so neither has a place in it. Telephone numbers are
told by their shape in the National Telephone Numbering Plan: 10 or 11 digits from a 0, or 9 or 10 after +44.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from roundtable.errors import Place

_ADDRESS = re.compile(rb"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_IN_GROUPS = rb"\)?[ -]?\d{3,4}[ -]?\d{3,4}(?![\w-])"
_NATIONAL = re.compile(rb"0\d{2,4}" + _IN_GROUPS)
_ABROAD = re.compile(rb"\+44[ -]?(?:\(0\))?[ -]?\(?\d{2,4}" + _IN_GROUPS)
#: What stands before a number and makes it part of something else: an id, a decimal, a date.
_JOINED = re.compile(rb"[\w.+/-]")


def contact_details(content: bytes, file: str) -> Iterator[Place]:
    """The line and column of each such text in a file, in order; what it says is never repeated.

    Args:
        content: the bytes of the file, UTF-8.
        file: what to call it.
    """
    found = {match.start() for match in _ADDRESS.finditer(content)} if b"@" in content else set()
    found |= {match.start() for match in _NATIONAL.finditer(content) if _is_number(match, 10, 11)}
    if b"+44" in content:
        found |= {match.start() for match in _ABROAD.finditer(content) if _is_number(match, 11, 13)}
    for at in sorted(found):
        before = content[:at]
        column = at - before.rfind(b"\n")
        yield Place(file, before.count(b"\n") + 1, column)


def _is_number(match: re.Match[bytes], fewest: int, most: int) -> bool:
    before = match.string[max(0, match.start() - 1) : match.start()]
    digits = sum(48 <= byte <= 57 for byte in match.group())
    return fewest <= digits <= most and not _JOINED.fullmatch(before)
