"""Postcodes of the United Kingdom as one word: AA99AA."""

from __future__ import annotations

import re

from roundtable.linkage.cleaning.reference_table import words_of
from roundtable.linkage.cleaning.rule import Rule, Tells

_OUTWARD = re.compile(r"[A-Z]{1,2}[0-9][0-9A-Z]?")
_WHOLE = re.compile(r"([A-Z]{1,2}[0-9][0-9A-Z]?)([0-9][A-Z]{2})")
_TO_FIGURE = str.maketrans("OILSZ", "01152")
_TO_LETTER = str.maketrans("0152", "OISZ")


def _plain(text: str) -> str:
    return re.sub(r"[^A-Z0-9 ]", "", text[:40].upper()).strip()


def _mended(text: str) -> str:
    bare = text.replace(" ", "")
    if _WHOLE.fullmatch(bare) or not 5 <= len(bare) <= 7:
        return text
    before, after = bare[:-3], bare[-3:]
    after = after[0].translate(_TO_FIGURE) + after[1:].translate(_TO_LETTER)
    for letters in (2, 1):
        tried = before[:letters].translate(_TO_LETTER) + before[letters : letters + 1].translate(_TO_FIGURE)
        tried += before[letters + 1 :]
        if _WHOLE.fullmatch(tried + after):
            return tried + after
    return text


def _real(text: str) -> str | None:
    bare = text.replace(" ", "")
    return None if bare.startswith("ZZ99") or bare in words_of("no_postcodes") else text


def _whole(text: str) -> str | None:
    bare = text.replace(" ", "")
    return bare if _WHOLE.fullmatch(bare) else None


def outward_of(text: str) -> str | None:
    """The district of a postcode as sent, also where the rest of it cannot be used."""
    plain = _plain(text)
    if _real(plain) is None:
        return None
    found = _WHOLE.fullmatch(_mended(plain).replace(" ", ""))
    if found:
        return found.group(1)
    first = plain.split(" ")[0]
    return first if _OUTWARD.fullmatch(first) else None


POSTCODE_RULES = (
    Rule("postcode-plain", "In capitals, without marks.", ((" zy1 2eh.", "ZY1 2EH"),), _plain),
    Rule(
        "postcode-nowhere",
        "The health service's codes for no fixed address (ZZ99) and the made-up ones of "
        "`reference/no_postcodes.csv` are null.",
        (("ZZ99 3VZ", None), ("ZY1 2EH", "ZY1 2EH")),
        _real,
        Tells.REFUSED,
    ),
    Rule(
        "postcode-mended",
        "Where a figure must stand, O, I, L, S and Z are 0, 1, 1, 5 and 2, and the other way about where a "
        "letter must.",
        (("ZYI 2EH", "ZY12EH"), ("ZY1 OEH", "ZY10EH"), ("ZY1 2EH", "ZY1 2EH")),
        _mended,
        Tells.MENDED,
    ),
    Rule(
        "postcode-whole",
        "What does not have a postcode's form is null; its district stays where that has the form of one.",
        (("ZY1 2EH", "ZY12EH"), ("ZY1 EH", None), ("2119", None)),
        _whole,
        Tells.REFUSED,
    ),
)
