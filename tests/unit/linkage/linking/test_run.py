"""Linkage whole: first runs, nights, decisions, and what a purpose shares with another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

import pyarrow as pa
import pytest

from roundtable.data.linked_tables import LINKED_TABLES, without_purpose
from roundtable.linkage.linking.once import Once
from roundtable.linkage.linking.run import link
from roundtable.linkage.people.decisions import Decisions
from tests.unit.linkage.linking.sent import asked, people_in, record, sent, shuffled, town, truth_of

PEOPLE = 60
NOTHING: Mapping[str, pa.Table] = {
    table.name: without_purpose(table).empty_table() for table in LINKED_TABLES
}


@pytest.fixture(scope="module")
def first() -> dict[str, pa.Table]:
    """The first run over a small town."""
    return link(asked(sent(*town(PEOPLE)), NOTHING))


def test_every_table_is_made_as_it_is_described(first: dict[str, pa.Table]) -> None:
    assert {name: made.schema for name, made in first.items()} == {
        table.name: without_purpose(table) for table in LINKED_TABLES
    }


def test_records_of_one_person_are_together_and_twins_are_two_people(first: dict[str, pa.Table]) -> None:
    records = people_in(first)
    assert len(records) == PEOPLE * 3
    assert sorted(map(sorted, truth_of(records).values())) == [[f"{number:06d}"] for number in range(PEOPLE)]


def test_the_people_of_a_home_are_a_household(first: dict[str, pa.Table]) -> None:
    assert Counter(first["household"]["members"].to_pylist()) == {3: PEOPLE // 3}


def test_the_order_of_rows_changes_nothing(first: dict[str, pa.Table]) -> None:
    again = link(asked(sent(*shuffled(town(PEOPLE), 3)), NOTHING))
    assert {name: made for name, made in again.items() if not made.equals(first[name])} == {}


def test_a_run_that_is_done_again_over_itself_moves_nobody(first: dict[str, pa.Table]) -> None:
    again = link(asked(sent(*town(PEOPLE)), first, run=2))
    assert people_in(again) == people_in(first)
    assert again["person_move"].equals(first["person_move"])
    assert again["person_link"].equals(first["person_link"])


def test_a_night_adds_to_those_it_touches_and_everybody_keeps_their_id(first: dict[str, pa.Table]) -> None:
    new = [record(4, 7), record(PEOPLE, 0)]
    now = link(asked(sent(*town(PEOPLE), *new), first, run=2))
    before, after = people_in(first), people_in(now)
    assert {one: after[one] for one in before} == before
    assert after["000004-07"] == before["000004-00"]
    assert after[f"{PEOPLE:06d}-00"] not in before.values()
    moves = now["person_move"].filter(pa.compute.equal(now["person_move"]["run"], 2)).to_pylist()
    assert [(one["kind"], one["records"]) for one in moves] == [("new", 1)]


def test_a_night_comes_to_what_the_whole_comes_to(first: dict[str, pa.Table]) -> None:
    rows = sent(
        *[row for row in town(PEOPLE) if row["record_id"] != "000009-01"], record(9, 5), record(70, 0)
    )
    night = link(asked(rows, first, run=2))
    whole = link(asked(rows, {**first, "link_index": NOTHING["link_index"]}, run=2))
    assert people_in(night) == people_in(whole)


def test_somebody_of_whom_nothing_is_left_is_gone_and_it_is_told(first: dict[str, pa.Table]) -> None:
    left = sent(*(row for row in town(PEOPLE) if not row["record_id"].startswith("000011")))
    now = link(asked(left, first, run=2))
    (move,) = now["person_move"].filter(pa.compute.equal(now["person_move"]["run"], 2)).to_pylist()
    assert (move["kind"], move["person_from"], move["person_to"]) == (
        "gone",
        people_in(first)["000011-00"],
        None,
    )


def test_a_decision_parts_what_the_weights_join_and_the_whole_keeps_to_it(first: dict[str, pa.Table]) -> None:
    # The third record says something of its own, so that it is an identity that can be told from the others.
    rows = [row for row in town(PEOPLE) if row["record_id"] != "000008-02"]
    rows.append(record(8, 2, postcode="ZY1 9ZZ", uprn=None, address_id=None))
    before = link(asked(sent(*rows), NOTHING))
    assert people_in(before)["000008-02"] == people_in(before)["000008-00"]
    apart = Decisions.of(apart=[("000008-00", "000008-02"), ("000008-01", "000008-02")])
    now = link(asked(sent(*rows), before, run=2, decisions=apart))
    assert people_in(now)["000008-02"] != people_in(now)["000008-00"] == people_in(before)["000008-00"]
    whole = link(asked(sent(*rows), NOTHING, decisions=apart))
    assert people_in(whole)["000008-02"] != people_in(whole)["000008-00"]


def test_two_purposes_work_it_out_once_and_call_people_otherwise(first: dict[str, pa.Table]) -> None:
    once = Once()
    rows = sent(*town(PEOPLE))
    one = link(asked(rows, NOTHING), once)
    other = link(replace(asked(rows, NOTHING), person_key=b"another key of thirty-two bytes.."), once)
    assert not set(people_in(one).values()) & set(people_in(other).values())
    assert sorted(map(sorted, truth_of(people_in(one)).values())) == sorted(
        map(sorted, truth_of(people_in(other)).values())
    )
    assert people_in(one) == people_in(first)


def test_a_model_that_was_outgrown_is_learnt_anew_and_everybody_keeps_their_id(
    first: dict[str, pa.Table],
) -> None:
    small = link(asked(sent(*town(12)), NOTHING))
    now = link(asked(sent(*town(PEOPLE)), small, run=2))
    assert now["link_model"].equals(first["link_model"])
    assert not now["link_model"].equals(small["link_model"])
    before, after = people_in(small), people_in(now)
    assert {one: after[one] for one in before} == before


def test_without_records_every_table_is_empty() -> None:
    assert {made.num_rows for made in link(asked(sent(), NOTHING)).values()} == {0}


def test_that_there_was_too_little_to_learn_from_is_told(first: dict[str, pa.Table]) -> None:
    told = [row["told"] for row in first["link_told"].to_pylist() if row["kind"] == "warning"]
    assert any("too few to learn weights from" in said for said in told), told
