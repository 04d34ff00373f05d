"""Addresses in one line, as a key of the dwelling: its flat, its number or name, and its street."""

from __future__ import annotations

import re
from functools import cache

from roundtable.linkage.cleaning.letters import folded
from roundtable.linkage.cleaning.reference_table import reference_rows, words_of
from roundtable.linkage.cleaning.rule import Rule, Tells

_CARE_OF = re.compile(r"(?i)^\s*c\s*[/.]?\s*o\b[\s,:]*")
_PARTS = re.compile(r"[,;\n\r]+")
_POSTCODE = re.compile(r"\b[a-z]{1,2}[0-9][0-9a-z]? ?[0-9][a-z]{2}\b")
_FLAT = re.compile(r"\b(?:flat|apartment|unit|room) ([0-9]+[a-z]?|[a-z])\b")


def _somewhere(text: str) -> str | None:
    plain = folded(text)
    return None if not plain or plain in words_of("no_addresses") else text


def _care(text: str) -> str:
    return _CARE_OF.sub("", text)


def address_key(text: str) -> str | None:
    """The dwelling's part of an address, folded; null where there is neither a street nor two parts."""
    parts = [_POSTCODE.sub("", _spelt(folded(part))).strip() for part in _PARTS.split(text[:300])]
    parts = [part for part in parts if part]
    if not parts:
        return None
    at, key = 0, ""
    for number, part in enumerate(parts):
        street = _through_street(part)
        if street:
            at, key = number, street
            break
    if not key:
        # No word for a street: a number and a name make one line, a name or number alone takes the next
        # one with it.
        whole = re.match(r"(?:.* )?[0-9]+[a-z]? [a-z]{2,}", parts[0]) or len(parts) == 1
        at, key = (0, parts[0]) if whole else (1, parts[1])
    return " ".join([*parts[:at], key])


def _through_street(part: str) -> str:
    """A part of an address up to the word for its street; empty where it has none."""
    words, kinds = part.split(), _street_words()
    for place in range(len(words) - 1, 0, -1):
        if words[place] in kinds:
            return " ".join(words[: place + 1])
    return ""


def _spelt(part: str) -> str:
    """Abbreviations written out; 'st' before a name is Saint, and after one Street."""
    words = part.split()
    made = []
    for place, word in enumerate(words):
        if word == "st" and (place == 0 or words[place - 1][:1].isdigit()):
            made.append("saint")
        else:
            made.append(_abbreviations().get(word, word))
    return " ".join(made)


@cache
def _abbreviations() -> dict[str, str]:
    return {
        row["written"]: row["word"] for row in reference_rows("street_words") if row["written"] != row["word"]
    }


@cache
def _street_words() -> frozenset[str]:
    return frozenset(row["word"] for row in reference_rows("street_words") if row["kind"] == "street")


ADDRESS_RULES = (
    Rule(
        "address-nowhere",
        "No fixed abode and its like (`reference/no_addresses.csv`) are null.",
        (("NFA", None), ("No fixed abode", None), ("1 High Street", "1 High Street")),
        _somewhere,
        Tells.REFUSED,
    ),
    Rule(
        "address-care-of",
        "c/o goes; the address that follows is where post is fetched.",
        (("c/o 1 High Street", "1 High Street"),),
        _care,
    ),
    Rule(
        "address-key",
        "The dwelling's part: through the word for its street, folded, with abbreviations written out "
        "(`reference/street_words.csv`). Town, county and postcode are left.",
        (
            ("Flat 2, 101 Ripon Pl., Northallerton", "flat 2 101 ripon place"),
            ("25 WEAVER RD, York", "25 weaver road"),
            ("The Poplars, Thistle Place, York", "the poplars thistle place"),
            ("7 St Johns St", "7 saint johns street"),
            ("12 Eastgate, Thirsk", "12 eastgate"),
        ),
        address_key,
    ),
)
