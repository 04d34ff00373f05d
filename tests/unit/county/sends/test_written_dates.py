"""Days and times as text, beside Python's own."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from roundtable.county.sends.written_dates import written

INSTANTS = some.datetimes(datetime(1900, 1, 1), datetime(2060, 12, 31)).map(
    lambda at: at.replace(microsecond=0)
)
FORMATS = {
    "yyyy-MM-dd": "%Y-%m-%d",
    "dd/MM/yyyy HH:mm": "%d/%m/%Y %H:%M",
    "yyyyMMdd HHmm": "%Y%m%d %H%M",
    "dd.MM.yyyy": "%d.%m.%Y",
    "yyyy-MM": "%Y-%m",
    "yyyy-MM-dd'T'HH:mm:ss": "%Y-%m-%dT%H:%M:%S",
}


@given(some.lists(INSTANTS, min_size=1, max_size=10), some.sampled_from(sorted(FORMATS)))
def test_as_python_writes_it(instants: list[datetime], declared: str) -> None:
    found = written(np.array(instants, "datetime64[s]"), declared).to_pylist()
    assert found == [at.strftime(FORMATS[declared]) for at in instants]


@pytest.mark.parametrize(
    "day", ["2026-01-15", "2026-03-28", "2026-03-30", "2026-07-01", "2026-10-24", "2026-10-26"]
)
def test_the_offset_is_that_of_the_wall_clock(day: str) -> None:
    at = datetime.fromisoformat(f"{day}T12:34:56").replace(tzinfo=ZoneInfo("Europe/London"))
    (found,) = written(
        np.array([f"{day}T12:34:56"], "datetime64[s]"), "yyyy-MM-dd'T'HH:mm:ss" + "X" * 3
    ).to_pylist()
    assert datetime.fromisoformat(found) == at


def test_nothing_is_nothing() -> None:
    assert written(np.array(["NaT", "2026-01-02"], "datetime64[D]"), "dd/MM/yyyy").to_pylist() == [
        None,
        "02/01/2026",
    ]


@pytest.mark.parametrize("declared", ["HH:mm yyyy-MM-dd", "yyyy-QQ"])
def test_formats_that_cannot_be_written(declared: str) -> None:
    with pytest.raises(ValueError, match=r"date format|before its day"):
        written(np.array(["2026-01-02"], "datetime64[D]"), declared)
