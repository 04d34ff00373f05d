"""Nothing in the audit chain may name a person: what looks like an identifier is refused.

This is the last wall and not the first. It cannot know a name, so whoever appends an event gives keyed ids,
delivery ids and posts, and never a value or a file name that a partner chose.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

_EMAIL = re.compile(r"[^\s@]+@[^\s@]+\.[a-z]{2,}", re.IGNORECASE)
_POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}\b")
_PHONE = re.compile(r"(?<![\w.])(?:\+44|0)(?:[ -]?\d){9,10}(?![\w.])")
_DIGITS = re.compile(r"(?<![\w.])\d{3}[ -]?\d{3}[ -]?\d{4}(?![\w.])")
_UPRN = re.compile(r"(?<![\w.-])\d{11,12}(?![\w.-])")
_NHS_DIGITS = 10


def see_that_impersonal(about: str, detail: Mapping[str, Any]) -> None:
    """Refuse an event with something in it that looks like a person's or a home's identifier.

    Raises:
        ValueError: naming the kind of it, never the value.
    """
    for text in (about, *_texts(detail)):
        kind = looks_like(text)
        if kind is not None:
            raise ValueError(f"an audit event may not hold what looks like {kind}")


def looks_like(text: str) -> str | None:
    """The kind of identifier that a text seems to hold; None where it seems to hold none."""
    if _EMAIL.search(text):
        return "an e-mail address"
    if _POSTCODE.search(text):
        return "a postcode"
    if any(_is_nhs_number(found.group()) for found in _DIGITS.finditer(text)):
        return "an NHS number"
    if _PHONE.search(text):
        return "a telephone number"
    return "a UPRN" if _UPRN.search(text) else None


def _is_nhs_number(text: str) -> bool:
    """Whether the tenth digit is the check digit of the nine before it, modulus 11 (NHS Data Dictionary)."""
    digits = [int(letter) for letter in text if letter.isdigit()]
    weights = range(_NHS_DIGITS, 1, -1)
    check = 11 - sum(digit * weight for digit, weight in zip(digits, weights, strict=False)) % 11
    return digits[-1] == (0 if check == 11 else check)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        for name, part in value.items():
            yield str(name)
            yield from _texts(part)
    elif isinstance(value, list | tuple | set | frozenset):
        for part in value:
            yield from _texts(part)
    elif isinstance(value, str):
        yield value
