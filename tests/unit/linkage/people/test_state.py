"""What a run leaves is kept as parts and read again as it was."""

from __future__ import annotations

import json

import numpy as np
import pytest

from roundtable.linkage.people.decisions import Decisions
from roundtable.linkage.people.night import night
from roundtable.linkage.people.state import State, StateUnusable
from tests.unit.linkage.people.town import KEY, NONE_GONE, linked, people, record, table


def test_parts_are_read_again_as_they_were() -> None:
    rows = people(80, 4)
    decided = Decisions.of(apart=[(rows[0]["record_id"], rows[9]["record_id"])], together=[("b", "a")])
    state = linked(table(rows), decisions=decided)
    again = State.from_parts(state.to_parts())
    assert again.to_parts() == state.to_parts()
    assert again.records == state.records
    assert again.model == state.model
    assert again.decisions == state.decisions
    assert again.encoded.vocabularies == state.encoded.vocabularies
    assert again.keys.keys() == state.keys.keys()
    assert again.stop == state.stop
    for name in ("identity", "left", "right", "weight", "labels", "alone"):
        assert np.array_equal(getattr(again, name), getattr(state, name))
        assert getattr(again, name).dtype == getattr(state, name).dtype


def test_a_night_goes_on_from_what_was_read() -> None:
    rows = people(80, 5)
    state = linked(table(rows[20:]))
    one, other = (
        night(each, table(rows[:20]), NONE_GONE, KEY, 2)
        for each in (state, State.from_parts(state.to_parts()))
    )
    assert one.state.person_link() == other.state.person_link()
    assert one.moves == other.moves
    assert one.state.to_parts() == other.state.to_parts()


def test_a_state_of_one_record_is_kept() -> None:
    state = linked(table([record("1")]))
    again = State.from_parts(state.to_parts())
    assert again.records.to_pylist() == state.records.to_pylist()
    assert len(again) == 1


def test_parts_that_are_missing_or_older_are_said_to_be_of_no_use() -> None:
    parts = linked(table([record("1", "anda", "ashby")])).to_parts()
    for missing in ("about", "labels", "words/name", "records"):
        with pytest.raises(StateUnusable):
            State.from_parts({name: part for name, part in parts.items() if name != missing})
    older = json.loads(parts["about"]) | {"version": 0}
    with pytest.raises(StateUnusable, match="version 0"):
        State.from_parts(parts | {"about": json.dumps(older).encode()})
    with pytest.raises(StateUnusable):
        State.from_parts(parts | {"weight": b"123"})
