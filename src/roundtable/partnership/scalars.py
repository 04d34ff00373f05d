"""What a bare word in YAML means: the core schema of YAML 1.2, and nothing more.

`yes`, `no`, `on` and `off` are words, dates are text until the model asks for a date, and
`0123` is a number in base ten, as it is for a reader.
"""

from __future__ import annotations

import math
import re

Scalar = str | int | float | bool | None

_WORDS: dict[str, bool | None] = {
    "": None,
    "~": None,
    "null": None,
    "Null": None,
    "NULL": None,
    "true": True,
    "True": True,
    "TRUE": True,
    "false": False,
    "False": False,
    "FALSE": False,
}
_NUMBER_STARTS = frozenset("+-.0123456789")
_INTEGER = re.compile(r"[-+]?[0-9]+", re.ASCII)
_OCTAL = re.compile(r"0o[0-7]+", re.ASCII)
_HEXADECIMAL = re.compile(r"0x[0-9a-fA-F]+", re.ASCII)
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", re.ASCII)
_NOT_FINITE = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)", re.ASCII)
#: More than any count, pound or coordinate needs; a longer run of digits is a code, and text.
MAX_DIGITS = 18


class NotANumber(ValueError):
    """A bare word that YAML reads as a number which no file can mean."""


def core_scalar(text: str) -> Scalar:
    """What a bare (unquoted) word means.

    Raises:
        NotANumber: an infinity, a not-a-number or more digits than any figure has.
    """
    if text in _WORDS:
        return _WORDS[text]
    if text[0] not in _NUMBER_STARTS:
        return text
    if _INTEGER.fullmatch(text):
        return _integer(text, 10)
    if text[0] == "0":
        if _OCTAL.fullmatch(text):
            return _integer(text[2:], 8)
        if _HEXADECIMAL.fullmatch(text):
            return _integer(text[2:], 16)
    if _FLOAT.fullmatch(text):
        return _finite(float(text), text)
    if _NOT_FINITE.fullmatch(text):
        raise NotANumber(f"'{text}' is not a figure that anybody can have counted")
    return text


def _integer(digits: str, base: int) -> int:
    if len(digits) > MAX_DIGITS:
        raise NotANumber(f"'{digits[:MAX_DIGITS]}…' has more than {MAX_DIGITS} digits")
    return int(digits, base)


def _finite(value: float, text: str) -> float:
    if math.isinf(value):
        raise NotANumber(f"'{text}' is too large for a figure")
    return value
