"""Names and addresses written alike: case, accents, spaces and punctuation do not count, and no more.

It is exact matching after a simple folding, on purpose: who is who is the linkage's question.
"""

from __future__ import annotations

import re
import unicodedata

_APART = re.compile(r"[^0-9a-z]+")


def folded(text: str | None) -> str:
    """Letters without accents and digits, lower case, one space between words; empty for nothing."""
    if not text:
        return ""
    plain = "".join(
        letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter)
    )
    return _APART.sub(" ", plain.casefold()).strip()


def folded_name(full: str | None, given: str | None, surname: str | None) -> str:
    """A whole name, its words in order of the alphabet, so that the order they come in does not count."""
    whole = folded(full) or f"{folded(given)} {folded(surname)}"
    return " ".join(sorted(whole.split()))


def folded_postcode(text: str | None) -> str:
    """A postcode without its space."""
    return folded(text).replace(" ", "")


def digits_of(text: str | None) -> str:
    """The digits of a number, such as an NHS number written with spaces."""
    return "".join(letter for letter in text or "" if letter.isascii() and letter.isdigit())
