"""A night comes to what linking the whole comes to, and lets be whom it does not touch."""

from __future__ import annotations

from random import Random

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest

from roundtable.linkage.people.decisions import Decisions
from roundtable.linkage.people.night import Night, night
from roundtable.linkage.people.state import State
from tests.unit.linkage.people.town import KEY, NONE_GONE, Row, groups, linked, people, record, table


def taken_in(state: State, rows: list[Row], gone: list[str] | None = None, run: int = 2) -> Night:
    """A night of these records."""
    return night(state, table(rows), pa.array(gone or [], pa.string()), KEY, run)


def as_sets(state: State) -> set[frozenset[str]]:
    """Who is together, whatever they are called."""
    return set(groups(state.person_link()).values())


@pytest.mark.parametrize("seed", range(8))
def test_new_records_come_to_what_the_whole_comes_to(seed: int) -> None:
    rows = people(120, seed)
    Random(seed).shuffle(rows)
    before = linked(table(rows[30:]))
    after = taken_in(before, rows[:30])
    whole = linked(table(rows), before.person_link(), 2)
    assert as_sets(after.state) == as_sets(whole)
    assert after.state.person_link() == whole.person_link()


@pytest.mark.parametrize("seed", range(8))
def test_changed_and_withdrawn_records_come_to_what_the_whole_comes_to(seed: int) -> None:
    draw = Random(seed)
    rows = people(120, seed)
    draw.shuffle(rows)
    changed = [
        row | {"given": other["given"], "mobile": None}
        for row, other in zip(rows[:25], rows[25:50], strict=True)
    ]
    gone = [row["record_id"] for row in rows[50:75]]
    before = linked(table(rows))
    after = taken_in(before, changed, gone)
    left = [*changed, *rows[25:50], *rows[75:]]
    whole = linked(table(left), before.person_link(), 2)
    assert after.state.person_link() == whole.person_link()
    assert sorted(after.gone.to_pylist()) == sorted(gone)


def test_one_night_after_another_comes_to_the_whole() -> None:
    rows = people(100, 7)
    Random(7).shuffle(rows)
    state = linked(table(rows[60:]))
    for run, start in enumerate(range(0, 60, 20), 2):
        state = taken_in(state, rows[start : start + 20], run=run).state
    assert as_sets(state) == as_sets(linked(table(rows)))


def test_who_is_not_touched_keeps_everything() -> None:
    rows = people(120, 1)
    before = linked(table(rows[5:]))
    after = taken_in(before, rows[:5])
    was, now = groups(before.person_link()), groups(after.state.person_link())
    for person, records in was.items():
        if records in now.values():
            assert now[person] == records
    told = set(after.changed["record_id"].to_pylist())
    rows_before = {row["record_id"]: row for row in before.person_link().to_pylist()}
    for row in after.state.person_link().to_pylist():
        assert (row != rows_before.get(row["record_id"])) == (row["record_id"] in told)


def test_a_night_without_records_changes_nothing() -> None:
    before = linked(table(people(60, 2)))
    after = taken_in(before, [])
    assert after.state.person_link() == before.person_link()
    assert after.changed.num_rows == after.moves.num_rows == len(after.gone) == 0


def test_the_same_record_sent_again_changes_nothing() -> None:
    rows = people(60, 3)
    before = linked(table(rows))
    after = taken_in(before, rows[:10])
    assert after.state.person_link() == before.person_link()
    assert after.moves.num_rows == 0
    assert len(after.gone) == 0


def test_a_person_without_any_record_left_is_gone() -> None:
    rows = [record("1", "anda", "ashby", date_of_birth="19800101"), record("2", "evto", "elmton")]
    before = linked(table(rows))
    after = taken_in(before, [], ["1", "never there"])
    assert after.gone.to_pylist() == ["1"]
    (move,) = after.moves.to_pylist()
    assert (move["kind"], move["person_to"], move["records"]) == ("gone", None, 1)
    assert after.state.records["record_id"].to_pylist() == ["2"]


def test_a_profile_that_nobody_shows_any_more_is_not_found_again() -> None:
    rows = [record("1", "anda", "ashby", date_of_birth="19800101", nhs_number="9000000001")]
    empty = taken_in(linked(table(rows)), [], ["1"]).state
    assert all(not keys.any() for keys in empty.keys.values())
    again = taken_in(empty, [rows[0] | {"record_id": "2"}], run=3).state
    assert again.profile.tolist() == [1]
    assert len(again.left) == 0


def test_a_record_that_comes_back_has_its_person_back() -> None:
    rows = [record("1", "anda", "ashby", date_of_birth="19800101")]
    before = linked(table(rows))
    gone = taken_in(before, [], ["1"]).state
    again = taken_in(gone, rows, run=3).state
    assert again.records["person_id"] == before.records["person_id"]


