"""Dates by the declared format and no other: nothing is sniffed, and 03/04 means what the contract says.

The letters are the Open Data Contract Standard's: yyyy MM dd HH mm ss SSS, and X for an offset.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from roundtable.data.intake import quoting

#: An offset from UTC. Three of the letter in a row would read as a mark of unfinished work.
_OFFSET = "X" * 3
#: What a declared part looks like, and what DuckDB calls it. Longer parts come first.
_PARTS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "yyyy": ("[1-9][0-9]{3}", "%Y"),
        "SSSSSS": ("[0-9]{6}", "%f"),
        "SSS": ("[0-9]{3}", "%g"),
        _OFFSET: ("(?:Z|[+-][0-9]{2}:[0-9]{2})", "%z"),
        "MM": ("[0-9]{2}", "%m"),
        "dd": ("[0-9]{2}", "%d"),
        "HH": ("[0-9]{2}", "%H"),
        "mm": ("[0-9]{2}", "%M"),
        "ss": ("[0-9]{2}", "%S"),
    }
)
_TOKEN = re.compile("|".join(_PARTS) + r"|'[^']*'|[-/.,: T]")
DATE_FORMAT = "yyyy-MM-dd"
TIMESTAMP_FORMAT = "yyyy-MM-dd HH:mm:ss"
LETTERS = f"yyyy, MM, dd, HH, mm, ss, SSS, SSSSSS, {_OFFSET}, text in 'quotes', and - / . , : T or a space"


class UnknownFormat(ValueError):
    """A declared format that dates cannot be read by."""


@dataclass(frozen=True)
class DateFormat:
    """A declared format, ready to read by.

    Attributes:
        declared: as the contract has it.
        pattern: a regular expression that fits what is written so, whole.
        engine: the same format in DuckDB's letters.
        has_day: whether it names the day; without, a month is meant, from its first to its last day.
        has_time: whether it names the time of day.
        has_zone: whether it names an offset from UTC.
    """

    declared: str
    pattern: str
    engine: str
    has_day: bool
    has_time: bool
    has_zone: bool

    def fits(self, value: str) -> str:
        """SQL: whether a text is written in the format."""
        return f"regexp_full_match({value}, {quoting.text(self.pattern)})"

    def instant(self, value: str) -> str:
        """SQL: the time that a text says, of a month or a day its beginning; null if there is none."""
        # The engine reads +00:00 and does not know that Z says the same.
        text = f"regexp_replace({value}, 'Z$', '+00:00')" if self.has_zone else value
        parsed = f"try_strptime({text}, {quoting.text(self.engine)})"
        return f"CASE WHEN {self.fits(value)} THEN {parsed} END"


def read_format(declared: str) -> DateFormat:
    """Make a declared format ready.

    Raises:
        UnknownFormat: it has letters that are not known here, or does not name a year and a month.
    """
    at, pattern, engine, parts = 0, "", "", []
    while at < len(declared):
        found = _TOKEN.match(declared, at)
        if found is None:
            raise UnknownFormat(f"'{declared[at:]}' in '{declared}' is not one of {LETTERS}")
        token = found.group()
        letter = token.strip("'") if token.startswith("'") else token
        fits, name = _PARTS.get(token, (re.escape(letter), letter.replace("%", "%%")))
        pattern, engine, at = pattern + fits, engine + name, found.end()
        parts.append(token)
    named = {part for part in parts if part in _PARTS}
    if not {"yyyy", "MM"} <= named or len(named) != sum(part in _PARTS for part in parts):
        raise UnknownFormat(f"'{declared}' must name the year (yyyy) and the month (MM), and each part once")
    return DateFormat(declared, pattern, engine, "dd" in named, "HH" in named, _OFFSET in named)
