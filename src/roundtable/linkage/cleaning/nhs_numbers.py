"""NHS numbers: ten figures of which the last is worked out from the others."""

from __future__ import annotations

import re

from roundtable.linkage.cleaning.rule import Rule, Tells

_BETWEEN = re.compile(r"[\s\-‐-–.]+")


def check_digit_holds(number: str) -> bool:
    """Whether the last of ten figures is right.

    The first nine are weighted 10 down to 2 and summed; eleven less the remainder by eleven is the last,
    with 0 for 11, and 10 never stands (NHS Data Dictionary, NHS number).
    """
    total = sum(int(figure) * weight for figure, weight in zip(number, range(10, 1, -1), strict=False))
    return (11 - total % 11) % 11 == int(number[9])


def _ten(text: str) -> str | None:
    return text if re.fullmatch(r"[0-9]{10}", text) else None


def _checked(text: str) -> str | None:
    return text if check_digit_holds(text) else None


def _varied(text: str) -> str | None:
    return text if len(set(text)) > 1 else None


NHS_RULES = (
    Rule(
        "nhs-spaces",
        "Spaces, dashes and dots go.",
        (("999 044 8256", "9990448256"),),
        lambda t: _BETWEEN.sub("", t),
    ),
    Rule(
        "nhs-ten-figures",
        "A number of any other length, or with letters, is null.",
        (("999044825", None), ("9990448256", "9990448256")),
        _ten,
        Tells.REFUSED,
    ),
    Rule(
        "nhs-one-figure",
        "One figure ten times stands for no number, though some pass the check.",
        (("9999999999", None), ("0000000000", None)),
        _varied,
        Tells.REFUSED,
    ),
    Rule(
        "nhs-check-figure",
        "A number whose last figure does not follow from the others (modulo 11) was written wrongly, so "
        "null.",
        (("9990448256", "9990448256"), ("9990448255", None)),
        _checked,
        Tells.REFUSED,
    ),
)
