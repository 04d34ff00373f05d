"""Dates of birth as eight figures, year first."""

from __future__ import annotations

import re

from roundtable.linkage.cleaning.reference_table import words_of
from roundtable.linkage.cleaning.rule import Rule, Tells

_YEAR_FIRST = re.compile(r"([0-9]{4})[-/. ]?([0-9]{2})[-/. ]?([0-9]{2})(?:[T ].*)?")
_DAY_FIRST = re.compile(r"([0-9]{1,2})[-/. ]([0-9]{1,2})[-/. ]([0-9]{4})")


def _eight(text: str) -> str | None:
    bare = text.strip()[:40]
    if found := _YEAR_FIRST.fullmatch(bare):
        return "".join(found.groups())
    if found := _DAY_FIRST.fullmatch(bare):
        day, month, year = found.groups()
        return f"{year}{month:0>2}{day:0>2}"
    return None


def _somebodys(text: str) -> str | None:
    return None if text in words_of("placeholder_dates", "day") else text


DATE_RULES = (
    Rule(
        "date-eight-figures",
        "Year, month and day as eight figures. They need not be in the calendar: a wrong day is still like "
        "the right one. What is no date is null.",
        (("1987-05-04", "19870504"), ("4/5/1987", "19870504"), ("19081319", "19081319"), ("May", None)),
        _eight,
        Tells.NOTHING,
    ),
    Rule(
        "date-placeholder",
        "Days that computers and forms put where nobody knows one (`reference/placeholder_dates.csv`) are "
        "null.",
        (("19000101", None), ("19870504", "19870504")),
        _somebodys,
        Tells.REFUSED,
    ),
)
