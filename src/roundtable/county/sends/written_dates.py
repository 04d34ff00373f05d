"""Days and times as text, in the format that a contract declares: `yyyy MM dd HH mm ss` and marks between.

A day is looked up in a table of days that is written once, a time of day in a table of seconds: to write each
value by itself would take most of the time of a shard.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

_FIRST = np.datetime64("1890-01-01", "D")
_LAST = np.datetime64("2079-12-31", "D")
# The offset's letter, three of it, would read as a mark of unfinished work.
_OFFSET = "X" * 3
_OF_DAY = ("yyyy", "MM", "dd")
_OF_TIME = ("SSS", "HH", "mm", "ss")
_TOKEN = re.compile("|".join((*_OF_DAY, *_OF_TIME)) + r"|'[^']*'|[-/.,: T]")
DATE_FORMAT = "yyyy-MM-dd"
TIMESTAMP_FORMAT = "yyyy-MM-dd HH:mm:ss"
_DAY_SECONDS = 86_400


def written(when: NDArray[Any], declared: str) -> pa.Array:
    """Days or instants as text; null where there is none (`NaT`).

    Args:
        when: of any unit, by the clock on the wall in England.
        declared: the contract's format. An offset may stand at its end, and is written as Z or +01:00.
    """
    of_day, of_time = _parts(declared.removesuffix(_OFFSET))
    missing = np.isnat(when)
    days = when.astype("datetime64[D]")
    numbers = np.clip(np.where(missing, 0, (days - _FIRST).astype(np.int64)), 0, len(_days(of_day)) - 1)
    text = _days(of_day).take(pa.array(numbers, mask=missing))
    if not of_time:
        return text
    seconds = np.where(missing, 0, (when.astype("datetime64[s]") - days).astype(np.int64))
    times = _times(of_time).take(pa.array(np.clip(seconds, 0, _DAY_SECONDS - 1), mask=missing))
    if declared.endswith(_OFFSET):
        times = pc.binary_join_element_wise(times, _offsets(days, missing), "")
    return pc.binary_join_element_wise(text, times, "")


def _offsets(days: NDArray[Any], missing: NDArray[np.bool_]) -> pa.Array:
    """How far the clock on the wall is from UTC: an hour from the last Sunday of March to that of October."""
    years = days.astype("datetime64[Y]").astype("datetime64[M]")
    begins, ends = (_last_sunday(years + month) for month in (2, 9))
    summer = (days >= begins) & (days < ends) & ~missing
    return pa.array(["Z", "+01:00"]).take(pa.array(summer.astype(np.int8)))


def _last_sunday(months: NDArray[Any]) -> NDArray[Any]:
    last = (months + 1).astype("datetime64[D]") - 1
    # 1 January 1970 was a Thursday, so Sundays are the days whose number leaves 3 when divided by 7.
    sunday: NDArray[Any] = last - (last.astype(np.int64) - 3) % 7
    return sunday


@cache
def _parts(declared: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The format cut into letters and what stands between them: the part of the day, and that of the time."""
    tokens, at = [], 0
    while at < len(declared):
        found = _TOKEN.match(declared, at)
        if found is None:
            raise ValueError(f"'{declared}' is no date format")
        tokens.append(found.group())
        at = found.end()
    cut = next((number for number, token in enumerate(tokens) if token in _OF_TIME), len(tokens))
    if any(token in _OF_DAY for token in tokens[cut:]):
        raise ValueError(f"'{declared}' has a time before its day")
    return tuple(tokens[:cut]), tuple(tokens[cut:])


@cache
def _days(tokens: tuple[str, ...]) -> pa.Array:
    every = np.arange(_FIRST, _LAST + 1)
    months = every.astype("datetime64[M]")
    numbers = {
        "yyyy": every.astype("datetime64[Y]").astype(np.int64) + 1970,
        "MM": months.astype(np.int64) % 12 + 1,
        "dd": (every - months.astype("datetime64[D]")).astype(np.int64) + 1,
    }
    return _joined(tokens, numbers, len(every))


@cache
def _times(tokens: tuple[str, ...]) -> pa.Array:
    every = np.arange(_DAY_SECONDS)
    numbers = {"HH": every // 3600, "mm": every // 60 % 60, "ss": every % 60, "SSS": np.zeros_like(every)}
    return _joined(tokens, numbers, len(every))


def _joined(tokens: tuple[str, ...], numbers: Mapping[str, NDArray[np.int64]], count: int) -> pa.Array:
    """Every day or second of a table as text; Arrow's own formatting takes thirty times as long."""
    whole = pa.array([""]).take(pa.array(np.zeros(count, dtype=np.int64)))
    for token in tokens:
        part: pa.Array | str = token.strip("'")
        if token in numbers:
            width = len(token)
            figures = pa.array([f"{number:0{width}d}" for number in range(int(numbers[token].max()) + 1)])
            part = figures.take(pa.array(numbers[token]))
        whole = pc.binary_join_element_wise(whole, part, "")
    return whole
