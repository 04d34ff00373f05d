"""Which files are sent: no day twice, none left out."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from roundtable.county.sends.calendar import SlotKind, slots, term_number, term_slots, terms_of
from roundtable.partnership.model.contract_terms import Arrival

TODAYS = some.dates(date(2015, 1, 1), date(2035, 12, 31))


@given(TODAYS, some.sampled_from(list(Arrival)), some.integers(0, 40))
def test_every_day_is_in_one_file(today: date, arrives: Arrival, nights: int) -> None:
    found = slots(arrives, today, 10, nights)
    assert all(before.ends == after.begins for before, after in pairwise(found))
    assert [slot.kind for slot in found[:13]] == [SlotKind.HISTORY, *[SlotKind.MONTH] * 12]
    assert len({slot.label for slot in found}) == len(found)
    assert found[12].ends == today.replace(day=1)
    nightly = found[13:]
    assert len(nightly) == (min(nights, today.day - 1) if arrives is Arrival.INCREMENTS else 0)
    if nightly:
        assert nightly[-1].ends == today
        assert all(night.ends - night.begins == timedelta(days=1) for night in nightly[1:])


def test_labels_and_times() -> None:
    history, *months = slots(Arrival.PERIODS, date(2026, 11, 23), 10, 10)
    assert (history.label, history.period) == ("2016-11_to_2025-10", "2016-11_to_2025-10")
    assert [month.label for month in months][:2] == ["2025-11", "2025-12"]
    assert months[-1].as_at.isoformat() == "2026-11-03T17:30:00"


@given(TODAYS)
def test_terms_follow_each_other(today: date) -> None:
    history, *terms = term_slots(today, 10)
    numbers = [history.term, *(term.term for term in terms)]
    assert numbers == list(range(history.term, history.term + len(numbers)))
    assert all(term.ends <= today for term in terms)
    assert 2 <= len(terms) <= 4


def test_terms_of_days() -> None:
    days = np.array(["2025-12-31", "2026-01-01", "2026-04-30", "2026-05-01", "2026-09-01"], "datetime64[s]")
    expected = [(2025, "autumn"), (2026, "spring"), (2026, "spring"), (2026, "summer"), (2026, "autumn")]
    assert terms_of(days).tolist() == [term_number(year, season) for year, season in expected]


@pytest.mark.parametrize("today", [date(2026, 11, 1), date(2026, 11, 2)])
def test_no_night_before_there_is_one(today: date) -> None:
    assert len(slots(Arrival.INCREMENTS, today, 10, 10)) == 13 + today.day - 1
