"""Which row stands in which file: late, changed, withdrawn, registered twice; by rows made by hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest

from roundtable.county.plan import CountyPlan
from roundtable.county.sends.calendar import slots
from roundtable.county.sends.drawn import Drawn, Producer
from roundtable.county.sends.habits import Habits, habits_of
from roundtable.county.sends.quirks import Chance
from roundtable.county.sends.rows_sent import Rows, rows_sent, with_second_numbers
from roundtable.partnership.model.contract_terms import Arrival

TODAY = date(2026, 11, 23)
PLAN = CountyPlan(1_000, 1, TODAY)
CHANCE = Chance(PLAN, 0, "by hand")
COUNT = 4_000
PRODUCER = Producer("a-dataset", "a_table", "police-records", lambda case: _drawn())


def _habits(**changed: float) -> Habits:
    plain = {"late_rows": 0.0, "entered_again": 0.0, "sent_again": 0.0, "revised": 0.0, "withdrawn": 0.0}
    words = {name: str(value) for name, value in (plain | changed).items()}
    return replace(habits_of("police-records"), values={**habits_of("police-records").values, **words})


def _drawn() -> Drawn:
    """A record every hour or so of the ten years, about a person each."""
    span = (np.datetime64(TODAY) - np.datetime64(PLAN.begins)).astype(int)
    days = np.datetime64(PLAN.begins, "s") + (np.arange(COUNT) * span * 86_400 // COUNT).astype(
        "timedelta64[s]"
    )
    return Drawn(days, np.arange(COUNT) % 500, np.full(COUNT, -1), {})


def _sent(arrives: Arrival, habits: Habits, drawn: Drawn | None = None) -> Rows:
    made = drawn if drawn is not None else _drawn()
    return rows_sent(PRODUCER, made, arrives, slots(arrives, TODAY, 10, 10), CHANCE, habits)


def test_each_row_is_in_the_file_of_its_month() -> None:
    rows = _sent(Arrival.PERIODS, _habits())
    for number, slot in enumerate(slots(Arrival.PERIODS, TODAY, 10, 10)):
        mine = rows.recorded[rows.slot == number]
        assert (mine < np.datetime64(slot.ends)).all()
        assert slot.begins == date.min or (mine >= np.datetime64(slot.begins)).all()
    # What was recorded this month is not sent before it is over.
    assert len(rows) == (_drawn().recorded < np.datetime64("2026-11-01")).sum()


def test_late_rows_are_in_a_later_file_and_recorded_when_they_were() -> None:
    punctual, late = (_sent(Arrival.PERIODS, _habits(late_rows=share)) for share in (0.0, 0.5))
    slot_of = dict(zip(punctual.record.tolist(), punctual.slot.tolist(), strict=True))
    moved = [number > slot_of[record] for record, number in zip(late.record, late.slot, strict=True)]
    assert not any(number < slot_of[record] for record, number in zip(late.record, late.slot, strict=True))
    assert sum(moved) > 50
    assert (late.recorded == _drawn().recorded[late.record]).all()


@pytest.mark.parametrize("share", [0.0, 1.0])
def test_a_changed_row_comes_again_in_a_later_file(share: float) -> None:
    rows = _sent(Arrival.INCREMENTS, _habits(revised=share))
    keys = list(zip(rows.slot.tolist(), rows.entry.tolist(), strict=True))
    assert len(keys) == len(set(keys))
    again = len(rows) - len(set(rows.entry.tolist()))
    assert (again > 20) == bool(share)
    assert rows.changes.any() == bool(share)


def test_a_withdrawn_row_is_the_last_of_its_entry() -> None:
    rows = _sent(Arrival.INCREMENTS, _habits(revised=0.3, withdrawn=0.3))
    newest: dict[int, tuple[Any, Any]] = {}
    for entry, recorded, gone in zip(rows.entry, rows.recorded, rows.withdrawn, strict=True):
        newest[int(entry)] = max(
            newest.get(int(entry), (recorded, gone)), (recorded, gone), key=lambda one: one[0]
        )
    gone_entries = set(rows.entry[rows.withdrawn].tolist())
    assert len(gone_entries) > 100
    assert all(newest[entry][1] for entry in gone_entries)


def test_the_same_thing_entered_twice_has_two_entries() -> None:
    rows = _sent(Arrival.PERIODS, _habits(entered_again=0.1))
    once = _sent(Arrival.PERIODS, _habits())
    assert len(rows) > len(once) + 200
    assert len(set(rows.entry.tolist())) == len(rows)
    assert set(rows.record.tolist()) == set(once.record.tolist())


def test_the_same_row_twice_stands_side_by_side() -> None:
    rows = _sent(Arrival.PERIODS, _habits(sent_again=0.1))
    same = (rows.entry[1:] == rows.entry[:-1]).sum()
    assert same == len(rows) - len(set(rows.entry.tolist())) > 200


def test_a_register_holds_what_had_not_left() -> None:
    drawn = replace(_drawn(), until=(_drawn().recorded + np.timedelta64(400, "D")).astype("datetime64[D]"))
    rows = _sent(Arrival.WHOLE, _habits(), drawn)
    assert drawn.until is not None
    for number, slot in enumerate(slots(Arrival.WHOLE, TODAY, 10, 10)):
        held = set(rows.record[rows.slot == number].tolist())
        day = np.datetime64(slot.ends)
        stands = (drawn.recorded < day) & (drawn.until >= day)
        assert held == set(np.flatnonzero(stands).tolist())


@pytest.mark.parametrize("whole", [True, False])
def test_people_with_two_numbers(whole: bool) -> None:
    drawn = _drawn()
    twice = np.arange(500) < 50
    rows = _sent(Arrival.WHOLE if whole else Arrival.PERIODS, _habits(), drawn)
    found = with_second_numbers(rows, drawn, twice, CHANCE, _habits(uses_second=0.5), whole)
    who = drawn.who[found.record]
    assert (found.second <= twice[who]).all()
    if whole:
        assert len(found) == len(rows) + twice[drawn.who[rows.record]].sum()
        keys = list(zip(found.slot.tolist(), found.entry.tolist(), strict=True))
        assert len(keys) == len(set(keys))
    else:
        assert len(found) == len(rows)
        share = found.second[twice[who]].mean()
        assert 0.4 < share < 0.6


DRAWS: dict[str, Callable[[], Rows]] = {
    "periods": lambda: _sent(Arrival.PERIODS, habits_of("police-records")),
    "increments": lambda: _sent(Arrival.INCREMENTS, habits_of("hospital")),
}


@pytest.mark.parametrize("name", sorted(DRAWS))
def test_the_same_every_time(name: str) -> None:
    one, other = DRAWS[name](), DRAWS[name]()
    assert (one.entry == other.entry).all()
    assert (one.recorded == other.recorded).all()
