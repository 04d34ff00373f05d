"""Durable ids: whatever the groups do, nobody's id is another's, and who is let be keeps it."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from roundtable.governance.pseudonyms import is_id
from roundtable.linkage.people.durable import Assigned, assign
from roundtable.linkage.people.link_tables import PERSON_LINK, PERSON_MOVE, PERSON_MOVED

KEY = b"a key of thirty-two bytes, so so"
RECORDS = [f"{number:02}" for number in range(9)]
#: Which group each record is in, for those that are there.
Grouped = dict[str, int]
groupings = st.dictionaries(st.sampled_from(RECORDS), st.integers(0, 4), max_size=len(RECORDS))
histories = st.lists(groupings, min_size=1, max_size=6)


def assigned(previous: pa.Table | None, grouped: Grouped, run: int, others: tuple[str, ...] = ()) -> Assigned:
    """A run over records in the order of the dict."""
    labels = np.array(list(grouped.values()), np.int32)
    ids = pa.array(list(grouped), pa.string())
    return assign(previous, labels, ids, KEY, run, pa.array(others, pa.string()))


def runs(history: list[Grouped]) -> list[Assigned]:
    """One run after the other, numbered from 1."""
    made: list[Assigned] = []
    for grouped in history:
        made.append(assigned(made[-1].link if made else None, grouped, len(made) + 1))
    return made


def people(link: pa.Table) -> dict[str, frozenset[str]]:
    """The records of each person."""
    found: dict[str, set[str]] = {}
    for row in link.to_pylist():
        found.setdefault(row["person_id"], set()).add(row["record_id"])
    return {person: frozenset(records) for person, records in found.items()}


def groups(grouped: Grouped) -> set[frozenset[str]]:
    """The groups as sets of records."""
    return {frozenset(one for one in grouped if grouped[one] == label) for label in set(grouped.values())}


@settings(deadline=None)
@given(histories)
def test_a_person_is_a_group_and_an_id_is_of_one_person(history: list[Grouped]) -> None:
    for grouped, made in zip(history, runs(history), strict=True):
        assert made.link.schema == PERSON_LINK
        assert made.link["record_id"].to_pylist() == sorted(grouped)
        named = people(made.link)
        assert set(named.values()) == groups(grouped)
        assert len(named) == len(groups(grouped))
        assert all(is_id(person) for person in named)


@settings(deadline=None)
@given(histories)
def test_who_is_let_be_keeps_their_id(history: list[Grouped]) -> None:
    made = runs(history)
    for before, after in pairwise(made):
        was, now = people(before.link), people(after.link)
        old = frozenset(before.link["record_id"].to_pylist())
        for person, records in was.items():
            held = [name for name, those in now.items() if those & records]
            # All of a person's records stayed together, and nobody else's came, new ones or none.
            if len(held) == 1 and now[held[0]] & old <= records:
                assert held == [person]


@settings(deadline=None)
@given(histories)
def test_an_id_never_goes_over_to_other_records(history: list[Grouped]) -> None:
    made = runs(history)
    for before, after in pairwise(made):
        was, now = people(before.link), people(after.link)
        assert all(was[person] & now[person] for person in was.keys() & now.keys())


@settings(deadline=None)
@given(histories, st.data())
def test_neither_the_order_of_records_nor_the_groups_names_show(
    history: list[Grouped], data: st.DataObject
) -> None:
    shuffled = []
    for grouped in history:
        order = data.draw(st.permutations(list(grouped)))
        label = data.draw(st.permutations(range(5)))
        shuffled.append({record: label[grouped[record]] for record in order})
    for one, other in zip(runs(history), runs(shuffled), strict=True):
        assert one == other


@settings(deadline=None)
@given(histories)
def test_nothing_changes_where_the_groups_do_not(history: list[Grouped]) -> None:
    last = runs(history)[-1]
    again = assigned(last.link, history[-1], len(history) + 1)
    assert again.link == last.link
    assert again.moves.num_rows == again.moved.num_rows == 0


@settings(deadline=None)
@given(histories)
def test_the_log_tells_the_whole_way_from_one_run_to_the_next(history: list[Grouped]) -> None:
    made = runs(history)
    link = PERSON_LINK.empty_table()
    for after in made:
        assert after.moves.schema == PERSON_MOVE
        assert after.moved.schema == PERSON_MOVED
        was = dict(zip(link["record_id"].to_pylist(), link["person_id"].to_pylist(), strict=True))
        now = dict(zip(after.link["record_id"].to_pylist(), after.link["person_id"].to_pylist(), strict=True))
        moves = {row["number"]: row for row in after.moves.to_pylist()}
        assert list(moves) == list(range(1, len(moves) + 1))
        told = {row["record_id"]: moves[row["number"]] for row in after.moved.to_pylist()}
        assert set(told) == {one for one in was.keys() & now.keys() if was[one] != now[one]}
        for one, move in told.items():
            assert (move["person_from"], move["person_to"]) == (was[one], now[one])
            ended, began = was[one] not in now.values(), now[one] not in was.values()
            assert move["kind"] == ("merge" if ended else "split" if began else "move")
            assert move["record_id"] == (one if move["records"] == 1 else None)
        kinds = {kind: [row for row in moves.values() if row["kind"] == kind] for kind in ("new", "gone")}
        assert {row["person_to"] for row in kinds["new"]} == {
            person for person, records in people(after.link).items() if not records & was.keys()
        }
        assert {row["person_from"] for row in kinds["gone"]} == {
            person for person, records in people(link).items() if not records & now.keys()
        }
        link = after.link


@settings(deadline=None)
@given(histories)
def test_who_was_merged_and_comes_apart_again_has_the_old_id(history: list[Grouped]) -> None:
    apart = runs(history)
    joined = assigned(apart[-1].link, dict.fromkeys(history[-1], 0), 8)
    again = assigned(joined.link, history[-1], 9)
    was, now = people(apart[-1].link), people(again.link)
    # The largest keeps the id of the whole, which was its own or an older one's of the same size.
    assert now == was


@settings(deadline=None)
@given(histories, groupings)
def test_a_part_alone_comes_to_what_the_whole_does(history: list[Grouped], after: Grouped) -> None:
    """A night hands over only the people that it touches, and the ids of the others."""
    before = runs(history)[-1].link
    # What is let be: people all of whose records stay together with no other.
    still = {person: records for person, records in people(before).items() if records in groups(after)}
    let_be = set().union(*still.values()) if still else set()
    whole = assigned(before, after, 9)
    rows = [row for row in before.to_pylist() if row["record_id"] not in let_be]
    part = assigned(
        pa.Table.from_pylist(rows, PERSON_LINK),
        {record: label for record, label in after.items() if record not in let_be},
        9,
        tuple(still),
    )
    assert part.moves == whole.moves
    assert part.moved == whole.moved
    kept = [row for row in whole.link.to_pylist() if row["record_id"] not in let_be]
    assert part.link.to_pylist() == kept
