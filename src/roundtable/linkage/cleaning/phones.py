"""Telephone numbers of the United Kingdom, as mobiles (07…) and landlines (01…, 02…, 03…)."""

from __future__ import annotations

import re

from roundtable.linkage.cleaning.rule import Rule, Tells

_EXTENSION = re.compile(r"(?i)\b(?:ext|extn|extension|x)\b.*$")
_ABROAD = re.compile(r"^(?:\+|00)?44(?:\(?0\)?)?(?=[1-9])")


def _first(text: str) -> str:
    return re.split(r"[/;,]|\bor\b", _EXTENSION.sub("", text), maxsplit=1)[0].strip()


def _national(text: str) -> str:
    bare = re.sub(r"[^0-9+]", "", text)
    if bare.startswith(("+44", "0044")) or (bare.startswith("44") and len(bare) >= 12):
        bare = _ABROAD.sub("0", bare)
    return f"0{bare}" if re.fullmatch(r"7[0-9]{9}", bare) else bare


def _real(text: str) -> str | None:
    return None if re.search(r"([0-9])\1{7}", text) or text in ("01234567890", "07123456789") else text


def _british(text: str) -> str | None:
    return text if re.fullmatch(r"07[1-57-9][0-9]{8}|0[123][0-9]{8,9}", text) else None


PHONE_RULES = (
    Rule(
        "phone-first",
        "Of several numbers in one box the first stays, and no extension.",
        (("01632 960123 ext 4", "01632 960123"), ("07700 900123 / 01632 960123", "07700 900123")),
        _first,
    ),
    Rule(
        "phone-national",
        "+44 and 0044 become 0; spaces and marks go; a mobile that lost its 0 has it again.",
        (
            ("+44 7700 900123", "07700900123"),
            ("+44(0)7700900123", "07700900123"),
            ("7700900123", "07700900123"),
        ),
        _national,
    ),
    Rule(
        "phone-made-up",
        "Eight times one figure, or figures in their order, stand for no number.",
        (("07000000000", None), ("01234567890", None), ("07700900123", "07700900123")),
        _real,
        Tells.REFUSED,
    ),
    Rule(
        "phone-british",
        "Whatever is no mobile (07, not the pagers of 076 or 070) or landline (01, 02, 03) of the right "
        "length is null.",
        (("07700900123", "07700900123"), ("0770090012", None), ("01632960123", "01632960123")),
        _british,
        Tells.REFUSED,
    ),
)


def is_mobile(number: str) -> bool:
    """Whether a cleaned number is a mobile's."""
    return number.startswith("07")
