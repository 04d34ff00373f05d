"""Which moves are undone, by the decisions in the ledger."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pyarrow as pa

from roundtable.ledger.links import DecisionRecord
from roundtable.ledger.models import LinkOrigin, LinkVerdict
from roundtable.linkage.people.link_tables import PERSON_MOVE, PERSON_MOVED
from roundtable.linkage.review.undone import undone_moves, with_undone

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
#: In run 2, the records b and c were moved to where a and d are; run 3 did something else with b.
MOVES = pa.Table.from_pylist(
    [
        {"run": run, "number": number, "kind": "merge", "person_from": "p", "person_to": "q", "records": 2}
        for run, number in ((2, 1), (2, 2), (3, 1))
    ],
    schema=PERSON_MOVE,
)
MOVED = pa.Table.from_pylist(
    [
        {"run": run, "number": number, "record_id": record}
        for run, number, record in ((2, 1, "b"), (2, 1, "c"), (2, 2, "e"), (3, 1, "b"))
    ],
    schema=PERSON_MOVED,
)
ACROSS = DecisionRecord(
    5,
    "harm",
    LinkOrigin.UNDO,
    None,
    "a",
    "b",
    LinkVerdict.DIFFERENT,
    "siro",
    NOW,
    "they are not",
    undoes=(2, 1),
)
WITHIN = replace(ACROSS, number=4, left="b", right="c", verdict=LinkVerdict.SAME)


def _by(*decisions: DecisionRecord, moves: pa.Table = MOVES) -> list[int | None]:
    made = with_undone(moves, MOVED, decisions)
    assert made.schema == moves.schema
    found: list[int | None] = made["undone_by"].to_pylist()
    return found


def test_a_move_is_undone_by_the_first_decision_between_its_sides() -> None:
    assert _by(WITHIN, ACROSS, replace(ACROSS, number=6, right="c")) == [5, None, None]
    assert undone_moves([WITHIN, ACROSS]) == {(2, 1): (WITHIN, ACROSS)}


def test_what_holds_one_side_together_alone_undoes_nothing() -> None:
    assert _by(WITHIN) == [None, None, None]
    assert _by(replace(WITHIN, left="a", right="d")) == [None, None, None]


def test_what_is_withdrawn_or_was_answered_undoes_nothing() -> None:
    assert _by(replace(ACROSS, withdrawn_at=NOW)) == [None, None, None]
    assert _by(replace(ACROSS, origin=LinkOrigin.REVIEW, undoes=None)) == [None, None, None]


def test_what_the_log_said_before_is_written_over() -> None:
    once = with_undone(MOVES, MOVED, [ACROSS])
    assert _by(replace(ACROSS, undoes=(3, 1)), moves=once) == [None, None, 5]
    assert _by(moves=once) == [None, None, None]


def test_a_decision_whose_records_were_erased_still_undoes() -> None:
    assert _by(replace(ACROSS, left="", right="")) == [5, None, None]


def test_a_log_without_moves_stays_one() -> None:
    assert _by(ACROSS, moves=MOVES.slice(0, 0)) == []