def test_records_of_nobody_in_particular_stay_alone() -> None:
    nobody = {"date_of_birth": "19800101", "postcode": "AB11CD", "sex": "f"}
    before = linked(table([record("1", **nobody)]))
    after = taken_in(before, [record("2", **nobody), record("3", **nobody)])
    assert len(groups(after.state.person_link())) == 3
    assert after.state.alone.tolist() == [0, 1, 2]


def test_two_of_one_event_stay_two_however_alike() -> None:
    told = {"surname": "ashby", "date_of_birth": "19800101", "nhs_number": None, "mobile": "07000000001"}
    one = record("1", "anda", event_id="fire", **told)
    other = record("2", "evto", event_id="fire", **told)
    before = linked(table([one]))
    after = taken_in(before, [other])
    assert list(zip(after.state.apart.left, after.state.apart.right, strict=True)) == [(0, 1)]
    assert len(groups(after.state.person_link())) == 2


def test_an_event_that_is_learnt_later_parts_who_was_together() -> None:
    told = {"date_of_birth": "19800101", "mobile": "07000000001", "email": "home@example.org"}
    rows = [record("1", "anda", "ashby", **told), record("2", "evto", "ashby", **told)]
    before = linked(table(rows))
    assert len(groups(before.person_link())) == 1
    # The records say what they said, so that no profile is new; but they are two people of one event.
    after = taken_in(before, [row | {"event_id": "fire"} for row in rows])
    assert len(after.state) == 2
    assert len(groups(after.state.person_link())) == 2


def test_decisions_are_followed_from_the_night_they_come_and_kept() -> None:
    told = {"surname": "ashby", "date_of_birth": "19800101"}
    before = linked(table([record("1", "anda", **told), record("2", "anda", middle="to", **told)]))
    assert len(groups(before.person_link())) == 1
    apart = night(before, table([]), NONE_GONE, KEY, 2, Decisions.of(apart=[("2", "1")]))
    assert len(groups(apart.state.person_link())) == 2
    assert apart.moves["kind"].to_pylist() == ["split"]
    assert "decided that they are two people" in apart.moves["evidence"][0].as_py()
    # A record that is changed keeps what was decided of it.
    still = taken_in(apart.state, [record("2", "anda", middle="sa", **told)], run=3)
    assert len(groups(still.state.person_link())) == 2
    free = night(still.state, table([]), NONE_GONE, KEY, 4, Decisions())
    assert len(groups(free.state.person_link())) == 1
    assert free.moves["kind"].to_pylist() == ["merge"]


def test_a_decision_against_a_fact_is_told() -> None:
    before = linked(table([record("1", "anda", "ashby", nhs_number="9000000001")]))
    other = table([record("2", "anda", "ashby", nhs_number="9000000002")])
    after = night(before, other, NONE_GONE, KEY, 2, Decisions.of(together=[("1", "2")]))
    assert len(groups(after.state.person_link())) == 2
    assert len(after.contradictions) == 1


def test_a_merge_says_why_without_saying_who() -> None:
    number = "9000000001"
    reached = {"mobile": "07000000001", "email": "anda@example.org"}
    one, other = record("1", "anda", "ashby", nhs_number=number), record("2", "anda", "elmton", **reached)
    before = linked(table([one, other]))
    assert len(groups(before.person_link())) == 2
    bridge = one | reached | {"former_surname": "elmton"}
    after = taken_in(before, [bridge | {"record_id": "3"}, bridge | {"record_id": "4", "middle": "to"}])
    (move,) = after.moves.filter(pc.equal(after.moves["kind"], "merge")).to_pylist()
    assert move["records"] == 1
    assert "of 3 pairs between the two sides were kept" in move["evidence"]
    assert "bits" in move["evidence"]
    assert not any(word in move["evidence"] for word in ("anda", "ashby", "elmton", number, "@"))


def test_a_record_twice_in_a_night_is_refused() -> None:
    state = linked(table([record("1", "anda", "ashby")]))
    with pytest.raises(ValueError, match="once"):
        taken_in(state, [record("2", "anda", "ashby"), record("2", "evto", "ashby")])


def test_a_block_that_is_too_large_is_told() -> None:
    rows = [record(f"{at:04}", "anda", "ashby", date_of_birth=f"{1900 + at}0101") for at in range(405)]
    before = linked(table(rows[:-1]))
    after = taken_in(before, rows[-1:])
    assert {(block.key, block.size) for block in after.left_out} >= {("name", 405)}
    assert np.array_equal(after.state.labels, np.arange(405))
